import { describe, expect, it } from 'vitest'
import { DEFAULT_MATCHING, matchingOf } from '../../rules/matching.ts'
import { HOUR, MINUTE } from '../../src/domain/clock.ts'
import { newId } from '../../src/domain/id.ts'
import type { MemberProfile } from '../../src/domain/member.ts'
import { openForecast } from '../../src/match/forecast.ts'
import type { Seeking } from '../../src/match/offers.ts'
import { after } from '../builders.ts'

const member = (id: string, more: Partial<MemberProfile> = {}): MemberProfile => ({
  ...{
    id,
    name: id,
    languages: ['en'],
    skills: [],
    capacity: 2,
    load: 0,
    paused: false,
    quiet: null,
    rank: 0,
    handles: [],
    response: null,
  },
  ...more,
})
const seeking = (at: Date, more = {}): Seeking => ({
  id: newId(),
  need: { language: 'en', skills: [], minimumRank: 0, author: null, passed: [], blocked: [], ...more },
  stakes: { anger: 0, needsExpert: 0, flags: [], followers: 0 },
  wave: 0,
  handOverAt: after(90 * MINUTE, at),
})
const settings = {
  policy: matchingOf({}),
  usual: { offerTo: 1, offerMinutes: 30 },
  dayOf: (at: Date) => at.toISOString().slice(0, 10),
}

describe('a forecast of offers', () => {
  it('spreads mentions as matching does, and holds a place as long as an offer lives', () => {
    const forecast = openForecast([member('a'), member('b')], settings)
    for (let n = 0; n < 5; n++) forecast.offer(after(n * MINUTE), seeking(after(n * MINUTE)))
    expect(forecast.result()).toEqual({
      ...{ offered: 4, nobody: 1 },
      members: [
        { id: 'a', offers: 2, busiestDay: 2 },
        { id: 'b', offers: 2, busiestDay: 2 },
      ],
    })
    forecast.offer(after(31 * MINUTE), seeking(after(31 * MINUTE)))
    expect(forecast.result()).toMatchObject({ offered: 5, nobody: 1 })
  })

  it('begins with everybody free, whatever they hold now, and asks nobody who is paused, asleep or of a lower rank', () => {
    const asleep = { from: '08:00', to: '10:00', timeZone: 'UTC' }
    const forecast = openForecast(
      [member('full', { load: 2 }), member('paused', { paused: true }), member('asleep', { quiet: asleep, rank: 2 })],
      settings,
    )
    forecast.offer(after(0), seeking(after(0)))
    forecast.offer(after(0), seeking(after(0), { minimumRank: 1 }))
    forecast.offer(after(2 * HOUR), seeking(after(2 * HOUR), { minimumRank: 1 }))
    expect(forecast.result()).toEqual({
      ...{ offered: 2, nobody: 1 },
      members: [
        { id: 'asleep', offers: 1, busiestDay: 1 },
        { id: 'full', offers: 1, busiestDay: 1 },
      ],
    })
  })

  it('follows the ladder and the weights of the version: to how many, how long, and whom first', () => {
    const policy = matchingOf({
      ladder: [{ look: 'any-speaker', minutes: 10, offers: 2 }],
      matching: { weights: { ...DEFAULT_MATCHING.weights, fairness: 0, capacity: 0, reputation: 1 } },
    })
    const people = [member('a', { capacity: 1 }), member('b', { capacity: 9, rank: 2 }), member('c', { rank: 1 })]
    const forecast = openForecast(people, { ...settings, policy })
    for (const minutes of [0, 1, 11]) forecast.offer(after(minutes * MINUTE), seeking(after(minutes * MINUTE)))
    expect(forecast.result().members).toEqual([
      { id: 'b', offers: 3, busiestDay: 3 },
      { id: 'c', offers: 3, busiestDay: 3 },
    ])
  })

  it('tells the fullest day of each', () => {
    const forecast = openForecast([member('a', { capacity: 9 })], settings)
    for (const hours of [0, 1, 2, 24]) forecast.offer(after(hours * HOUR), seeking(after(hours * HOUR)))
    expect(forecast.result().members).toEqual([{ id: 'a', offers: 4, busiestDay: 3 }])
  })
})
