import { describe, expect, it } from 'vitest'
import { CONNECTORS } from '../../connectors/all.ts'
import { looksBack, NETWORKS } from '../../connectors/connector.ts'
import { DAY, HOUR, MINUTE } from '../../src/domain/clock.ts'
import {
  atEnd,
  inStretch,
  joinGaps,
  type Means,
  shareOf,
  spareAllowance,
  stepOf,
  stretchOf,
  waitAfter,
} from '../../src/ingest/backfill.ts'
import type { Window } from '../../src/ingest/budget.ts'

const NOW = new Date('2026-03-20T12:00:00Z')
const before = (ms: number) => new Date(NOW.getTime() - ms)
const listening = { settings: 'sealed', state: 'on' as const, drainedAt: before(MINUTE) }
const can = (network: (typeof NETWORKS)[number]) => CONNECTORS[network]!.capabilities // asked of those there are

describe('the days of a backfill (L3)', () => {
  it('end a day ago, where listening begins, or where it has come to when that is behind', () => {
    const since = new Date('2026-03-01T00:00:00Z')
    expect(stretchOf('2026-03-01', listening, can('sandbox'), NOW)).toEqual({ since, until: before(DAY) })
    const behind = { ...listening, drainedAt: before(3 * DAY) }
    expect(stretchOf('2026-03-01', behind, can('sandbox'), NOW)).toEqual({ since, until: before(3 * DAY) })
  })

  it.each([
    ['2026-03-20', listening, 'sandbox', /Listening brings the last day/],
    ['2026-03-19', { ...listening, drainedAt: before(2 * DAY) }, 'sandbox', /choose an earlier/],
    ['2026-03-10', listening, 'x', /lets us look back 7 days/],
    ['2026-03-10', listening, 'rss', /cannot be asked for older posts/],
    ['2026-03-10', listening, 'webhook', /cannot be asked for older posts/],
    ['2026-03-10', { ...listening, settings: null }, 'replay', /cannot be asked for older posts/],
    ['2026-03-10', { ...listening, state: 'paused' as const }, 'sandbox', /resume it first/],
    ['2026-03-10', { ...listening, drainedAt: null }, 'sandbox', /not yet read all that is new/],
  ] as const)('are refused with what to do: back to %s', (day, source, network, words) => {
    expect(() => stretchOf(day, source, can(network), NOW)).toThrow(words)
  })

  it('are offered by every network that hears more than a feed or what is pushed', () => {
    const without = NETWORKS.filter((network) => CONNECTORS[network] && !looksBack(can(network)))
    expect(without).toEqual(expect.arrayContaining(['pinterest', 'rss', 'webhook']))
    expect(without).not.toEqual(expect.arrayContaining(['x']))
  })

  it('keep out what is younger or older, and refuse what has no date', () => {
    const post = (id: string, createdAt: unknown) => ({ type: 'upsert', mention: { ref: { id }, createdAt } }) as never
    const deleted = { type: 'delete', ref: { network: 'sandbox', instance: 's', id: 'd' }, cause: 'author' } as const
    const [since, until] = [before(9 * DAY), before(DAY)]
    const kept = inStretch(
      [
        post('young', before(HOUR)),
        post('edge', since),
        post('end', until),
        post('old', before(10 * DAY)),
        deleted,
        post('undated', new Date('never')),
        post('none', 'yesterday'),
      ],
      { since, until },
    )
    expect(kept.map((change) => (change.type === 'upsert' ? change.mention.ref.id : change.type))).toEqual([
      'edge',
      'delete',
      'unreadable',
      'unreadable',
    ])
  })
})

describe('how far a backfill is', () => {
  const asked = { since: before(10 * DAY), askedAt: NOW } as Parameters<typeof shareOf>[0]
  it('is the way read, all of it only once it is done', () => {
    const at = (state: 'running' | 'done', reachedAt: Date | null) => shareOf({ ...asked, state, reachedAt })
    expect(at('running', null)).toBe(0)
    expect(at('running', before(4 * DAY))).toBeCloseTo(0.4)
    expect(at('running', before(10 * DAY))).toBe(0.99)
    expect(at('running', new Date(NOW.getTime() + HOUR))).toBe(0)
    expect(at('done', null)).toBe(1)
  })
})

