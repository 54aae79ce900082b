import { sql } from 'drizzle-orm'
import { bigint, index, integer, pgTable, smallint, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { id, instant, ofBrand } from './columns.ts'
import { source } from './source.ts'

export const BACKFILL_STATES = ['running', 'done', 'stopped', 'cancelled'] as const

/** A source asked for its past (L3). The row is all a worker needs to go on with it. */
export const backfill = pgTable(
  'backfill',
  {
    id: id(),
    brandId: ofBrand(),
    sourceId: uuid()
      .notNull()
      .references(() => source.id, { onDelete: 'cascade' }),
    /** Posts made from `since` on and before `until` are taken in; what is younger is for listening to bring. */
    since: instant().notNull(),
    until: instant().notNull(),
    /** `stopped`: it ended before it was all read, and `trouble` says why. */
    state: text({ enum: BACKFILL_STATES }).notNull(),
    /** The connector's own, opaque, beside that of the source; moves in the transaction that stores its page. */
    cursor: text(),
    /** To where it has read back, the mean of the connector's listings; null: it has not begun. */
    reachedAt: instant(),
    /** The oldest post found; null: none yet. */
    oldestAt: instant(),
    /** Posts of the stretch that the network gave, those new here, and those that were here before; the others were refused. */
    found: integer().notNull().default(0),
    stored: integer().notNull().default(0),
    known: integer().notNull().default(0),
    /** What of the stretch its network keeps no longer, a line each; told however it ends. Null: nothing that is known of. */
    gap: text(),
    requests: integer().notNull().default(0),
    /** Millionths of a US dollar: what it has cost, and what it may. Null: no cap of its own. */
    microUsd: bigint({ mode: 'number' }).notNull().default(0),
    capMicroUsd: bigint({ mode: 'number' }),
    /** When a worker may go on; while one is at it, when that one is taken for dead. */
    nextAt: instant().notNull(),
    /** Why it waits until then, where it does; a failure says so in `trouble`. */
    putOff: text(),
    trouble: text(),
    /** In a row. */
    failures: smallint().notNull().default(0),
    by: text().notNull(),
    askedAt: instant().notNull(),
    endedAt: instant(),
  },
  (t) => [
    index('backfill_recent').on(t.sourceId, t.askedAt, t.id),
    // One at a time of a source.
    uniqueIndex('backfill_one').on(t.sourceId).where(sql`state = 'running'`),
    // What the sweep looks through.
    index('backfill_due').on(t.nextAt).where(sql`state = 'running'`),
  ],
)
