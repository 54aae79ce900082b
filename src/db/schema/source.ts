import { sql } from 'drizzle-orm'
import { bigint, date, index, integer, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { linkedAccount } from './account.ts'
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
    /** The account it reads with; null where the network needs none, or none was chosen yet. */
    accountId: uuid().references(() => linkedAccount.id, { onDelete: 'set null' }),
    /** What it may cost in a calendar month (UTC), in millionths of a US dollar. Null: no cap (L4). */
    monthlyCapMicroUsd: bigint({ mode: 'number' }),
    /** The connector's own, opaque; moves in the transaction that stores its page (L3). */
    cursor: text(),
    /** `archived`: removed by an admin. It listens to nothing more; its mentions stay, and are asked after through it. */
    state: text({ enum: ['on', 'paused', 'needs-authorisation', 'archived'] })
      .notNull()
      .default('on'),
    pollEverySeconds: integer().notNull().default(15),
    /** When the pulse wakes it next; the queue only carries the wake-up. */
    nextPollAt: instant().notNull(),
    lastPollAt: instant(),
    lastItemAt: instant(),
    /** The last failure in words; null once a poll went well again. */
    trouble: text(),
    /** What kind of failure it was, an `ErrorKind`: what is to be done follows from it. */
    troubleKind: text(),
    /** When all that the network had was last read; null: never yet. */
    drainedAt: instant(),
    /** Posts that its network may have taken back are not asked after before then; null: at once when due. */
    recheckAfter: instant(),
    /** How its network answered since then when it was asked after posts: of so many posts so many were gone (L7). */
    recheckSince: instant(),
    recheckAsked: integer().notNull().default(0),
    recheckGone: integer().notNull().default(0),
    /** Since when too many are gone at once to be believed at once; null: nothing is held back. */
    brakedAt: instant(),
    /**
     * What came in up to then is erased page by page, and this moves back with it: whose account it was read with asked for
     * that. Null: nothing is to be erased.
     */
    eraseBefore: instant(),
    /** Why the budget keeps it from asking until `nextPollAt`; null: it does not. */
    putOff: text(),
    /** Which of the network's windows its polls were counted in; null: none is known yet. */
    windows: text().array(),
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
  (t) => [index('rejected_item_recent').on(t.sourceId, t.at)],
)

/**
 * What a network lets us ask until when (L4). Sources that ask through the same app, or with the same account, share its
 * rows: a poll takes its requests from them before it begins and gives back what it did not need.
 */
export const budget = pgTable(
  'budget',
  {
    brandId: ofBrand(),
    network: text().notNull(),
    instance: text().notNull(),
    scope: text({ enum: ['app', 'account', 'address'] }).notNull(),
    /** Of an account window whose it is: the account's id, or that of the source whose settings hold the token. Else ''. */
    owner: text().notNull(),
    /** The window's name at the network; `all` is one that the core made of a refusal. */
    key: text().notNull(),
    /** Of a whole window. Null: the network does not say. */
    limit: integer(),
    remaining: integer().notNull(),
    resetAt: instant().notNull(),
  },
  (t) => [primaryKey({ columns: [t.brandId, t.network, t.instance, t.scope, t.owner, t.key] })],
)

/** What a source brought and spent, by UTC day: its usual rate, and its bill (L4). */
export const sourceDay = pgTable(
  'source_day',
  {
    brandId: ofBrand(),
    sourceId: uuid()
      .notNull()
      .references(() => source.id, { onDelete: 'cascade' }),
    day: date().notNull(),
    mentions: integer().notNull().default(0),
    requests: integer().notNull().default(0),
    /** Millionths of a US dollar. */
    microUsd: bigint({ mode: 'number' }).notNull().default(0),
  },
  (t) => [primaryKey({ columns: [t.sourceId, t.day] })],
)

/** What a network pushed to a source: written with the changes it brought, so that it counts once however often it comes. */
export const delivery = pgTable(
  'delivery',
  {
    brandId: ofBrand(),
    sourceId: uuid()
      .notNull()
      .references(() => source.id, { onDelete: 'cascade' }),
    /** The network's own, or a hash of it when it is long. */
    deliveryId: text().notNull(),
    at: instant().notNull(),
    changes: integer().notNull(),
  },
  (t) => [primaryKey({ columns: [t.sourceId, t.deliveryId] }), index('delivery_age').on(t.at)],
)

/** Pushes that were not taken, counted by reason and day: a secret that was changed at one end shows here (L4). */
export const refusedPush = pgTable(
  'refused_push',
  {
    brandId: ofBrand(),
    sourceId: uuid()
      .notNull()
      .references(() => source.id, { onDelete: 'cascade' }),
    /** The sentence its sender was answered with: one of few, and of our own. */
    reason: text().notNull(),
    /** UTC day. */
    day: date().notNull(),
    count: integer().notNull(),
    lastAt: instant().notNull(),
  },
  (t) => [primaryKey({ columns: [t.sourceId, t.reason, t.day] })],
)

/** A post that was gone before we heard of it: should its making arrive later, it stays away (L7). Kept for 30 days. */
export const tombstone = pgTable(
  'tombstone',
  {
    brandId: ofBrand(),
    network: text().notNull(),
    instance: text().notNull(),
    nativeId: text().notNull(),
    at: instant().notNull(),
  },
  (t) => [primaryKey({ columns: [t.brandId, t.network, t.instance, t.nativeId] }), index('tombstone_age').on(t.at)],
)
