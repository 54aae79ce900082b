import { sql } from 'drizzle-orm'
import {
  type AnyPgColumn,
  boolean,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  unique,
  uuid,
} from 'drizzle-orm/pg-core'
import { PRIORITIES } from '../../domain/roles.ts'
import { id, instant, ofBrand } from './columns.ts'
import { authUser } from './identity.ts'
import { mention } from './mention.ts'
import { member } from './people.ts'

export const escalation = pgTable(
  'escalation',
  {
    id: id(),
    brandId: ofBrand(),
    /** A mention has one case; a second escalation opens it again. */
    mentionId: uuid()
      .notNull()
      .unique('escalation_mention')
      .references(() => mention.id, { onDelete: 'cascade' }),
    team: text().notNull(),
    priority: text({ enum: PRIORITIES }).notNull(),
    origin: text({ enum: ['rule', 'member', 'clock', 'follow-up', 'person'] }).notNull(),
    reason: text().notNull(),
    state: text({ enum: ['open', 'assigned', 'answered', 'handed-back', 'closed'] }).notNull(),
    assigneeId: uuid().references(() => authUser.id),
    openedAt: instant().notNull(),
    dueAt: instant().notNull(),
    /** When its team is to be warned that little time is left, and when it was; cases of before have neither. */
    warnAt: instant(),
    warnedAt: instant(),
    closedAt: instant(),
    closedReason: text(),
    /** Raised by each change that somebody could overwrite; whoever changes it may name the one they saw. */
    version: integer().notNull().default(0),
    /** It is out of the open views until then, at the latest; never past its clock's warning. Null: it is awake. */
    snoozedUntil: instant(),
    /** What was asked for; null while asleep: until the author writes again. */
    snoozeAsked: instant(),
    snoozedBy: uuid().references(() => authUser.id),
    /** The case that this duplicate was merged into. */
    mergedInto: uuid().references((): AnyPgColumn => escalation.id, { onDelete: 'set null' }),
    /** Its own clock, while duplicates merged into it make `due_at` earlier. Null: `due_at` is its own. */
    ownDueAt: instant(),
  },
  (t) => [
    index('escalation_inbox').on(t.brandId, t.dueAt, t.id).where(sql`state in ('open', 'assigned')`),
    // What the sweep asks for: whoever is to be warned.
    index('escalation_warning').on(t.warnAt).where(sql`warned_at is null and state in ('open', 'assigned')`),
    index('escalation_recent').on(t.brandId, t.dueAt, t.id),
    // What the sweep wakes, and what a page of new posts is held against: few rows.
    index('escalation_asleep').on(t.brandId, t.snoozedUntil).where(sql`snoozed_until is not null`),
    index('escalation_merged').on(t.mergedInto).where(sql`merged_into is not null`),
  ],
)

export const note = pgTable(
  'note',
  {
    id: id(),
    brandId: ofBrand(),
    escalationId: uuid()
      .notNull()
      .references(() => escalation.id, { onDelete: 'cascade' }),
    authorId: uuid()
      .notNull()
      .references(() => authUser.id),
    text: text().notNull(),
    /** Users it names with an @; their names stand in the text. */
    mentions: uuid().array().notNull().default(sql`'{}'`),
    /** The press that kept it; the same press twice is one note. Null: an act on cases, which has a key of its own. */
    key: text(),
    at: instant().notNull(),
  },
  (t) => [index('note_case').on(t.escalationId, t.at), unique('note_once').on(t.escalationId, t.authorId, t.key)],
)

/** A word that staff put on cases; its colour is one of the pages' names of colours. */
export const label = pgTable(
  'label',
  {
    id: id(),
    brandId: ofBrand(),
    name: text().notNull(),
    colour: text().notNull(),
    version: integer().notNull().default(1),
    changedBy: uuid()
      .notNull()
      .references(() => authUser.id),
    changedAt: instant().notNull(),
  },
  (t) => [unique('label_name').on(t.brandId, t.name)],
)

export const caseLabel = pgTable(
  'case_label',
  {
    brandId: ofBrand(),
    escalationId: uuid()
      .notNull()
      .references(() => escalation.id, { onDelete: 'cascade' }),
    labelId: uuid()
      .notNull()
      .references(() => label.id, { onDelete: 'cascade' }),
  },
  (t) => [primaryKey({ columns: [t.escalationId, t.labelId] }), index('case_label_label').on(t.labelId)],
)

/** A named list of acts that staff run on cases with one press. */
export const macro = pgTable(
  'macro',
  {
    id: id(),
    brandId: ofBrand(),
    name: text().notNull(),
    /** As `MacroAct` of `src/escalate/acts/contract.ts` has them. */
    acts: jsonb().$type<Record<string, unknown>[]>().notNull(),
    version: integer().notNull().default(1),
    changedBy: uuid()
      .notNull()
      .references(() => authUser.id),
    changedAt: instant().notNull(),
  },
  (t) => [unique('macro_name').on(t.brandId, t.name)],
)

/** What became of a part of one press on many cases, so that the same press twice is answered as the first; kept a day. */
export const bulkAct = pgTable(
  'bulk_act',
  {
    brandId: ofBrand(),
    userId: uuid()
      .notNull()
      .references(() => authUser.id, { onDelete: 'cascade' }),
    key: text().notNull(),
    part: integer().notNull(),
    /** Of all that was asked for, acts and cases, so that another press under its key is told apart; null: of before. */
    digest: text(),
    /** `version`: as the case was left, for whoever undoes it; null: refused, or kept before versions were. */
    results: jsonb().$type<{ id: string; refusal: string | null; version: number | null }[]>().notNull(),
    at: instant().notNull(),
  },
  (t) => [primaryKey({ columns: [t.brandId, t.userId, t.key, t.part] })],
)

/** A private talk between one member and staff about one mention (E4). */
export const expertThread = pgTable(
  'expert_thread',
  {
    id: id(),
    brandId: ofBrand(),
    mentionId: uuid()
      .notNull()
      .references(() => mention.id, { onDelete: 'cascade' }),
    memberId: uuid()
      .notNull()
      .references(() => member.id, { onDelete: 'cascade' }),
    /** The last word is the member's. */
    waiting: boolean().notNull(),
    /** Of the last word. */
    at: instant().notNull(),
  },
  (t) => [
    unique('expert_thread_once').on(t.mentionId, t.memberId),
    index('expert_thread_waiting').on(t.brandId, t.at, t.id).where(sql`waiting`),
    index('expert_thread_recent').on(t.brandId, t.at, t.id),
  ],
)

export const expertMessage = pgTable(
  'expert_message',
  {
    id: id(),
    brandId: ofBrand(),
    threadId: uuid()
      .notNull()
      .references(() => expertThread.id, { onDelete: 'cascade' }),
    authorId: uuid()
      .notNull()
      .references(() => authUser.id),
    fromStaff: boolean().notNull(),
    text: text().notNull(),
    /** The press that sent it; the same press twice is one message. */
    key: text().notNull(),
    at: instant().notNull(),
  },
  (t) => [
    index('expert_message_thread').on(t.threadId, t.at),
    unique('expert_message_once').on(t.threadId, t.authorId, t.key),
  ],
)
