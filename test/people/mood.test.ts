import { describe, expect, it } from 'vitest'
import { DAY, HOUR, MINUTE } from '../../src/domain/clock.ts'
import { type Helped, welfareOf } from '../../src/people/skills/mood.ts'
import { NO_LIMITS } from '../../src/people/welfare.ts'
import { after, NINE } from '../builders.ts'

const took = (ago: number, anger: number | null = 0.1) => ({ at: after(-ago), anger, until: after(-ago + MINUTE) })
const helped = (taken: Helped['taken'], more: Partial<Helped> = {}): Helped => ({
  ...{ limits: NO_LIMITS, taken, timeZone: 'UTC' },
  ...more,
})

describe('how the week was for all members (P8)', () => {
  it('is told in shares of what they took together, and says nothing of the one who rests', () => {
    const resting = { limits: { ...NO_LIMITS, mostAnHour: 1, angryShare: 0.5 } }
    const four = Array.from({ length: 4 }, () => helped([took(2 * HOUR)]))
    expect(welfareOf([...four, helped([took(10 * MINUTE, 0.9), took(3 * DAY + 10 * HOUR)], resting)], NINE)).toEqual({
      ...{ members: 5, active: 5, fewest: 5, taken: 6, resting: 0, onlyCalm: 0 },
      ...{ angryShare: 1 / 6, nightShare: 1 / 6 },
    })
  })

  it('counts who rests in whole tens, so that one more tells of nobody', () => {
    const resting = (count: number) =>
      Array.from({ length: count }, () =>
        helped([took(10 * MINUTE, 0.9)], { limits: { ...NO_LIMITS, mostAnHour: 1, angryShare: 0.5 } }),
      )
    const told = (count: number) => {
      const { resting: rest, onlyCalm } = welfareOf(resting(count), NINE)
      return [rest, onlyCalm]
    }
    expect([9, 10, 19, 20].map(told)).toEqual([
      [0, 0],
      [10, 10],
      [10, 10],
      [20, 20],
    ])
  })

  it('is night where the member is', () => {
    const in4 = Array.from({ length: 4 }, () => helped([took(HOUR)]))
    const share = (timeZone: string) => welfareOf([...in4, helped([took(HOUR)], { timeZone })], NINE).nightShare
    expect([share('UTC'), share('America/New_York')]).toEqual([0, 1 / 5])
  })

  it('is not told while so few took part that it would tell of one', () => {
    const four = Array.from({ length: 4 }, () => helped([took(HOUR, 0.9)]))
    const idle = [helped([]), helped([took(8 * DAY, 0.9)])]
    expect(welfareOf([...four, ...idle], NINE)).toEqual({
      ...{ members: 6, active: 4, fewest: 5, taken: null },
      ...{ angryShare: null, nightShare: null, resting: null, onlyCalm: null },
    })
  })
})
