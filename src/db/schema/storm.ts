import { sql } from 'drizzle-orm'
import { doublePrecision, index, integer, pgTable, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { id, instant, ofBrand } from './columns.ts'

/**
 * A sudden crowd of posts about one thing (R8). While `endedAt` is null its posts are not given to members; the mentions
 * of it carry its id (`mention.stormId`) and keep it afterwards.
 */
export const storm = pgTable(
  'storm',
  {
    id: id(),
    brandId: ofBrand(),
    kind: text({ enum: ['cluster', 'skill', 'anger'] }).notNull(),
    /** The cluster's first mention, the skill's name; empty for anger. */
    key: text().notNull(),
    /** Posts in the window that began it, how many are usual in one, and the chance of so many. */
    seen: integer().notNull(),
    usual: doublePrecision().notNull(),
    chance: doublePrecision().notNull(),
    beganAt: instant().notNull(),
    /** Since when its posts come as usual again; null while they do not. */
    calmSince: instant(),
    endedAt: instant(),
    /** `system` when it ended by itself, or the id of a user. */
    endedBy: text(),
  },
  (t) => [
    // Of two workers that see it begin, one inserts it.
    uniqueIndex('storm_open').on(t.brandId, t.kind, t.key).where(sql`ended_at is null`),
    index('storm_recent').on(t.brandId, t.beganAt, t.id),
  ],
)

/**
 * How many posts of a topic were written when: what storms are told by. One row a page and minute, added by whoever
 * judged the page and changed by nobody, so that workers never wait for each other here; pruned after a day.
 */
export const topicCount = pgTable(
  'topic_count',
  {
    brandId: ofBrand(),
    /** `all`, `anger`, `skill:…` or `cluster:…`. */
    topic: text().notNull(),
    at: instant().notNull(),
    posts: integer().notNull(),
  },
  (t) => [index('topic_count_recent').on(t.brandId, t.at)],
)

/** What is usual of a topic: discounted sums of posts and of slots of five minutes (`src/storm/storm.ts`). */
export const topicUsual = pgTable(
  'topic_usual',
  {
    brandId: ofBrand(),
    topic: text().notNull(),
    posts: doublePrecision().notNull(),
    slots: doublePrecision().notNull(),
    /** The first slot learned from, and the end of the last one. */
    since: instant().notNull(),
    until: instant().notNull(),
  },
  (t) => [primaryKey({ columns: [t.brandId, t.topic] })],
)
