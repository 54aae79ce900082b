import { describe, expect, it } from 'vitest'
import { pointSettings } from '../../src/domain/points.ts'
import type { Rank } from '../../src/people/ranks.ts'
import {
  type Claim,
  forAccepted,
  forComplaint,
  forReach,
  forThanks,
  nextRank,
  pointsOf,
  rankFor,
  reachPoints,
  readingOf,
} from '../../src/reward/reward.ts'

const about = { replyId: 'r1', memberId: 'ana' }
const { weights } = pointSettings(null)
const points = (claims: Claim[], earned = {}, acceptedToday = 0) =>
  claims.map((claim) => pointsOf(claim, weights, { earned, acceptedToday }))
const reach = (before: object, after: object, rewards: 'yes' | 'unclear' | 'no' = 'yes') =>
  forReach({ ...about, before: { ...before }, after: { ...after }, rewards })

describe('a reply that went out', () => {
  it('earns ten points, once, for a reason in plain words (P1)', () => {
    const [claim] = forAccepted({ ...about, rewards: 'yes' })
    expect(claim).toMatchObject({ key: 'accepted:r1', reason: 'Your answer was accepted and sent.' })
    expect(points([claim!])).toEqual([10])
  })

  it('earns nothing for posting or reach where the network forbids it, but still for thanks (P2)', () => {
    for (const rewards of ['no', 'unclear'] as const) {
      expect(forAccepted({ ...about, rewards })).toEqual([])
      expect(reach({}, { likes: 3 }, rewards)).toEqual([])
    }
    expect(reach({}, { likes: 100 }, 'no')).toEqual([])
    expect(points(forThanks(about))).toEqual([15])
  })
})

describe('a day’s answers', () => {
  it('earn for going out as far as the brand lets them, and by thanks beyond (P2)', () => {
    const capped = { ...weights, acceptedPerDay: 3 }
    const at = (acceptedToday: number) => pointsOf({ cause: 'accepted' }, capped, { earned: {}, acceptedToday })
    expect([at(0), at(2), at(3), at(9)]).toEqual([10, 10, 0, 0])
    expect(pointsOf({ cause: 'thanked' }, capped, { earned: {}, acceptedToday: 9 })).toBe(15)
  })
})

describe('reach', () => {
  it.each([
    [{}, 0],
    [{ likes: 1 }, 4],
    [{ likes: 3 }, 8],
    [{ reposts: 3 }, 11],
    [{ likes: 31 }, 20],
    [{ likes: 1_000_000, reposts: 1_000_000 }, 20],
    [{ likes: -5, reposts: Number.NaN }, 0],
  ])('of %o is worth %i: damped, and capped', (counters, worth) => {
    expect(reachPoints(readingOf(counters), weights.reach)).toBe(worth)
  })

  it('is paid in steps as the counters rise, and not at all while they stand or fall', () => {
    expect(points(reach({ likes: 1 }, { likes: 3 }), { reach: 4 })).toEqual([4])
    expect(reach({ likes: 3 }, { likes: 3 })).toEqual([])
    expect(reach({ likes: 3 }, { likes: 1 })).toEqual([])
  })

  it('adds up to the higher of two readings that crossed each other (I6)', () => {
    expect(points(reach({}, { likes: 3 }), { reach: 11 })).toEqual([0])
  })

  it('says what it was for', () => {
    expect(reach({}, { likes: 1, reposts: 2 })[0]?.reason).toBe('Your answer reached others: 1 like, 2 reposts.')
  })
})

describe('a complaint', () => {
  it.each([
    ['five points', { accepted: 10 }, -5],
    ['five points and the thanks before it', { accepted: 10, thanked: 15 }, -20],
    ['never more than the reply had earned', { accepted: 3 }, -3],
    ['nothing from a reply that earned nothing', {}, 0],
  ])('takes back %s', (_, earned, taken) => {
    expect(points(forComplaint(about), earned)[0]! + 0).toBe(taken)
  })
})

describe('a rank', () => {
  const after = (points: number, thanked: number, rank: Rank = 'newcomer') => rankFor({ points, thanked, rank })

  it('needs points and thanks together, so that volume alone does not reach it (P3)', () => {
    expect([after(49, 9), after(5_000, 1), after(50, 2), after(300, 12)]).toEqual([
      ...['newcomer', 'newcomer', 'helper', 'champion'],
    ])
  })

  it('is kept until a fifth of what it asks for is gone, and then falls only as far as it must', () => {
    expect([after(45, 2, 'helper'), after(39, 2, 'helper')]).toEqual(['helper', 'newcomer'])
    expect([after(250, 12, 'champion'), after(200, 12, 'champion')]).toEqual(['champion', 'helper'])
  })

  it('says what is missing to the next one, in words', () => {
    expect(nextRank({ points: 40, thanked: 1, rank: 'newcomer' })).toEqual({
      name: 'helper',
      missing: '10 points and 1 thanked answer',
    })
    expect(nextRank({ points: 400, thanked: 4, rank: 'helper' })).toEqual({
      name: 'champion',
      missing: '8 thanked answers',
    })
    expect(nextRank({ points: 400, thanked: 20, rank: 'champion' })).toBeNull()
  })
})
