import { Readable } from 'node:stream'
import type { FastifyInstance } from 'fastify'
import { writeAudit } from '../../db/audit.ts'
import { type Db, inBrand } from '../../db/client.ts'
import type { Clock } from '../../domain/clock.ts'
import { type BindDeps, bind } from '../../http/bind.ts'
import { digestOf } from '../../people/proofs.ts'
import { dataApi, type EXPORTS } from './contract.ts'
import { askToErase, eraseAgain, lookAt } from './erase-author.ts'
import * as q from './queries.ts'

type Deps = BindDeps & { db: Db; clock: Clock }

/** What a brand holds: taken out as a file, and authors erased from it. */
export function dataRoutes(app: FastifyInstance, deps: Deps): void {
  const { db, clock } = deps
  bind(
    app,
    dataApi,
    {
      'GET /data/export': async ({ query: { what }, me, brandId, reply }) => {
        await inBrand(db, brandId, (tx) =>
          writeAudit(tx, { actor: me.userId, act: 'data.export', target: brandId, details: { what }, at: clock.now() }),
        )
        reply
          .header('content-type', 'application/x-ndjson; charset=utf-8')
          .header('content-disposition', `attachment; filename="${what}.ndjson"`)
        // Fastify sends a stream as it is, past the schema of the answer, which is a text.
        return Readable.from(linesOf(db, brandId, what)) as unknown as string
      },
      'POST /data/author': ({ body, brandId }) => inBrand(db, brandId, (tx) => lookAt(tx, body)),
      'GET /data/erasures': ({ brandId }) => inBrand(db, brandId, async (tx) => ({ items: await q.erasures(tx) })),
      'POST /data/erasures': ({ body, me, brandId, idempotencyKey }) => {
        const press = digestOf(JSON.stringify([me.userId, idempotencyKey]))
        return inBrand(db, brandId, (tx) => askToErase(tx, { ...body, userId: me.userId, press, at: clock.now() }))
      },
      'POST /data/erasures/:id/again': ({ params: { id }, me, brandId }) =>
        inBrand(db, brandId, (tx) => eraseAgain(tx, id, me.userId, clock.now())),
    },
    deps,
  )
}

const PAGE = 500
const FIRST = '00000000-0000-0000-0000-000000000000'

/** A page at a time, each in a transaction of its own, so that a slow reader holds none open. */
async function* linesOf(db: Db, brandId: string, what: (typeof EXPORTS)[number]): AsyncGenerator<string> {
  for (let after = FIRST; ; ) {
    const rows = await inBrand(db, brandId, (tx) => q.exported(tx, what, after, PAGE))
    const last = rows.at(-1)
    if (!last) return
    yield rows.map((row) => `${JSON.stringify(row)}\n`).join('')
    after = last.id
  }
}
