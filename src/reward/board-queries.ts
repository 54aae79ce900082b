import { sql } from 'drizzle-orm'
import type { BrandTx } from '../db/client.ts'
import type { Cause } from '../domain/points.ts'
import { type Held, heldBadges } from '../people/badges.ts'
import type { Rank } from '../people/ranks.ts'
import { NO_CORRECTION } from './points/queries.ts'

export type EntryRow = { id: string; points: number; cause: Cause; reason: string; at: string }

/** What a member earned and lost, newest first, and one entry more than `limit` when there are more. */
export function entriesOf(
  tx: BrandTx,
  memberId: string,
  { limit, after }: { limit: number; after: { key: string; id: string } | null },
): Promise<EntryRow[]> {
  const further = after ? sql`and (at, id) < (${after.key}::timestamptz, ${after.id}::uuid)` : sql``
  return tx.execute<EntryRow>(sql`
    select id, points, cause, reason, at from ledger where member_id = ${memberId} and points <> 0 ${further}
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
  reach: number
  badges: Held[]
  me: boolean
}
type Measure = 'points' | 'thanked' | 'reach'
export type BoardQuery = {
  since: string | null
  by: Measure
  /** Only who joined since; null: everybody. */
  joinedSince: Date | null
  /** Only what was earned with answers in a skill, or in a language; null: all of it. */
  skill: string | null
  language: string | null
}

/** So many stand on the board in front, and so many around the reader. */
const TOP = 10
const AROUND = 2

/**
 * Who earned most since an instant, from the ledger alone: the first ten, and the reader with their neighbours wherever
 * they stand (`near`). Equal figures share a place; whoever is suspended, or took themselves off the boards, has none.
 */
export async function board(tx: BrandTx, { since, by, joinedSince, skill, language }: BoardQuery, userId: string) {
  // What was weighed anew was earned before: it counts for all time and falls into no week.
  const within = sql`at >= coalesce(${since}::timestamptz, '-infinity') ${since === null ? sql`` : sql`and ${NO_CORRECTION}`}
    ${skill === null ? sql`` : sql`and ${skill} = any(skills)`} ${language === null ? sql`` : sql`and language = ${language}`}`
  const rows = await tx.execute<BoardRow & { nth: number; mine: number | null; size: number }>(sql`
    with earned as (
      select member_id, sum(points)::int as points,
        count(distinct reply_id) filter (where cause in ('accepted', 'thanked'))::int as replies,
        count(distinct reply_id) filter (where cause = 'thanked')::int as thanked,
        coalesce(sum(points) filter (where cause = 'reach'), 0)::int as reach
      from ledger where ${within} group by member_id
    ), placed as (
      select rank() over (order by e.${sql.identifier(by)} desc)::int as place,
        row_number() over (order by e.${sql.identifier(by)} desc, e.points desc, e.thanked desc, m.name, m.id)::int as nth,
        m.id, m.name, m.rank, e.points, e.replies, e.thanked, e.reach, m.user_id = ${userId}::uuid as me
      from earned e join member m on m.id = e.member_id
      where e.${sql.identifier(by)} > 0 and m.listed and m.joined_at >= coalesce(${joinedSince?.toISOString() ?? null}::timestamptz, '-infinity')
        and exists (select 1 from membership p
          where p.user_id = m.user_id and p.role = 'member' and p.standing in ('probation', 'trusted'))
    ), counted as (
      select *, (select nth from placed where me) as mine, count(*) over ()::int as size from placed
    )
    select place, name, rank, points, replies, thanked, reach, me, nth, mine, size, ${heldBadges(sql`counted.id`)} as badges
    from counted where nth <= ${TOP} or nth between mine - ${AROUND} and mine + ${AROUND} order by nth`)
  const shown = rows.map(({ nth, mine, size: _, ...row }) => ({ nth, mine, row }))
  return {
    size: rows[0]?.size ?? 0,
    rows: shown.filter(({ nth }) => nth <= TOP).map(({ row }) => row),
    near: shown.filter(({ nth, mine }) => mine !== null && Math.abs(nth - mine) <= AROUND).map(({ row }) => row),
  }
}

/** Whether the reader stands on boards; null: they are no member. */
export async function isListed(tx: BrandTx, userId: string): Promise<boolean | null> {
  const [row] = await tx.execute<{ listed: boolean }>(sql`select listed from member where user_id = ${userId}`)
  return row?.listed ?? null
}
