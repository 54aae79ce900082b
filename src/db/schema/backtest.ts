import { sql } from 'drizzle-orm'
import { index, integer, jsonb, pgTable, primaryKey, smallint, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { DESTINATIONS } from '../../domain/roles.ts'
import { id, instant, ofBrand } from './columns.ts'

export const BACKTEST_STATES = ['waiting', 'running', 'done', 'failed', 'cancelled'] as const

/** A version of the rules tried on what was decided before (R4). The row is all a worker needs to go on with it. */
export const backtest = pgTable(
  'backtest',
  {
    id: id(),
    brandId: ofBrand(),
    /** The version tried, and the one that was in force when it was asked for. */
    version: integer().notNull(),
    against: integer().notNull(),
    /** Decisions of the rules from `since` on and before `until` are replayed. */
    days: integer().notNull(),
    since: instant().notNull(),
    until: instant().notNull(),
    state: text({ enum: BACKTEST_STATES }).notNull(),
    /** Mentions to replay and replayed. */
    total: integer().notNull(),
    seen: integer().notNull().default(0),
    /** The decision it has come to; null: it has not begun. */
    placeAt: instant(),
    placeId: uuid(),
    /** What was counted so far, and at the end the result; `Tally` and `Outlook` of `src/decide`. */
    tally: jsonb(),
    outlook: jsonb(),
    by: text().notNull(),
    askedAt: instant().notNull(),
    /** When a worker last got on with it; one that is silent is woken again by the sweep. */
    beatAt: instant().notNull(),
    endedAt: instant(),
    attempts: smallint().notNull().default(0),
    trouble: text(),
  },
  (t) => [
    index('backtest_recent').on(t.brandId, t.askedAt, t.id),
    // One at a time: they use a core. Also what the sweep looks through.
    uniqueIndex('backtest_one').on(t.brandId).where(sql`state in ('waiting', 'running')`),
  ],
)

/** A mention that a backtest sends elsewhere. Why is not kept: both versions and the facts are, and say it again (I7). */
export const backtestMove = pgTable(
  'backtest_move',
  {
    // No foreign key: whoever writes holds the backtest locked, and what is deleted takes its moves along (`forgetOld`).
    backtestId: uuid().notNull(),
    brandId: ofBrand(),
    /** Of the decision that was replayed. */
    at: instant().notNull(),
    decisionId: uuid().notNull(),
    mentionId: uuid().notNull(),
    goes: text({ enum: DESTINATIONS }).notNull(),
    went: text({ enum: DESTINATIONS }).notNull(),
  },
  (t) => [primaryKey({ columns: [t.backtestId, t.at, t.decisionId] })],
)
