import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compile } from '../../rules/evaluate.ts'
import { readPolicy } from '../../rules/language.ts'
import {
  cheapest,
  costOf,
  curveOf,
  forLanguage,
  sentBy,
  shifted,
  shiftOf,
  thresholdsFor,
} from '../../src/decide/costs/costs.ts'
import { decide } from '../../src/decide/decide.ts'
import { facts } from '../rules/facts.ts'

const price = fc.double({ min: 0.1, max: 100, noNaN: true })
const costs = fc.record({ angryToFan: price, easyToStaff: price, humanTriage: price })
const share = fc.double({ min: 0, max: 1, noNaN: true })
const scores = fc.array(fc.nat(200), { minLength: 101, maxLength: 101 })

describe('the cheapest thresholds', () => {
  it('are those of the textbook, with and without a band for a person (R6)', () => {
    expect(cheapest({ angryToFan: 9, easyToStaff: 1, humanTriage: 5 })).toEqual({ community: 0.1, staff: 0.1 })
    expect(cheapest({ angryToFan: 10, easyToStaff: 2, humanTriage: 1.5 })).toEqual({ community: 0.15, staff: 0.25 })
  })

  it('send each post where it is cheapest, whatever the costs', () => {
    fc.assert(
      fc.property(costs, share, (given, p) => {
        const { community, staff } = cheapest(given)
        const prices = [p * given.angryToFan, given.humanTriage, (1 - p) * given.easyToStaff]
        const chosen = p >= staff ? prices[2]! : p >= community ? prices[1]! : prices[0]!
        expect(chosen).toBeLessThanOrEqual(Math.min(...prices) * (1 + 1e-9) + 1e-9)
      }),
      { numRuns: 5_000 },
    )
  })

  it('cost less than any others on any posts', () => {
    fc.assert(
      fc.property(costs, scores, share, share, (given, posts, one, other) => {
        fc.pre(posts.some((n) => n > 0))
        // Chances in the rows are kept off 0 and 1 by half a hundredth.
        const best = costOf(posts, 0, cheapest(given), given)!
        const rival = { community: Math.min(one, other), staff: Math.max(one, other) }
        const slack = 0.006 * 1_000 * Math.max(given.angryToFan, given.easyToStaff)
        expect(best).toBeLessThanOrEqual(costOf(posts, 0, rival, given)! + slack)
      }),
      { numRuns: 1_000 },
    )
  })

  it('are moved for a language whose scores are off, and lose no post', () => {
    const best = cheapest({ angryToFan: 10, easyToStaff: 2, humanTriage: 1.5 })
    expect(forLanguage(best, 0)).toEqual({ community: 0.15, staff: 0.25 })
    expect(forLanguage(best, 1)).toEqual({ community: 0.06, staff: 0.11 })
    fc.assert(
      fc.property(scores, share, share, (posts, one, other) => {
        const { community, triage, staff } = sentBy(posts, {
          community: Math.min(one, other),
          staff: Math.max(one, other),
        })
        expect(community + triage + staff).toBe(posts.reduce((sum, n) => sum + n, 0))
      }),
    )
  })
})

describe('how far a language is off', () => {
  it('is nothing without judgements, and nears the truth with many', () => {
    expect(shiftOf([])).toBe(0)
    const chances = Array.from({ length: 400 }, (_, n) => ((n * 37) % 100) / 100)
    const off = chances.map((chance, n) => ({ chance, staff: ((n * 7_919) % 1_000) / 1_000 < shifted(chance, 1) }))
    expect(shiftOf(off)).toBeGreaterThan(0.7)
    expect(shiftOf(off)).toBeLessThan(1.2)
  })

  it('is little after few judgements, which way so ever they point', () => {
    expect(Math.abs(shiftOf([{ chance: 0.1, staff: true }]))).toBeLessThan(0.3)
    expect(shiftOf([{ chance: 0.1, staff: true }])).toBeGreaterThan(0)
    expect(shiftOf([{ chance: 0.9, staff: false }])).toBeLessThan(0)
  })
})

describe('the curve', () => {
  it('has its lowest point where staff begin to be cheaper', () => {
    const posts = Array.from({ length: 101 }, () => 10)
    const given = { angryToFan: 9, easyToStaff: 1, humanTriage: 5 }
    const curve = curveOf(posts, 0, cheapest(given), given)
    expect(curve).toHaveLength(101)
    const lowest = curve.reduce((best, one) => (one.cost < best.cost ? one : best))
    expect(lowest.staff).toBeCloseTo(0.1, 1)
    expect(curveOf(new Array(101).fill(0), 0, cheapest(given), given)).toEqual([])
  })
})

describe('a decision under costs', () => {
  const policy = compile(
    readPolicy(
      '{ name: p, rules: [{ name: idea, when: { field: intent, is: idea }, then: { triage: {} } }], otherwise: { community: { minimumRank: 2 } } }',
    ),
  )
  const set = { 'threshold.community': 0.15, 'threshold.staff': 0.25 }

  it('takes from the community what is cheaper with a person or with staff, and says why (R6)', () => {
    expect(decide(facts({ ...set, anger: 0.14 }), policy)).toMatchObject({
      destination: 'community',
      rule: 'otherwise',
    })
    expect(decide(facts({ ...set, anger: 0.15 }), policy)).toMatchObject({
      destination: 'triage',
      rule: 'costs',
      minimumRank: 0,
    })
    const { reason, ...rest } = decide(facts({ ...set, anger: 0.25 }), policy)
    expect(rest).toMatchObject({ destination: 'escalation', rule: 'costs', team: null })
    expect(reason).toBe(
      'anger is 0.25, at least 0.25, from where staff are cheaper than a fan’s mistake (otherwise: no rule of the policy applied)',
    )
  })

  it('leaves what rules send elsewhere, what nobody could score, and decisions of before there were costs', () => {
    expect(decide(facts({ ...set, anger: 0.9, intent: 'idea' }), policy)).toMatchObject({
      destination: 'triage',
      rule: 'idea',
    })
    expect(decide(facts({ ...set, anger: null }), policy)).toMatchObject({ destination: 'community' })
    expect(decide(facts({ anger: 0.9 }), policy)).toMatchObject({ destination: 'community' })
    const { 'threshold.staff': _, ...before } = facts({ anger: 0.9 })
    expect(decide(before as typeof before & { 'threshold.staff': null }, policy).destination).toBe('community')
  })

  it('goes by the thresholds of its language', () => {
    const thresholds = {
      en: { community: 0.1, staff: 0.2 },
      und: { community: 0.2, staff: 0.3 },
      '*': { community: 0.3, staff: 0.4 },
    }
    expect(thresholdsFor({ thresholds }, 'en')?.staff).toBe(0.2)
    expect(thresholdsFor({ thresholds }, null)?.staff).toBe(0.3)
    expect(thresholdsFor({ thresholds }, 'constructor')?.staff).toBe(0.4)
    expect(thresholdsFor(null, 'en')).toBeNull()
  })
})
