import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DAY, MINUTE } from '../../src/domain/clock.ts'
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

/** The wall clock as Intl writes it, `HH:MM`: another way to the same than the one that is tried. */
const wallClock = (at: Date, timeZone: string): string =>
  new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(at)

/** Nights on which some zone changed its clocks: by an hour, by half an hour, over midnight, or a whole day at once. */
const NIGHTS: [timeZone: string, around: string][] = [
  ['Europe/Berlin', '2026-03-29T01:00Z'],
  ['Europe/Berlin', '2026-10-25T01:00Z'],
  ['America/New_York', '2026-03-08T07:00Z'],
  ['America/New_York', '2026-11-01T06:00Z'],
  ['Australia/Lord_Howe', '2026-04-04T15:00Z'],
  ['America/Santiago', '2026-09-06T04:00Z'],
  ['Africa/Cairo', '2026-04-23T22:00Z'],
  ['Pacific/Apia', '2011-12-30T10:00Z'],
]
const anywhere = fc.tuple(
  fc.constantFrom(...Intl.supportedValuesOf('timeZone')),
  fc.date({ min: new Date('1975-01-01'), max: new Date('2040-01-01'), noInvalidDate: true }),
)
const thatNight = fc
  .tuple(fc.constantFrom(...NIGHTS), fc.integer({ min: -DAY, max: DAY }))
  .map(([[timeZone, around], ms]): [string, Date] => [timeZone, new Date(new Date(around).getTime() + ms)])
const time = fc
  .integer({ min: 0, max: 1_439 })
  .map((minute) => `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`)

describe('in every time zone, at every instant, and on nights when clocks change', () => {
  it('it is quiet exactly while the member’s wall clock says so (M1)', () => {
    fc.assert(
      fc.property(fc.oneof(anywhere, thatNight), time, time, ([timeZone, at], from, to) => {
        const now = wallClock(at, timeZone)
        const said = from <= to ? from <= now && now < to : from <= now || now < to
        expect(isQuiet({ from, to, timeZone }, at)).toBe(said)
      }),
      { numRuns: 3_000 },
    )
  })

  it('two quiet hours a day are three in two days at least, whatever the clocks do', () => {
    fc.assert(
      fc.property(fc.constantFrom(...NIGHTS.slice(0, 7)), time, ([timeZone, around], from) => {
        const [hour = 0, minute = 0] = from.split(':').map(Number)
        const to = `${String((hour + 2) % 24).padStart(2, '0')}:${String(minute).padStart(2, '0')}`
        const start = new Date(around).getTime() - DAY
        const minutes = Array.from({ length: (2 * DAY) / (5 * MINUTE) }, (_, n) =>
          isQuiet({ from, to, timeZone }, new Date(start + n * 5 * MINUTE)),
        )
        expect(minutes.filter(Boolean).length).toBeGreaterThanOrEqual(2 * 12 + 12)
        expect(minutes.filter((quiet) => !quiet).length).toBeGreaterThan(0)
      }),
    )
  })
})
