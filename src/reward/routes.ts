import type { FastifyInstance } from 'fastify'
import { type Db, inBrand } from '../db/client.ts'
import { iso } from '../db/instants.ts'
import type { Clock } from '../domain/clock.ts'
import { DomainError } from '../domain/errors.ts'
import { type BindDeps, bind } from '../http/bind.ts'
import { fromTimeCursor, toPage } from '../http/cursor.ts'
import { board, entriesOf, periodStart } from './board-queries.ts'
import { rewardApi } from './contract.ts'

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
      'GET /board': ({ query: { period }, me, brandId }) =>
        inBrand(db, brandId, async (tx) => {
          const since = await periodStart(tx, period, clock.now())
          return { period, from: iso(since), rows: await board(tx, since, me.userId) }
        }),
    },
    deps,
  )
}
