import { describe, expect, it } from 'vitest'
import type { Rate } from '../../connectors/connector.ts'
import { call, type Fetch, retryAt } from '../../connectors/http.ts'
import { DAY, MINUTE, SECOND } from '../../src/domain/clock.ts'

const now = new Date('2026-11-21T09:00:00Z')
const ahead = { date: 'Sat, 21 Nov 2026 09:05:00 GMT' }
const behind = { date: 'Sat, 21 Nov 2026 08:55:00 GMT' }
const seconds = (at: Date) => (at.getTime() - now.getTime()) / 1000

describe('when a refused request may be made again (L4)', () => {
  it.each([
    ['seconds', { 'retry-after': '30' }, 30],
    ['no wait', { 'retry-after': '0' }, 0],
    ['a date', { 'retry-after': 'Sat, 21 Nov 2026 09:10:00 GMT' }, 600],
    ['a date in the past', { 'retry-after': 'Sat, 21 Nov 2026 08:00:00 GMT' }, 0],
    ['a year', { 'retry-after': '31536000' }, 3600],
    ['a number beyond all numbers', { 'retry-after': '9'.repeat(400) }, 3600],
    ['nonsense', { 'retry-after': 'soon' }, 60],
    ['a negative number', { 'retry-after': '-5' }, 0],
    ['a window that resets', { 'ratelimit-reset': '12' }, 12],
    ['nothing at all', {}, 60],
    ['a date of a clock that is five minutes ahead', { ...ahead, 'retry-after': 'Sat, 21 Nov 2026 09:06:00 GMT' }, 60],
    [
      'a date of a clock that is five minutes behind',
      { ...behind, 'retry-after': 'Sat, 21 Nov 2026 08:56:00 GMT' },
      60,
    ],
    ['a date out of a cache', { ...behind, age: '300', 'retry-after': 'Sat, 21 Nov 2026 09:01:00 GMT' }, 60],
  ])('reads %s', (_, headers, wait) => {
    const at = retryAt(new Headers(headers as Record<string, string>), now)
    expect(seconds(at)).toBeGreaterThanOrEqual(0)
    if (wait === 0) expect(seconds(at)).toBeLessThanOrEqual(60)
    else expect(seconds(at)).toBe(wait)
  })
})

/** What the meter hears of a window that the network says opens then; `lateMs`: how long its answer takes. */
async function heard(headers: Record<string, string>, told: Partial<Rate>, lateMs = 0): Promise<Rate[]> {
  const rates: Rate[] = []
  let at = now
  await call(
    {
      fetch: async () => {
        at = new Date(now.getTime() + lateMs)
        return Response.json({}, { headers })
      },
      clock: { now: () => at },
      meter: { request: () => {}, charge: () => {}, rate: (rate) => void rates.push(rate) },
      rates: () => [{ scope: 'app', key: 'all', limit: null, remaining: 0, resetAt: now, ...told }],
    },
    { method: 'GET', url: 'https://net.example/', signal: new AbortController().signal },
  )
  return rates
}
const inFiveMinutes = new Date(now.getTime() + 5 * MINUTE)

describe('a network whose clock is not ours (L4)', () => {
  it.each([
    ['ahead', ahead, '2026-11-21T09:06:00Z'],
    ['behind', behind, '2026-11-21T08:56:00Z'],
  ])('opens its window when it opens there: %s', async (_, headers, told) => {
    const rates = await heard(headers, { resetAt: new Date(told) })
    expect(rates.map(({ resetAt }) => seconds(resetAt))).toEqual([60])
  })

  it.each([
    ['six hours old', 'Sat, 21 Nov 2026 03:00:00 GMT'],
    ['of 1970', 'Thu, 01 Jan 1970 00:00:00 GMT'],
    ['a day ahead', 'Sun, 22 Nov 2026 09:00:00 GMT'],
    ['at the end of time', '-271821-04-20T00:00:00Z'],
    ['no date', 'soon'],
  ])('is taken at its word where its Date cannot be right: %s', async (_, date) => {
    const rates = await heard({ date }, { resetAt: inFiveMinutes })
    expect(rates.map(({ resetAt }) => seconds(resetAt))).toEqual([300])
    const later = retryAt(new Headers({ date, 'retry-after': 'Sat, 21 Nov 2026 09:10:00 GMT' }), now)
    expect(seconds(later)).toBe(600)
  })

  it('is not taken for another because its answer came late', async () => {
    const date = 'Sat, 21 Nov 2026 09:00:00 GMT'
    const rates = await heard({ date }, { resetAt: inFiveMinutes }, 9 * SECOND)
    expect(rates.map(({ resetAt }) => seconds(resetAt))).toEqual([300])
  })
})

