import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DEFAULT_MATCHING, matchingOf } from '../../rules/matching.ts'
import { draws, seedOf } from '../../src/domain/seeded.ts'
import { greatestOf, mayLearnOn, newcomerFor, type Stakes, turnsOf, winningChances } from '../../src/match/explore.ts'
import { indexMembers } from '../../src/match/lay-out.ts'
import type { Need } from '../../src/match/need.ts'
import { picksFor, type Seeking } from '../../src/match/offers.ts'
import { priorFit } from '../../src/people/fit-belief.ts'

const noon = new Date('2026-11-20T12:00:00Z')
const limits = DEFAULT_MATCHING.exploration
const calm: Stakes = { anger: 0.1, needsExpert: 0.1, flags: [], followers: 200 }
const need: Need = {
  ...{ language: 'en', skills: [{ skill: 'wifi', weight: 1 }], minimumRank: 0, author: null },
  ...{ passed: [], blocked: [], answered: [] },
}
const aMember = (id: string, rank: number, level: number) => ({
  ...{ id, name: id, languages: ['en'], capacity: 1_000_000, load: 0, paused: false, quiet: null, rank },
  ...{ handles: [], response: null, skills: [{ skill: 'wifi', level, ...priorFit(level, rank) }] },
})
const members = [
  ...Array.from({ length: 5 }, (_, n) => aMember(`expert-${n}`, 2, 1)),
  ...Array.from({ length: 4 }, (_, n) => aMember(`newcomer-${n}`, 0, 0.2 + 0.2 * n)),
]
const seeking = (n: number, stakes = calm): Seeking => ({
  ...{ id: `mention-${n}`, need, stakes, wave: 0, handOverAt: new Date(noon.getTime() + 90 * 60_000) },
})
const usual = { offerTo: 3, offerMinutes: 30 }

describe('newcomers (M3)', () => {
  it('get the share that the policy says, by a draw that is stored and can be drawn again', () => {
    const share = 0.2
    const policy = matchingOf({ matching: { exploration: { share } } })
    let explored = 0
    for (let n = 0; n < 2_000; n++) {
      // Each mention meets the same members, none of whom has taken anything yet.
      const picks = picksFor(seeking(n), fresh(), policy, usual, noon)
      expect(picks).toHaveLength(3)
      expect(new Set(picks.map(({ ranked }) => ranked.member)).size).toBe(3)
      expect(picksFor(seeking(n), fresh(), policy, usual, noon)).toEqual(picks)
      const random = draws(seedOf(`mention-${n}`, 0))
      for (const { ranked, chance } of picks) {
        expect(chance).toMatchObject({ seed: seedOf(`mention-${n}`, 0), draw: random(), share })
        expect(chance?.explored).toBe((chance?.draw ?? 1) < share)
        expect(chance?.explored).toBe(ranked.member.startsWith('newcomer'))
        expect(chance?.propensity).toBeGreaterThan(0)
        expect(chance?.propensity).toBeLessThanOrEqual(1)
        if (chance?.explored) explored++
      }
    }
    expect(explored / 6_000).toBeGreaterThan(0.18)
    expect(explored / 6_000).toBeLessThan(0.22)
  }, 60_000)

  it.each<[string, Partial<Stakes>]>([
    ['angry', { anger: limits.anger }],
    ['of unknown anger', { anger: null }],
    ['technical', { needsExpert: limits.needsExpert }],
    ['of unknown depth', { needsExpert: null }],
    ['legal', { flags: ['legal'] }],
    ['about safety', { flags: ['offensive', 'safety'] }],
    ['about self-harm', { flags: ['self-harm'] }],
    ['of the press', { flags: ['press'] }],
    ['of great influence', { followers: limits.followers }],
  ])('never learn on a mention that is %s, whatever the share', (_what, grave) => {
    const policy = matchingOf({ matching: { exploration: { share: 1 } } })
    const stakes = { ...calm, ...grave }
    expect(mayLearnOn(calm, limits)).toBe(true)
    expect(mayLearnOn(stakes, limits)).toBe(false)
    for (let n = 0; n < 200; n++)
      for (const { ranked, chance } of picksFor(seeking(n, stakes), fresh(), policy, usual, noon)) {
        expect(chance).toBeNull()
        expect(ranked.member).toMatch(/^expert/)
      }
  })

  it('leave the places to the known where there are none with the skill', () => {
    const policy = matchingOf({ matching: { exploration: { share: 1 } } })
    const index = indexMembers(members.slice(0, 5), noon)
    const picks = picksFor(seeking(1), index, policy, usual, noon)
    expect(picks.map(({ chance }) => [chance?.explored, chance?.propensity])).toEqual(Array(3).fill([false, 1]))
  })

  const fresh = () => indexMembers(members, noon)
})

describe('a place drawn for a newcomer (M3)', () => {
  const contenders = [
    { hours: 0, alpha: 1, beta: 1 },
    { hours: 1, alpha: 6, beta: 3 },
    { hours: 9, alpha: 9, beta: 2 },
  ].map(({ hours, ...belief }, n) => ({
    id: String(n),
    skills: [{ skill: 'wifi', level: 0.5, ...belief }],
    response: { community: new Float32Array(168), pace: 1, own: Float32Array.of(7, 0, hours) },
  }))

  it('falls on each as often as the stored propensity says', () => {
    const random = draws(5)
    const won = [0, 0, 0]
    const said = new Map<string, number>()
    for (let n = 0; n < 20_000; n++) {
      const { member, propensity } = newcomerFor(contenders, need, random)! // three contend
      won[Number(member)]! += 1 / 20_000
      said.set(member, propensity)
    }
    for (const [member, propensity] of said) expect(Math.abs(propensity - won[Number(member)]!)).toBeLessThan(0.02)
    expect([...said.values()].reduce((sum, one) => sum + one, 0)).toBeCloseTo(1, 9)
  })

  it('comes by turns to whoever was asked for fewer hours, and to nobody for certain', () => {
    const turns = turnsOf(contenders)
    for (const [at, weight] of [1, 1 / 4, 1 / 100].entries()) expect(turns[at]).toBeCloseTo(weight / 1.26, 9)
    expect(turnsOf([{ response: null }, { response: null }])).toEqual([0.5, 0.5])
  })

  it('goes to nobody where nobody contends', () => {
    expect(newcomerFor([], need, draws(1))).toBeNull()
  })
})

describe('Thompson’s choice', () => {
  it('falls on each as often as its stored propensity says', () => {
    const beliefs = [
      { alpha: 1, beta: 1 },
      { alpha: 2, beta: 3 },
      { alpha: 6, beta: 3 },
    ]
    const random = draws(11)
    const won = [0, 0, 0]
    for (let n = 0; n < 20_000; n++) won[greatestOf(beliefs, random)]! += 1 / 20_000
    for (const [at, chance] of winningChances(beliefs).entries()) expect(Math.abs(chance - won[at]!)).toBeLessThan(0.02)
  })

  it('has chances that sum to one, whatever is believed', () => {
    const belief = fc.record({
      alpha: fc.double({ min: 1, max: 500, noNaN: true }),
      beta: fc.double({ min: 1, max: 500, noNaN: true }),
    })
    fc.assert(
      fc.property(fc.array(belief, { minLength: 1, maxLength: 8 }), (beliefs) => {
        const chances = winningChances(beliefs)
        expect(chances.every((one) => one >= 0 && one <= 1)).toBe(true)
        expect(chances.reduce((sum, one) => sum + one, 0)).toBeCloseTo(1, 9)
      }),
    )
  })
})
