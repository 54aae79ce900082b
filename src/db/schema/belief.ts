import { doublePrecision, integer, pgTable, primaryKey, smallint, text, uuid } from 'drizzle-orm/pg-core'
import { ofBrand } from './columns.ts'
import { member } from './people.ts'

/**
 * What became of a member's answers by skill (M2); a running sum, and `deputize beliefs` counts it anew from the event
 * log. Written only while the member's row is held. No entry: nothing has been seen yet.
 */
export const skillEvidence = pgTable(
  'skill_evidence',
  {
    memberId: uuid()
      .notNull()
      .references(() => member.id, { onDelete: 'cascade' }),
    brandId: ofBrand(),
    skill: text().notNull(),
    /** Evidence for and against, each piece weighed by its age as `src/people/decay.ts` says. */
    good: doublePrecision().notNull(),
    bad: doublePrecision().notNull(),
    /** How often in all, without decay, for telling people. */
    accepted: integer().notNull(),
    thanked: integer().notNull(),
    corrected: integer().notNull(),
    returned: integer().notNull(),
    complained: integer().notNull(),
    passed: integer().notNull(),
  },
  (t) => [primaryKey({ columns: [t.memberId, t.skill] })],
)

/**
 * When a member claims what they are offered: three arrays of one length, with an entry only for hours of the week (UTC,
 * 0 is Monday 00:00) in which an offer of theirs stood open. 18 bytes an hour. A running sum, like the other.
 */
export const responseHours = pgTable('response_hours', {
  memberId: uuid()
    .primaryKey()
    .references(() => member.id, { onDelete: 'cascade' }),
  brandId: ofBrand(),
  hours: smallint().array().notNull(),
  /** Claims, and hours that offers stood open, weighed by their age. */
  claims: doublePrecision().array().notNull(),
  open: doublePrecision().array().notNull(),
})
