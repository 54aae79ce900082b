import { sql } from 'drizzle-orm'
import { deadlines } from '../domain/deadline.ts'
import { type MentionState, statesBefore } from '../domain/way.ts'
import type { BrandTx } from './client.ts'
import { KEPT } from './kept-statements.ts'

/**
 * Moves mentions one step along their way and lets go of whoever held them. The WHERE settles races: a mention
 * that has meanwhile gone elsewhere stays there. Claiming is the one step not made here (`src/feed/queries.ts`).
 * @returns ids of those that moved
 */
export async function moveMentions(
  tx: BrandTx,
  ids: readonly string[],
  to: Exclude<MentionState, 'claimed'>,
  at: Date,
  from: readonly MentionState[] = statesBefore(to),
): Promise<string[]> {
  if (ids.length === 0) return []
  const moved = await tx.execute<{ id: string }>(sql`${KEPT}
    update mention set state = ${to}, state_at = ${at.toISOString()}, holder_id = null, lease_until = null
    where id = any(${textArray(ids)}::uuid[]) and state = any(${textArray(from)}::text[])
    returning id`)
  return moved.map((row) => row.id)
}

/** A mention that goes to the community anew has its whole time again, and the ladder of offers from the start. */
export async function restartClock(tx: BrandTx, mentionId: string, from: Date, responseMinutes: number): Promise<void> {
  const { dueAt, handOverAt } = deadlines(from, responseMinutes)
  await tx.execute(sql`
    update mention set due_at = greatest(due_at, ${dueAt.toISOString()}::timestamptz), hand_over_at = ${handOverAt.toISOString()}, wave = 0
    where id = ${mentionId}`)
}

/** A PostgreSQL array literal in one parameter; for uuids and words of our own, which hold no quotes or commas. */
export const textArray = (values: readonly string[]) => sql`${`{${values.join(',')}}`}`
