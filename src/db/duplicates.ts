import { sql } from 'drizzle-orm'
import { writeAudit } from './audit.ts'
import type { BrandTx } from './client.ts'
import { appendEvents } from './events.ts'
import { moveMentions, textArray } from './move.ts'

/** `d` was merged into `e` since `e` was last opened: what was merged before ended with that round. */
export const MERGED = sql`d.merged_into = e.id and d.closed_at >= e.opened_at`

/** A duplicate that is to wait again, and the case it was merged into. */
export type Duplicate = { id: string; mentionId: string; from: string; team: string; priority: string }

/** Locks mentions together with those of the duplicates merged into their open cases, in the order everybody does. */
export const lockWithDuplicates = (tx: BrandTx, mentionIds: readonly string[]): Promise<unknown> =>
  tx.execute(sql`
    select 1 from mention where id in (
      select unnest(${textArray(mentionIds)}::uuid[])
      union select d.mention_id from escalation e join escalation d on ${MERGED}
      where e.mention_id = any(${textArray(mentionIds)}::uuid[]) and e.state in ('open', 'assigned'))
    order by id for update`)

/**
 * Gives the duplicates of cases that are about to end without an answer back to the inbox: nobody would answer them.
 * Call it while the cases are still open; the mentions are locked by `lockWithDuplicates`.
 */
export async function separateAll(tx: BrandTx, mentionIds: readonly string[], actor: string, at: Date): Promise<void> {
  const rows = await tx.execute<Duplicate>(sql`
    select d.id, d.mention_id as "mentionId", e.id as "from", d.team, d.priority
    from escalation e join escalation d on ${MERGED}
    where e.mention_id = any(${textArray(mentionIds)}::uuid[]) and e.state in ('open', 'assigned') order by d.mention_id`)
  await openSeparated(tx, rows, actor, at)
}

/**
 * Merged duplicates are cases of their own again, of whoever had them; their clocks never stopped. One whose post waits
 * for no answer any more stays closed. @returns ids of the cases that wait again
 */
export async function openSeparated(
  tx: BrandTx,
  duplicates: readonly Duplicate[],
  actor: string,
  at: Date,
): Promise<string[]> {
  if (duplicates.length === 0) return []
  const mentionIds = duplicates.map(({ mentionId }) => mentionId)
  const moved = new Set(await moveMentions(tx, mentionIds, 'escalated', at, ['closed']))
  const opened = duplicates.filter(({ mentionId }) => moved.has(mentionId))
  const ids = opened.map(({ id }) => id)
  await tx.execute(sql`
    update escalation set state = case when assignee_id is null then 'open' else 'assigned' end, closed_at = null,
      closed_reason = null, merged_into = null, version = version + 1
    where id = any(${textArray(ids)}::uuid[])`)
  for (const { id, mentionId, from, team, priority } of opened) {
    const of = { mentionId, memberIds: [], actor, at }
    const why = { caseId: id, team, priority, origin: 'person', reason: 'Separated again.' }
    await appendEvents(tx, [
      { ...of, kind: 'case.separated', data: { caseId: id, from } },
      { ...of, kind: 'mention.escalated', data: why },
    ])
    await writeAudit(tx, { actor, act: 'case.separated', target: id, details: { from }, at })
  }
  return ids
}
