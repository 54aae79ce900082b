import { integer, pgTable, text, unique, uuid } from 'drizzle-orm/pg-core'
import { id, instant, ofBrand } from './columns.ts'
import { authUser } from './identity.ts'

/** A list that admins keep and rules ask about by its name: competitors, VIPs, banned words (R1). */
export const namedList = pgTable(
  'named_list',
  {
    id: id(),
    brandId: ofBrand(),
    /** Stands in the texts of policies, so it never changes: lower case letters, digits and hyphens. */
    name: text().notNull(),
    /** Words and phrases looked for in the text, or handles of authors. */
    kind: text({ enum: ['words', 'handles'] }).notNull(),
    entries: text().array().notNull(),
    /** Raised with each change; whoever changes the list names the one they began from. */
    version: integer().notNull().default(1),
    changedBy: uuid()
      .notNull()
      .references(() => authUser.id),
    changedAt: instant().notNull(),
  },
  (t) => [unique('named_list_name').on(t.brandId, t.name)],
)
