import { afterEach, describe, expect, it } from 'vitest'
import type { Change, Cursor, PollInput } from '../../../connectors/connector.ts'
import { DAY, HOUR, MINUTE } from '../../../src/domain/clock.ts'
import { calm, failure, ids, pollWith, replyWith } from '../stage.ts'
import { openX, type XStage } from './stage.ts'

let x: XStage
afterEach(() => x?.close())
const poll = (cursor: Cursor | null = null, more: Partial<PollInput> = {}) =>
  x.connector().poll({
    listen: { handles: ['lumenor'], words: ['kettle'], exclude: [] },
    cursor,
    maxItems: 100,
    signal: calm(),
    ...more,
  })
const mentions = (changes: Change[]) => changes.flatMap((change) => (change.type === 'upsert' ? [change.mention] : []))

describe.each(['tweet', 'post'] as const)('what X says in its %s words (L1, L3)', (vocabulary) => {
  it('becomes a mention with everything that is known of it', async () => {
    x = await openX({ vocabulary })
    const entry = x.made('@Lumenor my kettle hums https://pics.example/k?a=1&b=2')
    entry.likes = 3
    expect((await poll()).changes).toEqual([
      {
        type: 'upsert',
        mention: {
          ref: {
            network: 'x',
            instance: 'x.com',
            id: entry.conversation,
            url: `https://x.com/ana/status/${entry.conversation}`,
          },
          kind: 'mention',
          author: { id: x.author.id, handle: 'ana', name: 'ana', followers: 12 },
          text: '@Lumenor my kettle hums https://pics.example/k?a=1&b=2',
          language: 'en',
          createdAt: new Date(entry.versions[0]!.at),
          metrics: { likes: 3, reposts: 0, quotes: 0, replies: 0, impressions: 0, bookmarks: 0 },
        },
      },
    ])
  })

  it('is read to its end, however long (10, 16)', async () => {
    x = await openX({ vocabulary })
    const text = `my kettle ${'& leaks '.repeat(80)}from the lid, see https://pics.example/lid`
    x.made(text)
    expect(mentions((await poll()).changes)[0]?.text).toBe(text)
  })

  it('is no mention when it is a repost, and one when it is a quote (11, 17)', async () => {
    x = await openX({ vocabulary })
    const first = x.made('kettle one')
    x.made('RT @ana: kettle one', { reposts: first.conversation })
    x.made('RT @lumenor: kettles are here', { reposts: first.conversation })
    const quote = x.made('this kettle, really', { quotes: first.conversation })
    x.world.post(x.brand, 'Our kettle is back @lumenor')
    x.clock.pass(MINUTE)
    expect(mentions((await poll()).changes).map(({ ref, kind }) => [ref.id, kind])).toEqual([
      [first.conversation, 'keyword'],
      [quote.conversation, 'quote'],
    ])
  })

  it('stays one mention through its edits, and its address shows the last (18)', async () => {
    x = await openX({ vocabulary })
    const entry = x.made('kettle cold')
    const first = await poll()
    await x.edit?.(entry.conversation, 'kettle warm')
    const last = entry.versions[1]!.id
    expect(mentions((await poll(first.cursor)).changes)).toMatchObject([
      { ref: { id: entry.conversation, url: `https://x.com/ana/status/${last}` }, text: 'kettle warm' },
    ])
    expect(entry.conversation).not.toBe(last)
  })

  it('is refused, naming the key, when a key that was asked for is nowhere (22)', async () => {
    x = await openX({ vocabulary })
    await x.post('kettle one')
    x.meddle((_, said) => JSON.parse(JSON.stringify(said).replaceAll(/edit_history_(tweet|post)_ids/g, 'versions')))
    const error = await failure(poll())
    expect(error).toMatchObject({ kind: 'bad-response', message: expect.stringContaining('edit_history_tweet_ids') })
    x.meddle(null)
    expect(mentions((await poll()).changes)).toHaveLength(1)
  })

  it('answers and takes nothing that X’s own description does not know (67)', async (test) => {
    x = await openX({ vocabulary })
    if (!x.described) return test.skip('X’s description does not lie beside the checkout')
    const to = await x.post('@lumenor kettle')
    const first = await poll(null, {
      listen: { handles: ['lumenor', 'ana'], words: ['tea pot', 'c++'], exclude: ['x'] },
    })
    await poll(first.cursor)
    const sent = await replyWith({ stage: x, connector: x.connector() }, to)
    if (sent.outcome !== 'published') return expect.fail(sent.outcome)
    await x.post('thanks', { answers: sent.ref.id })
    await x.connector().standing([sent.ref, x.ref('1')], calm())
    await x.connector().remove?.({ ref: sent.ref, as: x.as, signal: calm() })
    expect(x.faults).toEqual([])
    expect(new Set(x.heard.map(({ method, path }) => `${method} ${path.replace(/\d{4,}/, ':id')}`))).toEqual(
      new Set([
        'GET /2/users/by/username/lumenor',
        'GET /2/users/:id/mentions',
        'GET /2/tweets/search/recent',
        'POST /2/tweets',
        'GET /2/tweets',
        'DELETE /2/tweets/:id',
      ]),
    )
    // It can say no: a search for more than X gives at once.
    const refused = await fetch(`${x.settings.baseUrl}/2/tweets/search/recent?query=kettle&max_results=101`)
    expect([refused.status, x.faults.length]).toEqual([400, 1])
  })
})

