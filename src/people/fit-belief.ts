import { DAY } from '../domain/clock.ts'
import { worthAt } from './decay.ts'

/** A Beta distribution: how likely it is that an answer of this member in this skill is a good one. */
export type Beta = { alpha: number; beta: number }

/** What became of an offer or an answer, and what it says of the member's skill. */
export const EVIDENCE = {
  /** The answer went out as it was written. */
  accepted: { good: 0.5, bad: 0 },
  /** The author was thankful; comes on top of `accepted`. */
  thanked: { good: 1, bad: 0 },
  /** It went out after an approver had changed it. */
  corrected: { good: 0.25, bad: 0.5 },
  /** An approver sent it back. */
  returned: { good: 0, bad: 1 },
  /** The author was not helped. */
  complained: { good: 0, bad: 1 },
  /** Passed on as “not my skill”. */
  passed: { good: 0, bad: 1 },
} as const
export type Cause = keyof typeof EVIDENCE
export const CAUSES = Object.keys(EVIDENCE) as Cause[]

/** After so long a piece of evidence counts half: a skill neither shown nor missed for a year is back at what was declared. */
export const HALF_LIFE = 90 * DAY

/** Sums of `EVIDENCE` times the weight of its instant (`weightAt`). */
export type Evidence = { good: number; bad: number }

/**
 * The belief before any evidence: even odds, and as many imagined answers as the rank vouches for (2, 4, 6 …), of which
 * the declared level was good. Neither number falls below 1, so that the density has no poles.
 */
export function priorFit(level: number, rank: number): Beta {
  const answers = 2 + 2 * rank
  return { alpha: 1 + answers * level, beta: 1 + answers * (1 - level) }
}

/** The belief at `now`: the prior, and the evidence as far as it has not decayed. */
export function fitOf(declared: { level: number; rank: number }, evidence: Evidence | null, now: Date): Beta {
  const prior = priorFit(declared.level, declared.rank)
  if (!evidence) return prior
  return {
    alpha: prior.alpha + worthAt(evidence.good, now, HALF_LIFE),
    beta: prior.beta + worthAt(evidence.bad, now, HALF_LIFE),
  }
}
