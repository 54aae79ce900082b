import type { FastifyInstance } from 'fastify'
import { type BrandTx, type Db, inBrand } from '../../db/client.ts'
import type { Clock } from '../../domain/clock.ts'
import { DomainError } from '../../domain/errors.ts'
import { type BindDeps, bind } from '../../http/bind.ts'
import { fromTimeCursor, toPage } from '../../http/cursor.ts'
import { declareFor, grantRank, type RankByRecord } from './acts.ts'
import { type SkilledMember, skillsApi } from './contract.ts'
import { helpedLately, welfareOf } from './mood.ts'
import { membersPage, offeredBy, oneMember, type Shown } from './queries.ts'

type Deps = BindDeps & { db: Db; clock: Clock; rankByRecord: RankByRecord }

/** What an admin sees of members: skills, languages, ranks, and how the last week was for all of them. */
export function skillsRoutes(app: FastifyInstance, { db, clock, rankByRecord, ...guard }: Deps): void {
  const settled = async (tx: BrandTx, me: string, id: string): Promise<SkilledMember> => {
    const entry = await oneMember(tx, me, id, clock.now())
    if (!entry) throw new DomainError('not-found', 'They have been removed meanwhile.')
    return asShown(entry)
  }
  bind(
    app,
    skillsApi,
    {
      'GET /members': ({ query: { q, skill, cursor, limit }, me, brandId }) =>
        inBrand(db, brandId, async (tx) => {
          const after = cursor === undefined ? null : fromTimeCursor(cursor)
          const rows = await membersPage(tx, me.userId, { q, skill, after, limit: limit + 1 }, clock.now())
          const { items, nextCursor } = toPage(rows, limit, ({ id, joinedAt }) => ({ key: joinedAt, id }))
          return { items: items.map(asShown), nextCursor, offered: await offeredBy(tx) }
        }),
      'GET /members/welfare': ({ brandId }) =>
        inBrand(db, brandId, async (tx) => welfareOf(await helpedLately(tx, clock.now()), clock.now())),
      'PATCH /members/:id': ({ params: { id }, body, me, brandId }) =>
        inBrand(db, brandId, async (tx) => {
          await declareFor(tx, id, body, { userId: me.userId, at: clock.now() })
          return settled(tx, me.userId, id)
        }),
      'PUT /members/:id/rank': ({ params: { id }, body, me, brandId }) =>
        inBrand(db, brandId, async (tx) => {
          await grantRank(tx, id, body, { userId: me.userId, at: clock.now() }, rankByRecord)
          return settled(tx, me.userId, id)
        }),
    },
    guard,
  )
}

const asShown = ({ joinedAt: _, ...member }: Shown): SkilledMember => member
