import { sql } from 'drizzle-orm'
import type { BrandTx } from '../db/client.ts'
import { KEPT } from '../db/kept-statements.ts'
import { textArray } from '../db/move.ts'

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
  const rows = await tx.execute<{ mention_id: string; member_id: string }>(sql`${KEPT}
    with ended as (
      update offer set state = ${ending}, closed_at = ${at.toISOString()}, pass_reason = ${only.passReason ?? null}
      where mention_id = any(${textArray(mentionIds)}::uuid[]) and state in ('open', 'claimed')
        and (${only.memberId ?? null}::uuid is null or member_id = ${only.memberId ?? null}::uuid)
        and (${only.except ?? null}::uuid is null or member_id <> ${only.except ?? null}::uuid)
      returning mention_id, member_id
    ), freed as (
      update member set load = load - n
      from (select member_id, count(*)::int as n from ended group by 1) as gone
      where member.id = gone.member_id
    )
    select mention_id, member_id from ended`)
  return rows.map((row) => ({ mentionId: row.mention_id, memberId: row.member_id }))
}

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
