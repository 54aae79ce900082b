import { sql } from 'drizzle-orm'
import {
  bigint,
  boolean,
  check,
  index,
  integer,
  json,
  jsonb,
  pgTable,
  primaryKey,
  real,
  smallint,
  text,
  unique,
  uuid,
} from 'drizzle-orm/pg-core'
import type { Closed } from '../../../connectors/connector.ts'
import type { Classification } from '../../domain/classification.ts'
import { MENTION_STATES } from '../../domain/way.ts'
import { id, instant, ofBrand } from './columns.ts'

export const mention = pgTable(
  'mention',
  {
    id: id(),
    brandId: ofBrand(),
    // No foreign key: whoever stores holds the source locked, and a key checked that again for each mention, a quarter
    // of what storing cost. A source that has mentions cannot be deleted (a trigger of the same migration).
    sourceId: uuid().notNull(),
    network: text().notNull(),
    instance: text().notNull(),
    /** The network's own id; always text, ids pass 2^53. */
    nativeId: text().notNull(),
    url: text(),
    kind: text().notNull(),
    authorId: text().notNull(),
    authorHandle: text().notNull(),
    authorName: text(),
    /** Null: the network does not say. */
    authorFollowers: integer(),
    /** Cleaned (L8); shown as text, never as HTML. */
    text: text().notNull(),
    /** Its end was too long to keep; the whole stands on its network. */
    shortened: boolean().notNull().default(false),
    /** From when its words are, by the network's clock; older ones replace none. Null: first written so, or nobody says. */
    wordsAt: instant(),
    languageHint: text(),
    parentId: text(),
    rootId: text(),
    /** Our reply that this post answers; then it is a follow-up, an outcome and not a new mention. */
    answersReplyId: uuid(),
    /** Names one of the brand's handles. */
    addressed: boolean().notNull(),
    /** Why no account of ours may answer through the API, and the https page where a person can (F8). Null: ours may. */
    closed: jsonb().$type<Closed>(),
    /** Claimed by the author, clamped; for show. Clocks use `receivedAt`. */
    postedAt: instant().notNull(),
    receivedAt: instant().notNull(),
    state: text({ enum: MENTION_STATES }).notNull(),
    stateAt: instant().notNull(),
    /** The author should have an answer by then (M4). */
    dueAt: instant().notNull(),
    /** When staff take over from the community, some while before that. Null: history, which nobody is to answer. */
    handOverAt: instant(),
    /** The first mention of its cluster, itself when it is that. Null: too short to compare, or a follow-up. */
    clusterId: uuid(),
    /** The one member who may answer now, until `leaseUntil` (I2). */
    holderId: uuid(),
    leaseUntil: instant(),
    /** How far down the ladder of ever wider offers it is (M4). */
    wave: smallint().notNull().default(0),
    /** Times triage was begun on it; a poison mention ends with a person (L8). */
    attempts: smallint().notNull().default(0),
    trouble: text(),
    /** The storm it belongs to or belonged to. While that lasts members are not asked (R8). */
    stormId: uuid(),
    /** When its network is asked whether it still stands (L7). Null: the network tells of deletions by itself, or has none. */
    recheckAt: instant(),
    /** Until when its network's terms let its words and its author lie here. Null: as long as it stands. */
    keptUntil: instant(),
    /** When they went for that reason. The post stands and is read on its network. */
    forgottenAt: instant(),
  },
  (t) => [
    // One post is one mention, however many sources see it (I1).
    unique('mention_once').on(t.brandId, t.network, t.instance, t.nativeId),
    // What the sweep looks through: few rows, however old the table grows.
    index('mention_waiting').on(t.brandId, t.stateAt).where(sql`state in ('new', 'triaged', 'offered', 'claimed')`),
    // What the sweep hands to staff.
    index('mention_late').on(t.brandId, t.handOverAt).where(sql`state in ('triaged', 'offered')`),
    index('mention_recent').on(t.brandId, t.receivedAt, t.id),
    index('mention_triage').on(t.brandId, t.dueAt, t.id).where(sql`state = 'triage'`),
    index('mention_cluster').on(t.clusterId).where(sql`cluster_id is not null`),
    index('mention_storm').on(t.stormId).where(sql`storm_id is not null`),
    index('mention_recheck').on(t.sourceId, t.recheckAt).where(sql`recheck_at is not null`),
    // What the sweep forgets, and what nobody answered of it: few rows.
    index('mention_kept').on(t.brandId, t.keptUntil).where(sql`kept_until is not null and forgotten_at is null`),
    index('mention_wordless')
      .on(t.brandId)
      .where(sql`forgotten_at is not null and state in ('new', 'triaged', 'offered', 'triage')`),
    check('mention_text', sql`length(${t.text}) between 1 and 10000`),
    check('mention_native_id', sql`length(${t.nativeId}) between 1 and 512`),
    check(
      'mention_holder',
      sql`(${t.state} = 'claimed') = (${t.holderId} is not null and ${t.leaseUntil} is not null)`,
    ),
  ],
)

/**
 * The words of posts that are said to be gone, together with too many others: out of everybody's sight, and not erased
 * before the network was asked again (L7). A row stands as long as its mention is `hidden`.
 */
export const hiddenPost = pgTable(
  'hidden_post',
  {
    mentionId: uuid()
      .primaryKey()
      .references(() => mention.id, { onDelete: 'cascade' }),
    brandId: ofBrand(),
    sourceId: uuid().notNull(),
    /** Where the mention stood. */
    state: text({ enum: MENTION_STATES }).notNull(),
    text: text().notNull(),
    authorName: text(),
    url: text(),
    closed: jsonb().$type<Closed>(),
    hiddenAt: instant().notNull(),
    /** From then on the network's word is taken. */
    until: instant().notNull(),
    /** An admin took it already. */
    certain: boolean().notNull().default(false),
  },
  (t) => [index('hidden_post_source').on(t.sourceId)],
)

/**
 * MinHash bands of mentions that may head a cluster: two texts that share a band may be near-duplicates (L5).
 * Insert-only and pruned after two days; a text that joined a cluster adds none.
 */
export const mentionBand = pgTable(
  'mention_band',
  {
    brandId: ofBrand(),
    band: bigint({ mode: 'bigint' }).notNull(),
    mentionId: uuid().notNull(),
    at: instant().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.brandId, t.band, t.mentionId] }),
    // For pruning alone: rows lie in the order of their time, and an entry for each cost as much as the row.
    index('mention_band_age').using('brin', t.at),
  ],
)

export const classification = pgTable('classification', {
  /** Of a mention that is locked while it is judged; no foreign key, for the reason `offer` gives. */
  mentionId: uuid().primaryKey(),
  brandId: ofBrand(),
  model: text().notNull(),
  language: text().notNull(),
  sentiment: text({ enum: ['negative', 'neutral', 'positive'] }).notNull(),
  intent: text({ enum: ['question', 'problem', 'idea', 'praise', 'other'] }).notNull(),
  anger: real().notNull(),
  result: json().$type<Classification>().notNull(),
  /** What the model said, where a person has said otherwise since; null: nobody has, and `result` is the model's. */
  guessed: json().$type<Classification>(),
  at: instant().notNull(),
})
