import { describe, expect, it } from 'vitest'
import { SANDBOX_CAPABILITIES } from '../../connectors/sandbox/sandbox.ts'
import { DAY, HOUR, MINUTE } from '../../src/domain/clock.ts'
import { areTooMany, askHiddenAt, hiddenForMs, recheckAt } from '../../src/ingest/recheck.ts'

const heard = new Date('2026-03-04T09:00:00.000Z')
const at = (ms: number) => new Date(heard.getTime() + ms)
const network = (deletes: 'event' | 'recheck' | 'none', deleteWithinHours: number | null) => ({
  ...SANDBOX_CAPABILITIES,
  listen: { ...SANDBOX_CAPABILITIES.listen, deletes },
  deleteWithinHours,
})

describe('asking after a post again (L7)', () => {
  it('is left to networks that do not tell by themselves', () => {
    expect(recheckAt(network('event', 24), heard, heard)).toBeNull()
    expect(recheckAt(network('none', null), heard, heard)).toBeNull()
    expect(recheckAt(null, heard, heard)).toBeNull()
  })

  it('comes an hour after it was heard, then in ever longer waits, a week at most', () => {
    const rule = network('recheck', null)
    expect(recheckAt(rule, heard, heard)).toEqual(at(HOUR))
    expect(recheckAt(rule, heard, at(HOUR + MINUTE))).toEqual(at(2 * HOUR + 2 * MINUTE))
    expect(recheckAt(rule, heard, at(90 * DAY))).toEqual(at(97 * DAY))
  })

  it('leaves no post longer than the terms allow, however old: over a year no wait reaches the 24 hours', () => {
    const rule = network('recheck', 24)
    let now = heard
    while (now < at(365 * DAY)) {
      const next = recheckAt(rule, heard, now)!
      expect(next.getTime() - now.getTime()).toBeLessThanOrEqual(18 * HOUR)
      expect(next.getTime()).toBeGreaterThan(now.getTime())
      now = next
    }
  })
})

describe('posts that are gone too many at once (L7)', () => {
  it.each([
    [10, 10, true],
    [40, 10, true],
    [41, 10, false],
    [9, 9, false],
    [1_000, 249, false],
    [1_000, 250, true],
  ])('of %i asked after %i are gone: %s', (asked, gone, many) => {
    expect(areTooMany({ asked, gone })).toBe(many)
  })

  it('are rare where each is gone with chance 5 %: one window in 48,000, by the exact sum', () => {
    const p = 0.05
    let fewer = 0
    for (let k = 0, choose = 1; k < 10; choose = (choose * (40 - k)) / (k + 1), k++)
      fewer += choose * p ** k * (1 - p) ** (40 - k)
    expect(1 - fewer).toBeLessThan(1 / 47_000)
    expect(1 - fewer).toBeGreaterThan(1 / 49_000)
  })

  it('are hidden for no longer than the terms leave after a late question, and a day at most', () => {
    expect(hiddenForMs(network('recheck', null))).toBe(DAY)
    expect(hiddenForMs(network('recheck', 24))).toBe(4.5 * HOUR)
    expect(hiddenForMs(network('recheck', 30 * 24))).toBe(DAY)
    for (const hours of [24, 48]) {
      const asked = recheckAt(network('recheck', hours), heard, at(90 * DAY))!.getTime() - at(90 * DAY).getTime()
      expect(asked + hiddenForMs(network('recheck', hours))).toBeLessThan(hours * HOUR)
    }
  })

  it('are asked after half-way, and when their time is up', () => {
    const until = at(DAY)
    expect(askHiddenAt(heard, until, DAY)).toEqual(at(DAY / 2))
    expect(askHiddenAt(at(DAY / 2), until, DAY)).toEqual(until)
    expect(askHiddenAt(at(DAY - MINUTE), until, DAY)).toEqual(until)
  })
})
