import { sql } from 'drizzle-orm'
import { index, integer, pgTable, text, unique, uuid } from 'drizzle-orm/pg-core'
import { id, instant, ofBrand } from './columns.ts'
import { member } from './people.ts'

/** Append-only points. A claw-back is an entry of its own (P1). */
export const ledger = pgTable(
  'ledger',
  {
    id: id(),
    brandId: ofBrand(),
    memberId: uuid()
      .notNull()
      .references(() => member.id),
    cause: text().notNull(),
    points: integer().notNull(),
    reason: text().notNull(),
    /** The same cause written twice is one entry. */
    key: text().notNull(),
    /** Which table of weights gave the points. */
    weights: text().notNull(),
    replyId: uuid(),
    /** Of the answered post, by the decision that held when it was answered: for boards of one language or skill. Null: not known. */
    language: text(),
    skills: text().array().notNull().default(sql`'{}'`),
    at: instant().notNull(),
  },
  (t) => [
    unique('ledger_key').on(t.brandId, t.key),
    index('ledger_member').on(t.memberId, t.at, t.id),
    index('ledger_board').on(t.brandId, t.at),
  ],
)
