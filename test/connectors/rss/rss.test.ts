import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Connector, Cursor, PollInput } from '../../../connectors/connector.ts'
import { fingerprint } from '../../../connectors/drain.ts'
import { readFeed } from '../../../connectors/rss/feed.ts'
import { RSS } from '../../../connectors/rss/rss.ts'
import { systemRandom } from '../../../src/domain/random.ts'
import { type FaultyServer, openFaultyServer } from '../faulty-server.ts'
import { calm, drain, failure, fixedClock, ids, pollWith, type StageFault } from '../stage.ts'
import { feedStage } from './stage.ts'

type Entry = { guid?: string; author?: string; title: string; text?: string; link?: string; at?: string }
const NOW = '2026-11-21T09:00:00Z'
const xml = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
const rss = (items: Entry[]) =>
  `<?xml version="1.0"?><rss version="2.0"><channel><title>Kettle forum</title><language>en</language>${items
    .map(
      ({ guid, author, title, text = '', link, at = NOW }) =>
        `<item>${author ? `<author>${xml(author)}</author>` : ''}${guid ? `<guid>${xml(guid)}</guid>` : ''}<title>${xml(title)}</title>${link ? `<link>${xml(link)}</link>` : ''}<description>${xml(text)}</description><pubDate>${new Date(at).toUTCString()}</pubDate></item>`,
    )
    .join('')}</channel></rss>`

