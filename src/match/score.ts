import type { Weights } from './need.ts'

/**
 * Terms are whole numbers of this unit, a millionth: their sum is exact in whatever order they are added, so that a
 * bound on a score can be compared with a score, and the terms shown sum to the score shown.
 */
const UNITS = 1_000_000

export const units = (value: number): number => Math.round(value * UNITS)

export const fromUnits = (whole: number): number => whole / UNITS

/** What a member brings to any mention, before skill and language. `timely` in [0,1]; the others as in the profile. */
export type Standing = { load: number; capacity: number; rank: number; timely: number }

/**
 * The terms that do not depend on the mention, in units. Each is in [0,1] before weighting: how likely the member
 * answers in time; free share of the capacity; rank r as r/(r+2), so that the next rank always counts for less than
 * the last; fairness 1/(1+load), so that the idle come first.
 */
export const standingTerms = ({ load, capacity, rank, timely }: Standing, weights: Weights) => ({
  timely: units(weights.timely * timely),
  reputation: units((weights.reputation * rank) / (rank + 2)),
  capacity: capacity > 0 ? units(weights.capacity * (1 - load / capacity)) : 0,
  fairness: units(weights.fairness / (1 + load)),
})

/** The sum of `standingTerms`. */
export function standingUnits(standing: Standing, weights: Weights): number {
  const { timely, reputation, capacity, fairness } = standingTerms(standing, weights)
  return timely + reputation + capacity + fairness
}

/** Language in units: 1 for a member’s first, 4/5 for the second, 4/6 for the third; 0 when it is not spoken. */
export const languageUnits = (nth: number, weights: Weights): number =>
  nth === 0 ? 0 : units((weights.language * 4) / (3 + nth))

/** Skill fit in units: the fits of the skills held, averaged by the weights asked for. */
export const skillUnits = (fit: number, weights: Weights): number => units(weights.skill * fit)
