import { sql } from 'drizzle-orm'
import type { BrandTx } from '../db/client.ts'
import { iso } from '../db/instants.ts'
import { DomainError } from '../domain/errors.ts'
import type { AlikeAnswer } from './contract.ts'

const MOST = 5

/**
 * What others have answered to posts that say the same as this member's offer, thanked ones first, then the latest;
 * nothing of posts that are shown no longer, and nothing that was complained about.
 * @throws DomainError `not-found`
 */
export async function alikeAnswers(
  tx: BrandTx,
  memberId: string,
  offerId: string,
  mask: (text: string) => string,
): Promise<AlikeAnswer[]> {
  const [theirs] = await tx.execute(sql`select 1 from offer where id = ${offerId} and member_id = ${memberId}`)
  if (!theirs) throw new DomainError('not-found', 'There is no such offer in your feed.')
  const rows = await tx.execute<AlikeAnswer>(sql`
    select r.id, r.text, r.sent_at as at, r.outcome is not distinct from 'thanked' as thanked, h.name as by, m.author_handle as "to"
    from offer o join mention own on own.id = o.mention_id join member me on me.id = o.member_id
    join mention m on m.cluster_id = own.cluster_id and m.id <> own.id and m.state not in ('hidden', 'withdrawn')
    join reply r on r.mention_id = m.id and r.state = 'sent' and r.outcome is distinct from 'complained'
      and r.user_id is distinct from me.user_id
    left join member h on h.id = r.member_id
    where o.id = ${offerId} and o.member_id = ${memberId}
    order by thanked desc, r.sent_at desc, r.id desc limit ${MOST}`)
  return rows.map((row) => ({ ...row, text: mask(row.text), at: iso(row.at) }))
}
