import { sql } from 'drizzle-orm'
import { index, json, pgTable, text, unique, uuid } from 'drizzle-orm/pg-core'
import { id, instant, ofBrand } from './columns.ts'

/** `chance`: how the draw for newcomers went (`src/match/explore.ts`); absent where none was made. */
export type OfferWhy = {
  score: number
  words: string
  terms: Record<string, number>
  chance?: { seed: number; draw: number; share: number; explored: boolean; propensity: number }
}

/** A mention shown in a member's feed. Open and claimed ones count as the member's load. */
export const offer = pgTable(
  'offer',
  {
    id: id(),
    brandId: ofBrand(),
    // No foreign keys: whoever offers holds both rows locked, so that they are there, and a key checked that again for
    // each offer, a third of what offering cost. What is deleted takes its offers along (`drizzle/0003_take_along.sql`).
    mentionId: uuid().notNull(),
    memberId: uuid().notNull(),
    state: text({ enum: ['open', 'claimed', 'answered', 'passed', 'expired', 'taken', 'withdrawn'] }).notNull(),
    why: json().$type<OfferWhy>().notNull(),
    offeredAt: instant().notNull(),
    /** An open offer nobody claims by then goes back (M4). */
    expiresAt: instant().notNull(),
    /** When the member took it last; kept when it is offered anew. Null: never. */
    claimedAt: instant(),
    closedAt: instant(),
    passReason: text(),
    /** Out of the member's open view until then (F7); the offer runs on meanwhile. Null: it was never put off. */
    snoozedUntil: instant(),
    /** Words of staff for the member after a hand-back (E3). */
    guidance: text(),
  },
  (t) => [
    unique('offer_once').on(t.mentionId, t.memberId),
    index('offer_feed').on(t.memberId, t.offeredAt, t.id),
    // What a member has open, a handful: without it the open view read their whole history (`bench/feed.ts`).
    index('offer_held').on(t.memberId, t.offeredAt, t.id).where(sql`state in ('open', 'claimed')`),
    index('offer_live').on(t.brandId, t.expiresAt).where(sql`state in ('open', 'claimed')`),
  ],
)
