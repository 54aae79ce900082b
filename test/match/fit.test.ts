import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { draw, lowerBound } from '../../src/match/fit.ts'

/** The lower tenth of a Beta density, by a sum over 20 000 slices. */
function tenth(alpha: number, beta: number): number {
  const slices = 20_000
  const sums = new Float64Array(slices)
  let sum = 0
  for (let slice = 0; slice < slices; slice++) {
    const p = (slice + 0.5) / slices
    sum += p ** (alpha - 1) * (1 - p) ** (beta - 1)
    sums[slice] = sum
  }
  return (sums.findIndex((below) => below >= sum / 10) + 1) / slices
}

const shape = fc.double({ min: 1, max: 60, noNaN: true })
/** A small generator of uniform numbers (mulberry32), the same for the same seed. */
function uniform(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}

describe('the fit that a member exceeds with a probability of 90 % (M2)', () => {
  it('is the tenth of the belief, within 0.012', () => {
    fc.assert(
      fc.property(shape, shape, (alpha, beta) => {
        expect(Math.abs(lowerBound(alpha, beta) - tenth(alpha, beta))).toBeLessThan(0.012)
      }),
      { numRuns: 200 },
    )
  })

  it('rises with every good answer and falls with every bad one', () => {
    fc.assert(
      fc.property(shape, shape, (alpha, beta) => {
        expect(lowerBound(alpha + 1, beta)).toBeGreaterThan(lowerBound(alpha, beta))
        expect(lowerBound(alpha, beta + 1)).toBeLessThan(lowerBound(alpha, beta))
      }),
    )
  })

  it('trusts nine good answers of ten more than a word for it', () => {
    expect(lowerBound(1 + 9, 1 + 1)).toBeGreaterThan(lowerBound(1 + 1.8, 1 + 0.2))
  })
})

describe('a draw from the belief (M3)', () => {
  it('falls where the belief is: mean and spread agree over 20 000 draws', () => {
    const random = uniform(7)
    const draws = Array.from({ length: 20_000 }, () => draw(3, 5, random))
    const mean = draws.reduce((sum, one) => sum + one, 0) / draws.length
    const spread = draws.reduce((sum, one) => sum + (one - mean) ** 2, 0) / draws.length
    expect(mean).toBeCloseTo(3 / 8, 2)
    expect(spread).toBeCloseTo(15 / (64 * 9), 3)
  })

  it('is the same for the same random numbers, and always a share', () => {
    fc.assert(
      fc.property(fc.integer(), fc.double({ min: 0.05, max: 50, noNaN: true }), shape, (seed, alpha, beta) => {
        const drawn = draw(alpha, beta, uniform(seed))
        expect(drawn).toBe(draw(alpha, beta, uniform(seed)))
        expect(drawn >= 0 && drawn <= 1).toBe(true)
      }),
    )
  })
})
