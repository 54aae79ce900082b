import { sql } from 'drizzle-orm'
import { check, index, integer, jsonb, pgTable, smallint, text, unique, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { VOICES } from '../../domain/roles.ts'
import { linkedAccount } from './account.ts'
import { id, instant, ofBrand } from './columns.ts'
import { authUser } from './identity.ts'
import { mention } from './mention.ts'
import { member } from './people.ts'

/** An answer to a mention, stored before it is sent (F6). */
export const reply = pgTable(
  'reply',
  {
    id: id(),
    brandId: ofBrand(),
    mentionId: uuid()
      .notNull()
      .references(() => mention.id, { onDelete: 'cascade' }),
    authorKind: text({ enum: ['member', 'staff'] }).notNull(),
    userId: uuid()
      .notNull()
      .references(() => authUser.id),
    memberId: uuid().references(() => member.id),
    voice: text({ enum: VOICES }).notNull(),
    accountId: uuid()
      .notNull()
      .references(() => linkedAccount.id),
    text: text().notNull(),
    /** The author's wording, when an approver changed it. */
    editedFrom: text(),
    state: text({
      enum: ['awaiting-approval', 'queued', 'sending', 'sent', 'unknown', 'rejected', 'failed', 'withdrawn'],
    }).notNull(),
    /** From the client, made when its composer opened: a second press is the same reply. Also the key given to the network. */
    key: text().notNull(),
    requestedAt: instant().notNull(),
    /** Leaves no earlier: the time in which it can be taken back, or the wait after a failure. */
    sendAfter: instant().notNull(),
    attempts: smallint().notNull().default(0),
    /** When `sending` was begun; a send that outlives its time is asked after, never repeated blindly. */
    sendingAt: instant(),
    approvedBy: uuid().references(() => authUser.id),
    approvedAt: instant(),
    /** Why it was returned, failed or stayed unknown, in words for its author. */
    note: text(),
    sentAt: instant(),
    network: text().notNull(),
    instance: text().notNull(),
    /** The network's id of our post; how echo and follow-ups are known (L5). */
    remoteId: text(),
    url: text(),
    outcome: text({ enum: ['thanked', 'complained'] }),
    outcomeAt: instant(),
    metrics: jsonb().$type<Record<string, number>>().notNull().default({}),
    /** When its counters were last read; null before the first time. */
    checkedAt: instant(),
    checks: integer().notNull().default(0),
  },
  (t) => [
    unique('reply_key').on(t.brandId, t.key),
    // I3: whatever crashes, a mention has one reply that stands or may stand.
    uniqueIndex('reply_one_live')
      .on(t.mentionId)
      .where(sql`state in ('awaiting-approval', 'queued', 'sending', 'sent', 'unknown')`),
    index('reply_outbox').on(t.sendAfter).where(sql`state in ('queued', 'sending')`),
    index('reply_remote').on(t.brandId, t.network, t.remoteId).where(sql`remote_id is not null`),
    index('reply_mine').on(t.userId, t.requestedAt.desc(), t.id.desc()),
    index('reply_approval').on(t.brandId, t.requestedAt, t.id).where(sql`state in ('awaiting-approval', 'unknown')`),
    index('reply_check').on(t.checkedAt).where(sql`state = 'sent'`),
    check('reply_sent', sql`${t.state} <> 'sent' or ${t.sentAt} is not null`),
  ],
)
