import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { caseDueAt, caseWarnAt, placeCase } from '../../src/domain/case-clock.ts'
import { HOUR, MINUTE } from '../../src/domain/clock.ts'
import { type Calendar, dueAt } from '../../src/domain/office-hours.ts'
import { defaultTeam, priorityOf } from '../../src/escalate/escalate.ts'

const office: Calendar = { weekdays: [1, 2, 3, 4, 5], opens: '09:00', closes: '17:00', holidays: [] }
const at = (text: string) => new Date(text)
const berlin = 'Europe/Berlin'

describe('the clock of a case', () => {
  it('runs within a working day', () => {
    expect(dueAt(at('2026-03-04T09:00:00Z'), 120, office, berlin)).toEqual(at('2026-03-04T11:00:00Z'))
  })

  it('stands still over the evening', () => {
    expect(dueAt(at('2026-03-04T15:30:00Z'), 120, office, berlin)).toEqual(at('2026-03-05T09:30:00Z'))
  })

  it('starts on Monday for what comes in at the weekend', () => {
    expect(dueAt(at('2026-03-07T12:00:00Z'), 60, office, berlin)).toEqual(at('2026-03-09T09:00:00Z'))
  })

  it('passes over days off', () => {
    const calendar = { ...office, holidays: ['2026-03-05'] }
    expect(dueAt(at('2026-03-04T15:30:00Z'), 120, calendar, berlin)).toEqual(at('2026-03-06T09:30:00Z'))
  })

  it('ends at the close of the day rather than at the opening of the next', () => {
    expect(dueAt(at('2026-03-04T14:00:00Z'), 120, office, berlin)).toEqual(at('2026-03-04T16:00:00Z'))
  })

  it('keeps to the wall clock when summer time begins over the weekend', () => {
    // 16:30 on Friday is UTC+1, 09:30 on Monday UTC+2.
    expect(dueAt(at('2026-03-27T15:30:00Z'), 60, office, berlin)).toEqual(at('2026-03-30T07:30:00Z'))
  })

  it('counts the real length of a night shift in which the clocks change', () => {
    const nights: Calendar = { weekdays: [6], opens: '22:00', closes: '06:00', holidays: [] }
    const saturday = at('2026-03-28T21:00:00Z')
    expect(dueAt(saturday, 7 * 60, nights, berlin)).toEqual(at('2026-03-29T04:00:00Z'))
    expect(dueAt(saturday, 7 * 60 + 1, nights, berlin)).toEqual(at('2026-04-04T20:01:00Z'))
  })

  it('goes on after midnight in hours that began the day before', () => {
    const nights: Calendar = { weekdays: [3], opens: '22:00', closes: '06:00', holidays: [] }
    expect(dueAt(at('2026-03-05T00:00:00Z'), 60, nights, 'UTC')).toEqual(at('2026-03-05T01:00:00Z'))
  })

  it('counts all time when hours begin and end alike, or no day is a working day', () => {
    const always: Calendar = { weekdays: [1, 2, 3, 4, 5, 6, 7], opens: '00:00', closes: '00:00', holidays: [] }
    const never: Calendar = { weekdays: [], opens: '09:00', closes: '17:00', holidays: [] }
    for (const calendar of [always, never])
      expect(dueAt(at('2026-03-28T12:00:00Z'), 36 * 60, calendar, berlin)).toEqual(at('2026-03-30T00:00:00Z'))
  })

  it('keeps to the hours of a weekday that has its own, and counts what two shifts share once', () => {
    const late = { ...office, days: { 4: { opens: '13:00', closes: '21:00' } } }
    expect(dueAt(at('2026-03-04T15:30:00Z'), 60, late, berlin)).toEqual(at('2026-03-05T12:30:00Z'))
    const over = { ...office, weekdays: [3, 4], days: { 3: { opens: '09:00', closes: '08:00' } } }
    // Wednesday's hours end at 08:00 of Thursday, whose own begin at 09:00; and nights that overlap are one.
    expect(dueAt(at('2026-03-05T06:30:00Z'), 60, over, berlin)).toEqual(at('2026-03-05T08:30:00Z'))
    const twice = { ...over, days: { 3: { opens: '09:00', closes: '09:00' }, 4: { opens: '08:00', closes: '17:00' } } }
    expect(dueAt(at('2026-03-05T06:30:00Z'), 120, twice, berlin)).toEqual(at('2026-03-05T08:30:00Z'))
  })

  it('refuses hours that are no times', () => {
    expect(() => dueAt(at('2026-03-04T09:00:00Z'), 60, { ...office, closes: '25:00' }, berlin)).toThrow(RangeError)
  })

  it('never runs out early, and later for more minutes, in any zone', () => {
    const zones = fc.constantFrom(
      'UTC',
      berlin,
      'America/St_Johns',
      'Pacific/Apia',
      'Australia/Lord_Howe',
      'Asia/Kathmandu',
    )
    const instants = fc.integer({ min: Date.UTC(2025, 0, 1) / MINUTE, max: Date.UTC(2027, 0, 1) / MINUTE })
    fc.assert(
      fc.property(zones, instants, fc.integer({ min: 1, max: 3_000 }), (zone, minute, minutes) => {
        const opened = new Date(minute * MINUTE)
        const due = dueAt(opened, minutes, office, zone).getTime()
        expect(due - opened.getTime()).toBeGreaterThanOrEqual(minutes * MINUTE)
        expect(dueAt(opened, minutes + 1, office, zone).getTime()).toBeGreaterThan(due)
      }),
      { numRuns: 200 },
    )
  })
})

