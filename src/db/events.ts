import { sql } from 'drizzle-orm'
import { asColumns } from './as-columns.ts'
import type { BrandTx, Db } from './client.ts'
import { KEPT } from './kept-statements.ts'

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
  'mention.held',
  'mention.offered',
  'mention.escalated',
  'mention.triage',
  'mention.ignored',
  'mention.claimed',
  'mention.extended',
  'mention.returned',
  'mention.passed',
  'mention.snoozed',
  'mention.withdrawn',
  'mention.hidden',
  'mention.shown',
  'mention.forgotten',
  'mention.closed',
  'mention.edited',
  'mention.corrected',
  'mention.correction-undone',
  'reply.requested',
  'reply.approved',
  'reply.returned',
  'reply.undone',
  'reply.sent',
  'reply.continued',
  'reply.failed',
  'reply.unknown',
  'reply.pending',
  'reply.posted',
  'reply.taking-back',
  'reply.taken-back',
  'reply.not-taken-back',
  'reply.thanked',
  'reply.complained',
  'reply.reach',
  'case.taken',
  'case.noted',
  'case.assigned',
  'case.prioritised',
  'case.labelled',
  'case.snoozed',
  'case.woken',
  'case.merged',
  'case.separated',
  'case.handed-back',
  'case.closed',
  'expert.asked',
  'expert.answered',
  'inbox-tools.changed',
  'knowledge.proposed',
  'knowledge.decided',
  'knowledge.changed',
  'lounge.said',
  'lounge.changed',
  'lounge.reported',
  'lounge.dismissed',
  'case.warned',
  'points.earned',
  'badge.earned',
  'badge.lost',
  'policy.published',
  'policy.drafted',
  'policy.backtested',
  'costs.changed',
  'storm.began',
  'storm.ended',
  'source.changed',
  'source.troubled',
  'list.changed',
  'view.changed',
  'webhook.disabled',
  'member.changed',
  'people.changed',
  'application.changed',
  'account.changed',
  'disclosures.changed',
  'terms.changed',
  'reply-settings.changed',
  'settings.changed',
  'practice.changed',
] as const
export type EventKind = (typeof EVENT_KINDS)[number]

/** The channel on which a commit wakes the live streams; its payload is the brand's id, once a transaction. */
export const EVENT_CHANNEL = 'deputize_events'

/** The channel on which a commit tells every process whose sessions, roles or standing changed; its payload is a user's id. */
export const PEOPLE_CHANNEL = 'deputize_people'

/** The channel on which every process hears who is at which case or post; its payload is a `Said` of `src/live/presence.ts`. */
export const PRESENCE_CHANNEL = 'deputize_presence'

/** Has every process ask anew who these are, and end their live streams, once the transaction commits (O4). */
export async function tellPeopleChanged(tx: Pick<Db, 'execute'>, userIds: readonly string[]): Promise<void> {
  if (userIds.length === 0) return
  const ids = sql`string_to_array(${userIds.join(',')}, ',')`
  await tx.execute(sql`select pg_notify(${PEOPLE_CHANNEL}, id) from unnest(${ids}) as id`)
}

/** Appends to the event log in the transaction of the change itself, and wakes the streams when it commits. */
export async function appendEvents(tx: BrandTx, events: readonly NewEvent[]): Promise<void> {
  if (events.length === 0) return
  const rows = asColumns(events, {
    kind: { type: 'text', of: (row) => row.kind },
    mention_id: { type: 'uuid', of: (row) => row.mentionId },
    // Lists of unlike length are no array of arrays; each goes as PostgreSQL writes it.
    member_ids: { type: 'text', of: ({ memberIds }) => (memberIds ? `{${memberIds.join(',')}}` : null) },
    actor: { type: 'text', of: (row) => row.actor },
    data: { type: 'jsonb', of: (row) => row.data ?? {} },
    at: { type: 'timestamptz', of: (row) => row.at },
  })
  // PostgreSQL folds equal notifications of one transaction into one; a notification a row measured four times the cost.
  await tx.execute(sql`${KEPT}
    with added as (
      insert into event (kind, mention_id, member_ids, actor, data, at)
      select kind, mention_id, member_ids::uuid[], actor, data, at from ${rows}
      returning 1
    ) select pg_notify(${EVENT_CHANNEL}, current_setting('deputize.brand')) from added limit 1`)
}
