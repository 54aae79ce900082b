import { describe, expect, it } from 'vitest'
import { ConnectorError } from '../../connectors/connector.ts'
import { DAY, HOUR, MINUTE, SECOND } from '../../src/domain/clock.ts'
import {
  afterReset,
  allowance,
  MOST_REQUESTS,
  openMeter,
  settled,
  type Taken,
  type Window,
  windowOfRefusal,
} from '../../src/ingest/budget.ts'

const now = new Date('2026-03-04T09:00:00.000Z')
const inMs = (ms: number) => new Date(now.getTime() + ms)
const aWindow = (about: Partial<Window> = {}): Window => ({
  ...{ scope: 'app', owner: '', key: 'search', limit: 300, remaining: 300, resetAt: inMs(15 * MINUTE) },
  ...about,
})
const free = { microUsd: 0, requests: 0, capMicroUsd: null }

describe('an allowance (L4)', () => {
  it('is what the narrowest open window has left, and never more than a poll needs', () => {
    expect(allowance([], free, now)).toMatchObject({ ask: MOST_REQUESTS, halfOpen: false })
    const narrow = aWindow({ key: 'narrow', remaining: 7 })
    expect(allowance([aWindow(), narrow], free, now)).toMatchObject({ ask: 7, windows: [aWindow(), narrow] })
  })

  it('is nothing before a used-up window opens, and one request afterwards', () => {
    const spent = aWindow({ remaining: 0 })
    const later = aWindow({ key: 'day', remaining: 0, resetAt: inMs(HOUR) })
    expect(allowance([spent, later, aWindow()], free, now)).toMatchObject({ ask: 0, until: inMs(HOUR) })
    expect(allowance([spent], free, inMs(15 * MINUTE))).toMatchObject({ ask: 1, halfOpen: true })
  })

  it('takes a window that closed with something left for a new one', () => {
    expect(allowance([aWindow({ remaining: 2 })], free, inMs(HOUR))).toMatchObject({ ask: MOST_REQUESTS, windows: [] })
  })

  it('ends with the month’s money, before the cap and not after it', () => {
    const capMicroUsd = 1_000_000
    expect(allowance([], { microUsd: 0, requests: 0, capMicroUsd }, now)).toMatchObject({ ask: 1 })
    // Ten requests cost 0.05 $ each so far: of the 0.12 $ that are left, two more.
    const nearly = { microUsd: 880_000, requests: 17.6, capMicroUsd }
    expect(allowance([], nearly, now)).toMatchObject({ ask: 2 })
    const over = allowance([], { microUsd: 960_000, requests: 19.2, capMicroUsd }, now)
    expect(over).toMatchObject({ ask: 0, until: new Date('2026-04-01T00:00:00Z') })
    expect('why' in over && over.why).toBe('The 1.00 $ it may cost this month are spent.')
  })

  it('spreads those who come back over nine seconds, none of them before the reset', () => {
    expect(afterReset(now, 0)).toEqual(inMs(SECOND))
    expect(afterReset(now, 0.999).getTime()).toBeLessThan(inMs(10 * SECOND).getTime())
  })
})

