import { sql } from 'drizzle-orm'
import type { BrandTx } from '../db/client.ts'
import { textArray } from '../db/move.ts'

/** What is asked before a reply is taken back; the row is locked. `unlinked`: its account is. */
export type Standing = {
  state: string
  userId: string
  mentionId: string
  memberId: string | null
  network: string
  hasId: boolean
  unlinked: boolean
  /** Another post of it is on its way. */
  partLeaving: boolean
}

export async function lockStanding(tx: BrandTx, id: string): Promise<Standing | null> {
  const [row] = await tx.execute<Standing>(sql`
    select r.state, r.user_id as "userId", r.mention_id as "mentionId", r.member_id as "memberId", r.network,
      r.remote_id is not null as "hasId", a.state = 'unlinked' as unlinked,
      exists (select 1 from reply_part p where p.reply_id = r.id and p.state = 'sending') as "partLeaving"
    from reply r join linked_account a on a.id = r.account_id where r.id = ${id} for update of r`)
  return row ?? null
}

/** A sent reply is to be deleted at its network, from now on; committed before anything is asked there (F6). */
export async function beginTakingBack(
  tx: BrandTx,
  id: string,
  { by, reason }: { by: string; reason: string },
  now: Date,
): Promise<void> {
  await tx.execute(sql`
    update reply set state = 'taking-back', taken_back_by = ${by}, taken_back_for = ${reason}, note = null, attempts = 0,
      send_after = ${now.toISOString()}
    where id = ${id} and state = 'sent'`)
}

/** Takes one try at deleting it, and sets the next before anything is asked: of two one gets it. */
export async function beginRemoval(tx: BrandTx, id: string, now: Date, waitsMs: readonly number[]): Promise<boolean> {
  const waits = sql`${textArray(waitsMs.map(String))}::float8[]`
  const rows = await tx.execute(sql`
    update reply set attempts = attempts + 1, sending_at = ${now.toISOString()}, send_after = ${now.toISOString()}::timestamptz
      + make_interval(secs => (${waits})[least(attempts, ${waitsMs.length - 1}) + 1] / 1000)
    where id = ${id} and state = 'taking-back' and send_after <= ${now.toISOString()} returning id`)
  return rows.length > 0
}

/** It is gone from the network: true whoever says it and however late. @returns whether that was news */
export async function endTakenBack(tx: BrandTx, id: string, note: string): Promise<boolean> {
  const rows = await tx.execute(sql`
    update reply set state = 'taken-back', note = ${note}, sending_at = null, checked_at = null
    where id = ${id} and (state = 'taking-back' or state = 'sent' and taken_back_by is not null) returning id`)
  return rows.length > 0
}

/** It goes on standing there; only whoever has the try now may say so. @returns whether it counted */
export async function endStanding(tx: BrandTx, id: string, begun: Date, note: string): Promise<boolean> {
  const rows = await tx.execute(sql`
    update reply set state = 'sent', note = ${note}, sending_at = null
    where id = ${id} and state = 'taking-back' and sending_at = ${begun.toISOString()} returning id`)
  return rows.length > 0
}

/** Its network is in trouble: what is known is noted, and the next try waits for `until` at least. */
export async function putOffRemoval(
  tx: BrandTx,
  id: string,
  begun: Date,
  { note, until }: { note: string; until: Date | null },
): Promise<void> {
  await tx.execute(sql`
    update reply set note = ${note}, send_after = greatest(send_after, ${until?.toISOString() ?? null}::timestamptz)
    where id = ${id} and state = 'taking-back' and sending_at = ${begun.toISOString()}`)
}
