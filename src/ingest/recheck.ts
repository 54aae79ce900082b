import type { Capabilities } from '../../connectors/connector.ts'
import { DAY, HOUR } from '../domain/clock.ts'

/** Asked so much earlier than a network's terms have it, so that a late answer is still in time. */
const IN_GOOD_TIME = 0.75
const SOONEST = 1 * HOUR
const LATEST = 7 * DAY

/**
 * When the network of a post is asked (again) whether it still stands (L7). Posts are taken back most in their first
 * hours, so the wait grows with their age, within what the terms allow. Null: the network tells by itself, or cannot.
 */
export function recheckAt(capabilities: Capabilities | null, receivedAt: Date, now: Date): Date | null {
  if (capabilities?.listen.deletes !== 'recheck') return null
  const { deleteWithinHours } = capabilities
  const most = deleteWithinHours === null ? LATEST : deleteWithinHours * HOUR * IN_GOOD_TIME
  const age = now.getTime() - receivedAt.getTime()
  return new Date(now.getTime() + Math.min(Math.max(age, SOONEST), most))
}

/** Answers are looked at together for so long. */
export const LOOKED_AT_TOGETHER = 6 * HOUR
/** Fewer are no crowd, whatever their share. */
const LEAST_GONE = 10
const SHARE_GONE = 0.25

/**
 * Are so many posts gone at once that the network may be wrong? Were each gone with chance 5 % and none because of
 * another, a source would see it once in some 30 years: ten are a quarter of 40 answers at most, and
 * P(X ≥ 10 | n = 40, p = 0.05) is 2 in 100,000. `docs/decisions/0024-posts-gone-at-once.md` has the rest of the thought.
 */
export const areTooMany = ({ asked, gone }: { asked: number; gone: number }): boolean =>
  gone >= LEAST_GONE && gone >= asked * SHARE_GONE

/** How long such posts are hidden before the network's word is taken: most of what its terms leave after a late answer. */
export function hiddenForMs({ deleteWithinHours }: Pick<Capabilities, 'deleteWithinHours'>): number {
  return deleteWithinHours === null ? DAY : Math.min(DAY, deleteWithinHours * HOUR * (1 - IN_GOOD_TIME) * IN_GOOD_TIME)
}

/** A hidden post is asked after half-way, and when its time is up. */
export const askHiddenAt = (now: Date, until: Date, hiddenMs: number): Date =>
  new Date(Math.max(now.getTime(), Math.min(until.getTime(), now.getTime() + hiddenMs / 2)))
