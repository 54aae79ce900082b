import type { FastifyInstance } from 'fastify'
import { type Db, inBrand } from '../../db/client.ts'
import { DomainError } from '../../domain/errors.ts'
import { type BindDeps, bind } from '../../http/bind.ts'
import type { Here } from '../../live/presence.ts'
import { helperOf } from '../helper.ts'
import { nearbyApi } from './contract.ts'
import { livePosts, othersAt, tellNearby } from './queries.ts'

type Deps = BindDeps & {
  db: Db
  /** Who has which post of a brand open, as this process has heard it. */
  present: (brandId: string) => Here[]
}

/** Members see who else has a post open that is offered to both, so that no two write the same answer (F1). */
export function nearbyRoutes(app: FastifyInstance, deps: Deps): void {
  const { db, present } = deps
  bind(
    app,
    nearbyApi,
    {
      'POST /offers/:id/presence': ({ params, body, me, brandId, membership }) =>
        inBrand(db, brandId, async (tx) => {
          const { memberId, userId } = helperOf(me, membership)
          if (await tellNearby(tx, params.id, memberId, { ...body, userId })) return undefined
          throw new DomainError('not-found', 'There is no such offer in your feed.')
        }),
      'GET /feed/presence': ({ me, brandId, membership }) =>
        inBrand(db, brandId, async (tx) => {
          const offers = await livePosts(tx, helperOf(me, membership).memberId)
          const others = present(brandId).filter(({ userId, placeId }) => userId !== me.userId && offers.has(placeId))
          return { items: await othersAt(tx, others, offers) }
        }),
    },
    deps,
  )
}
