import { type SQL, sql } from 'drizzle-orm'
import { HOUR } from '../domain/clock.ts'
import { MOOD_SPAN, type Taken } from './welfare.ts'

/** As PostgreSQL writes it within a document. */
export type TakenRow = { at: string; until: string | null; anger: number | null }

/** No offer is open for so long, so that one offered earlier was not taken in the span either. */
const LONGEST_OFFER = 48 * HOUR

/** What a member took in the last week as one value, null for nothing. Read by the index of their feed. */
export const takenLately = (memberId: SQL, now: Date): SQL => {
  const since = now.getTime() - MOOD_SPAN
  return sql`
    select jsonb_agg(jsonb_build_object('at', o.claimed_at, 'until', o.closed_at, 'anger', c.anger))
    from offer o left join classification c on c.mention_id = o.mention_id
    where o.member_id = ${memberId} and o.claimed_at > ${new Date(since).toISOString()}
      and o.offered_at > ${new Date(since - LONGEST_OFFER).toISOString()}`
}

export const asTaken = (rows: readonly TakenRow[] | null): Taken[] =>
  (rows ?? []).map(({ at, until, anger }) => ({
    at: new Date(at),
    until: until === null ? null : new Date(until),
    anger,
  }))
