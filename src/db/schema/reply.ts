import { sql } from 'drizzle-orm'
import {
  boolean,
  check,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { REPLY_PART_STATES, REPLY_STATES, THREADS } from '../../domain/reply-state.ts'
import { VOICES } from '../../domain/roles.ts'
import { LIVE_REPLIES, NAMELESS_PARTS, NAMELESS_REPLIES } from '../reply-states.ts'
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
    /** It goes out as several posts (`reply_part`), which say which of how many they are or do not; null: as one. */
    thread: text({ enum: THREADS }),
    /** The author's wording, when an approver changed it. */
    editedFrom: text(),
    state: text({ enum: REPLY_STATES }).notNull(),
    /** From the client, made when its composer opened: a second press is the same reply. Also the key given to the network. */
    key: text().notNull(),
    requestedAt: instant().notNull(),
    /** Nothing is done about it earlier: the wait after a failure, until its account's turn, or until it is looked for, or asked to be deleted, again. */
    sendAfter: instant().notNull(),
    /** Tries to send it, and once it is to be taken back, to delete it. */
    attempts: smallint().notNull().default(0),
    /** When `sending`, or the last try to delete it, was begun; a send that outlives its time is asked after, never repeated blindly. */
    sendingAt: instant(),
    approvedBy: uuid().references(() => authUser.id),
    approvedAt: instant(),
    /** Why it was returned, failed or stayed unknown, in words for its author. */
    note: text(),
    sentAt: instant(),
    /** Who had it taken back at the network, and why, as its author reads it; null: nobody. */
    takenBackBy: uuid().references(() => authUser.id),
    takenBackFor: text(),
    network: text().notNull(),
    /** The server of the post it answers; once it stands, that of which `remoteId` is an id. */
    instance: text().notNull(),
    /** The network's id of our post; how echo and follow-ups are known (L5). */
    remoteId: text(),
    url: text(),
    /** What its post has to say of rewards where its author puts it there by hand; null: nothing, or we put it there. */
    disclosure: text(),
    /** It was found without that: its author earns nothing for it. */
    undisclosed: boolean().notNull().default(false),
    outcome: text({ enum: ['thanked', 'complained'] }),
    outcomeAt: instant(),
    metrics: jsonb().$type<Record<string, number>>().notNull().default({}),
    /** When its counters are read next; null before it was sent. */
    checkedAt: instant(),
    /** Looks so far: at its counters once it is sent, for it while it is looked for. */
    checks: integer().notNull().default(0),
  },
  (t) => [
    unique('reply_key').on(t.brandId, t.key),
    // I3: whatever crashes, a mention has one reply that stands or may stand.
    uniqueIndex('reply_one_live').on(t.mentionId).where(sql`state in ${LIVE_REPLIES}`),
    index('reply_outbox')
      .on(t.sendAfter)
      .where(sql`state in ('queued', 'sending', 'pending', 'by-hand', 'taking-back')`),
    // One post is one answer, however alike the words of two in a thread.
    uniqueIndex('reply_remote').on(t.brandId, t.network, t.remoteId, t.instance).where(sql`remote_id is not null`),
    index('reply_mine').on(t.userId, t.requestedAt, t.id),
    // On the network or perhaps there, under an id nobody has told us: known by account, words and time (L5).
    index('reply_nameless').on(t.brandId, t.network).where(sql`remote_id is null and state in ${NAMELESS_REPLIES}`),
    // What one account posted lately, for the network's own cap (F5).
    index('reply_account').on(t.accountId, t.sentAt),
    index('reply_approval')
      .on(t.brandId, t.requestedAt, t.id)
      .where(sql`state in ('awaiting-approval', 'unknown', 'pending')`),
    // Answers to learn from: what is suggested under like posts (F1).
    index('reply_accepted')
      .on(t.brandId, t.sentAt)
      .where(sql`state = 'sent' and (outcome = 'thanked' or approved_by is not null)`),
    index('reply_check').on(t.checkedAt).where(sql`state = 'sent'`),
    check('reply_sent', sql`${t.state} <> 'sent' or ${t.sentAt} is not null`),
  ],
)

/**
 * One post of an answer that goes out as several (F2). The first is the reply's own, and is sent and looked for as that;
 * each other is sent once the one before it stands, as an answer to it.
 */
export const replyPart = pgTable(
  'reply_part',
  {
    replyId: uuid()
      .notNull()
      .references(() => reply.id, { onDelete: 'cascade' }),
    nth: smallint().notNull(),
    brandId: ofBrand(),
    /** The key given to the network; of the first, that is the reply's id. */
    key: uuid().notNull(),
    /** The post as it stands there. */
    text: text().notNull(),
    state: text({ enum: REPLY_PART_STATES }).notNull(),
    /** Nothing is done about it earlier; null: the one before does not stand yet, or nothing is to be done. */
    sendAfter: instant(),
    sendingAt: instant(),
    attempts: smallint().notNull().default(0),
    /** Looks for it so far. */
    checks: smallint().notNull().default(0),
    /** Why it does not stand, in words for its author. */
    note: text(),
    network: text().notNull(),
    instance: text(),
    remoteId: text(),
    url: text(),
    sentAt: instant(),
  },
  (t) => [
    primaryKey({ columns: [t.replyId, t.nth] }),
    index('reply_part_outbox').on(t.sendAfter).where(sql`send_after is not null`),
    uniqueIndex('reply_part_remote').on(t.brandId, t.network, t.remoteId, t.instance).where(sql`remote_id is not null`),
    // On the network or perhaps there, under an id nobody has told us (L5).
    index('reply_part_nameless').on(t.brandId, t.network).where(sql`remote_id is null and state in ${NAMELESS_PARTS}`),
    check('reply_part_sent', sql`${t.state} <> 'sent' or ${t.sentAt} is not null`),
  ],
)
