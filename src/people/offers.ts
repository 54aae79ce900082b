import { sql } from 'drizzle-orm'
import type { BrandTx } from '../db/client.ts'
import { KEPT } from '../db/kept-statements.ts'
import { textArray } from '../db/move.ts'
import { type OpenTime, recordOpenTimes } from './claim-hours.ts'

type Ending = 'answered' | 'passed' | 'expired' | 'taken' | 'withdrawn'

/**
 * Ends live offers of mentions (all members', or one's) and gives the members their places back, in one
 * statement, so that a load always equals the member's live offers.
 * @returns whose offers ended
 */
export async function endOffers(
  tx: BrandTx,
  mentionIds: readonly string[],
  ending: Ending,
  at: Date,
  only: { memberId?: string; except?: string; passReason?: string } = {},
): Promise<{ mentionId: string; memberId: string }[]> {
  if (mentionIds.length === 0) return []
  await lockTakers(tx, mentionIds)
  const rows = await tx.execute<EndedRow>(sql`${KEPT}
    with live as (
      select id, state as was from offer
      where mention_id = any(${textArray(mentionIds)}::uuid[]) and state in ('open', 'claimed')
        and (${only.memberId ?? null}::uuid is null or member_id = ${only.memberId ?? null}::uuid)
        and (${only.except ?? null}::uuid is null or member_id <> ${only.except ?? null}::uuid)
    ), ended as (
      update offer set state = ${ending}, closed_at = ${at.toISOString()}, pass_reason = ${only.passReason ?? null}
      from live where offer.id = live.id and offer.state in ('open', 'claimed')
      returning mention_id, member_id, was, offered_at, expires_at
    ), freed as (
      update member set load = load - n
      from (select member_id, count(*)::int as n from ended group by 1) as gone
      where member.id = gone.member_id
    )
    select mention_id, member_id, was, offered_at, expires_at from ended`)
  await recordOpenTimes(tx, openTimes(rows, at))
  return rows.map((row) => ({ mentionId: row.mention_id, memberId: row.member_id }))
}

/** An offer that has ended, as it was before; `expires_at` of an open one is when it was to lapse. */
export type EndedRow = { mention_id: string; member_id: string; was: string; offered_at: string; expires_at: string }

/** How long ended offers stood open unanswered, no longer than they were meant to; of claims it was counted when they were made. */
export const openTimes = (rows: readonly EndedRow[], at: Date): OpenTime[] =>
  rows.flatMap((row) => {
    if (row.was !== 'open') return []
    const lapse = new Date(row.expires_at)
    const endedAt = lapse < at ? lapse : at
    return [{ memberId: row.member_id, offeredAt: new Date(row.offered_at), endedAt, claimed: false }]
  })

/**
 * Locks the members whose offers of these mentions are about to end, in the order of their ids and before anything
 * else of theirs: the join of an update may take them in any order, and two updates then wait for each other.
 */
export const lockTakers = (tx: BrandTx, mentionIds: readonly string[]) =>
  tx.execute(sql`${KEPT}
    select 1 from member where id in (
      select member_id from offer where mention_id = any(${textArray(mentionIds)}::uuid[]) and state in ('open', 'claimed'))
    order by id for no key update`)

/**
 * The same for a transaction that then offers other mentions to `memberIds` or gives them points: all at once, for
 * members locked in two goes are in no order.
 */
export const lockTakersAnd = (tx: BrandTx, mentionIds: readonly string[], memberIds: readonly string[]) =>
  tx.execute(sql`
    select 1 from member where id = any(${textArray(memberIds)}::uuid[]) or id in (
      select member_id from offer where mention_id = any(${textArray(mentionIds)}::uuid[]) and state in ('open', 'claimed'))
    order by id for no key update`)
