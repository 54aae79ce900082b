import { sql } from 'drizzle-orm'
import { boolean, check, index, integer, pgTable, text, unique, uuid } from 'drizzle-orm/pg-core'
import { VIEW_SCREENS } from '../../domain/screens.ts'
import { id, instant, ofBrand } from './columns.ts'
import { authUser } from './identity.ts'

/** Filters of a screen under a name: somebody's own, or shared with the brand's staff. */
export const savedView = pgTable(
  'saved_view',
  {
    id: id(),
    brandId: ofBrand(),
    userId: uuid()
      .notNull()
      .references(() => authUser.id, { onDelete: 'cascade' }),
    screen: text({ enum: VIEW_SCREENS }).notNull(),
    name: text().notNull(),
    /** The query of the screen's address, without a question mark; only the screen reads it. */
    query: text().notNull(),
    /** All staff and admins see it; only its owner and admins change it. */
    shared: boolean().notNull().default(false),
    /** Where it stands among its owner's. */
    place: integer().notNull(),
    changedAt: instant().notNull(),
  },
  (t) => [
    unique('saved_view_name').on(t.brandId, t.userId, t.screen, t.name),
    index('saved_view_shared').on(t.brandId, t.screen).where(sql`shared`),
    check('saved_view_query', sql`length(${t.query}) <= 1000`),
  ],
)
