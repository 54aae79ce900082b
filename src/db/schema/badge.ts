import { sql } from 'drizzle-orm'
import { index, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { BADGES } from '../../domain/badges.ts'
import { instant, ofBrand } from './columns.ts'
import { member } from './people.ts'

/** A badge that a member was given. It stays when it is lost, so that it can be told and given again (P5). */
export const memberBadge = pgTable(
  'member_badge',
  {
    memberId: uuid()
      .notNull()
      .references(() => member.id, { onDelete: 'cascade' }),
    brandId: ofBrand(),
    badge: text({ enum: BADGES }).notNull(),
    /** The skill it is for; empty: for none in particular. */
    skill: text().notNull().default(''),
    /** The answers it was given for. */
    replyIds: uuid().array().notNull(),
    givenAt: instant().notNull(),
    /** When one of those answers no longer stood and the others were not enough; null: it is held. */
    lostAt: instant(),
  },
  (t) => [
    primaryKey({ columns: [t.memberId, t.badge, t.skill] }),
    // How many hold each.
    index('member_badge_held').on(t.brandId, t.badge).where(sql`lost_at is null`),
  ],
)
