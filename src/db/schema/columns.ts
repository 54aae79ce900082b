import { sql } from 'drizzle-orm'
import { timestamp, uuid } from 'drizzle-orm/pg-core'
import { newId } from '../../domain/id.ts'

// Precision 3: a JavaScript Date holds milliseconds, and a keyset cursor that loses PostgreSQL's
// microseconds repeats or skips rows.
export const instant = () => timestamp({ withTimezone: true, precision: 3 })

export const id = () =>
  uuid()
    .primaryKey()
    .$defaultFn(() => newId())

/**
 * Every table with this column is under row-level security (`drizzle/0001_brand_isolation.sql`). It fills
 * itself with the brand the transaction was opened for (`inBrand`), so that no statement can name another.
 */
export const ofBrand = () => uuid().notNull().default(sql`current_setting('deputize.brand')::uuid`)
