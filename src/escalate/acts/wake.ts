import type { BrandTx } from '../../db/client.ts'
import { appendEvents } from '../../db/events.ts'
import { STAFF_ONLY } from '../act.ts'
import * as q from './queries.ts'

/** Wakes the cases whose time has come: the one that was chosen, or half an hour before their clock runs out. */
export async function wakeDue(tx: BrandTx, now: Date, limit: number): Promise<void> {
  const rows = await q.wakeDueCases(tx, now, limit)
  await tellWoken(
    tx,
    rows.map((row) => ({ ...row, why: row.chosen ? ('time' as const) : ('clock' as const) })),
    now,
  )
}

/** Wakes the cases that sleep until their author writes again; for whoever takes these posts in. */
export async function wakeForPosts(tx: BrandTx, mentionIds: readonly string[], now: Date): Promise<void> {
  if (mentionIds.length === 0) return
  const rows = await q.wakeByPosts(tx, mentionIds)
  await tellWoken(
    tx,
    rows.map((row) => ({ ...row, why: 'author' as const })),
    now,
  )
}

const tellWoken = (
  tx: BrandTx,
  rows: readonly (q.WokenRow & { why: 'time' | 'clock' | 'author' })[],
  at: Date,
): Promise<void> =>
  appendEvents(
    tx,
    rows.map(({ id, mentionId, snoozedBy, assigneeId, why }) => ({
      kind: 'case.woken' as const,
      mentionId,
      memberIds: STAFF_ONLY,
      actor: 'system',
      // Whom it concerns: who has it, else who put it to sleep.
      data: { caseId: id, why, userIds: [assigneeId ?? snoozedBy] },
      at,
    })),
  )
