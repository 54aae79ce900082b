import type { BrandTx } from '../db/client.ts'
import { appendEvents } from '../db/events.ts'
import { moveMentions } from '../db/move.ts'
import { DomainError } from '../domain/errors.ts'
import { recordOpenTimes } from '../people/claim-hours.ts'
import { recordEvidence } from '../people/evidence.ts'
import { endOffers } from '../people/offers.ts'
import type { PASS_REASONS } from './contract.ts'
import { whyNotClaimed, whyNotPassed, whyNotReleased, whyOfferEnded } from './feed.ts'
import * as q from './queries.ts'

// What a member does with an offer. Each act is one transaction with its event; a throw must undo it, and `inBrand` does.

/** Whose feed it is. */
export type Helper = { memberId: string; userId: string }

/**
 * Claims the mention of an open offer: a lease during which nobody else may answer (M4, M5). Everybody else's offers
 * of it end as taken and give their places back. Claiming what one holds already changes nothing, the lease included.
 * An offer past its time can still be claimed until the sweep takes it back.
 *
 * @throws DomainError `conflict` naming who holds it and until when, or saying what became of it; `gone` when the
 *   author withdrew it; `not-found` for an offer of somebody else
 */
export async function claimOffer(
  tx: BrandTx,
  offerId: string,
  memberId: string,
  at: Date,
  leaseMs: number,
): Promise<void> {
  const until = new Date(at.getTime() + leaseMs)
  const won = await q.takeMention(tx, { offerId, memberId, at, until })
  if (!won) {
    const standing = await mustStand(tx, offerId, memberId)
    if (standing.state === 'claimed' && standing.holderId === memberId) return
    throw whyNotClaimed(standing)
  }
  const offeredAt = await q.holdOffer(tx, offerId, at, until)
  if (!offeredAt) throw whyOfferEnded(await mustStand(tx, offerId, memberId))
  const { mentionId, userId } = won
  await endOffers(tx, [mentionId], 'taken', at, { except: memberId }) // holds everybody's row, the claimer's too
  await recordOpenTimes(tx, [{ memberId, offeredAt, endedAt: at, claimed: true }])
  const data = { memberId, offerId, leaseUntil: until }
  await appendEvents(tx, [{ kind: 'mention.claimed', mentionId, memberIds: null, actor: userId, data, at }])
}

/**
 * Gives a claim back before its lease ends. The offer ends as `expired`, as if the lease had run out: the member is
 * not asked again by themselves, though staff may hand it to them, and nothing is said against their skill or its topic.
 *
 * @returns the mention, which waits for matching now
 * @throws DomainError `conflict` when it is not theirs or their reply is on its way; `not-found`
 */
export async function releaseClaim(tx: BrandTx, offerId: string, by: Helper, at: Date): Promise<string> {
  await q.lockMentionOf(tx, offerId, by.memberId)
  const standing = await mustStand(tx, offerId, by.memberId)
  const refusal = whyNotReleased(standing, by.memberId)
  if (refusal) throw refusal
  const { mentionId } = standing
  await endOffers(tx, [mentionId], 'expired', at, { memberId: by.memberId })
  await moveMentions(tx, [mentionId], 'triaged', at, ['claimed'])
  const data = { cause: 'released', memberId: by.memberId }
  await appendEvents(tx, [{ kind: 'mention.returned', mentionId, memberIds: null, actor: by.userId, data, at }])
  return mentionId
}

/**
 * Passes on an offer or a claim (F7): the mention is not offered to this member again. Passing twice keeps the first
 * reason.
 *
 * @returns the mention if nobody has it any more and it waits for matching, else null
 * @throws DomainError `conflict` when the offer has ended otherwise or a reply is on its way; `not-found`
 */
export async function passOffer(
  tx: BrandTx,
  offerId: string,
  by: Helper,
  reason: (typeof PASS_REASONS)[number],
  at: Date,
): Promise<string | null> {
  await q.lockMentionOf(tx, offerId, by.memberId)
  const standing = await mustStand(tx, offerId, by.memberId)
  if (standing.state === 'passed') return null
  const refusal = whyNotPassed(standing)
  if (refusal) throw refusal
  const { mentionId } = standing
  await endOffers(tx, [mentionId], 'passed', at, { memberId: by.memberId, passReason: reason })
  if (reason === 'not-my-skill') await recordEvidence(tx, [{ memberId: by.memberId, mentionId, cause: 'passed', at }])
  const held = standing.state === 'claimed'
  const left = held ? [mentionId] : await q.withoutOffers(tx, [mentionId])
  const [returned] = await moveMentions(tx, left, 'triaged', at, ['offered', 'claimed'])
  // Whoever saw this member's name on the card hears that it is free; an open offer was seen by nobody else.
  const memberIds = held ? null : [by.memberId]
  const data = { reason, memberId: by.memberId, held, returned: returned !== undefined }
  await appendEvents(tx, [{ kind: 'mention.passed', mentionId, memberIds, actor: by.userId, data, at }])
  return returned ?? null
}

async function mustStand(tx: BrandTx, offerId: string, memberId: string): Promise<q.Standing> {
  const standing = await q.standingOf(tx, offerId, memberId)
  if (!standing) throw new DomainError('not-found', 'There is no such offer in your feed.')
  return standing
}
