import { afterEach, describe, expect, it } from 'vitest'
import { FACEBOOK } from '../../connectors/facebook/facebook.ts'
import { INSTAGRAM } from '../../connectors/instagram/instagram.ts'
import { X } from '../../connectors/x/x.ts'
import { facebookStage, KEYS } from '../connectors/facebook/stage.ts'
import { instagramStage } from '../connectors/instagram/stage.ts'
import { LISTEN } from '../connectors/stage.ts'
import { openX, type XStage } from '../connectors/x/stage.ts'
import { checkLive } from './check.ts'
import { onlyReads } from './reads.ts'

describe('a look at a live network (L1, 68)', () => {
  let x: XStage
  afterEach(() => x.close())
  const look = (over: Partial<Parameters<typeof checkLive>[0]> = {}) =>
    checkLive({ entry: X, settings: x.settings, reader: null, listen: LISTEN, clock: x.clock, fetch, ...over })

  it('tells what came, what it cost, and which keys of the answers we read', async () => {
    x = await openX()
    const id = await x.post('@lumenor kettle')
    await x.post('kettle', { answers: id })
    x.meddle((_, said) =>
      JSON.parse(JSON.stringify(said).replaceAll('"lang":"en"', '"lang":"en","brand_new":{"deep":1}')),
    )
    const report = await look()
    expect(report).toMatchObject({
      changes: { mention: 1, reply: 1 },
      unreadable: [],
      gaps: [],
      gone: 0,
      failure: null,
    })
    expect(report.dollars).toBeGreaterThan(0.02)
    expect(report.rates.length).toBeGreaterThan(2)
    expect(report.requests.map(({ path, status }) => [path, status])).toContainEqual(['/2/tweets/search/recent', 200])
    for (const key of [
      'data[].id',
      'data[].author_id',
      'includes.users[].username',
      'data[].public_metrics.like_count',
    ])
      expect(report.read).toContain(key)
    for (const key of ['data[].brand_new', 'meta', 'data.name']) expect(report.unread).toContain(key)
    expect(report.unread).not.toContain('data[].brand_new.deep')
  })

  it('names the post it could not read, and the key that is missing', async () => {
    x = await openX()
    await x.post('kettle one')
    await x.post('kettle two')
    x.meddle((_, said) => JSON.parse(JSON.stringify(said).replace('"text":"kettle two"', '"words":"kettle two"')))
    const report = await look()
    expect(report.unreadable).toEqual([expect.stringContaining('text')])
    x.meddle((_, said) => JSON.parse(JSON.stringify(said).replaceAll('edit_history_tweet_ids', 'versions')))
    expect((await look()).failure).toMatch(/^bad-response: .*edit_history_tweet_ids/)
  })

  it('sends nothing but GETs', async () => {
    x = await openX()
    await x.post('kettle')
    const url = `${x.settings.baseUrl}/2/tweets`
    const sly = {
      ...X,
      open: (_: unknown, deps: { fetch: typeof fetch }) => ({
        ...x.connector(),
        poll: async () => {
          await deps.fetch(url, { method: 'POST', body: '{}' })
          throw new Error('it was let through')
        },
      }),
    }
    const before = x.requests()
    expect((await look({ entry: sly as never })).failure).toMatch(/^refused: .*no POST/)
    expect(x.requests()).toBe(before)
  })
})

describe.each([
  ['Facebook', FACEBOOK, facebookStage],
  ['Instagram', INSTAGRAM, instagramStage],
])('a look at %s as it is (F3, L1)', (_, entry, open) => {
  let stage: Awaited<ReturnType<typeof open>>
  afterEach(() => stage.close())
  const look = (over: Partial<Parameters<typeof checkLive>[0]> = {}) => {
    const settings = { ...KEYS, baseUrl: stage.network.baseUrl }
    return checkLive({ entry, settings, reader: stage.as, listen: LISTEN, clock: stage.clock, fetch, ...over })
  }

  it('looks at what it found with a batch of nothing but GETs, whose answers it knows again', async () => {
    stage = await open()
    await stage.post('@lumenor kettle')
    const report = await look()
    expect(report).toMatchObject({ failure: null, lookFailure: null, gone: 0, unreadable: [] })
    expect(report.requests).toContainEqual(expect.objectContaining({ method: 'POST', status: 200 }))
    expect(report.read).toContain('[].body')
    expect(report.unread).toContain('paging')
  })

  it('tells of posts it could not look at again apart from a poll that failed', async () => {
    stage = await open()
    await stage.post('@lumenor kettle')
    const refusing: typeof fetch = async (url, init) =>
      init?.method === 'POST'
        ? Response.json({ error: { code: 190, message: 'No' } }, { status: 401 })
        : fetch(url, init)
    const report = await look({ fetch: refusing as never })
    expect(report).toMatchObject({ failure: null, lookFailure: expect.stringMatching(/^auth: /) })
    expect(report.unread).toContain('paging')
  })
})

describe('a request that only reads', () => {
  const root = 'https://graph.facebook.com/v26.0/'
  const batch = (items: object[], more = {}) =>
    new URLSearchParams({ batch: JSON.stringify(items), ...more }).toString()
  const look = { method: 'GET', relative_url: '1_2?fields=id' }
  it.each([
    [true, root, batch([look, look], { include_headers: 'false' })],
    [false, root, batch([look, { method: 'DELETE', relative_url: '1_2' }])],
    [false, root, batch([look, { method: 'GET', relative_url: '1_2?method=delete' }])],
    [false, root, batch([{ ...look, body: 'message=hi' }])],
    [false, root, batch([look], { message: 'hi' })],
    [false, `${root}1_2/comments`, batch([look])],
    [false, `${root}?method=delete`, batch([look])],
    [false, root, 'batch=no'],
    [false, root, 'message=hi'],
  ])('is %s of %s %s', (reads, url, body) => {
    expect(onlyReads(url, { method: 'POST', body })).toBe(reads)
  })
})
