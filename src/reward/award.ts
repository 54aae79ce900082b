import type { BrandTx } from '../db/client.ts'
import { appendEvents, type NewEvent } from '../db/events.ts'
import { editionName } from '../domain/points.ts'
import { settleBadges } from './badges/badges.ts'
import { acceptedOn, weightsInForce } from './points/queries.ts'
import { earnedBy, lockMembers, type NewEntry, setRanks, standings, writeEntries } from './queries.ts'
import { type Claim, pointsOf, rankFor } from './reward.ts'

/**
 * Gives members what they earned: entries of the ledger, balances, the ranks that follow, and an event each. Claims
 * made before change nothing, so that an award may be repeated and may race another (I6). It locks the members: call
 * it after whatever locks mentions, offers or cases.
 * @returns the entries that were written
 */
export async function award(tx: BrandTx, claims: readonly Claim[], at: Date): Promise<NewEntry[]> {
  if (claims.length === 0) return []
  const memberIds = [...new Set(claims.map(({ memberId }) => memberId))]
  await lockMembers(tx, memberIds)
  const entries = await entriesFor(tx, claims, at)
  const written = await writeEntries(tx, entries, at)
  const fresh = entries.filter(({ key }) => written.has(key))
  const promoted = await updateRanks(tx, [...new Set(fresh.map(({ memberId }) => memberId))])
  await appendEvents(tx, [
    ...fresh.filter(({ points }) => points !== 0).map((entry) => earnedEvent(entry, at)),
    ...promoted.map((one) => rankEvent(one, at)),
  ])
  await settleBadges(tx, [...new Set(fresh.filter(moves).map(({ memberId }) => memberId))], at)
  return fresh
}

/** What claims are worth by the brand's weights; the members are locked. */
async function entriesFor(tx: BrandTx, claims: readonly Claim[], at: Date): Promise<NewEntry[]> {
  const { edition, weights } = await weightsInForce(tx)
  const earned = await earnedBy(
    tx,
    claims.filter(({ cause }) => cause === 'reach' || cause === 'complained' || cause === 'taken-back'),
  )
  const isCapped = weights.acceptedPerDay !== null && claims.some(({ cause }) => cause === 'accepted')
  const today = isCapped ? await acceptedOn(tx, claims, at) : new Map<string, number>()
  return claims.map((claim) => {
    const { memberId, replyId, cause, reason, key } = claim
    const acceptedToday = today.get(memberId) ?? 0
    const points = pointsOf(claim, weights, { earned: earned.get(replyId) ?? {}, acceptedToday })
    if (cause === 'accepted') today.set(memberId, acceptedToday + 1)
    // What earns nothing is a deed all the same: badges and boards count it, and other weights may make more of it.
    return { memberId, replyId, cause, points, reason, key, weights: editionName(edition) }
  })
}

/** Badges count thanks, and what takes them back. */
const moves = ({ cause }: NewEntry): boolean => cause === 'thanked' || cause === 'complained' || cause === 'taken-back'

type Promotion = { id: string; rank: string; was: string }

/** Sets the ranks that follow from what members have now. @returns whose changed */
export async function updateRanks(tx: BrandTx, memberIds: readonly string[]): Promise<Promotion[]> {
  if (memberIds.length === 0) return []
  const changed = (await standings(tx, memberIds)).flatMap((standing) => {
    const rank = rankFor(standing)
    return rank === standing.rank ? [] : [{ id: standing.id, rank, was: standing.rank }]
  })
  await setRanks(tx, changed)
  return changed
}

const earnedEvent = ({ memberId, replyId, cause, points, reason }: NewEntry, at: Date): NewEvent => ({
  kind: 'points.earned',
  mentionId: null,
  memberIds: [memberId],
  actor: 'system',
  data: { replyId, cause, points, reason },
  at,
})

/** That a member has another rank now. */
export const rankEvent = ({ id, rank, was }: Promotion, at: Date): NewEvent => ({
  kind: 'member.changed',
  mentionId: null,
  memberIds: [id],
  actor: 'system',
  data: { rank, was },
  at,
})
