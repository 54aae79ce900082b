import { sql } from 'drizzle-orm'
import type { Db } from '../db/client.ts'

/** Replies due to leave, to be looked for or to be deleted, those of which another post is, and sends whose sender went silent; across brands, for the sweep. */
export async function dueReplies(
  db: Db,
  now: Date,
  silentSince: Date,
  limit: number,
): Promise<{ brandId: string; replyId: string }[]> {
  const [at, silent] = [now.toISOString(), silentSince.toISOString()]
  const rows = await db.execute<{ brand_id: string; id: string }>(sql`
    select brand_id, id from (
      (select brand_id, id, send_after from reply
        where (state in ('queued', 'pending', 'by-hand', 'taking-back') and send_after <= ${at})
          or (state = 'sending' and sending_at < ${silent})
        order by send_after limit ${limit})
      union all
      (select brand_id, reply_id, send_after from reply_part
        where send_after is not null and (state <> 'sending' and send_after <= ${at} or state = 'sending' and sending_at < ${silent})
        order by send_after limit ${limit})
    ) due order by send_after limit ${limit}`)
  return rows.map((row) => ({ brandId: row.brand_id, replyId: row.id }))
}

/** Sent replies whose next look is due, by brand and source; across brands, for the sweep. */
export async function dueChecks(db: Db, now: Date, limit: number): Promise<{ brandId: string; replyIds: string[] }[]> {
  const rows = await db.execute<{ brand_id: string; ids: string[] }>(sql`
    select brand_id, array_agg(id) as ids from (
      select r.brand_id, r.id, m.source_id from reply r join mention m on m.id = r.mention_id
      where r.state = 'sent' and r.checked_at <= ${now.toISOString()} order by r.checked_at limit ${limit}
    ) due group by brand_id, source_id`)
  return rows.map((row) => ({ brandId: row.brand_id, replyIds: row.ids }))
}
