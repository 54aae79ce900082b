import { sql } from 'drizzle-orm'
import type { BrandTx } from '../db/client.ts'
import { lockWithDuplicates } from '../db/duplicates.ts'
import { textArray } from '../db/move.ts'
import { LIVE_REPLIES } from '../db/reply-states.ts'

type Erasing = { id: string; before: string }

/** A source with something to erase, locked before its mentions as by a poll; null: there is none. */
export async function lockErasing(tx: BrandTx): Promise<Erasing | null> {
  const [row] = await tx.execute<Erasing>(sql`
    select id, erase_before as before from source where erase_before is not null order by id limit 1 for update`)
  return row ?? null
}

/** The newest of what is left, locked in order, and when the oldest of it came in. */
export async function toErase(
  tx: BrandTx,
  { id, before }: Erasing,
  limit: number,
): Promise<{ ids: string[]; oldest: string | null }> {
  const rows = await tx.execute<{ id: string; received_at: string }>(sql`
    select id, received_at from mention where received_at <= ${before} and source_id = ${id} and author_id <> 'erased'
    order by received_at desc, id desc limit ${limit}`)
  await lockWithDuplicates(
    tx,
    rows.map((row) => row.id),
  )
  const oldest = rows.map((row) => row.received_at).sort((a, b) => Date.parse(a) - Date.parse(b))[0] ?? null
  return { ids: rows.map((row) => row.id), oldest }
}

/** Who wrote them, where they stand and what was written to them without being sent. Their words went before. */
export async function eraseMentions(tx: BrandTx, mentionIds: readonly string[]): Promise<void> {
  if (mentionIds.length === 0) return
  const ids = sql`${textArray(mentionIds)}::uuid[]`
  await tx.execute(sql`
    update mention set text = '[erased]', shortened = false, native_id = 'erased ' || id, author_id = 'erased', author_handle = '[erased]',
      author_followers = null, language_hint = null, parent_id = null, root_id = null
    where id = any(${ids})`)
  await tx.execute(sql`
    update reply set text = '[erased]', edited_from = null
    where mention_id = any(${ids}) and state not in ${LIVE_REPLIES}`)
  await tx.execute(sql`
    update reply_part p set text = '[erased]' from reply r
    where r.id = p.reply_id and r.mention_id = any(${ids}) and r.state not in ${LIVE_REPLIES}`)
}

/** How far it is; null: done. */
export const eraseOn = (tx: BrandTx, sourceId: string, before: string | null) =>
  tx.execute(sql`update source set erase_before = ${before}::timestamptz where id = ${sourceId}`)

/** Items that could not be read as posts were kept whole. */
export const eraseRejected = (tx: BrandTx, sourceId: string) =>
  tx.execute(sql`delete from rejected_item where source_id = ${sourceId}`)
