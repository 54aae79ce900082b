/** What is summed up with decay is weighed relative to this instant, so that no sum needs to be touched as time goes by. */
const LANDMARK = Date.parse('2026-01-01T00:00:00Z')

/** Sums of doubles that are multiples of this are exact, in whatever order they are added, for the first 32 half-lives. */
const GRAIN = 2 ** 16

/**
 * What something of this instant counts in a sum, relative to the landmark: forward decay (Cormode, Shkapenyuk,
 * Srivastava, Xu: Forward Decay, ICDE 2009).
 */
export const weightAt = (at: Date, halfLifeMs: number): number => inGrains(unit(at, halfLifeMs))

/** The nearest number whose sums are exact. */
export const inGrains = (weight: number): number => Math.round(weight * GRAIN) / GRAIN

/** What a sum of weights is worth at `now`. */
export const worthAt = (sum: number, now: Date, halfLifeMs: number): number => sum / unit(now, halfLifeMs)

const unit = (at: Date, halfLifeMs: number): number => 2 ** ((at.getTime() - LANDMARK) / halfLifeMs)
