import { sql } from 'drizzle-orm'
import type { BrandTx, Db } from '../db/client.ts'
import { KEPT } from '../db/kept-statements.ts'

/** Counts a push that was not taken by the sentence its sender was answered with. */
export const countRefusedPush = (tx: BrandTx, sourceId: string, reason: string, at: Date) =>
  tx.execute(sql`${KEPT}
    insert into refused_push as known (source_id, reason, day, count, last_at)
    select ${sourceId}, ${reason}, (${at.toISOString()}::timestamptz at time zone 'utc')::date, 1, ${at.toISOString()}
    on conflict (source_id, reason, day)
    do update set count = known.count + 1, last_at = greatest(known.last_at, excluded.last_at)`)

export type RefusedPushes = { source_id: string; reason: string; count: number; last_at: string }

/** Those of the day (UTC) of `since` and later; the latest first. */
export const refusedPushes = (tx: BrandTx, since: Date): Promise<RefusedPushes[]> =>
  tx.execute<RefusedPushes>(sql`
    select source_id, reason, sum(count)::int as count, max(last_at) as last_at from refused_push
    where day >= (${since.toISOString()}::timestamptz at time zone 'utc')::date
    group by source_id, reason order by 4 desc, 2`)

export const pruneRefusedPushes = (db: Db, before: Date) =>
  db.execute(sql`delete from refused_push where last_at < ${before.toISOString()}`)