describe('listening on X (L2–L4)', () => {
  it('reads mentions of the brand at their own price, and pays for no post twice a day', async () => {
    x = await openX()
    await x.post('@lumenor one')
    await x.post('kettle two')
    const first = await poll()
    // One look at the brand's number, an own read, another's post, and its author each time.
    expect(x.charged.microUsd).toBe(10_000 + (1_000 + 10_000) + (5_000 + 10_000))
    const again = await poll(first.cursor)
    expect([again.changes, x.charged.microUsd]).toEqual([[], 36_000])
    expect(x.heard.filter(({ path }) => path.includes('/by/username/'))).toHaveLength(1)
    expect(x.charged.requests).toBe(5)
  })

  it('pays again for what it reads again on another day', async () => {
    x = await openX({ settings: { handle: undefined } })
    x.clock.pass(15 * HOUR - MINUTE)
    await x.post('kettle one')
    const first = await poll()
    x.clock.pass(MINUTE)
    await poll(first.cursor)
    expect(x.charged.microUsd).toBe(2 * 15_000)
  })

  it('asks again from the same place while it reads page after page (1)', async () => {
    x = await openX({ settings: { handle: undefined } })
    for (let n = 0; n < 25; n++) await x.post(`kettle ${n}`)
    let state = 'more'
    let cursor: Cursor | null = null
    const got: string[] = []
    while (state === 'more') {
      const result = await poll(cursor, { maxItems: 10, maxRequests: 1 })
      ;({ state, cursor } = result)
      got.push(...ids(result.changes))
    }
    expect(new Set(got).size).toBe(25)
    const asked = x.heard.map(({ query }) => [query.get('since_id'), query.get('next_token') !== null])
    const [[since]] = asked as [[string, boolean]]
    expect(asked.slice(0, 3)).toEqual([
      [since, false],
      [since, true],
      [since, true],
    ])
  })

  it('tells what is lost when nobody polled for longer than X keeps posts for searches (3, 10)', async () => {
    x = await openX({ settings: { handle: undefined } })
    await x.post('kettle one')
    const first = await poll()
    x.clock.pass(9 * DAY)
    await x.post('kettle lost')
    x.clock.pass(7 * DAY)
    const found = await x.post('kettle found')
    const second = await poll(first.cursor)
    expect(ids(second.changes)).toEqual([found])
    expect(second.gaps).toEqual([expect.stringMatching(/7 days: those from 2026-11-21.* are lost/)])
    expect((await poll(second.cursor)).gaps).toEqual([])
  })

  it('tells of no loss where there was nothing to read for weeks', async () => {
    x = await openX({ settings: { handle: undefined } })
    let { cursor } = await poll()
    for (let day = 0; day < 20; day++) {
      x.clock.pass(DAY)
      const result = await poll(cursor)
      expect([result.gaps, result.state]).toEqual([[], 'drained'])
      cursor = result.cursor
    }
    const id = await x.post('kettle at last')
    expect(ids((await poll(cursor)).changes)).toEqual([id])
  })

  it('asks several questions when one would be too long, and every word finds its posts (L2)', async () => {
    x = await openX({ summonedOnly: true, settings: { handle: undefined } })
    const words = Array.from({ length: 40 }, (_, n) => `a rather long phrase number ${n}`)
    for (const word of words) x.world.post(x.author, `hear ${word} now`)
    x.clock.pass(MINUTE)
    const { changes, state } = await poll(null, { listen: { handles: [], words, exclude: ['guild'] } })
    expect([ids(changes).length, state]).toEqual([40, 'drained'])
    const queries = x.heard.map(({ query }) => query.get('query') ?? '')
    expect(queries.length).toBeGreaterThan(2)
    for (const query of queries) {
      expect(query.length).toBeLessThanOrEqual(512)
      expect(query).toMatch(/ -is:retweet -guild$/)
    }
  })

  it('leaves out what is excluded from mentions too, which X cannot be asked to', async () => {
    x = await openX()
    await x.post('@lumenor for my guild')
    const wanted = await x.post('@lumenor for my guilds')
    const { changes } = await poll(null, { listen: { handles: ['lumenor'], words: [], exclude: ['Guild'] } })
    expect(ids(changes)).toEqual([wanted])
  })

  it('is not moved by what an admin writes into a word', async () => {
    x = await openX({ settings: { handle: undefined } })
    const words = ['from:lumenor', 'or', 'tea "pot"', '  ', '(x', '#tea', 'naïve']
    await poll(null, { listen: { handles: ['a.b.example'], words, exclude: ['-is:retweet'] } })
    expect(x.heard[0]?.query.get('query')).toBe(
      '("@a.b.example" OR "from:lumenor" OR "or" OR "tea pot" OR "(x" OR #tea OR naïve) -is:retweet -"-is:retweet"',
    )
  })

  it('sets one unreadable post aside, once, and goes on with the page (L8, 22)', async () => {
    x = await openX({ settings: { handle: undefined } })
    for (let n = 0; n < 12; n++) await x.post(`kettle ${n}`)
    const bad = { id: 17, text: null, author_id: '1', edit_history_tweet_ids: [], public_metrics: {} }
    x.meddle((_, said) => {
      const { data, ...rest } = said.body as { data?: object[] }
      return { ...said, body: { ...rest, data: [bad, ...(data ?? [])] } }
    })
    const first = await poll(null, { maxItems: 5 })
    expect(first.changes.map(({ type }) => type).sort()).toEqual(['unreadable', 'upsert', 'upsert', 'upsert', 'upsert'])
    const second = await poll(first.cursor)
    expect(second.changes).toHaveLength(8)
    expect((await poll(second.cursor)).changes).toEqual([])
  })

  it('says what X allows yet, and stops before X has to refuse (L4, 24, 28)', async () => {
    x = await openX({ limit: 2, settings: { handle: undefined } })
    for (let n = 0; n < 35; n++) await x.post(`kettle ${n}`)
    const first = await poll(null, { maxItems: 10 })
    const second = await poll(first.cursor, { maxItems: 10 })
    expect([first.state, second.state, second.changes.length]).toEqual(['more', 'more', 10])
    const resetAt = new Date(Math.ceil(x.clock.now().getTime() / (15 * MINUTE)) * 15 * MINUTE)
    expect(x.charged.rates.at(-1)).toEqual({
      scope: 'app',
      key: 'GET /2/tweets/search/recent',
      limit: 2,
      remaining: 0,
      resetAt,
    })
    const refused = await failure(poll(second.cursor))
    expect(refused).toMatchObject({ kind: 'rate-limited', retryAt: resetAt })
    x.clock.pass(15 * MINUTE)
    expect((await poll(second.cursor)).changes).toHaveLength(15)
  })

  it('does without headers that X leaves out (6)', async () => {
    x = await openX({ rateHeaders: false, limit: 2, settings: { handle: undefined } })
    await x.post('kettle')
    await poll()
    await poll()
    expect(await failure(poll())).toMatchObject({
      kind: 'rate-limited',
      retryAt: new Date(x.clock.now().getTime() + MINUTE),
    })
    expect(x.charged.rates).toEqual([])
  })

  it.each([
    [
      429,
      {
        title: 'UsageCapExceeded',
        detail: 'Usage cap exceeded: Monthly product cap',
        type: 'https://api.twitter.com/2/problems/usage-capped',
      },
      'quota',
      '2026-12-01T00:00:00.000Z',
    ],
    [
      402,
      {
        title: 'CreditsDepleted',
        detail: 'Your account has no credits',
        type: 'https://api.twitter.com/2/problems/credits',
      },
      'quota',
      '2026-11-21T10:00:31.000Z',
    ],
    [
      403,
      {
        title: 'Client Forbidden',
        detail: 'Attach the app to a project',
        type: 'https://api.twitter.com/2/problems/client-forbidden',
      },
      'auth',
      null,
    ],
    [
      400,
      {
        title: 'Invalid Request',
        detail: 'x',
        errors: [{ message: "Invalid 'next_token'" }],
        type: 'https://api.twitter.com/2/problems/invalid-request',
      },
      'bad',
      null,
    ],
    [
      400,
      {
        title: 'Invalid Request',
        detail: "Invalid 'next_token':[b26v]",
        type: 'https://api.twitter.com/2/problems/invalid-request',
      },
      'cursor-expired',
      null,
    ],
  ] as const)('knows what %i %j means (27, 34)', async (status, body, kind, at) => {
    x = await openX({ settings: { handle: undefined } })
    await x.post('kettle')
    x.meddle(() => ({ status, body }))
    const error = await failure(poll())
    expect(error.kind).toBe(kind === 'bad' ? 'refused' : kind)
    expect(error.retryAt?.toISOString() ?? null).toBe(at)
  })

  it('refuses a cursor it kept nothing of its own in', async () => {
    x = await openX()
    const { cursor } = await pollWith(x.connector(), null)
    const other = JSON.stringify({ ...JSON.parse(cursor), rest: { account: 7 } })
    expect((await failure(pollWith(x.connector(), other))).kind).toBe('cursor-expired')
  })
})