describe('a case', () => {
  const brand = { teams: [{ name: 'care', responseMinutes: 120 }], calendar: office, timeZone: berlin }
  const friday = at('2026-03-06T15:00:00Z')
  const due = (priority: Parameters<typeof caseDueAt>[1]['priority'], team = 'care') =>
    caseDueAt(friday, { team, priority }, brand)

  it('that is urgent or high does not wait for Monday', () => {
    expect(due('urgent').getTime() - friday.getTime()).toBe(HOUR / 2)
    expect(due('high').getTime() - friday.getTime()).toBe(HOUR)
  })

  it('that is normal or low has its team’s time in office hours', () => {
    expect(due('normal')).toEqual(at('2026-03-09T09:00:00Z'))
    expect(due('low')).toEqual(at('2026-03-09T11:00:00Z'))
  })

  it('of a team with times of its own has those, and is warned when three quarters are gone', () => {
    const own = { ...brand, teams: [{ name: 'care', responseMinutes: 120, targets: { urgent: 8 } }] }
    const urgent = { team: 'care', priority: 'urgent' as const }
    expect(caseDueAt(friday, urgent, own)).toEqual(at('2026-03-06T15:08:00Z'))
    expect(caseWarnAt(friday, urgent, own)).toEqual(at('2026-03-06T15:06:00Z'))
    const early = { warnAt: 0.5, officeHours: { low: true, normal: true, high: true, urgent: true } }
    // Friday at 16:00 in Berlin: one hour of office hours is left.
    expect(caseWarnAt(friday, { team: 'care', priority: 'normal' }, { ...own, clocks: early })).toEqual(
      at('2026-03-06T16:00:00Z'),
    )
  })

  it('begins under the name its team has now, and no lower than the team takes them', () => {
    const teams = [{ name: 'help', responseMinutes: 60, priority: 'high' as const, formerly: ['care'] }]
    expect(placeCase({ team: 'care', priority: 'low' }, teams)).toEqual({ team: 'help', priority: 'high' })
    expect(placeCase({ team: 'help', priority: 'urgent' }, teams)).toEqual({ team: 'help', priority: 'urgent' })
    expect(placeCase({ team: 'gone', priority: 'low' }, teams)).toEqual({ team: 'gone', priority: 'low' })
  })

  it('of a team nobody knows still has a clock', () => {
    expect(due('urgent', 'gone').getTime() - friday.getTime()).toBe(HOUR)
  })

  it('goes to the first team when none is named', () => {
    expect(defaultTeam(brand.teams)).toBe('care')
    expect(defaultTeam([])).toBe('staff')
  })

  it('is normal when nothing sensible says otherwise', () => {
    expect([priorityOf('high'), priorityOf('ASAP'), priorityOf(undefined)]).toEqual(['high', 'normal', 'normal'])
  })
})
