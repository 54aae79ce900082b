import { customType, index, pgTable, text, uuid } from 'drizzle-orm/pg-core'
import { instant, ofBrand } from './columns.ts'

const tsvector = customType<{ data: string }>({ dataType: () => 'tsvector' })

/**
 * The words mentions are found by: of the text and of the author's names, folded. Beside `mention` and not in it,
 * because a mention is updated at every step of its way and its words at none; triggers on `mention` keep it.
 */
export const mentionSearch = pgTable(
  'mention_search',
  {
    /** No foreign key, for the reason `offer` gives: a trigger takes the row along. */
    mentionId: uuid().primaryKey(),
    brandId: ofBrand(),
    network: text().notNull(),
    receivedAt: instant().notNull(),
    words: tsvector().notNull(),
  },
  (t) => [
    // Rare words are found by the one, frequent ones by walking back in time along the other; statistics choose.
    index('mention_search_words').using('gin', t.words),
    index('mention_search_recent').on(t.brandId, t.receivedAt, t.mentionId),
  ],
)
