import { describe, expect, it } from 'vitest'
import { DAY } from '../../src/domain/clock.ts'
import { sayable, shareOf, spanOf, wilson } from '../../src/report/report.ts'

const now = new Date('2026-03-04T09:00:00.000Z')

describe('a share', () => {
  it('comes with its 95 % interval', () => {
    // The score interval of 15 in 100, worked out by hand from Wilson's formula.
    const { low, high } = wilson(15, 100)
    expect(low).toBeCloseTo(0.0931, 4)
    expect(high).toBeCloseTo(0.2328, 4)
  })

  it('stays within nothing and everything, and says something of both', () => {
    expect(shareOf(0, 40)).toMatchObject({ rate: 0, low: 0 })
    expect(shareOf(0, 40).high).toBeGreaterThan(0.05)
    expect(shareOf(40, 40)).toMatchObject({ rate: 1, high: 1 })
    expect(shareOf(40, 40).low).toBeLessThan(0.95)
  })

  it('of fewer than thirty is too few to say', () => {
    expect(shareOf(15, 29)).toEqual({ answered: 15, total: 29, rate: null, low: null, high: null })
    expect([sayable(12, 29), sayable(12, 30), sayable(null, 30)]).toEqual([null, 12, null])
  })
})

describe('the time of a report', () => {
  it('is the last seven days by the day, where nothing is asked', () => {
    expect(spanOf({}, now)).toEqual({ from: new Date(now.getTime() - 7 * DAY), to: now, step: 'day' })
  })

  it('goes by the hour under three days, and never into the future', () => {
    expect(spanOf({ from: '2026-03-02T00:00:00Z', to: '2030-01-01T00:00:00Z' }, now)).toMatchObject({
      to: now,
      step: 'hour',
    })
    expect(spanOf({ from: '2026-03-01T00:00:00Z' }, now).step).toBe('day')
  })

  it.each([
    ['ends before it begins', { from: '2026-03-03T00:00:00Z', to: '2026-03-02T00:00:00Z' }],
    ['begins in the future', { from: '2026-03-05T00:00:00Z' }],
    ['is longer than 800 days', { from: '1970-01-01T00:00:00Z' }],
  ])('is refused when it %s', (_, asked) => {
    expect(() => spanOf(asked, now)).toThrow(expect.objectContaining({ code: 'invalid' }))
  })
})
