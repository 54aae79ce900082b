import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { HOUR, MINUTE } from '../../src/domain/clock.ts'
import { timely } from '../../src/match/response.ts'
import { communityRates, HOURS_OF_WEEK, hourOfWeek, paceOf } from '../../src/people/hours.ts'

/** A Monday. */
const monday = (hour: number, minute = 0) => new Date(Date.UTC(2026, 2, 2, hour, minute))
const cellsOf = (...cells: [hour: number, claims: number, open: number][]) => Float32Array.from(cells.flat())
const responder = (own: Float32Array, others: Float32Array[] = []) => {
  const community = communityRates([own, ...others])
  return { response: { community, pace: paceOf(own, community), own } }
}

describe('how likely a member is to answer in time (M2)', () => {
  it('is learned by hour of the week: who claims on Monday mornings is expected then, and less on Monday nights', () => {
    const member = responder(cellsOf([9, 12, 10], [22, 0, 30]))
    const at = (hour: number) => timely(member, monday(hour), 30 * MINUTE)
    expect(at(9)).toBeGreaterThan(at(15))
    expect(at(15)).toBeGreaterThan(at(22))
  })

  it('is the community’s for somebody new, at that hour', () => {
    const others = Array.from({ length: 20 }, () => cellsOf([9, 8, 10], [3, 0, 10]))
    const newcomer = responder(new Float32Array(0), others)
    expect(newcomer.response.pace).toBe(1)
    expect(timely(newcomer, monday(9), HOUR)).toBeCloseTo(1 - Math.exp(-newcomer.response.community[9]!), 6)
    expect(timely(newcomer, monday(9), HOUR)).toBeGreaterThan(timely(newcomer, monday(3), HOUR))
    expect(timely(newcomer, monday(9), HOUR)).toBeCloseTo(1 - Math.exp(-0.8), 1)
  })

  it('carries over to other hours: a member readier than the rest is so at hours nobody has seen them in', () => {
    const others = Array.from({ length: 10 }, () => cellsOf([9, 2, 20], [15, 2, 20]))
    const eager = responder(cellsOf([9, 20, 10]), others)
    const slow = responder(cellsOf([9, 0, 20]), others)
    expect(timely(eager, monday(15), HOUR)).toBeGreaterThan(timely(slow, monday(15), HOUR))
  })

  it('comes to what was seen, once that is much', () => {
    const member = responder(cellsOf([9, 300, 1_000]))
    expect(timely(member, monday(9), HOUR)).toBeCloseTo(1 - Math.exp(-0.3), 2)
  })

  it('grows with the time there is, runs through the hours, and is a probability', () => {
    const cell = fc.tuple(fc.integer({ min: 0, max: 167 }), fc.nat(50), fc.nat(50))
    const own = fc.uniqueArray(cell, { selector: ([hour]) => hour, maxLength: 20 })
    const instant = fc.date({ min: new Date('2026-01-01'), max: new Date('2027-01-01'), noInvalidDate: true })
    fc.assert(
      fc.property(own, instant, fc.nat(5 * HOUR), fc.nat(5 * HOUR), (cells, at, first, second) => {
        const member = responder(cellsOf(...cells))
        const [one, both] = [timely(member, at, first), timely(member, at, first + second)]
        const rest = timely(member, new Date(at.getTime() + first), second)
        expect(one >= 0 && both <= 1 && one <= both).toBe(true)
        expect(1 - both).toBeCloseTo((1 - one) * (1 - rest), 6)
      }),
    )
    expect(timely({ response: null }, monday(9), HOUR)).toBeCloseTo(1 - Math.exp(-0.5), 6)
  })
})

describe('the hour of the week', () => {
  it('counts from Monday midnight UTC, before 1970 as well', () => {
    expect(hourOfWeek(monday(0).getTime())).toBe(0)
    expect(hourOfWeek(Date.UTC(2026, 2, 8, 23, 59))).toBe(HOURS_OF_WEEK - 1)
    expect(hourOfWeek(Date.UTC(1969, 11, 29))).toBe(0)
  })
})
