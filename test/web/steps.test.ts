import { describe, expect, it } from 'vitest'
import { stepsOf } from '../../web/src/report/steps.ts'

const day = { at: '2026-11-20T00:00:00.000Z', total: 8, community: 3, staff: 1, partial: false }

describe('a step of the report', () => {
  it('is split by who answered, nobody included (T1)', () => {
    expect(stepsOf([day], 'day', 'UTC')).toEqual([
      { label: 'Nov 20', community: 3, staff: 1, nobody: 4, total: 8, rate: 50, partial: false },
    ])
  })

  it('without a post has no rate, which is not a rate of nought', () => {
    expect(stepsOf([{ ...day, total: 0, community: 0, staff: 0 }], 'day', 'UTC')[0]?.rate).toBeNull()
  })

  it('that still runs says so', () => {
    expect(stepsOf([{ ...day, partial: true }], 'hour', 'UTC')[0]?.label).toBe('Fri 00:00 (so far)')
  })

  it('that began before the period says that it is in part, and stands by the brand’s clock', () => {
    const late = { ...day, at: '2026-11-20T23:00:00.000Z', partial: true }
    expect(stepsOf([late, day], 'day', 'Europe/Berlin')[0]?.label).toBe('Nov 21 (in part)')
  })
})
