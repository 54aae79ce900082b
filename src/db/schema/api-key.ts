import { index, pgTable, text, uuid } from 'drizzle-orm/pg-core'
import { id, instant, ofBrand } from './columns.ts'
import { authUser } from './identity.ts'

/** A key by which a program asks in somebody's name (O1); the key itself is known to whoever has it, here is its digest. */
export const apiKey = pgTable(
  'api_key',
  {
    id: id(),
    brandId: ofBrand(),
    name: text().notNull(),
    keyHash: text().notNull().unique('api_key_hash'),
    /** Its last letters, by which people tell keys apart. */
    ending: text().notNull(),
    /** What it may do, as `src/http/scopes.ts` has it. */
    scopes: text().array().notNull(),
    /** In whose name it asks; it can do nothing that they cannot. */
    userId: uuid()
      .notNull()
      .references(() => authUser.id, { onDelete: 'cascade' }),
    createdAt: instant().notNull(),
    /** Null: it does not end by itself. */
    expiresAt: instant(),
    /** To the minute; null: never. */
    lastUsedAt: instant(),
    revokedAt: instant(),
  },
  (t) => [index('api_key_recent').on(t.brandId, t.id)],
)