describe('a feed (L1, L3)', () => {
  const clock = fixedClock(NOW)
  let items: Entry[] = []
  let server: FaultyServer
  let connector: Connector
  let asked: Record<string, string>[] = []
  beforeEach(async () => {
    items = []
    asked = []
    server = await openFaultyServer(({ headers }) => {
      asked.push(headers)
      const text = rss(items)
      const etag = `"${fingerprint(text)}"`
      if (headers['if-none-match'] === etag) return { status: 304, text: '' }
      return { status: 200, headers: { etag }, text }
    })
    connector = RSS.open!({ url: `${server.baseUrl}/latest.rss` }, { fetch, random: systemRandom, clock })
  })
  afterEach(() => server.close())
  const poll = (cursor: Cursor | null = null, more: Partial<PollInput> = {}) =>
    connector.poll({
      listen: { handles: [], words: [], exclude: [] },
      cursor,
      maxItems: 100,
      signal: calm(),
      ...more,
    })

  it('gives each item once, oldest first, and asks nothing of an unchanged feed', async () => {
    items = [
      { guid: '2', title: 'Cold kettle', text: '<p>It stays <b>cold</b></p>', link: 'https://forum.example/2' },
      { guid: '1', title: 'Warm kettle' },
    ]
    const first = await poll()
    expect(ids(first.changes)).toEqual(['1', '2'])
    expect(first.changes[1]).toMatchObject({
      mention: {
        text: 'Cold kettle\n\nIt stays cold',
        ref: { url: 'https://forum.example/2' },
        language: 'en',
        author: { handle: 'Kettle forum' },
      },
    })
    const second = await poll(first.cursor)
    expect(second).toMatchObject({ changes: [], state: 'drained', cursor: first.cursor })
    expect(asked[1]).toHaveProperty('if-none-match')
    items.unshift({ guid: '3', title: 'New kettle' })
    expect(ids((await poll(second.cursor)).changes)).toEqual(['3'])
  })

  it.each([1, 2, 5])('loses none of a long feed read %i at a time', async (maxItems) => {
    items = Array.from({ length: 7 }, (_, n) => ({ guid: `g${n}`, title: `Kettle ${n}` })).toReversed()
    const given: string[] = []
    let cursor: Cursor | null = null
    for (let n = 0, state = 'more'; n < 20 && state === 'more'; n++) {
      const result = await poll(cursor, { maxItems })
      given.push(...ids(result.changes))
      ;({ cursor, state } = result)
    }
    expect(given).toEqual(['g0', 'g1', 'g2', 'g3', 'g4', 'g5', 'g6'])
  })

  it('knows an item by its guid, and by its address and words when the guid changes (19)', async () => {
    items = [{ guid: 'a', title: 'Kettle', link: 'https://forum.example/a?utm_source=rss' }]
    const { cursor } = await poll()
    items = [{ guid: 'b', title: 'Kettle', link: 'http://forum.example/a#new' }]
    expect((await poll(cursor)).changes).toEqual([])
    items = [{ guid: 'a', title: 'Kettle, mended' }]
    expect(ids((await poll(cursor)).changes)).toEqual(['a'])
  })

  it('tells items of one address apart, and items without guid (19)', async () => {
    const link = 'https://forum.example/'
    items = [
      { title: 'One', link },
      { title: 'Two', link },
    ]
    expect(new Set(ids((await poll()).changes)).size).toBe(2)
  })

  it('loses nobody who says the same under the same address (19)', async () => {
    const said = { title: 'Re: Kettle', text: 'Same here' }
    items = [{ ...said, guid: 'c1', author: 'ana', link: 'https://forum.example/t/7#c1' }]
    const first = await poll()
    items.unshift({ ...said, guid: 'c2', author: 'ben', link: 'https://forum.example/t/7#c2' })
    const second = await poll(first.cursor)
    expect(second).toMatchObject({ changes: [{ mention: { ref: { id: 'c2' }, author: { handle: 'ben' } } }] })
    // Nor where a feed names no authors, or one has left it.
    items.unshift({ ...said, guid: 'c3', link: 'https://forum.example/t/7' })
    const third = await poll(second.cursor)
    items = [{ ...said, guid: 'c4', link: 'https://forum.example/t/7' }, items[0]!]
    expect(ids([...third.changes, ...(await poll(third.cursor)).changes])).toEqual(['c3', 'c4'])
    items = [{ ...said, guid: 'c5', author: 'cy', link: 'https://forum.example/t/7' }]
    expect(ids((await poll(second.cursor)).changes)).toEqual(['c5'])
  })

  it('tells of a gap when nothing it knew is left in the feed', async () => {
    items = [{ guid: '1', title: 'Kettle 1' }]
    const { cursor } = await poll()
    items = [{ guid: '9', title: 'Kettle 9' }]
    expect(await poll(cursor)).toMatchObject({ gaps: [expect.stringContaining('not seen')], changes: [{}] })
  })

  it('looks back a day at first, and later takes what claims to be old', async () => {
    items = [
      { guid: 'old', title: 'Old kettle', at: '2026-11-19T09:00:00Z' },
      { guid: 'new', title: 'New kettle' },
    ]
    const first = await poll()
    expect(ids(first.changes)).toEqual(['new'])
    items.unshift({ guid: 'late', title: 'Late kettle', at: '2026-11-18T09:00:00Z' })
    expect(ids((await poll(first.cursor)).changes)).toEqual(['late'])
  })

  it('takes what holds the words, without what is excluded, and looks anew for other words (L2)', async () => {
    items = [
      { guid: '1', title: 'Kettle' },
      { guid: '2', title: 'Kettle guild' },
      { guid: '3', title: 'Teapot' },
    ]
    const listen = { handles: [], words: ['kettle'], exclude: ['guild'] }
    const first = await poll(null, { listen })
    expect(ids(first.changes)).toEqual(['1'])
    // The feed has not changed, and would say so.
    expect(ids((await poll(first.cursor, { listen: { ...listen, words: ['teapot'] } })).changes)).toEqual(['3'])
    items.unshift({ guid: '4', title: 'Another teapot' })
    expect(ids((await poll(first.cursor, { listen: { ...listen, words: ['teapot'] } })).changes)).toEqual(['3', '4'])
  })

  it('looks back a day for other words, as at first (L2)', async () => {
    const told = { author: 'ana', title: 'Teapot' }
    items = [
      { guid: 'new', ...told },
      { guid: 'old', ...told, at: '2026-11-19T09:00:00Z' },
    ]
    const { cursor } = await poll(null, { listen: { handles: [], words: ['kettle'], exclude: [] } })
    const other = { listen: { handles: [], words: ['teapot'], exclude: [] } }
    const first = await poll(cursor, other)
    expect(ids(first.changes)).toEqual(['new'])
    expect((await poll(first.cursor, other)).changes).toEqual([])
  })

  it.each<[StageFault, string]>([
    ['503', 'bad-response'],
    ['429', 'rate-limited'],
    ['html', 'bad-response'],
    ['drop-after', 'network-down'],
    ['redirect', 'refused'],
    ['huge', 'bad-response'],
  ])('tells %s as %s, and loses nothing (25, 61)', async (fault, kind) => {
    items = [{ guid: '1', title: 'Kettle' }]
    server.failNext(fault)
    expect((await failure(poll())).kind).toBe(kind)
    expect(ids((await poll()).changes)).toEqual(['1'])
  })

  it('refuses a cursor of another make (11)', async () => {
    for (const cursor of ['', '42', '{}', '{"v":9}']) expect((await failure(poll(cursor))).kind).toBe('cursor-expired')
  })
})

