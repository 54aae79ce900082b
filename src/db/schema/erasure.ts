import { sql } from 'drizzle-orm'
import { index, integer, jsonb, pgTable, text, unique } from 'drizzle-orm/pg-core'
import { id, instant, ofBrand } from './columns.ts'

/** Whom an erasure is about: gone from the row once it is done. */
export type Erased = {
  network: string
  /** As the network knows them. */
  accounts: { instance: string; authorId: string }[]
  /** Every handle they wrote under here. */
  handles: string[]
  /** The names they gave themselves, which may be any words. */
  names: string[]
}

/** An author whose words, names and handles are taken out of everything here, page by page (O6). */
export const erasure = pgTable(
  'erasure',
  {
    id: id(),
    brandId: ofBrand(),
    state: text({ enum: ['running', 'done', 'failed'] })
      .notNull()
      .default('running'),
    about: jsonb().$type<Erased>(),
    /** Mentions erased so far. */
    mentions: integer().notNull().default(0),
    /** A digest of who pressed with which key: the same press finds the same row. */
    press: text().notNull(),
    /** Why it stopped, without saying whom it is about; null: it did not. */
    trouble: text(),
    by: text().notNull(),
    askedAt: instant().notNull(),
    doneAt: instant(),
  },
  (t) => [
    unique('erasure_press').on(t.brandId, t.press),
    index('erasure_running').on(t.brandId, t.id).where(sql`state = 'running'`),
    index('erasure_recent').on(t.brandId, t.askedAt, t.id),
  ],
)
