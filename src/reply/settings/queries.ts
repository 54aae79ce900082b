import { sql } from 'drizzle-orm'
import type { BrandTx } from '../../db/client.ts'

type Row = { undoSeconds: number | null; bannedList: string | null; riskyList: string | null; lists: string[] }

export async function replySettings(tx: BrandTx): Promise<Row> {
  const [row] = await tx.execute<Row>(sql`
    select (settings->>'undoSeconds')::int as "undoSeconds", settings->'checks'->>'banned' as "bannedList",
      settings->'checks'->>'risky' as "riskyList",
      array(select name from named_list where kind = 'words' order by name) as lists from brand`)
  return row! // every brand has its row
}

/** Holds the brand's row until the commit, as removing a list does. */
export const setReplySettings = (tx: BrandTx, to: Pick<Row, 'bannedList' | 'riskyList'> & { undoSeconds: number }) =>
  tx.execute(
    sql`update brand set settings = settings || ${JSON.stringify({
      undoSeconds: to.undoSeconds,
      checks: { banned: to.bannedList, risky: to.riskyList },
    })}::text::jsonb`,
  )
