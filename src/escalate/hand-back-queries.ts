import { sql } from 'drizzle-orm'
import type { BrandTx } from '../db/client.ts'
import { newId } from '../domain/id.ts'

type Gift = { mentionId: string; memberId: string; guidance: string | null; at: Date; leaseUntil: Date }

/**
 * Lets a member hold an escalated mention: the offer, the lease and the place in the member's load, or none of them.
 * The mention is locked by the caller and has no live offer.
 * @returns the member's name; null when the member is paused, suspended, full, the author, or avoids the author
 */
export async function giveTo(
  tx: BrandTx,
  { mentionId, memberId, guidance, at, leaseUntil }: Gift,
): Promise<string | null> {
  const why = { score: 1, words: 'Staff asked you to take it.', terms: {} }
  // The member's row is taken first and alone, so that two gifts to one member with one place cannot both fit.
  const [row] = await tx.execute<{ name: string }>(sql`
    with taker as (
      update member set load = load + 1
      where id = ${memberId} and load < capacity and not paused
        and exists (select 1 from membership p
          where p.user_id = member.user_id and p.role = 'member' and p.standing in ('probation', 'trusted'))
        and not exists (select 1 from linked_account a join mention m on m.id = ${mentionId}
          where a.member_id = member.id and a.network = m.network
            and (lower(a.handle) = lower(m.author_handle) or a.instance = a.network and a.remote_id = m.author_id))
        and not exists (select 1 from avoided_author a join mention m on m.id = ${mentionId}
          where a.member_id = member.id
            and (a.network, a.instance, a.author_id) = (m.network, m.instance, m.author_id))
      returning id, name
    ), offered as (
      insert into offer (id, mention_id, member_id, state, why, offered_at, claimed_at, expires_at, guidance)
      select ${newId()}::uuid, ${mentionId}::uuid, id, 'claimed', ${JSON.stringify(why)}::text::jsonb, ${at.toISOString()}::timestamptz,
        ${at.toISOString()}::timestamptz,        ${leaseUntil.toISOString()}::timestamptz, ${guidance} from taker
      on conflict on constraint offer_once do update set state = 'claimed', why = excluded.why,
        offered_at = excluded.offered_at, claimed_at = excluded.claimed_at, expires_at = excluded.expires_at, guidance = excluded.guidance,
        closed_at = null, pass_reason = null
    ), held as (
      update mention set state = 'claimed', state_at = ${at.toISOString()}, lease_until = ${leaseUntil.toISOString()}, holder_id = taker.id
      from taker where mention.id = ${mentionId} and mention.state = 'escalated'
    )
    select name from taker`)
  return row?.name ?? null
}
