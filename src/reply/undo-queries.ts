import { sql } from 'drizzle-orm'
import type { BrandTx } from '../db/client.ts'
import type { Disclosure } from '../domain/disclosure.ts'
import type { ReplyState } from '../domain/reply-state.ts'
import type { Voice } from '../domain/roles.ts'

/**
 * Keeps a reply of `userId` from leaving. One statement: of this and the sender one gets the row. Its mention is locked
 * before, as everywhere.
 * @returns false: it has left, waits for a reader, was read by one, or is not theirs
 */
export async function keepFromLeaving(tx: BrandTx, id: string, userId: string, now: Date): Promise<boolean> {
  await tx.execute(sql`select 1 from mention where id = (select mention_id from reply where id = ${id}) for update`)
  const rows = await tx.execute(sql`
    update reply set state = 'undone'
    where id = ${id} and user_id = ${userId} and state = 'queued' and attempts = 0 and approved_by is null
      and send_after > ${now.toISOString()} returning id`)
  return rows.length > 0
}

export type Undoable = {
  userId: string
  mentionId: string
  state: ReplyState
  text: string
  voice: Voice
  /** As co-signed posts name them. */
  name: string
  disclosures: Disclosure[] | null
}

export async function undoable(tx: BrandTx, id: string): Promise<Undoable | null> {
  const [row] = await tx.execute<Undoable>(sql`
    select r.user_id as "userId", r.mention_id as "mentionId", r.state, r.text, r.voice, coalesce(m.name, u.name, '') as name,
      (select settings -> 'disclosures' from brand) as disclosures
    from reply r left join member m on m.id = r.member_id left join auth_user u on u.id = r.user_id where r.id = ${id}`)
  return row ?? null
}
