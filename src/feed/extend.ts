import { sql } from 'drizzle-orm'
import type { BrandTx } from '../db/client.ts'
import { appendEvents } from '../db/events.ts'
import { MINUTE } from '../domain/clock.ts'
import { DomainError } from '../domain/errors.ts'
import type { Helper } from './claim.ts'
import { whyNotExtended } from './feed.ts'
import { lockMentionOf, standingOf } from './queries.ts'

/** From its claim on, a post may be held for so many leases, and never beyond the hour at which staff take over. */
export const MOST_LEASES = 3

/** Whoever asks again so soon after it was held longer pressed twice, or never read the answer. */
const AGAIN_MS = MINUTE

/**
 * Gives the holder of a claim a whole lease from now on, within what may be held at all (M4). Asking again
 * within a minute answers the same, also where nothing more can be given. @throws DomainError `conflict` when they hold it no longer or its time is used up; `not-found`
 */
export async function extendClaim(tx: BrandTx, offerId: string, by: Helper, at: Date, leaseMs: number): Promise<void> {
  await lockMentionOf(tx, offerId, by.memberId)
  const standing = await standingOf(tx, offerId, by.memberId)
  if (!standing) throw new DomainError('not-found', 'There is no such offer in your feed.')
  const refusal = whyNotExtended(standing, by.memberId)
  if (refusal) throw refusal
  const { mentionId } = standing
  const until = await prolong(tx, offerId, at, leaseMs)
  if (until === null && (await wasJustExtended(tx, { mentionId, offerId }, at))) return
  if (until === null)
    throw new DomainError(
      'conflict',
      'This one cannot be held any longer: its author waits. Answer it, give it back, or send it to staff.',
    )
  const data = { memberId: by.memberId, offerId, leaseUntil: until }
  await appendEvents(tx, [{ kind: 'mention.extended', mentionId, memberIds: null, actor: by.userId, data, at }])
}

async function wasJustExtended(tx: BrandTx, of: { mentionId: string; offerId: string }, at: Date): Promise<boolean> {
  const since = new Date(at.getTime() - AGAIN_MS).toISOString()
  const events = await tx.execute(sql`
    select 1 from event where mention_id = ${of.mentionId} and kind = 'mention.extended'
      and data ->> 'offerId' = ${of.offerId} and at > ${since} limit 1`)
  return events.length > 0
}

/** Offer and mention together; whoever calls holds the mention. @returns until when; null: no later than it was */
async function prolong(tx: BrandTx, offerId: string, at: Date, leaseMs: number): Promise<Date | null> {
  const lease = sql`make_interval(secs => ${leaseMs / 1_000})`
  const [row] = await tx.execute<{ until: string }>(sql`
    with held as (
      select o.id, o.mention_id, date_trunc('milliseconds', least(${at.toISOString()}::timestamptz + ${lease},
        o.claimed_at + ${MOST_LEASES} * ${lease}, m.hand_over_at)) as until
      from offer o join mention m on m.id = o.mention_id
      where o.id = ${offerId} and o.state = 'claimed'
    ), longer as (
      update mention m set lease_until = held.until from held
      where m.id = held.mention_id and m.state = 'claimed' and m.lease_until < held.until returning m.id
    )
    update offer o set expires_at = held.until from held join longer on longer.id = held.mention_id
    where o.id = held.id returning o.expires_at as until`)
  return row ? new Date(row.until) : null
}
