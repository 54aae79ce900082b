import { sql } from 'drizzle-orm'
import { date, index, integer, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { id, instant, ofBrand } from './columns.ts'

export const source = pgTable(
  'source',
  {
    id: id(),
    brandId: ofBrand(),
    network: text().notNull(),
    /** Names the server its posts live on; stays when its address changes. */
    instance: text().notNull(),
    name: text().notNull(),
    listen: jsonb().$type<{ handles: string[]; words: string[]; exclude: string[] }>().notNull(),
    /** What the connector is opened with (address, tokens), JSON sealed by `src/people/secrets.ts`. Null: a file. */
    settings: text(),
    /** The connector's own, opaque; moves in the transaction that stores its page (L3). */
    cursor: text(),
    state: text({ enum: ['on', 'paused', 'needs-authorisation'] })
      .notNull()
      .default('on'),
    pollEverySeconds: integer().notNull().default(15),
    /** When the pulse wakes it next; the queue only carries the wake-up. */
    nextPollAt: instant().notNull(),
    lastPollAt: instant(),
    lastItemAt: instant(),
    /** The last failure in words; null once a poll went well again. */
    trouble: text(),
    failures: integer().notNull().default(0),
    gaps: integer().notNull().default(0),
  },
  // The pulse asks for what is due across all brands every few seconds.
  (t) => [index('source_due').on(t.nextPollAt).where(sql`state = 'on'`)],
)

/** Items not taken, counted by reason and day, so that nothing disappears silently (L6). */
export const refusal = pgTable(
  'refusal',
  {
    brandId: ofBrand(),
    sourceId: uuid()
      .notNull()
      .references(() => source.id, { onDelete: 'cascade' }),
    reason: text().notNull(),
    /** UTC day. */
    day: date().notNull(),
    count: integer().notNull(),
  },
  (t) => [primaryKey({ columns: [t.sourceId, t.reason, t.day] })],
)

/** Items the database or the reader refused, kept whole for a person to look at (L8). */
export const rejectedItem = pgTable(
  'rejected_item',
  {
    id: id(),
    brandId: ofBrand(),
    sourceId: uuid().notNull(),
    reason: text().notNull(),
    raw: text().notNull(),
    at: instant().notNull(),
  },
  (t) => [index('rejected_item_recent').on(t.sourceId, t.at.desc())],
)
