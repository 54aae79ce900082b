import { describe, expect, it } from 'vitest'
import { SANDBOX_CAPABILITIES } from '../../connectors/sandbox/sandbox.ts'
import { DAY, HOUR, MINUTE } from '../../src/domain/clock.ts'
import { recheckAt } from '../../src/ingest/recheck.ts'

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