describe('a window that cannot be (L4)', () => {
  it.each([
    ['in 2083', new Date('2083-01-01T00:00:00Z'), DAY / SECOND],
    ['before there were clocks', new Date('-010000-01-01T00:00:00Z'), -DAY / SECOND],
  ])('closes nobody out for longer than a day: it opens %s', async (_, resetAt, opens) => {
    expect((await heard({}, { resetAt })).map((rate) => seconds(rate.resetAt))).toEqual([opens])
  })

  it('is not heard of where nothing can be read of it, and holds no more than can be stored', async () => {
    expect(await heard({}, { resetAt: new Date(Number.NaN) })).toEqual([])
    expect(await heard({}, { remaining: Number.NaN })).toEqual([])
    const beyond = await heard({}, { limit: Number.POSITIVE_INFINITY, remaining: 10 ** 12 })
    expect(beyond).toMatchObject([{ limit: 1_000_000_000, remaining: 1_000_000_000 }])
  })
})

describe('one request', () => {
  const answering =
    (response: () => Response | Promise<Response>): Fetch =>
    async () =>
      response()
  const ask = (fetch: Fetch, method: 'GET' | 'POST' = 'GET') =>
    call(
      { fetch, clock: { now: () => now }, maxBytes: 1000 },
      { method, url: 'https://net.example/x?q=1', signal: new AbortController().signal },
    )

  it('reads JSON, and nothing at all', async () => {
    expect((await ask(answering(() => Response.json({ a: 1 })))).json).toEqual({ a: 1 })
    expect((await ask(answering(() => new Response(null, { status: 204 })))).json).toBeUndefined()
  })

  it.each([
    [400, 'refused'],
    [401, 'auth'],
    [403, 'refused'],
    [404, 'gone'],
    [409, 'refused'],
    [410, 'gone'],
    [422, 'refused'],
    [429, 'rate-limited'],
    [500, 'bad-response'],
    [503, 'bad-response'],
    [307, 'refused'],
  ])('takes status %i as %s', async (status, kind) => {
    await expect(ask(answering(() => new Response('<h1>no</h1>', { status })))).rejects.toMatchObject({ kind, status })
  })

  it('repeats what the network said, briefly, and where it was asked, never how', async () => {
    const body = { error: { code: 'nope', message: 'x'.repeat(900) } }
    const error = await ask(answering(() => Response.json(body, { status: 403 }))).catch((error: Error) => error)
    expect(error).toMatchObject({ code: 'nope', message: expect.stringMatching(/^net\.example refused/) })
    expect((error as Error).message.length).toBeLessThan(300)
  })

  it('believes the status of an answer whose words are too many', async () => {
    const flood = answering(() => new Response('x'.repeat(5000), { status: 403 }))
    await expect(ask(flood, 'POST')).rejects.toMatchObject({ kind: 'refused', status: 403 })
  })

  it('stops reading an endless answer', async () => {
    let sent = 0
    const endless = new ReadableStream({
      pull(controller) {
        sent += 1
        controller.enqueue(new Uint8Array(100))
      },
    })
    await expect(ask(answering(() => new Response(endless)))).rejects.toMatchObject({ kind: 'bad-response' })
    expect(sent).toBeLessThan(30)
  })

  it('tells a broken read, which may be repeated, from a broken write, which may have happened', async () => {
    const broken = answering(() => Promise.reject(new TypeError('fetch failed', { cause: { code: 'ECONNRESET' } })))
    await expect(ask(broken)).rejects.toMatchObject({ kind: 'network-down', retryable: true })
    await expect(ask(broken, 'POST')).rejects.toMatchObject({ kind: 'timeout', retryable: false })
    const unreachable = answering(() => Promise.reject(new TypeError('fetch failed', { cause: { code: 'ENOTFOUND' } })))
    await expect(ask(unreachable, 'POST')).rejects.toMatchObject({ kind: 'network-down', retryable: true })
  })
})
