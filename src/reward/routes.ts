import type { FastifyInstance } from 'fastify'
import { type Db, inBrand } from '../db/client.ts'
import { iso } from '../db/instants.ts'
import { type Clock, DAY } from '../domain/clock.ts'
import { DomainError } from '../domain/errors.ts'
import { type BindDeps, bind } from '../http/bind.ts'
import { fromTimeCursor, toPage } from '../http/cursor.ts'
import { PRIVILEGES } from '../people/ranks.ts'
import { offeredBy } from '../people/skills/queries.ts'
import { board, entriesOf, isListed, periodStart } from './board-queries.ts'
import { rewardApi } from './contract.ts'
import { weightsInForce } from './points/queries.ts'
import { standings } from './queries.ts'
import { LADDER_RULES } from './reward.ts'

/** So long somebody stands on the board of newcomers. */
const NEW_FOR = 30 * DAY

export type RewardDeps = BindDeps & { db: Db; clock: Clock }

export function rewardRoutes(app: FastifyInstance, deps: RewardDeps): void {
  const { db, clock } = deps
  bind(
    app,
    rewardApi,
    {
      'GET /points': async ({ query, brandId, membership: { memberId } }) => {
        if (memberId === null) throw new DomainError('forbidden', 'Only helpers have points.')
        const after = query.cursor === undefined ? null : fromTimeCursor(query.cursor)
        const rows = await inBrand(db, brandId, (tx) => entriesOf(tx, memberId, { limit: query.limit, after }))
        const { items, nextCursor } = toPage(rows, query.limit, ({ at, id }) => ({ key: iso(at), id }))
        return { items: items.map((row) => ({ ...row, at: iso(row.at) })), nextCursor }
      },
      'GET /board': ({ query: { period, by, who, skill = null, language = null }, me, brandId }) =>
        inBrand(db, brandId, async (tx) => {
          const now = clock.now()
          const since = await periodStart(tx, period, now)
          const joinedSince = who === 'newcomers' ? new Date(now.getTime() - NEW_FOR) : null
          const places = await board(tx, { since, by, joinedSince, skill, language }, me.userId)
          const listed = await isListed(tx, me.userId)
          const asked = { period, by, who, skill, language, listed, ...(await offeredBy(tx)) }
          return { ...asked, ...places, from: iso(since), asOf: now.toISOString() }
        }),
      'GET /rank': async ({ brandId, membership: { memberId } }) => {
        const { mine, weights } = await inBrand(db, brandId, async (tx) => {
          const [mine] = await standings(tx, memberId === null ? [] : [memberId])
          return { mine, weights: (await weightsInForce(tx)).weights }
        })
        if (!mine) throw new DomainError('forbidden', 'Only helpers have a rank.')
        const { rank, points, thanked, granted = rank } = mine
        const ladder = LADDER_RULES.map((one) => ({ ...one, ...PRIVILEGES[one.rank] }))
        const { accepted, acceptedPerDay, thanked: thanks, reach, complained } = weights
        const reachAtMost = reach.scale === 0 ? 0 : reach.most
        const earns = { accepted, acceptedPerDay, thanked: thanks, reachAtMost, complaintCosts: complained }
        return { ...{ rank, points, thanked, granted }, ladder, earns }
      },
    },
    deps,
  )
}
