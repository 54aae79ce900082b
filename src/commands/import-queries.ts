import { sql } from 'drizzle-orm'
import { asRows, type BrandTx } from '../db/client.ts'

/** The ids of those of these posts, all of one export, that are stored already. */
export async function knownPosts(
  tx: BrandTx,
  posts: readonly { instance: string; nativeId: string }[],
): Promise<ReadonlySet<string>> {
  const [first] = posts
  if (!first) return new Set()
  const rows = await tx.execute<{ native_id: string }>(sql`
    select native_id from mention where network = 'replay' and instance = ${first.instance}
      and native_id in (select jsonb_array_elements_text(${asRows(posts.map((post) => post.nativeId))}))`)
  return new Set(rows.map((row) => row.native_id))
}

/** When the file was last read from; nobody asks it again. */
export const fileRead = (tx: BrandTx, sourceId: string, now: Date) =>
  tx.execute(sql`update source set last_item_at = ${now.toISOString()} where id = ${sourceId}`)
