import { sql } from 'drizzle-orm'
import { index, integer, json, pgTable, primaryKey, text, unique, uuid } from 'drizzle-orm/pg-core'
import { DESTINATIONS } from '../../domain/roles.ts'
import type { KeptRound } from '../kept-rounds.ts'
import { id, instant, ofBrand } from './columns.ts'

/** An immutable version of a brand's rules. `brand.policyVersion` says which is in force. */
export const policy = pgTable(
  'policy',
  {
    id: id(),
    brandId: ofBrand(),
    version: integer().notNull(),
    name: text().notNull(),
    /** YAML as the admin wrote it, comments included; parsed and compiled where it is used. */
    text: text().notNull(),
    note: text().notNull(),
    author: text().notNull(),
    /** The version it was begun from; null: it was begun from nothing. */
    basedOn: integer(),
    savedAt: instant().notNull(),
  },
  (t) => [unique('policy_version').on(t.brandId, t.version)],
)

/** Where a mention was sent and why; never changed, and re-running it on `facts` gives the same (I7). */
export const decision = pgTable(
  'decision',
  {
    id: id(),
    brandId: ofBrand(),
    mentionId: uuid().notNull(),
    /** Null when a person decided. */
    policyVersion: integer(),
    by: text().notNull(),
    facts: json().$type<Record<string, unknown>>().notNull(),
    destination: text({ enum: DESTINATIONS }).notNull(),
    rule: text(),
    reason: text().notNull(),
    /** Team, priority, minimum rank, skills, voice, tags: what the rules asked for. */
    action: json().$type<Record<string, unknown>>().notNull(),
    at: instant().notNull(),
    /** When the words of the post left `facts`, because it is gone at its network; then it cannot be run again. */
    blankedAt: instant(),
  },
  (t) => [
    index('decision_mention').on(t.mentionId, t.at),
    index('decision_recent').on(t.brandId, t.at),
    // Those of the rules in an order that has nothing to do with when or what: a fair draw is its beginning, unsorted.
    index('decision_drawn')
      .on(t.brandId, sql`right(id::text, 12)`, t.id, t.at)
      .where(sql`by = 'policy' and blanked_at is null`),
  ],
)

/**
 * How takers were looked for: everything the choice was made from, so that it can be made again (R7, I7), and whom it
 * left out. Rounds of the same mention at the same instant stand in one row, in order. Written once, never changed; a
 * round that found nobody is kept only when it was the first.
 */
export const matching = pgTable(
  'matching',
  {
    mentionId: uuid().notNull(),
    brandId: ofBrand(),
    at: instant().notNull(),
    /** As `src/db/kept-rounds.ts` lays them out. */
    rounds: json().$type<KeptRound[]>().notNull(),
  },
  (t) => [primaryKey({ columns: [t.mentionId, t.at] })],
)
