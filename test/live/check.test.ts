import { afterEach, describe, expect, it } from 'vitest'
import { X } from '../../connectors/x/x.ts'
import { LISTEN } from '../connectors/stage.ts'
import { openX, type XStage } from '../connectors/x/stage.ts'
import { checkLive } from './check.ts'

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