describe('a budget after a poll (L4)', () => {
  const taken = (ask: number, ...windows: Window[]): Taken => ({ ask, windows, halfOpen: false })
  const settle = (stored: Window[], reported: Window[], taken: Taken, used: number, at = now) =>
    settled(stored, reported, taken, used, at)

  it('believes the network, less what others took and have not used yet', () => {
    // 300, of which this poll took 40 and another 40; this one used 3, so the network saw 297.
    const stored = [aWindow({ remaining: 220 })]
    const { keep } = settle(
      stored,
      [aWindow({ remaining: 297, resetAt: inMs(15 * MINUTE + SECOND) })],
      taken(40, aWindow()),
      3,
    )
    expect(keep).toEqual([aWindow({ remaining: 257 })])
    // Somebody outside uses the same app: the network's smaller figure stands.
    expect(settle(stored, [aWindow({ remaining: 12 })], taken(40, aWindow()), 3).keep).toEqual([
      aWindow({ remaining: 12 }),
    ])
  })

  it('is not taken for a new window because an answer was late, and closed it stays until the later word', () => {
    const stored = [aWindow({ remaining: 220 })]
    const late = (remaining: number) => [aWindow({ remaining, resetAt: inMs(15 * MINUTE + 11 * SECOND) })]
    expect(settle(stored, late(297), taken(40, aWindow()), 3).keep).toEqual([aWindow({ remaining: 257 })])
    expect(settle(stored, late(0), taken(40, aWindow()), 3).keep).toEqual(late(0))
  })

  it('gives back what was not needed when the network says nothing', () => {
    expect(settle([aWindow({ remaining: 260 })], [], taken(40, aWindow()), 3).keep).toEqual([
      aWindow({ remaining: 297 }),
    ])
    const renewed = aWindow({ remaining: 300, resetAt: inMs(HOUR) })
    expect(settle([renewed], [], taken(40, aWindow()), 3)).toEqual({ keep: [], drop: [] })
  })

  it('begins anew with a new window, and does not let an old answer bring back an old one', () => {
    const next = aWindow({ remaining: 299, resetAt: inMs(30 * MINUTE) })
    expect(settle([aWindow({ remaining: 5 })], [next], taken(5, aWindow()), 1).keep).toEqual([next])
    expect(settle([next], [aWindow({ remaining: 4 })], taken(5, aWindow()), 1).keep).toEqual([
      { ...next, remaining: 303 },
    ])
  })

  it('keeps to a refusal that opens sooner than was said before, and not to one of a window that is over', () => {
    const [stored, refused] = [aWindow({ remaining: 220 }), aWindow({ remaining: 0, resetAt: inMs(5 * MINUTE) })]
    expect(settle([stored], [refused], taken(40, aWindow()), 1).keep).toEqual([refused])
    const given = { ...stored, remaining: 259 }
    expect(settle([stored], [refused], taken(40, aWindow()), 1, inMs(6 * MINUTE)).keep).toEqual([given])
  })

  it('after a trial takes the network at its word, and forgets a window of which it says nothing', () => {
    const tried = aWindow({ remaining: 0, resetAt: inMs(-SECOND) })
    const trial: Taken = { ask: 1, windows: [tried], halfOpen: true }
    const held = aWindow({ remaining: 0, resetAt: inMs(MINUTE) })
    const short = aWindow({ remaining: 9, resetAt: inMs(10 * SECOND) })
    expect(settle([held], [short], trial, 1)).toEqual({ keep: [short], drop: [] })
    expect(settle([held], [], trial, 1)).toEqual({ keep: [], drop: [tried] })
  })
})

describe('a refusal', () => {
  const spent = openMeter().spent()
  it('without a word about a window closes all of them until it says (L4)', () => {
    const error = new ConnectorError('rate-limited', 'slow down', { retryAt: inMs(90 * SECOND) })
    expect(windowOfRefusal(error, spent, 'app', now)).toMatchObject({
      key: 'all',
      remaining: 0,
      resetAt: inMs(90 * SECOND),
    })
    expect(windowOfRefusal(error, { ...spent, rates: [aWindow({ remaining: 0 })] }, 'app', now)).toBeNull()
    expect(windowOfRefusal(new ConnectorError('network-down', 'away'), spent, 'app', now)).toBeNull()
  })

  it('for a used-up quota lasts until the next UTC day, where the network does not say; a rate limit a minute', () => {
    expect(windowOfRefusal(new ConnectorError('quota', 'used up'), spent, 'app', now)?.resetAt).toEqual(
      new Date(Math.ceil(now.getTime() / DAY) * DAY),
    )
    expect(windowOfRefusal(new ConnectorError('rate-limited', 'slow'), spent, 'app', now)?.resetAt).toEqual(
      inMs(MINUTE),
    )
  })
})
