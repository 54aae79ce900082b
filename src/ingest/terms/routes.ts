import type { FastifyInstance } from 'fastify'
import { CONNECTORS } from '../../../connectors/all.ts'
import type { Network } from '../../../connectors/connector.ts'
import { writeAudit } from '../../db/audit.ts'
import { type Db, inBrand } from '../../db/client.ts'
import { appendEvents } from '../../db/events.ts'
import type { Clock } from '../../domain/clock.ts'
import { DomainError } from '../../domain/errors.ts'
import { type BindDeps, bind } from '../../http/bind.ts'
import { lockOwnTerms, setOwnTerms } from '../../people/terms/queries.ts'
import { changedTerms } from '../../people/terms/terms.ts'
import { toInfo } from '../networks.ts'
import { saidOfNetworks } from '../source-queries.ts'
import { termsApi } from './contract.ts'

export function termsRoutes(app: FastifyInstance, deps: BindDeps & { db: Db; clock: Clock }): void {
  const { db, clock } = deps
  bind(
    app,
    termsApi,
    {
      'PATCH /networks/:network/terms': ({ params, body: { accepts, ...wanted }, me, brandId }) =>
        inBrand(db, brandId, async (tx) => {
          const network = params.network as Network // a name we do not know finds nothing
          const entry = CONNECTORS[network]
          if (!entry) throw new DomainError('not-found', 'There is no such network.')
          const before = (await lockOwnTerms(tx))[network] ?? {}
          const after = changedTerms(network, entry.capabilities, before, wanted, accepts)
          await setOwnTerms(tx, network, after)
          const [by, at] = [me.userId, clock.now()]
          const said = entry.capabilities.rewardsForPosting
          const accepted = after.rewards && !before.rewards ? { accepted: said } : {}
          const details = { network, from: before, to: after, ...accepted }
          await writeAudit(tx, { actor: by, act: 'network.terms', target: brandId, details, at })
          await appendEvents(tx, [
            { kind: 'terms.changed', mentionId: null, memberIds: null, actor: by, data: { network }, at },
          ])
          return toInfo(network, entry, await saidOfNetworks(tx))
        }),
    },
    deps,
  )
}
