import { describe, expect, it } from 'vitest'
import { DAY, HOUR, MINUTE } from '../../src/domain/clock.ts'
import { hadTheirShare, NO_LIMITS, restingUntil, type Taken } from '../../src/people/welfare.ts'
import { after, NINE } from '../builders.ts'

const ago = (ms: number, anger: number | null = 0.1): Taken => ({ at: after(-ms), anger })

describe('the limits a member sets (P8)', () => {
  it('of mentions in an hour and in a day keep offers away until fewer lie so close', () => {
    const taken = [ago(50 * MINUTE), ago(10 * MINUTE), ago(20 * MINUTE), ago(20 * HOUR)]
    const until = (limits: object) => restingUntil({ ...NO_LIMITS, ...limits }, taken, NINE)
    expect(until({})).toBeNull()
    expect(until({ mostAnHour: 4 })).toBeNull()
    expect(until({ mostAnHour: 3 })).toEqual(after(10 * MINUTE))
    expect(until({ mostAnHour: 1 })).toEqual(after(50 * MINUTE))
    expect(until({ mostADay: 4 })).toEqual(after(4 * HOUR))
    expect(until({ mostAnHour: 3, mostADay: 4 })).toEqual(after(4 * HOUR))
  })

  it('of hours in a week count what was held, half an hour of one at most, and what is held now as it stands', () => {
    const limits = { ...NO_LIMITS, mostHoursAWeek: 1 }
    const held = (ms: number, until: number | null) => ({ ...ago(ms), until: until === null ? null : after(-until) })
    const lately = held(HOUR, 40 * MINUTE) // twenty minutes
    expect(restingUntil(limits, [lately, held(DAY, 0)], NINE)).toBeNull()
    expect(restingUntil(limits, [lately, held(DAY, 0), held(10 * MINUTE, null)], NINE)).toEqual(after(6 * DAY))
    expect(restingUntil(limits, [lately, held(DAY, 0), held(9 * MINUTE, null)], NINE)).toBeNull()
  })

  it('give a break after an angry one, and after none that is calm or unknown', () => {
    const limits = { ...NO_LIMITS, breakMinutes: 30 }
    expect(restingUntil(limits, [ago(10 * MINUTE, 0.5)], NINE)).toEqual(after(20 * MINUTE))
    expect(restingUntil(limits, [ago(30 * MINUTE, 0.9)], NINE)).toBeNull()
    expect(restingUntil(limits, [ago(MINUTE, 0.49), ago(MINUTE, null)], NINE)).toBeNull()
  })

  it('keep the share of angry mentions within a week', () => {
    const calm = [ago(HOUR), ago(2 * HOUR), ago(3 * HOUR)]
    const had = (angryShare: number | null, taken: Taken[]) => hadTheirShare({ ...NO_LIMITS, angryShare }, taken, NINE)
    expect(had(null, [ago(HOUR, 1)])).toBe(false)
    expect(had(0, [])).toBe(true)
    expect(had(1, [ago(HOUR, 1)])).toBe(false)
    expect(had(0.25, calm)).toBe(false)
    expect(had(0.25, [...calm, ago(HOUR, 0.8)])).toBe(true)
    expect(had(0.25, [...calm, ago(8 * DAY, 0.8)])).toBe(false)
  })
})
