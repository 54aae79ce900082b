import type { FastifyInstance } from 'fastify'
import { type BrandTx, type Db, inBrand } from '../db/client.ts'
import { iso } from '../db/instants.ts'
import type { Clock } from '../domain/clock.ts'
import { type BindDeps, bind } from '../http/bind.ts'
import { fromTimeCursor, toPage } from '../http/cursor.ts'
import { classify } from './classify.ts'
import { type Correction, classifyApi } from './contract.ts'
import { heldOut, listCorrections, oneCorrection } from './correction-queries.ts'
import { effectOf } from './effect.ts'
import type { Model } from './model.ts'
import { showCorrection } from './show.ts'
import { takeBack, tell } from './told.ts'

export type ClassifyDeps = BindDeps & {
  db: Db
  clock: Clock
  mask: (text: string) => string
  /** The brand's model as it judges the next mention. */
  modelOf: (brandId: string) => Promise<Model>
}

/** More would hold up the other requests of the process: a post costs some 70 µs, judged twice. */
const MEASURED = 1_000

export function classifyRoutes(app: FastifyInstance, deps: ClassifyDeps): void {
  const { db, clock, mask, modelOf } = deps
  const shown = async (tx: BrandTx, id: string, meId: string): Promise<Correction> =>
    showCorrection((await oneCorrection(tx, id))!, meId, mask) // both callers have just seen it
  bind(
    app,
    classifyApi,
    {
      'POST /mentions/:id/corrections': ({ params, body, me, brandId }) =>
        inBrand(db, brandId, async (tx) => shown(tx, await tell(tx, params.id, body, me, clock.now()), me.userId)),
      'GET /corrections': async ({ query: { cursor, limit, mentionId = null }, me, brandId }) => {
        const after = cursor === undefined ? null : fromTimeCursor(cursor)
        const rows = await inBrand(db, brandId, (tx) => listCorrections(tx, { mentionId, limit, after }))
        const { items, nextCursor } = toPage(rows, limit, ({ at, id }) => ({ key: iso(at), id }))
        return { items: items.map((row) => showCorrection(row, me.userId, mask)), nextCursor }
      },
      'GET /corrections/effect': async ({ brandId }) => {
        const after = await modelOf(brandId)
        const before = { ...after, learned: null }
        const { rows, ...counts } = await inBrand(db, brandId, (tx) => heldOut(tx, MEASURED))
        const measured = rows.map(({ labels, ...post }) => ({
          labels,
          before: classify(post, before),
          after: classify(post, after),
        }))
        return { ...counts, heads: effectOf(measured) }
      },
      'DELETE /corrections/:id': ({ params, me, brandId }) =>
        inBrand(db, brandId, async (tx) => {
          await takeBack(tx, params.id, me, clock.now())
          return shown(tx, params.id, me.userId)
        }),
    },
    deps,
  )
}
