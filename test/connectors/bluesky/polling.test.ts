import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Connector, Cursor, PollInput } from '../../../connectors/connector.ts'
import type { Fetch } from '../../../connectors/http.ts'
import { MINUTE } from '../../../src/domain/clock.ts'
import { calm, drain, failure, ids, LISTEN } from '../stage.ts'
import { type BlueskyStage, blueskyStage } from './stage.ts'

describe('polling bluesky', () => {
  let stage: BlueskyStage
  let connector: Connector
  beforeEach(async () => {
    stage = await blueskyStage()
    connector = stage.connector()
  })
  afterEach(() => stage.close())

  const poll = (over: Partial<PollInput> = {}, from = connector) =>
    from.poll({ listen: LISTEN, cursor: null, maxItems: 100, signal: calm(), ...over })
  const mentions = (changes: Awaited<ReturnType<typeof poll>>['changes']) =>
    changes.flatMap((change) => (change.type === 'upsert' ? [change.mention] : []))
  type Page = { posts?: object[]; notifications?: object[]; cursor?: string }
  /** The network with its answers to one method changed on the way. */
  const meddling = (method: string, change: (page: Page, url: string) => object): Fetch => {
    return async (url, init) => {
      const response = await fetch(url, init)
      if (!url.includes(method)) return response
      return new Response(JSON.stringify(change((await response.json()) as Page, url)), response)
    }
  }

  it('maps a post with everything the network says of it', async () => {
    const id = stage.write({ text: 'my kettle hums', langs: ['en-GB', 'de'] })
    await stage.like(id)
    expect(mentions((await poll()).changes)).toEqual([
      {
        ref: {
          network: 'bluesky',
          instance: 'bluesky',
          id,
          url: id.replace('at://', 'https://bsky.app/profile/').replace('app.bsky.feed.post', 'post'),
        },
        kind: 'keyword',
        author: { id: expect.stringMatching(/^did:plc:/), handle: 'ana.test', name: 'ana', followers: 8 },
        text: 'my kettle hums',
        language: 'en-GB',
        createdAt: stage.clock.now(),
        metrics: { likes: 1, reposts: 0, replies: 0, quotes: 0, bookmarks: 0 },
      },
    ])
  })

  it('leaves out our own posts and what the network hides, and gives a quote once (16, 17)', async () => {
    const { world } = stage.network
    const brand = world.accounts.get(stage.brand)!
    const createdAt = stage.clock.now().toISOString()
    const own = world.write(brand, world.nextKey(), { $type: 'app.bsky.feed.post', text: 'our new kettle', createdAt })
    const hidden = stage.write({ text: 'a kettle to hide' })
    world.posts.get(hidden)!.labels.push('!hide')
    const record = { uri: own.uri, cid: own.cid }
    const quote = stage.write({ text: 'kettle!', embed: { $type: 'app.bsky.embed.record', record } })
    const found = mentions((await poll()).changes)
    expect(found.map(({ ref, kind }) => [ref.id, kind])).toEqual([[quote, 'quote']])
  })

  it('says that an account calls itself automated, and that a post may not be answered (44)', async () => {
    const id = stage.write({ text: 'kettle prices today' })
    const post = stage.network.world.posts.get(id)!
    post.author.labels.push('bot')
    post.closed = true
    const [mention] = mentions((await poll()).changes)
    expect(mention).toMatchObject({ author: { isBot: true }, closed: { reason: 'closed', link: mention?.ref.url } })
  })

  it('writes out the links that apps shorten, by their place in bytes, and lets bad facets be (20)', async () => {
    const text = '👩‍👩‍👧 kettle: example.com/a-very... é'
    const byteStart = Buffer.byteLength(text.slice(0, text.indexOf('example')))
    const link = (uri: string) => [{ $type: 'app.bsky.richtext.facet#link', uri }]
    const good = {
      index: { byteStart, byteEnd: byteStart + 21 },
      features: link('https://example.com/a-very-long-way'),
    }
    const bad = { index: { byteStart: 3, byteEnd: 9999 }, features: link('https://elsewhere.example') }
    stage.write({ text, facets: [good, bad] })
    expect(mentions((await poll()).changes)[0]?.text).toBe('👩‍👩‍👧 kettle: https://example.com/a-very-long-way é')
  })

  it('searches for the names of other accounts (L2)', async () => {
    stage.network.join('lumenor-help.bsky.social')
    const did = stage.network.world.byHandle('lumenor-help.bsky.social')!.did
    const text = 'hello @lumenor-help.bsky.social'
    const features = [{ $type: 'app.bsky.richtext.facet#mention', did }]
    const id = stage.write({ text, facets: [{ index: { byteStart: 6, byteEnd: 31 }, features }] })
    const listen = { handles: ['@Lumenor-help'], words: [], exclude: [] }
    expect(ids((await poll({ listen })).changes)).toEqual([id])
  })

  it('loses nothing when posts vanish between two pages of a search whose cursor counts (1)', async () => {
    const made: string[] = []
    for (let n = 0; n < 12; n++) {
      // Further apart than what is read again at each poll.
      stage.clock.pass(30 * MINUTE)
      made.push(await stage.post(`kettle ${n}`))
    }
    const first = await poll({ maxItems: 5 })
    for (const id of ids(first.changes)) await stage.remove(id)
    const rest = await drain(connector, first.cursor, 5)
    expect([...ids(first.changes), ...ids(rest.changes)].toSorted()).toEqual(made.toSorted())
  })

  it('goes on behind pages of notifications that are empty once filtered (9, 16)', async () => {
    const id = await stage.post('@lumenor hello')
    const brand = stage.network.world.accounts.get(stage.brand)!
    const ana = stage.network.world.byHandle('ana.test')!
    const { world } = stage.network
    for (let n = 0; n < 250; n++) {
      stage.clock.pass(10)
      const createdAt = stage.clock.now().toISOString()
      world.like(world.write(brand, world.nextKey(), { $type: 'app.bsky.feed.post', text: 'x', createdAt }), ana)
    }
    expect(ids((await poll({ listen: { handles: ['lumenor'], words: [], exclude: [] } })).changes)).toEqual([id])
  })

  it('sets one unreadable post aside, once, and goes on with the page (L8, 22)', async () => {
    const id = await stage.post('kettle one')
    const bad = { uri: 17, indexedAt: stage.clock.now().toISOString() }
    const over = { fetch: meddling('searchPosts', (page) => ({ ...page, posts: [bad, ...(page.posts ?? [])] })) }
    const first = await poll({}, stage.connector(over))
    expect(ids(first.changes)).toEqual([id])
    expect(first.changes.filter(({ type }) => type === 'unreadable')).toMatchObject([
      { raw: bad, reason: expect.stringContaining('uri') },
    ])
    expect((await poll({ cursor: first.cursor }, stage.connector(over))).changes).toEqual([])
  })

  it('refuses a page of another shape, and stays where it was (22)', async () => {
    const id = await stage.post('kettle one')
    const drifted = stage.connector({ fetch: meddling('searchPosts', ({ posts }) => ({ hits: posts })) })
    expect((await failure(poll({}, drifted))).kind).toBe('bad-response')
    expect(ids((await poll()).changes)).toEqual([id])
  })

  it('stops when the network keeps giving one page, and tells of it (8)', async () => {
    for (let n = 0; n < 3; n++) await stage.post(`kettle ${n}`)
    const stuck = meddling('searchPosts', (page) => ({ ...page, cursor: 'stuck' }))
    const result = await poll({}, stage.connector({ fetch: stuck }))
    expect(result.gaps).toEqual([expect.stringContaining('same page')])
    expect(ids(result.changes)).toHaveLength(3)
  })

  it('is not made deaf or blind by a post that claims another time (14)', async () => {
    for (const createdAt of ['2200-01-01T00:00:00.000Z', '1970-01-01T00:00:00.000Z'])
      stage.write({ text: '@lumenor kettle', createdAt, ...{ facets: named(stage.brand) } })
    const made = [await stage.post('kettle 1'), await stage.post('kettle 2')]
    const first = await poll({ maxItems: 1 })
    const { changes, cursor } = await drain(connector, first.cursor, 1)
    expect([...ids(first.changes), ...ids(changes)]).toEqual(expect.arrayContaining(made))
    stage.clock.pass(20 * MINUTE)
    const next = await stage.post('kettle 3')
    expect(ids((await poll({ cursor })).changes)).toEqual([next])
  })

  it('finds posts that the network was up to a quarter of an hour late with', async () => {
    const first = await poll()
    const late = stage.write({ text: 'kettle bridged from elsewhere' }, 14 * MINUTE)
    let cursor: Cursor = first.cursor
    const got: string[] = []
    for (let n = 0; n < 16; n++) {
      stage.clock.pass(MINUTE)
      await stage.post(`kettle at ${n}`)
      const result = await poll({ cursor })
      got.push(...ids(result.changes))
      cursor = result.cursor
    }
    expect(got.filter((id) => id === late)).toEqual([late])
    expect(got).toHaveLength(17)
  })

  it('stops at the last request that the network allows, before it has to refuse one (28)', async () => {
    const poor = await blueskyStage({ limit: 2 })
    for (let n = 0; n < 6; n++) await poor.post(`kettle ${n}`)
    const spent: number[] = []
    const meter = { request: () => void spent.push(1), charge: () => {}, rate: () => {} }
    const first = await poll({ maxItems: 2 }, poor.connector({ meter }))
    expect([first.state, spent.length]).toEqual(['more', 2])
    const { kind, retryAt } = await failure(poll({ cursor: first.cursor }, poor.connector()))
    expect(kind).toBe('rate-limited')
    expect(retryAt).toEqual(new Date(Math.floor(poor.clock.now().getTime() / 1000) * 1000 + 5 * MINUTE))
    poor.network.refill()
    const rest = await poll({ cursor: first.cursor }, poor.connector())
    expect(ids([...first.changes, ...rest.changes])).toHaveLength(
      new Set(ids([...first.changes, ...rest.changes])).size,
    )
    await poor.close()
  })

  it('asks nothing more once the network has closed, whichever listing was at it, and says until when (28)', async () => {
    const poor = await blueskyStage({ limit: 3 })
    await poor.post('@lumenor hello')
    const listen = { handles: ['lumenor'], words: ['kettle', 'teapot'], exclude: [] }
    // Notifications, their authors, kettles; the teapots wait.
    const first = await poll({ listen }, poor.connector())
    expect(ids(first.changes)).toHaveLength(1)
    expect([first.state, poor.requests()]).toEqual(['more', 3])
    poor.network.refill()
    expect((await poll({ listen, cursor: first.cursor }, poor.connector())).state).toBe('drained')
    await poor.close()
  })

  it('asks once for the followers of an author, within its requests, and does without them (R9, L4)', async () => {
    for (let n = 0; n < 5; n++) await stage.post(`kettle ${n}`)
    const asked = () => stage.network.log.filter(({ method }) => method.endsWith('getProfiles')).length
    const first = await poll({ maxItems: 2, maxRequests: 3 })
    expect(mentions(first.changes).map(({ author }) => author.followers)).toEqual([8, 8])
    expect([asked(), first.state]).toEqual([1, 'more'])
    const { cursor } = await drain(connector, first.cursor)
    const before = asked()
    await poll({ cursor })
    expect(asked()).toBe(before)
    const without = meddling('getProfiles', () => ({ profiles: 'none today' }))
    await stage.post('kettle 5')
    const [mention] = mentions((await poll({ cursor }, stage.connector({ fetch: without }))).changes)
    expect(mention).toMatchObject({ text: 'kettle 5' })
    expect(mention?.author).not.toHaveProperty('followers')
  })

  it('asks for an account before it asks the network', async () => {
    const before = stage.requests()
    expect((await failure(poll({}, stage.connector({ reader: null })))).kind).toBe('auth')
    expect(stage.requests()).toBe(before)
  })
})

const named = (did: string) => [
  { index: { byteStart: 0, byteEnd: 8 }, features: [{ $type: 'app.bsky.richtext.facet#mention', did }] },
]
