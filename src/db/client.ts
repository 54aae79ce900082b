import { sql } from 'drizzle-orm'
import { drizzle, type PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import postgres from 'postgres'
import { KEPT, keepStatements } from './kept-statements.ts'

/** The whole database: for what is done across brands (sign-in, the pulse, migrations), never in a room's request. */
export type Db = PostgresJsDatabase

type Transaction = Parameters<Parameters<Db['transaction']>[0]>[0]
declare const brandMark: unique symbol

/** A transaction that sees and writes one brand's rows and no others; only `inBrand` makes one (I5). */
export type BrandTx = Transaction & { readonly [brandMark]: true }

export type OpenDb = { db: Db; close: () => Promise<void> }

/** Opens a pool. @param max connections; each process of a fleet has its own pool. */
export function openDb(url: string, { max = 10 }: { max?: number } = {}): OpenDb {
  const client = postgres(url, {
    max,
    onnotice: () => {},
    connection: {
      application_name: 'deputize',
      // An open transaction that does nothing holds back live events and clean-up of the whole server.
      idle_in_transaction_session_timeout: 60_000,
    },
  })
  keepStatements(client)
  return { db: drizzle(client, { casing: 'snake_case' }), close: () => client.end({ timeout: 5 }) }
}

/**
 * Runs `work` in one transaction for one brand. Row-level security lets it see that brand's rows only, whatever
 * its statements say, because it gives up the owner's rights for the length of the transaction.
 */
export function inBrand<T>(db: Db, brandId: string, work: (tx: BrandTx) => Promise<T>): Promise<T> {
  return db.transaction(async (tx) => {
    await tx.execute(
      sql`${KEPT} select set_config('role', 'deputize_brand', true), set_config('deputize.brand', ${brandId}, true)`,
    )
    return work(tx as BrandTx) // the line above is what makes it one
  })
}

/**
 * For statements over `jsonb_to_recordset`: one parameter, whatever the number of rows. Dates become ISO strings.
 * The `select` keeps the planner from parsing the text for itself as well, which measured as much as the parsing.
 */
export const asRows = (rows: readonly unknown[]) => sql`(select ${JSON.stringify(rows)}::text)::jsonb`
