import { sql } from 'drizzle-orm'
import type { Db } from '../src/db/client.ts'

/** Tables that hold a word anywhere, whatever of a brand they hold. */
export async function tablesWith(db: Db, word: string): Promise<string[]> {
  const tables = await db.execute<{ name: string }>(sql`
    select table_name as name from information_schema.columns where table_schema = 'public' and column_name = 'brand_id' order by 1`)
  const held: string[] = []
  for (const { name } of tables) {
    const rows = await db.execute(
      sql`select 1 from ${sql.identifier(name)} t where t::text ilike ${`%${word}%`} limit 1`,
    )
    if (rows.length > 0) held.push(name)
  }
  return held
}
