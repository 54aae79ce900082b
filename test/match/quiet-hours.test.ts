import { describe, expect, it } from 'vitest'
import { isQuiet } from '../../src/match/quiet-hours.ts'

const quiet = (from: string, to: string, timeZone: string) => (at: string) =>
  isQuiet({ from, to, timeZone }, new Date(at))

describe('quiet hours', () => {
  it('follow the member’s wall clock, the first minute in and the last out', () => {
    const lunch = quiet('12:00', '13:00', 'Asia/Tokyo')
    expect(['02:59', '03:00', '03:59', '04:00'].map((time) => lunch(`2026-11-20T${time}:00Z`))).toEqual([
      false,
      true,
      true,
      false,
    ])
  })

  it('may run over midnight', () => {
    const night = quiet('22:00', '07:00', 'UTC')
    expect(['21:59', '22:00', '00:00', '06:59', '07:00'].map((time) => night(`2026-11-20T${time}:00Z`))).toEqual([
      ...[false, true, true, true, false],
    ])
  })

  it('keep their local times when the clocks change', () => {
    const berlin = quiet('22:00', '07:00', 'Europe/Berlin')
    // Summer time ends on 25 October 2026: 07:00 is 05:00 UTC the day before and 06:00 UTC from then on.
    expect(['2026-10-24T04:59:00Z', '2026-10-24T05:00:00Z'].map(berlin)).toEqual([true, false])
    expect(['2026-10-25T05:59:00Z', '2026-10-25T06:00:00Z'].map(berlin)).toEqual([true, false])
    const twice = quiet('02:15', '02:30', 'Europe/Berlin')
    expect(['2026-10-25T00:20:00Z', '2026-10-25T00:45:00Z', '2026-10-25T01:20:00Z'].map(twice)).toEqual([
      true,
      false,
      true,
    ])
    // On 29 March 2026 the clock jumps from 02:00 to 03:00: a quiet time inside the gap does not come.
    expect(['2026-03-29T00:59:00Z', '2026-03-29T01:00:00Z', '2026-03-29T01:20:00Z'].map(twice)).toEqual([
      false,
      false,
      false,
    ])
  })

  it('are never when both times are the same, and when there are none', () => {
    expect(quiet('09:00', '09:00', 'UTC')('2026-11-20T09:00:00Z')).toBe(false)
    expect(isQuiet(null, new Date())).toBe(false)
  })
})
