import { sql } from 'drizzle-orm'
import type postgres from 'postgres'

const MARK = '/* kept */'

/**
 * Marks a statement, at its beginning or (one that drizzle builds) in its `where`, that each connection parses and plans once and then keeps: for the few that every page of
 * mentions runs. One that is not kept is parsed, rewritten for row-level security and planned each time, and asked
 * after its parameters in a round trip of its own. Its text must be the same every time, or a connection keeps many.
 */
export const KEPT = sql.raw(MARK)

/** Lets a client keep the statements that are marked by `KEPT`; drizzle has no word for it in `execute`. */
export function keepStatements(client: postgres.Sql): void {
  keepIn(client)
  const { begin } = client
  type Work = (tx: postgres.TransactionSql) => unknown
  client.begin = ((work: Work) =>
    begin((tx) => {
      keepIn(tx)
      return work(tx)
    })) as typeof begin // drizzle begins without options
}

/** `simple`: left to itself the client sends a statement without parameters as text, to be planned each time; its types do not name it. */
const KEEP = { prepare: true, simple: false } as postgres.UnsafeQueryOptions

function keepIn(client: postgres.ISql): void {
  const { unsafe } = client
  client.unsafe = ((text, parameters, options) =>
    unsafe(text, parameters, text.includes(MARK) ? { ...options, ...KEEP } : options)) as typeof unsafe
}
