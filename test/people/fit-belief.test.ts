import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { weightAt } from '../../src/people/decay.ts'
import { EVIDENCE, fitOf, HALF_LIFE, priorFit } from '../../src/people/fit-belief.ts'

const noon = new Date('2026-11-20T12:00:00Z')
const later = (ms: number) => new Date(noon.getTime() + ms)
const declared = { level: 0.5, rank: 0 }

describe('what is believed of a member’s skill (M2)', () => {
  it('begins with the declared level, and a higher rank vouches for it with more answers', () => {
    expect(priorFit(0.5, 0)).toEqual({ alpha: 2, beta: 2 })
    expect(priorFit(1, 2)).toEqual({ alpha: 7, beta: 1 })
    expect(fitOf(declared, null, noon)).toEqual(priorFit(0.5, 0))
  })

  it('counts evidence in full at once, by half after its half-life, and hardly after years', () => {
    const thanked = { good: EVIDENCE.thanked.good * weightAt(noon, HALF_LIFE), bad: 0 }
    expect(fitOf(declared, thanked, noon).alpha).toBeCloseTo(3, 3)
    expect(fitOf(declared, thanked, later(HALF_LIFE)).alpha).toBeCloseTo(2.5, 3)
    expect(fitOf(declared, thanked, later(10 * HALF_LIFE)).alpha).toBeCloseTo(2, 2)
  })

  it('is the same sum in whatever order the evidence came', () => {
    const days = fc.array(fc.nat(2_500), { minLength: 1, maxLength: 50 })
    fc.assert(
      fc.property(days, (list) => {
        const weights = list.map((day) => weightAt(new Date(Date.UTC(2026, 0, 1 + day, 13, 7)), HALF_LIFE))
        const sum = (numbers: number[]) => numbers.reduce((all, one) => all + one, 0)
        expect(sum(weights)).toBe(sum([...weights].sort((a, b) => a - b)))
      }),
    )
  })
})
