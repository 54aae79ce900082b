import type { FastifyInstance } from 'fastify'
import { type Db, inBrand } from '../../db/client.ts'
import type { Clock } from '../../domain/clock.ts'
import { DomainError } from '../../domain/errors.ts'
import { type BindDeps, bind } from '../../http/bind.ts'
import { setRules, showMine, showRules } from './badges.ts'
import { badgesApi } from './contract.ts'
import { wouldHold } from './queries.ts'

/** Of those who would hold a badge so many are named. */
const NAMED = 10

/** Badges: one's own, and for admins which are given for what. */
export function badgeRoutes(app: FastifyInstance, deps: BindDeps & { db: Db; clock: Clock }): void {
  const { db, clock } = deps
  bind(
    app,
    badgesApi,
    {
      'GET /badges': ({ brandId, membership: { memberId } }) => {
        if (memberId === null) throw new DomainError('forbidden', 'Only helpers have badges.')
        return inBrand(db, brandId, (tx) => showMine(tx, memberId, clock.now()))
      },
      'GET /badges/rules': ({ brandId }) => inBrand(db, brandId, showRules),
      'PUT /badges/rules': ({ body, me, brandId }) =>
        inBrand(db, brandId, async (tx) => {
          await setRules(tx, body, { userId: me.userId, at: clock.now() })
          return showRules(tx)
        }),
      'GET /badges/preview': ({ query: { badge, needs }, brandId }) =>
        inBrand(db, brandId, (tx) => wouldHold(tx, badge, needs, clock.now(), NAMED)),
    },
    deps,
  )
}
