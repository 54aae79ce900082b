import { sql } from 'drizzle-orm'
import type { BrandTx } from '../db/client.ts'
import { appendEvents } from '../db/events.ts'
import { STAFF_ONLY } from './act.ts'

type Warned = { id: string; mention_id: string; team: string; assignee_id: string | null; due_at: string }

/** Says of each open case, once, that most of its time is gone; for the sweep. @returns how many */
export async function warnCases(tx: BrandTx, now: Date, limit: number): Promise<number> {
  const at = now.toISOString()
  const warned = await tx.execute<Warned>(sql`
    update escalation set warned_at = ${at}
    where id in (select id from escalation where warn_at <= ${at} and warned_at is null and state in ('open', 'assigned')
      order by warn_at limit ${limit} for update skip locked)
    returning id, mention_id, team, assignee_id, due_at`)
  await appendEvents(
    tx,
    warned.map((row) => ({
      kind: 'case.warned' as const,
      mentionId: row.mention_id,
      memberIds: STAFF_ONLY,
      actor: 'system',
      data: { caseId: row.id, team: row.team, assigneeId: row.assignee_id, dueAt: new Date(row.due_at).toISOString() },
      at: now,
    })),
  )
  return warned.length
}
