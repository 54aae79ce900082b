import { sql } from 'drizzle-orm'
import type { BrandTx } from '../db/client.ts'
import { appendEvents } from '../db/events.ts'
import { moveMentions, textArray } from '../db/move.ts'
import { LIVE_REPLIES } from '../db/reply-states.ts'
import type { MentionState } from '../domain/way.ts'
import { recordOpenTimes } from '../people/claim-hours.ts'
import { type EndedRow, lockTakers, openTimes } from '../people/offers.ts'
import type { OFFER_STATES } from './contract.ts'

// Everything here takes its locks in one order, so that no two of its transactions wait for each other in a ring:
// mention, then its offers, then members by id. Whoever changes an offer holds its mention.

const LIVE_REPLY = sql`exists (select 1 from reply r where r.mention_id = m.id
  and r.state in ${LIVE_REPLIES})`

/** An offer and where its mention stands: what decides whether a press has an effect, and what its loser is told. */
export type Standing = {
  mentionId: string
  state: (typeof OFFER_STATES)[number]
  mention: MentionState
  holderId: string | null
  holderName: string | null
  leaseUntil: string | null
  replying: boolean
}

/** Null: no such offer of this member. */
export async function standingOf(tx: BrandTx, offerId: string, memberId: string): Promise<Standing | null> {
  const [row] = await tx.execute<Standing>(sql`
    select m.id as "mentionId", o.state, m.state as mention, m.holder_id as "holderId", h.name as "holderName",
      m.lease_until as "leaseUntil", ${LIVE_REPLY} as replying
    from offer o join mention m on m.id = o.mention_id left join member h on h.id = m.holder_id
    where o.id = ${offerId} and o.member_id = ${memberId}`)
  return row ?? null
}

/** Locks the mention of an offer; read `standingOf` after it, in a statement that sees what others did meanwhile. */
export const lockMentionOf = (tx: BrandTx, offerId: string, memberId: string) =>
  tx.execute(sql`
    select 1 from mention
    where id = (select mention_id from offer where id = ${offerId} and member_id = ${memberId}) for update`)

/**
 * Makes the member the holder of the mention. One statement settles the race: of all who press together one gets a
 * row, because the others, having waited for it, find the mention no longer `offered` (I2, M5).
 * @returns null for whoever lost
 */
export async function takeMention(
  tx: BrandTx,
  { offerId, memberId, at, until }: { offerId: string; memberId: string; at: Date; until: Date },
): Promise<{ mentionId: string; userId: string } | null> {
  const [row] = await tx.execute<{ mentionId: string; userId: string }>(sql`
    update mention m
    set state = 'claimed', holder_id = p.id, lease_until = ${until.toISOString()}, state_at = ${at.toISOString()}
    from offer o join member p on p.id = o.member_id
    where o.id = ${offerId} and o.member_id = ${memberId} and o.state = 'open'
      and m.id = o.mention_id and m.state = 'offered'
    returning m.id as "mentionId", p.user_id as "userId"`)
  return row ?? null
}

/** Turns the offer into the claim, made at `at`. @returns when it was offered; null: it ended while the mention was being waited for */
export async function holdOffer(tx: BrandTx, offerId: string, at: Date, until: Date): Promise<Date | null> {
  const [row] = await tx.execute<{ offered_at: string }>(sql`
    update offer set state = 'claimed', claimed_at = ${at.toISOString()}, expires_at = ${until.toISOString()}
    where id = ${offerId} and state = 'open' returning offered_at`)
  return row ? new Date(row.offered_at) : null
}

/** The offered ones among these mentions that nobody has in their feed any more. */
export async function withoutOffers(tx: BrandTx, mentionIds: readonly string[]): Promise<string[]> {
  const rows = await tx.execute<{ id: string }>(sql`
    select m.id from mention m where m.id = any(${textArray(mentionIds)}::uuid[]) and m.state = 'offered'
      and not exists (select 1 from offer o where o.mention_id = m.id and o.state in ('open', 'claimed'))`)
  return rows.map(({ id }) => id)
}

/**
 * Takes back what ran out, for one brand: open offers past their time, claims whose lease is over and that no reply
 * is on its way for, and offered mentions that nobody has in their feed. A mention so left goes back to matching (M4,
 * I4). Mentions that another transaction works on are left for the next sweep.
 *
 * @param limit most mentions looked at, those that ran out first before others
 * @returns the mentions to wake
 */
