import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { newDetector } from '../../bench/storm-detector.ts'
import { MINUTE } from '../../src/domain/clock.ts'
import { CALM_MS, chanceOf, FEWEST, learn, learnNothing, look, type Usual, usualIn } from '../../src/storm/storm.ts'
import { counted, isOf, nameOf, topicNamed } from '../../src/storm/topics.ts'

describe('the chance of so many posts', () => {
  it('is that of the negative binomial, by hand for k = 1 (R8)', () => {
    // With k = 1 the counts are geometric: P(X ≥ n) = (m / (1 + m))ⁿ.
    for (const [count, mean] of [
      [1, 2],
      [5, 2],
      [40, 0.5],
      [200, 3],
    ] as const)
      expect(Math.log(chanceOf(count, mean, 1))).toBeCloseTo(count * Math.log(mean / (1 + mean)), 8)
  })

  it('nears the Poisson distribution when the rate stands still', () => {
    const least = 1 - Math.exp(-2) * (1 + 2 + 2 + 8 / 6 + 16 / 24)
    expect(chanceOf(5, 2, 1e9)).toBeCloseTo(least, 6)
  })

  it('falls with each post more and rises with what is usual', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 300 }), fc.double({ min: 0.01, max: 200, noNaN: true }), (count, mean) => {
        const chance = chanceOf(count, mean)
        expect(chance).toBeGreaterThanOrEqual(0)
        expect(chance).toBeLessThanOrEqual(1)
        expect(chanceOf(count + 1, mean)).toBeLessThanOrEqual(chance * (1 + 1e-9))
        expect(chanceOf(count, mean * 1.5)).toBeGreaterThanOrEqual(chance * (1 - 1e-9))
      }),
      { numRuns: 2_000 },
    )
  })
})

describe('what is usual', () => {
  it('nears the true rate, and a storm moves it by little', () => {
    let usual: Usual | null = null
    for (let slot = 0; slot < 500; slot++) usual = learn(usual, 6)
    expect(usualIn(usual)).toBeGreaterThan(10.5)
    expect(usualIn(usual)).toBeLessThan(12.5)
    const before = usualIn(usual)
    expect(usualIn(learn(usual, 5_000))).toBeLessThan(before * 1.1)
  })

  it('is learned from empty slots alike one by one and all at once', () => {
    let slowly = learn(learn(null, 9), 4)
    const atOnce = learnNothing(slowly, 40)
    for (let slot = 0; slot < 40; slot++) slowly = learn(slowly, 0)
    expect(atOnce.posts).toBeCloseTo(slowly.posts, 9)
    expect(atOnce.slots).toBeCloseTo(slowly.slots, 9)
  })
})

describe('a look at a topic', () => {
  it('never takes a few posts for a storm, and never a storm for calm', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 500 }), fc.double({ min: 0, max: 100, noNaN: true }), (seen, usual) => {
        const found = look(seen, usual)
        if (seen < FEWEST) expect(found.stormy).toBe(false)
        expect(found.stormy && found.calm).toBe(false)
      }),
      { numRuns: 2_000 },
    )
  })
})

describe('the detector', () => {
  it('tells a burst once, and that it is over half an hour after the last of it (R8)', () => {
    const detector = newDetector()
    const told: string[] = []
    for (let minute = 0; minute < 600; minute++) {
      const now = minute * MINUTE
      detector.count(['all'], now)
      if (minute % 20 === 0) detector.count(['skill:wifi'], now)
      if (minute >= 300 && minute < 315) for (let n = 0; n < 3; n++) detector.count(['skill:wifi'], now)
      const { begun, ended } = detector.at(now)
      told.push(
        ...begun.map(({ topic }) => `${topic} began ${minute}`),
        ...ended.map((topic) => `${topic} over ${minute}`),
      )
    }
    expect(told).toHaveLength(2)
    const [began, over] = told.map((line) => Number(line.split(' ').at(-1)))
    expect(began).toBeGreaterThanOrEqual(302)
    expect(began).toBeLessThanOrEqual(306)
    expect(over).toBeGreaterThanOrEqual(315 + CALM_MS / MINUTE)
    expect(over).toBeLessThanOrEqual(330 + CALM_MS / MINUTE)
  })
})

describe('topics', () => {
  const understood = {
    anger: 0.1,
    sentiment: { label: 'positive' as const, score: 0.9, confidence: 0.9 },
    intent: { label: 'praise' as const, confidence: 0.9 },
    skills: [{ skill: 'espresso/milk: hot', weight: 1 }],
  }
  it('have names that can be read back', () => {
    for (const topic of [
      { kind: 'skill', key: 'espresso/milk: hot' },
      { kind: 'anger', key: '' },
      { kind: 'cluster', key: 'x' },
    ] as const)
      expect(topicNamed(nameOf(topic))).toEqual(topic)
    expect(topicNamed('all')).toBeNull()
  })

  it('are not raised by praise, which goes its way while its skill is in a storm; an angry or sneering one does not (R8)', () => {
    const praise = { clusterId: null, alike: 1, understood }
    expect(counted(praise)).toEqual([])
    expect(
      counted({ ...praise, understood: { ...understood, intent: { label: 'problem', confidence: 1 } } }),
    ).toHaveLength(1)
    const skill = { kind: 'skill', key: 'espresso/milk: hot' } as const
    expect(isOf(skill, praise)).toBe(false)
    expect(isOf({ kind: 'anger', key: '' }, praise)).toBe(false)
    const question = { ...understood, intent: { label: 'question' as const, confidence: 0.9 } }
    const sneer = { ...understood, sentiment: { label: 'negative' as const, score: -0.6, confidence: 0.9 } }
    for (const other of [question, sneer, { ...understood, anger: 0.6 }])
      expect(isOf(skill, { ...praise, understood: other })).toBe(true)
  })
})
