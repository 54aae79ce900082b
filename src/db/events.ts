import { sql } from 'drizzle-orm'
import { asRows, type BrandTx } from './client.ts'

/** What happened, once; `data` carries the figures reports are computed from. */
export type NewEvent = {
  kind: EventKind
  mentionId: string | null
  /** Members whose screens this concerns; null concerns everyone of the brand. */
  memberIds?: string[] | null
  /** `system`, `policy`, or the id of a user. */
  actor: string
  data?: Record<string, unknown>
  at: Date
}

export const EVENT_KINDS = [
  'mention.received',
  'mention.waiting',
  'mention.offered',
  'mention.escalated',
  'mention.triage',
  'mention.ignored',
  'mention.claimed',
  'mention.returned',
  'mention.passed',
  'mention.withdrawn',
  'mention.closed',
  'mention.edited',
  'reply.requested',
  'reply.approved',
  'reply.returned',
  'reply.sent',
  'reply.failed',
  'reply.unknown',
  'reply.thanked',
  'reply.complained',
  'reply.reach',
  'case.taken',
  'case.noted',
  'case.handed-back',
  'case.closed',
  'points.earned',
  'policy.published',
  'source.changed',
  'member.changed',
] as const
export type EventKind = (typeof EVENT_KINDS)[number]

/** The channel on which a commit wakes the live streams; its payload is the brand's id, once a transaction. */
export const EVENT_CHANNEL = 'deputize_events'

/** Appends to the event log in the transaction of the change itself, and wakes the streams when it commits. */
export async function appendEvents(tx: BrandTx, events: readonly NewEvent[]): Promise<void> {
  if (events.length === 0) return
  const rows = events.map(({ kind, mentionId, memberIds, actor, data, at }) => ({
    kind,
    mention_id: mentionId,
    member_ids: memberIds ?? null,
    actor,
    data: data ?? {},
    at,
  }))
  // PostgreSQL folds equal notifications of one transaction into one; a notification a row measured four times the cost.
  await tx.execute(sql`
    with added as (
      insert into event (kind, mention_id, member_ids, actor, data, at)
      select * from jsonb_to_recordset(${asRows(rows)})
        as t(kind text, mention_id uuid, member_ids uuid[], actor text, data jsonb, at timestamptz)
      returning 1
    ) select pg_notify(${EVENT_CHANNEL}, current_setting('deputize.brand')) from added limit 1`)
}