export async function returnExpired(tx: BrandTx, now: Date, limit: number): Promise<string[]> {
  const ids = await lockExpired(tx, now, limit)
  if (ids.length === 0) return []
  const lapsed = await lapsedClaims(tx, ids, now)
  await lockTakers(tx, ids)
  const ended = await expireOffers(tx, ids, lapsed, now)
  const returned = await moveMentions(tx, [...lapsed, ...(await withoutOffers(tx, ids))], 'triaged', now)
  const wasClaim = new Set(lapsed)
  await appendEvents(
    tx,
    returned.map((mentionId) => {
      const members = ended.filter((row) => row.mentionId === mentionId).map(({ memberId }) => memberId)
      return {
        kind: 'mention.returned' as const,
        mentionId,
        // A lapsed claim is news to all who saw the holder's name on the card, an offer that ran out to its members.
        memberIds: wasClaim.has(mentionId) ? null : members,
        actor: 'system',
        data: wasClaim.has(mentionId)
          ? { cause: 'lapsed', memberId: members[0] ?? null }
          : { cause: 'unclaimed', members },
        at: now,
      }
    }),
  )
  return returned
}

async function lockExpired(tx: BrandTx, now: Date, limit: number): Promise<string[]> {
  const at = now.toISOString()
  const rows = await tx.execute<{ id: string }>(sql`
    with due as (
      select mention_id as id from offer where state in ('open', 'claimed') and expires_at <= ${at}
      union
      select id from mention where state = 'claimed' and lease_until <= ${at}
      union
      select m.id from mention m where m.state = 'offered'
        and not exists (select 1 from offer o where o.mention_id = m.id and o.state in ('open', 'claimed'))
    )
    select m.id from mention m join due on due.id = m.id
    where m.state = 'offered' or (m.state = 'claimed' and m.lease_until <= ${at} and not ${LIVE_REPLY})
    order by m.state_at, m.id limit ${limit} for update of m skip locked`)
  return rows.map(({ id }) => id)
}

/** Asked once more now that they are locked: a reply may have been stored, or the lease renewed, in between. */
async function lapsedClaims(tx: BrandTx, ids: readonly string[], now: Date): Promise<string[]> {
  const rows = await tx.execute<{ id: string }>(sql`
    select m.id from mention m where m.id = any(${textArray(ids)}::uuid[]) and m.state = 'claimed'
      and m.lease_until <= ${now.toISOString()} and not ${LIVE_REPLY}`)
  return rows.map(({ id }) => id)
}

async function expireOffers(
  tx: BrandTx,
  ids: readonly string[],
  lapsed: readonly string[],
  now: Date,
): Promise<{ mentionId: string; memberId: string }[]> {
  const at = now.toISOString()
  const rows = await tx.execute<EndedRow>(sql`
    with live as (
      select id, state as was from offer
      where mention_id = any(${textArray(ids)}::uuid[]) and (
        (state = 'open' and expires_at <= ${at})
        or (state = 'claimed' and mention_id = any(${textArray(lapsed)}::uuid[])))
    ), ended as (
      update offer set state = 'expired', closed_at = ${at}
      from live where offer.id = live.id and offer.state in ('open', 'claimed')
      returning mention_id, member_id, was, offered_at, expires_at
    ), freed as (
      update member set load = load - n
      from (select member_id, count(*)::int as n from ended group by 1) gone where member.id = gone.member_id
    )
    select mention_id, member_id, was, offered_at, expires_at from ended`)
  await recordOpenTimes(tx, openTimes(rows, now))
  return rows.map((row) => ({ mentionId: row.mention_id, memberId: row.member_id }))
}

const LIVE_OFFERS = sql`(select count(*)::int from offer o where o.member_id = m.id and o.state in ('open', 'claimed'))`

/**
 * Sets every member's load to what they really hold. In health it finds nothing to do.
 * @returns how many were wrong
 */
export async function reconcileLoads(tx: BrandTx): Promise<number> {
  const suspects = await tx.execute<{ id: string }>(sql`
    select m.id from member m
    left join (select member_id, count(*)::int as n from offer where state in ('open', 'claimed') group by 1) held
      on held.member_id = m.id
    where m.load <> coalesce(held.n, 0) order by m.id for no key update of m`)
  if (suspects.length === 0) return 0
  // Counted again under the lock: a count from before it may miss what was being committed meanwhile.
  const put = await tx.execute(sql`
    update member m set load = ${LIVE_OFFERS}
    where m.id = any(${textArray(suspects.map(({ id }) => id))}::uuid[]) and m.load <> ${LIVE_OFFERS} returning m.id`)
  return put.length
}
