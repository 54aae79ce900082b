import type { FastifyInstance } from 'fastify'
import type { Capabilities } from '../../connectors/connector.ts'
import { writeAudit } from '../db/audit.ts'
import { type Db, inBrand } from '../db/client.ts'
import { appendEvents } from '../db/events.ts'
import type { Clock } from '../domain/clock.ts'
import { DomainError } from '../domain/errors.ts'
import { type BindDeps, bind } from '../http/bind.ts'
import { ingestApi } from './contract.ts'
import { changeSource, isFile, sourceHealth } from './health.ts'

type Deps = BindDeps & { db: Db; clock: Clock; capabilitiesOf: (network: string) => Capabilities | null }

export function ingestRoutes(app: FastifyInstance, deps: Deps): void {
  const { db, clock, capabilitiesOf } = deps
  bind(
    app,
    ingestApi,
    {
      'GET /sources': async ({ brandId }) => ({
        items: await inBrand(db, brandId, (tx) => sourceHealth(tx, clock.now(), capabilitiesOf)),
      }),
      'PATCH /sources/:id': ({ params, body, me, brandId }) =>
        inBrand(db, brandId, async (tx) => {
          const now = clock.now()
          if (body.state === 'on' && (await isFile(tx, params.id)))
            throw new DomainError('invalid', 'This source holds what was read from a file; there is nothing to ask.')
          if (!(await changeSource(tx, params.id, body, now)))
            throw new DomainError('not-found', 'There is no such source.')
          await writeAudit(tx, { actor: me.userId, act: 'source.change', target: params.id, details: body, at: now })
          await appendEvents(tx, [
            { kind: 'source.changed', mentionId: null, actor: me.userId, data: { sourceId: params.id }, at: now },
          ])
          const [changed] = await sourceHealth(tx, now, capabilitiesOf, params.id)
          return changed! // the row changed above
        }),
    },
    deps,
  )
}