describe('a feed that shows its newest ten', () => {
  it('loses nothing that it does not tell of, however many come between two polls (5)', async () => {
    const batches = fc.array(fc.integer({ min: 0, max: 14 }), { minLength: 1, maxLength: 6 })
    await fc.assert(
      fc.asyncProperty(batches, async (many) => {
        const stage = await feedStage({ shows: 10 })
        try {
          await stage.post('kettle of the day before')
          let { cursor } = await drain(stage.connector(), null)
          for (const most of many) {
            const made: string[] = []
            for (let n = 0; n < most; n++) made.push(await stage.post(`kettle ${n}`))
            const result = await pollWith(stage.connector(), cursor)
            expect(ids(result.changes)).toEqual(made.slice(-10))
            expect(result.gaps).toHaveLength(most < 10 ? 0 : 1)
            cursor = result.cursor
          }
        } finally {
          await stage.close()
        }
      }),
      { numRuns: 20 },
    )
  })
})

describe('formats of feeds', () => {
  it('reads Atom', () => {
    const { items, title } =
      readFeed(`<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Kettles</title>
      <entry><id>tag:x,2026:1</id><title>Cold</title><link rel="alternate" href="https://x.example/1"/><author><name>Ana</name></author>
      <published>2026-11-21T08:00:00Z</published><content type="html">&lt;p&gt;Still cold&lt;/p&gt;</content></entry></feed>`)
    expect(title).toBe('Kettles')
    expect(items).toEqual([
      {
        id: 'tag:x,2026:1',
        title: 'Cold',
        text: 'Cold\n\nStill cold',
        link: 'https://x.example/1',
        author: 'Ana',
        at: new Date('2026-11-21T08:00:00Z'),
        answers: null,
      },
    ])
  })

  it('reads JSON Feed', () => {
    const feed = {
      version: 'https://jsonfeed.org/version/1.1',
      title: 'Kettles',
      items: [
        {
          id: '1',
          url: 'https://x.example/1',
          content_text: 'Cold again',
          date_published: '2026-11-21T08:00:00Z',
          authors: [{ name: 'Ana' }],
        },
      ],
    }
    expect(readFeed(JSON.stringify(feed)).items).toMatchObject([{ id: '1', text: 'Cold again', author: 'Ana' }])
  })

  it.each(['<rss >', '<feed xmlns="x">', '<!DOCTYPE html>, and <!ENTITY'])('reads JSON that speaks of %s', (said) => {
    const feed = {
      version: 'https://jsonfeed.org/version/1.1',
      title: 'x',
      items: [{ id: '1', content_text: `a ${said} b` }],
    }
    for (const before of ['', '\n ', '\uFEFF']) expect(readFeed(before + JSON.stringify(feed)).items).toHaveLength(1)
  })

  it.each([
    ['2026-11-21T08:00:00', '2026-11-21T08:00:00Z'],
    ['2026-11-21', '2026-11-21T00:00:00Z'],
    ['Sat, 21 Nov 2026 08:00:00', '2026-11-21T08:00:00Z'],
    ['Sat, 21 Nov 2026 08:00:00 EST', '2026-11-21T13:00:00Z'],
    ['2026-11-21T08:00:00+01:00', '2026-11-21T07:00:00Z'],
    ['Nov 21, 2026 10:00 PM', '2026-11-21T22:00:00Z'],
    ['Nov 21, 2026 10:00 PM EST', '2026-11-22T03:00:00Z'],
    ['Nov 21, 2026 10:00 pm +0100', '2026-11-21T21:00:00Z'],
    ['21-Nov-2026', '2026-11-21T00:00:00Z'],
    ['21-Nov-2026 10:00:00', '2026-11-21T10:00:00Z'],
    ['Sat Nov 21 08:00:00 EST 2026', '2026-11-21T13:00:00Z'],
    ['Sat, 21 Nov 2026 08:00:00 GMT+0100 (CET)', '2026-11-21T07:00:00Z'],
    ['2026-11-21T08:00:00.123Z', '2026-11-21T08:00:00.123Z'],
    ['21 November', '2001-11-21T00:00:00Z'],
    ['yesterday', null],
  ])('reads the date %s the same on every machine', (written, at) => {
    const zone = process.env.TZ
    process.env.TZ = 'America/New_York'
    const feed = {
      version: 'https://jsonfeed.org/version/1.1',
      title: 'x',
      items: [{ id: '1', content_text: 'x', date_published: written }],
    }
    const [item] = readFeed(JSON.stringify(feed)).items
    if (zone === undefined) delete process.env.TZ
    else process.env.TZ = zone
    expect(item?.at ?? null).toEqual(at === null ? null : new Date(at))
  })

  it('reads RDF, and names of authors where RSS keeps them', () => {
    const { items } =
      readFeed(`<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
      <channel rdf:about="https://x.example/"><title>Kettles</title></channel>
      <item rdf:about="https://x.example/1"><title>Cold</title><link>https://x.example/1</link><dc:creator>Ana</dc:creator><dc:date>2026-11-21T08:00:00Z</dc:date></item></rdf:RDF>`)
    expect(items).toMatchObject([
      { title: 'Cold', link: 'https://x.example/1', author: 'Ana', at: new Date('2026-11-21T08:00:00Z') },
    ])
  })

  it.each([
    ['nothing', ''],
    ['a page', '<!DOCTYPE html><html><body>Welcome</body></html>'],
    [
      'entities that grow',
      '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><rss version="2.0"><channel><title>&b;</title></channel></rss>',
    ],
    [
      'a file of the machine',
      '<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]><rss version="2.0"><channel><title>&f;</title></channel></rss>',
    ],
  ])('refuses %s', (_, text) => {
    expect(() => readFeed(text)).toThrow(expect.objectContaining({ kind: 'bad-response' }))
  })

  it('names the authors of RSS 2.0, and what an item answers (RFC 4685)', () => {
    const item = (author: string) =>
      `<item><guid>2</guid><title>Cold</title><author>${author}</author><thr:in-reply-to ref="1"/></item>`
    const feed = (inner: string) =>
      `<rss version="2.0" xmlns:thr="http://purl.org/syndication/thread/1.0"><channel><title>Kettles</title>${inner}</channel></rss>`
    expect(readFeed(feed(item('ana'))).items).toMatchObject([{ author: 'ana', answers: '1' }])
    expect(readFeed(feed(item('ana@x.example (Ana Alves)'))).items).toMatchObject([{ author: 'Ana Alves' }])
    const atom = `<feed xmlns="http://www.w3.org/2005/Atom" xmlns:thr="http://purl.org/syndication/thread/1.0"><id>f</id><title>Kettles</title><entry><id>2</id><title>Cold</title><thr:in-reply-to ref="tag:x,2026:1"/></entry></feed>`
    expect(readFeed(atom).items).toMatchObject([{ id: '2', answers: 'tag:x,2026:1' }])
  })

  it('never takes a feed that was cut off for a whole one (61)', () => {
    const whole = rss([
      { guid: '1', title: 'Kettle', text: 'cold' },
      { guid: '2', title: 'Teapot' },
    ])
    for (let bytes = 1; bytes < whole.length; bytes++)
      expect(() => readFeed(whole.slice(0, bytes)), whole.slice(0, bytes)).toThrow(
        expect.objectContaining({ kind: 'bad-response' }),
      )
    for (const end of ['', '\n', '<!-- made > at 9 -->\n']) expect(readFeed(whole + end).items).toHaveLength(2)
  })

  it('shows no markup, and links nowhere strange', () => {
    const { items } = readFeed(
      rss([
        {
          guid: '1',
          title: 'A <script>x()</script> kettle',
          text: '<img src=x onerror=y()>cold',
          link: 'javascript:alert(1)',
        },
      ]),
    )
    expect(items[0]?.link).toBeNull()
    expect(items[0]?.text).not.toMatch(/<|x\(\)|onerror/)
  })
})
