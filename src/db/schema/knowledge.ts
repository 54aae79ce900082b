import { sql } from 'drizzle-orm'
import {
  boolean,
  check,
  customType,
  index,
  integer,
  pgTable,
  text,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { id, instant, ofBrand } from './columns.ts'
import { authUser } from './identity.ts'

const tsvector = customType<{ data: string }>({ dataType: () => 'tsvector' })

/**
 * What staff decided about an answer that others may begin from (F1): other words for it, or that it is offered no
 * longer. No row: nothing.
 */
export const answerMark = pgTable('answer_mark', {
  /** Of the reply, or of the canned answer; triggers take the mark along. */
  answerId: uuid().primaryKey(),
  brandId: ofBrand(),
  /** What is offered in place of a reply's own words; null: these. A canned answer is changed itself. */
  better: text(),
  /** Why it is not offered any more; null: it is. */
  retiredFor: text(),
  /** Raised with each change; whoever changes it names the one they began from. */
  version: integer().notNull().default(0),
  changedBy: uuid().references(() => authUser.id),
  changedAt: instant(),
})

/** What somebody says is wrong with an answer, for staff to take or to decline. */
export const answerProposal = pgTable(
  'answer_proposal',
  {
    id: id(),
    brandId: ofBrand(),
    answerId: uuid().notNull(),
    userId: uuid()
      .notNull()
      .references(() => authUser.id),
    wrong: text().notNull(),
    /** The words they would rather read; null: they have none. */
    better: text(),
    state: text({ enum: ['open', 'taken', 'declined'] })
      .notNull()
      .default('open'),
    /** Why it was declined; null: it was not. */
    reason: text(),
    decidedBy: uuid().references(() => authUser.id),
    decidedAt: instant(),
    /** The press that made it; the same press twice is one proposal. */
    key: text().notNull(),
    at: instant().notNull(),
  },
  (t) => [
    unique('answer_proposal_once').on(t.brandId, t.userId, t.key),
    uniqueIndex('answer_proposal_open').on(t.answerId, t.userId).where(sql`state = 'open'`),
    // The pile of staff, the longest waiting first; decided ones are many and seldom read.
    index('answer_proposal_pile').on(t.brandId, t.at, t.id).where(sql`state = 'open'`),
    check('answer_proposal_decided', sql`(${t.state} = 'open') = (${t.decidedBy} is null)`),
  ],
)

/**
 * The answers a brand knows, with the words they are found by: their own, and those of the question where it may be
 * shown. Triggers on what it is made of keep it, so that no room can forget to.
 */
export const knownAnswer = pgTable(
  'known_answer',
  {
    answerId: uuid().primaryKey(),
    brandId: ofBrand(),
    /** One that stood on its network and was accepted there or by a reader, or one written beforehand. */
    kind: text({ enum: ['earlier', 'canned'] }).notNull(),
    /** Null: a canned one. */
    network: text(),
    /** BCP-47; null: nobody could tell, or a canned one for any. */
    language: text(),
    skills: text().array().notNull(),
    /** When it was sent, or a canned one last changed. */
    at: instant().notNull(),
    /** Staff took it out of what is offered. */
    retired: boolean().notNull(),
    words: tsvector().notNull(),
  },
  (t) => [
    // Rare words and skills are found by the one, all else by walking back in time along the other.
    index('known_answer_words').using('gin', t.words, t.skills),
    index('known_answer_recent').on(t.brandId, t.retired, t.at, t.answerId),
  ],
)
