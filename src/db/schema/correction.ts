import { sql } from 'drizzle-orm'
import { boolean, check, index, integer, jsonb, pgTable, text, unique, uuid } from 'drizzle-orm/pg-core'
import { id, instant, ofBrand } from './columns.ts'
import { authUser } from './identity.ts'
import { mention } from './mention.ts'

/**
 * What people said of posts that was understood otherwise, and what the brand's model has learned since (U4). Rows are
 * never deleted: an undone one stays to be seen, and is no longer learned.
 */
export const correction = pgTable(
  'correction',
  {
    id: id(),
    brandId: ofBrand(),
    /** The brand's `learned_version` that it made: corrections are learned in this order, in every process. */
    seq: integer().notNull(),
    mentionId: uuid().references(() => mention.id, { onDelete: 'set null' }),
    /** As it was when it was corrected: an edit of the post later does not change what was learned. */
    text: text().notNull(),
    /** Of the person, else of the network; null: nobody said. */
    language: text(),
    labels: jsonb().$type<Record<string, string | number>>().notNull(),
    /** One in five, by a hash of the id: never learned, kept to measure what learning is worth. */
    heldOut: boolean().notNull(),
    by: uuid()
      .notNull()
      .references(() => authUser.id),
    at: instant().notNull(),
    undoneAt: instant(),
    undoneBy: uuid().references(() => authUser.id),
    /** The version that its undoing made. */
    undoneSeq: integer(),
  },
  (t) => [
    unique('correction_order').on(t.brandId, t.seq),
    index('correction_recent').on(t.brandId, t.at, t.id),
    index('correction_mention').on(t.mentionId).where(sql`mention_id is not null`),
    // What a process asks that knows an earlier version: few rows.
    index('correction_undone').on(t.brandId, t.undoneSeq).where(sql`undone_seq is not null`),
    check('correction_undone_whole', sql`(${t.undoneAt} is null) = (${t.undoneSeq} is null)`),
  ],
)
