import { sql } from 'drizzle-orm'
import { index, jsonb, pgTable, text, unique, uuid } from 'drizzle-orm/pg-core'
import { id, instant, ofBrand } from './columns.ts'
import { mention } from './mention.ts'
import { member } from './people.ts'

export type OfferWhy = { score: number; words: string; terms: Record<string, number> }

/** A mention shown in a member's feed. Open and claimed ones count as the member's load. */
export const offer = pgTable(
  'offer',
  {
    id: id(),
    brandId: ofBrand(),
    mentionId: uuid()
      .notNull()
      .references(() => mention.id, { onDelete: 'cascade' }),
    memberId: uuid()
      .notNull()
      .references(() => member.id, { onDelete: 'cascade' }),
    state: text({ enum: ['open', 'claimed', 'answered', 'passed', 'expired', 'taken', 'withdrawn'] }).notNull(),
    why: jsonb().$type<OfferWhy>().notNull(),
    offeredAt: instant().notNull(),
    /** An open offer nobody claims by then goes back (M4). */
    expiresAt: instant().notNull(),
    closedAt: instant(),
    passReason: text(),
    /** Words of staff for the member after a hand-back (E3). */
    guidance: text(),
  },
  (t) => [
    unique('offer_once').on(t.mentionId, t.memberId),
    index('offer_feed').on(t.memberId, t.offeredAt.desc(), t.id.desc()),
    index('offer_live').on(t.brandId, t.expiresAt).where(sql`state in ('open', 'claimed')`),
  ],
)
