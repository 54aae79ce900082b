import { boolean, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { instant, ofBrand } from './columns.ts'
import { member } from './people.ts'

/** What a member did with an invented post, for the feed to know what to show; the words they tried are kept nowhere. */
export const practice = pgTable(
  'practice',
  {
    brandId: ofBrand(),
    memberId: uuid()
      .notNull()
      .references(() => member.id, { onDelete: 'cascade' }),
    post: text({ enum: ['question', 'other-skill', 'angry'] }).notNull(),
    /** Of the last try. */
    act: text({ enum: ['answer', 'pass', 'to-staff', 'skipped'] }).notNull(),
    /** Nothing was found that should have been otherwise, in the last try. */
    well: boolean().notNull(),
    at: instant().notNull(),
  },
  (t) => [primaryKey({ columns: [t.memberId, t.post] })],
)