describe('what a backfill may ask (L4)', () => {
  const window = (about: Partial<Window>): Window => ({
    ...{ scope: 'app', owner: '', key: 'search', limit: 100, remaining: 100, resetAt: new Date(NOW.getTime() + HOUR) },
    ...about,
  })
  const free = { microUsd: 0, requests: 0, capMicroUsd: null }
  const means: Means = { month: free, usualMicroUsd: 0 }
  const may = (windows: Window[], { month, usualMicroUsd }: Means = means, own = free as Means['month']) =>
    spareAllowance(windows, { month, usualMicroUsd }, own, NOW)

  it('is ten requests, and never more than half of what the network allows', () => {
    expect(may([])).toMatchObject({ ask: 10 })
    expect(may([window({ remaining: 54 })])).toMatchObject({ ask: 4 })
    expect(may([window({ limit: null, remaining: 7 })])).toMatchObject({ ask: 3 })
    expect(may([window({}), window({ key: 'day', remaining: 50 })])).toMatchObject({
      ask: 0,
      why: 'The other half of what the network allows is kept for listening.',
    })
  })

  it('is nothing while listening has to try first whether the network takes more', () => {
    expect(may([window({ remaining: 0, resetAt: before(MINUTE) })])).toMatchObject({
      ask: 0,
      until: new Date(NOW.getTime() + MINUTE),
    })
  })

  it('is no money that listening needs until the month ends', () => {
    const month = { microUsd: 6_000_000, requests: 600, capMicroUsd: 10_000_000 }
    expect(may([], { month, usualMicroUsd: 3_980_000 })).toMatchObject({ ask: 2 })
    expect(may([], { month, usualMicroUsd: 5_000_000 })).toMatchObject({
      ask: 0,
      until: new Date('2026-04-01T00:00:00Z'),
      why: 'What may still be spent this month is kept for listening.',
    })
    expect(may([], { month: { ...month, microUsd: 10_000_000 }, usualMicroUsd: 0 })).toMatchObject({
      why: 'The 10.00 $ it may cost this month are spent.',
    })
  })

  it('is what its own cap leaves; the first request is one, to learn what it costs', () => {
    const own = { microUsd: 0, requests: 0, capMicroUsd: 1_000_000 }
    expect(may([], means, own)).toMatchObject({ ask: 1 })
    expect(may([], means, { ...own, microUsd: 400_000, requests: 4 })).toMatchObject({ ask: 6 })
  })

  it('is asked for again after a failure: from a minute on, at most a quarter of an hour', () => {
    expect([1, 2, 3, 4, 5, 8].map((nth) => waitAfter(nth) / MINUTE)).toEqual([1, 2, 4, 8, 15, 15])
  })
})

describe('a backfill to where its network keeps nothing any more (L3)', () => {
  const lost = 'What came before last week was not heard.'
  const row = { cursor: 'c0', since: before(9 * DAY), gap: null, failures: 0 }
  const page = { cursor: 'c1', state: 'more' as const, gaps: [] as string[], reached: before(DAY) }

  it('reads on though its first page tells of that, and says at the end what is missing', () => {
    const first = stepOf(row, { ...page, gaps: [lost] }, NOW)
    expect(first).toMatchObject({ cursor: 'c1', gap: lost, trouble: null, failures: 0 })
    expect(first).not.toHaveProperty('ends')
    const second = { ...row, cursor: 'c1', gap: lost }
    const last = { ...page, cursor: 'c2', gaps: [lost], state: 'drained' as const }
    expect(stepOf(second, last, NOW)).toMatchObject({ ends: 'stopped', trouble: lost })
    expect(stepOf(second, { ...last, gaps: [] }, NOW)).toMatchObject({ ends: 'stopped', trouble: lost })
  })

  it('is done where nothing is missing', () => {
    expect(stepOf(row, { ...page, state: 'drained' }, NOW)).toMatchObject({ ends: 'done' })
    expect(stepOf(row, { ...page, reached: before(9 * DAY) }, NOW)).toMatchObject({ ends: 'done' })
  })

  it('says what is missing also when it is given up', () => {
    const row = { cursor: 'c1', since: before(9 * DAY), gap: lost, failures: 7 }
    const step = stepOf(row, { ...page, gaps: ['Nor was that.'] }, NOW)
    expect(step).toMatchObject({ ends: 'stopped', trouble: `The network gives nothing further. ${lost} Nor was that.` })
  })

  it('tells each thing that is missing once, and of very many the first', () => {
    const two = joinGaps('One.', ['Two.', 'One.'])
    expect(atEnd(null, joinGaps(two, ['One.', 'Two.']))).toBe('One. Two.')
    const many = Array.from({ length: 100 }, (_, n) => `Gap ${n}.`)
    const told = many.reduce<string | null>((gap, one) => joinGaps(gap, [one]), null)
    expect(atEnd(null, told)).toBe('Gap 0. Gap 1. Gap 2. Gap 3. Gap 4. More is missing than is told here.')
    expect(joinGaps(told, ['Gap 0.'])).toBe(told)
    expect(joinGaps(null, [])).toBeNull()
  })
})
