import { sql } from 'drizzle-orm'
import type { BrandTx } from '../db/client.ts'
import type { Rank } from '../people/ranks.ts'

export type EntryRow = { id: string; points: number; cause: string; reason: string; at: string }

/** A member's ledger, newest first, and one entry more than `limit` when there are more. */
export function entriesOf(
  tx: BrandTx,
  memberId: string,
  { limit, after }: { limit: number; after: { key: string; id: string } | null },
): Promise<EntryRow[]> {
  const further = after ? sql`and (at, id) < (${after.key}::timestamptz, ${after.id}::uuid)` : sql``
  return tx.execute<EntryRow>(sql`
    select id, points, cause, reason, at from ledger where member_id = ${memberId} ${further}
    order by at desc, id desc limit ${limit + 1}`)
}

export type Period = 'week' | 'month' | 'all'

/** When the running week (from Monday) or month began by the brand's own clock; null for all time. */
export async function periodStart(tx: BrandTx, period: Period, now: Date): Promise<string | null> {
  if (period === 'all') return null
  const [row] = await tx.execute<{ start: string }>(sql`
    select date_trunc(${period}, ${now.toISOString()}::timestamptz at time zone time_zone) at time zone time_zone as start
    from brand`)
  return row?.start ?? null
}

export type BoardRow = {
  place: number
  name: string
  rank: Rank
  points: number
  replies: number
  thanked: number
  me: boolean
}

/**
 * Who earned most since an instant, from the ledger alone: the first hundred, and the reader wherever they stand.
 * Equal points share a place; whoever is suspended has none.
 */
export const board = (tx: BrandTx, since: string | null, userId: string): Promise<BoardRow[]> =>
  tx.execute<BoardRow>(sql`
    with earned as (
      select member_id, sum(points)::int as points,
        count(distinct reply_id) filter (where cause in ('accepted', 'thanked'))::int as replies,
        count(*) filter (where cause = 'thanked')::int as thanked
      from ledger where at >= coalesce(${since}::timestamptz, '-infinity') group by member_id having sum(points) > 0
    ), placed as (
      select rank() over (order by e.points desc)::int as place,
        row_number() over (order by e.points desc, e.thanked desc, m.name, m.id) as nth,
        m.name, m.rank, e.points, e.replies, e.thanked, m.user_id = ${userId}::uuid as me
      from earned e join member m on m.id = e.member_id
      where exists (select 1 from membership p
        where p.user_id = m.user_id and p.role = 'member' and p.standing <> 'suspended')
    )
    select place, name, rank, points, replies, thanked, me from placed where nth <= 100 or me order by nth`)
