import { RANKS } from '../db/schema/people.ts'
import type { Cause, Weights } from '../domain/points.ts'
import type { Rank } from '../people/ranks.ts'

/** What a network says about rewarding posts made on it. Only where it is allowed do posts and reach earn points (P2). */
export type Rewards = 'yes' | 'unclear' | 'no'
type Counters = Readonly<Record<string, number>>

type About = { replyId: string; memberId: string }

/** A reason for points, before it is known what the reply has earned already. */
export type Claim = About & {
  reason: string
  /** The same claim made twice is one entry. */
  key: string
} & ({ cause: 'accepted' | 'thanked' | 'complained' | 'taken-back' } | { cause: 'reach'; reading: number })
/** What of a claim says how much it is worth. */
export type Worth = { cause: Exclude<Cause, 'reach'> } | { cause: 'reach'; reading: number }

/** Points one reply has earned so far, by cause. */
export type Earned = Readonly<Partial<Record<Cause, number>>>

/** A reply went out: it was sent and, where a reader stood before it, approved. Nothing where it is not sure that posting may be rewarded (P2). */
export function forAccepted({ replyId, memberId, rewards }: About & { rewards: Rewards }): Claim[] {
  if (rewards !== 'yes') return []
  const reason = 'Your answer was accepted and sent.'
  return [{ replyId, memberId, cause: 'accepted', key: `accepted:${replyId}`, reason }]
}

/** The author said thanks: an inner cause, that counts on every network. */
export const forThanks = ({ replyId, memberId }: About): Claim[] => [
  { replyId, memberId, cause: 'thanked', key: `thanked:${replyId}`, reason: 'The author thanked you.' },
]

export const forComplaint = ({ replyId, memberId }: About): Claim[] => [
  { replyId, memberId, cause: 'complained', key: `complained:${replyId}`, reason: 'The author was not helped.' },
]

/** A reply no longer stands because we deleted it: all that it had earned goes with it. */
export const forTakenBack = ({ replyId, memberId }: About): Claim[] => [
  { replyId, memberId, cause: 'taken-back', key: `taken-back:${replyId}`, reason: 'Your answer was taken back.' },
]

/** A reply's counters rose: by how much that is worth more than before, the brand's weights say. */
export function forReach(change: About & { before: Counters; after: Counters; rewards: Rewards }): Claim[] {
  const { replyId, memberId, before, after, rewards } = change
  const reading = readingOf(after)
  if (rewards !== 'yes' || reading <= readingOf(before)) return []
  const reason = `Your answer reached others: ${count(after.likes, 'like')}, ${count(after.reposts, 'repost')}.`
  return [{ replyId, memberId, cause: 'reach', reading, key: `reached:${replyId}:${reading}`, reason }]
}

/** Counters as one number: a repost counts two likes. Those a network does not give, or gives as nonsense, count nothing. */
export const readingOf = ({ likes, reposts }: Counters): number => tally(likes) + 2 * tally(reposts)

/** What a reply's reach is worth in all. */
export const reachPoints = (reading: number, { scale, most }: Weights['reach']): number =>
  Math.min(most, Math.round(scale * Math.log2(1 + reading)))

/** What a reply had earned before, and how many answers of its member have earned for going out that day. */
export type Before = { earned: Earned; acceptedToday: number }

/** The points a claim still brings its member. */
export function pointsOf(claim: Worth, weights: Weights, { earned, acceptedToday }: Before): number {
  switch (claim.cause) {
    case 'accepted':
      return acceptedToday >= (weights.acceptedPerDay ?? Number.POSITIVE_INFINITY) ? 0 : weights.accepted
    case 'thanked':
      return weights.thanked
    case 'reach':
      // Up to the total, whatever was given: two readings that crossed each other add up to the higher one.
      return Math.max(0, reachPoints(claim.reading, weights.reach) - (earned.reach ?? 0))
    case 'complained':
      return 0 - Math.max(0, Math.min(sumOf(earned), weights.complained + (earned.thanked ?? 0)))
    case 'taken-back':
      return 0 - Math.max(0, sumOf(earned)) // never −0
  }
}

const sumOf = (earned: Earned): number => Object.values(earned).reduce((all, points) => all + points, 0)

const tally = (counter: number | undefined): number =>
  counter !== undefined && Number.isFinite(counter) ? Math.max(0, counter) : 0

const count = (counter: number | undefined, noun: string): string =>
  `${tally(counter)} ${noun}${tally(counter) === 1 ? '' : 's'}`

/** What a rank asks for: points in the ledger and replies that were thanked for, so that volume alone is not enough (P3). */
const LADDER: Record<Rank, { points: number; thanked: number }> = {
  newcomer: { points: 0, thanked: 0 },
  helper: { points: 50, thanked: 2 },
  champion: { points: 300, thanked: 12 },
}

/** A rank once reached is kept until less than this share of what it asks for is left, so that nobody flickers. */
const KEPT = 0.8

/** What each rank asks for, from the lowest, and below what it is lost again. */
export const LADDER_RULES = RANKS.map((rank) => ({
  ...{ rank, ...LADDER[rank] },
  keptFrom: { points: LADDER[rank].points * KEPT, thanked: LADDER[rank].thanked * KEPT },
}))

/** `thanked`: replies whose author was thankful. `rank`: the one held now. `granted`: by an admin; absent: none. */
export type Standing = { points: number; thanked: number; rank: Rank; granted?: Rank }

/** The rank that follows from a member's standing; never below the one an admin granted. */
export function rankFor(standing: Standing): Rank {
  return highest(earnedRank(standing), standing.granted ?? RANKS[0])
}

function earnedRank(standing: Standing): Rank {
  const reached = RANKS.findLast((rank) => has(standing, rank, 1)) ?? RANKS[0]
  const kept = RANKS.findLast((rank) => isAtMost(rank, standing.rank) && has(standing, rank, KEPT)) ?? RANKS[0]
  return highest(reached, kept)
}

const isAtMost = (rank: Rank, limit: Rank): boolean => RANKS.indexOf(rank) <= RANKS.indexOf(limit)
const highest = (a: Rank, b: Rank): Rank => (isAtMost(a, b) ? b : a)

const has = ({ points, thanked }: Standing, rank: Rank, share: number): boolean =>
  points >= LADDER[rank].points * share && thanked >= LADDER[rank].thanked * share

/** The rank above and what is missing to it, in words; null at the top. */
export function nextRank({ points, thanked, rank }: Standing): { name: Rank; missing: string } | null {
  const name = RANKS[RANKS.indexOf(rank) + 1]
  if (name === undefined) return null
  const missing = [
    some(LADDER[name].points - points, 'point', 'points'),
    some(LADDER[name].thanked - thanked, 'thanked answer', 'thanked answers'),
  ].filter((one) => one !== null)
  // Reached while the points of a moment ago were shown: it comes with the next entry of the ledger.
  return { name, missing: missing.length > 0 ? missing.join(' and ') : 'nothing: it comes with your next points' }
}

const some = (n: number, one: string, many: string): string | null => (n <= 0 ? null : `${n} ${n === 1 ? one : many}`)
