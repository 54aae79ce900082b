import { beforeAll, describe, expect, it } from 'vitest'
import { gini, leastNewcomer, routed } from '../../bench/routing.ts'
import { giniOf } from '../../bench/routing-run.ts'
import { DEFAULT_MATCHING } from '../../rules/matching.ts'

const MEMBERS = 80
const { share } = DEFAULT_MATCHING.exploration

describe('over two thousand simulated mentions', () => {
  let arms: ReturnType<typeof routed>
  beforeAll(() => {
    arms = routed(MEMBERS, 2_000, 10)
  }, 120_000)

  it('newcomers with the skill get at least the set share of the offers (M3)', () => {
    const { all, newcomers, explored } = arms.ours.learnable
    expect(explored).toBeGreaterThan(0)
    expect(newcomers / all).toBeGreaterThanOrEqual(share)
  })

  it('each newcomer with the skill gets at least the set share of what a member gets on average (M3)', () => {
    expect(leastNewcomer(arms.ours, MEMBERS)).toBeGreaterThanOrEqual(share)
    expect(leastNewcomer(arms.greedy, MEMBERS)).toBeLessThan(share)
  })

  it('offers fall more evenly than where the most skilled are always asked (M2)', () => {
    expect(gini(arms.ours, MEMBERS)).toBeLessThan(gini(arms.greedy, MEMBERS))
  })

  it('nobody learns on angry, technical, legal or unsafe matters, or on those of the influential (M3)', () => {
    expect(arms.ours.exploredOnGrave).toBe(0)
  })

  it('every mention is answered or with staff in the end (I4)', () => {
    for (const { posts, quality, toStaff } of Object.values(arms)) expect(quality.length + toStaff).toBe(posts)
  })
})

describe('the Gini index', () => {
  it('is 0 when all have the same and near 1 when one has all', () => {
    expect(giniOf([3, 3, 3])).toBe(0)
    expect(giniOf([0, 0, 0, 12])).toBe(0.75)
    expect(giniOf([1, 2, 3, 4])).toBeCloseTo(0.25, 12)
  })
})
