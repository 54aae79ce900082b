import { sql } from 'drizzle-orm'
import { asRows, type BrandTx, type Db } from '../db/client.ts'
import { lockWithDuplicates } from '../db/duplicates.ts'
import { textArray } from '../db/move.ts'

/** Sources with posts to ask after, across brands. */
export async function dueRechecks(db: Db, now: Date, limit: number): Promise<{ brandId: string; sourceId: string }[]> {
  const at = now.toISOString()
  return db.execute<{ brandId: string; sourceId: string }>(sql`
    select s.brand_id as "brandId", s.id as "sourceId" from source s
    where coalesce(s.recheck_after <= ${at}, true)
      and exists (select 1 from mention m where m.source_id = s.id and m.recheck_at <= ${at}) limit ${limit}`)
}

/** `hidden`: the network said before that it is gone. */
export type DueMention = {
  id: string
  instance: string
  nativeId: string
  url: string | null
  receivedAt: Date
  hidden: boolean
}

/** The longest due first. */
export async function dueMentions(tx: BrandTx, sourceId: string, now: Date, limit: number): Promise<DueMention[]> {
  const rows = await tx.execute<Omit<DueMention, 'receivedAt'> & { receivedAt: string }>(sql`
    select id, instance, native_id as "nativeId", coalesce(url, (select h.url from hidden_post h where h.mention_id = mention.id)) as url,
      received_at as "receivedAt", state = 'hidden' as hidden from mention
    where source_id = ${sourceId} and recheck_at <= ${now.toISOString()} order by recheck_at limit ${limit}`)
  return rows.map((row) => ({ ...row, receivedAt: new Date(row.receivedAt) }))
}

/** Locks mentions in order, hidden ones too. @returns ids of those that still stand here */
export async function lockStanding(tx: BrandTx, ids: readonly string[]): Promise<ReadonlySet<string>> {
  await lockWithDuplicates(tx, ids)
  const rows = await tx.execute<{ id: string }>(sql`
    select id from mention where id = any(${textArray(ids)}::uuid[]) and state <> 'withdrawn' order by id for update`)
  return new Set(rows.map(({ id }) => id))
}

/** When each is asked after next; null: never again. */
export async function askAgain(tx: BrandTx, rows: readonly { id: string; at: Date | null }[]): Promise<void> {
  if (rows.length === 0) return
  await tx.execute(sql`
    update mention set recheck_at = t.at from jsonb_to_recordset(${asRows(rows)}) as t(id uuid, at timestamptz)
    where mention.id = t.id`)
}

/** The network is asked after nothing of this source before then. */
export const waitUntil = (tx: BrandTx, sourceId: string, at: Date) =>
  tx.execute(sql`update source set recheck_after = ${at.toISOString()} where id = ${sourceId}`)
