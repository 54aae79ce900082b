import { sql } from 'drizzle-orm'
import type { BrandTx } from '../../db/client.ts'
import { PRESENCE_CHANNEL } from '../../db/events.ts'
import type { Here, Said } from '../../live/presence.ts'
import type { Nearby } from './contract.ts'

/** A notification holds 8000 bytes; a post is offered to a handful at once. */
const MOST_TOLD = 50

const LIVE = sql`('open', 'claimed')`

/**
 * Tells every process that a member has a post of their feed open, once this commits; no row is written. Of an offer
 * that has ended nothing is said but that they left. @returns false: no such offer of theirs
 */
export async function tellNearby(
  tx: BrandTx,
  offerId: string,
  memberId: string,
  { userId, window, doing }: Pick<Said, 'userId' | 'window' | 'doing'>,
): Promise<boolean> {
  const told = await tx.execute(sql`
    select case when o.state in ${LIVE} or ${doing} = 'left' then
      pg_notify(${PRESENCE_CHANNEL}, json_build_object('brandId', current_setting('deputize.brand'), 'among', 'posts',
        'userId', ${userId}::text, 'window', ${window}::text, 'placeId', o.mention_id, 'doing', ${doing}::text,
        'memberIds', coalesce((select json_agg(member_id) from (
          select member_id from offer other where other.mention_id = o.mention_id and other.member_id <> o.member_id
            and other.state in ${LIVE} limit ${MOST_TOLD}) others), '[]'::json))::text) end
    from offer o where o.id = ${offerId} and o.member_id = ${memberId}`)
  return told.length > 0
}

/** The posts that this member has open or holds: the ones whose other readers they may know of. */
export async function livePosts(tx: BrandTx, memberId: string): Promise<Map<string, string>> {
  const rows = await tx.execute<{ mention_id: string; id: string }>(sql`
    select mention_id, id from offer where member_id = ${memberId} and state in ${LIVE}`)
  return new Map(rows.map(({ mention_id, id }) => [mention_id, id]))
}

/** Of these people at posts, those to whom the same post is offered as well, by the name that others may know. */
export async function othersAt(
  tx: BrandTx,
  here: readonly Here[],
  offers: ReadonlyMap<string, string>,
): Promise<Nearby[]> {
  if (here.length === 0) return []
  const said = here.map(({ userId, placeId, doing }) => ({
    ...{ user_id: userId, mention_id: placeId, doing, offer_id: offers.get(placeId) },
  }))
  return tx.execute<Nearby>(sql`
    select s.offer_id as "offerId", h.id as "memberId", case when h.listed then h.name end as name, s.doing
    from jsonb_to_recordset(${JSON.stringify(said)}::text::jsonb) as s (user_id uuid, mention_id uuid, doing text, offer_id uuid)
    join member h on h.user_id = s.user_id
    join offer theirs on theirs.mention_id = s.mention_id and theirs.member_id = h.id and theirs.state in ${LIVE}
    order by h.name, h.id`)
}
