import { sql } from 'drizzle-orm'
import { asRows, type BrandTx, type Db } from '../db/client.ts'
import { KEPT } from '../db/kept-statements.ts'
import type { FreshMention, Post } from './ingest.ts'

/** Remembers posts that were gone before we heard of them. */
export async function rememberLost(tx: BrandTx, network: string, posts: readonly Post[], at: Date): Promise<void> {
  if (posts.length === 0) return
  await tx.execute(sql`
    insert into tombstone (network, instance, native_id, at)
    select ${network}, instance, "nativeId", ${at.toISOString()}
    from jsonb_to_recordset(${asRows(posts)}) as t(instance text, "nativeId" text)
    order by instance, "nativeId" on conflict do nothing`)
}

/** Of a page that just came, the ids of those posts that are known to be gone. */
export async function lostBefore(
  tx: BrandTx,
  network: string,
  page: readonly FreshMention[],
): Promise<ReadonlySet<string>> {
  if (page.length === 0) return new Set()
  const posts = page.map(({ id, instance, nativeId }) => ({ id, instance, nativeId }))
  const rows = await tx.execute<{ id: string }>(sql`${KEPT}
    select t.id from jsonb_to_recordset(${asRows(posts)}) as t(id text, instance text, "nativeId" text)
    join tombstone s on s.network = ${network} and s.instance = t.instance and s.native_id = t."nativeId"`)
  return new Set(rows.map(({ id }) => id))
}

/**
 * Mentions that stand although their post is known to be gone: its making and its deletion were stored at the same
 * instant, and neither saw the other. Locked, in order.
 */
export async function standingLost(tx: BrandTx, since: Date, limit: number): Promise<string[]> {
  const rows = await tx.execute<{ id: string }>(sql`
    select m.id from tombstone s join mention m
      on m.network = s.network and m.instance = s.instance and m.native_id = s.native_id
    where s.at >= ${since.toISOString()} and m.state <> 'withdrawn' order by m.id limit ${limit} for update of m skip locked`)
  return rows.map(({ id }) => id)
}

export const pruneTombstones = (db: Db, before: Date) =>
  db.execute(sql`delete from tombstone where at < ${before.toISOString()}`)
