import { beforeAll, describe, expect, it } from 'vitest'
import { blueskyConnector } from '../../connectors/bluesky/bluesky.ts'
import type { Access, Connector, Cursor, PollInput, Rate } from '../../connectors/connector.ts'
import { calm, ids } from '../connectors/stage.ts'
import { deps, linkByOauth, linkByPassword } from './linked.ts'
import { indexed, join, type Person } from './people.ts'

describe('the bluesky connector on the real servers', () => {
  let brand: Person
  let alice: Person
  let mia: Person
  let connector: Connector
  let asBrand: Access
  let asMia: Access
  const rates: Rate[] = []

  beforeAll(async () => {
    brand = await join('lumenor')
    alice = await join('alice')
    mia = await join('mia')
    const meter = { request: () => {}, charge: () => {}, rate: (rate: Rate) => void rates.push(rate) }
    asBrand = (await linkByPassword(brand)).access
    connector = blueskyConnector({ ...deps, meter, reader: asBrand })
    asMia = (await linkByOauth(mia)).access
  })

  const poll = (listen: Partial<PollInput['listen']>, cursor: Cursor | null, maxItems = 100) =>
    connector.poll({ listen: { handles: [], words: [], exclude: [], ...listen }, cursor, maxItems, signal: calm() })
  const facet = (text: string, part: string, feature: object) => {
    const byteStart = Buffer.byteLength(text.slice(0, text.indexOf(part)))
    return { index: { byteStart, byteEnd: byteStart + Buffer.byteLength(part) }, features: [feature] }
  }

  it('hears who names, answers and quotes the brand (L1)', async () => {
    const text = `Grüße 👋 @${brand.handle}, my kettle is cold`
    const named = { $type: 'app.bsky.richtext.facet#mention', did: brand.did }
    const mention = await alice.post(text, { facets: [facet(text, `@${brand.handle}`, named)], langs: ['en'] })
    const news = await brand.post('New kettles today')
    const answer = await alice.answer(news, 'Will they be warm?')
    const embed = { $type: 'app.bsky.embed.record', record: news }
    const quote = await alice.post('Look at that', { embed })
    await indexed()
    const { changes, state, cursor } = await poll({ handles: [`@${brand.handle.toUpperCase()}`] }, null)
    expect(changes).toMatchObject([
      {
        mention: { ref: { id: mention.uri }, kind: 'mention', text, language: 'en', author: { handle: alice.handle } },
      },
      { mention: { ref: { id: answer.uri }, kind: 'reply', parent: { id: news.uri }, root: { id: news.uri } } },
      { mention: { ref: { id: quote.uri }, kind: 'quote' } },
    ])
    expect(state).toBe('drained')
    expect((await poll({ handles: [brand.handle] }, cursor)).changes).toEqual([])
  })

  it('pages through a search, however little it may take at a time, and gives each post once (L3)', async () => {
    const word = `zwiebel${process.pid}`
    const made: string[] = []
    for (let n = 0; n < 9; n++) made.push((await alice.post(`${word} number ${n}`)).uri)
    await brand.post(`${word} of our own`)
    await indexed()
    const got: string[] = []
    let cursor: Cursor | null = null
    for (let n = 0; n < 20; n++) {
      const result = await poll({ words: [word] }, cursor, 2)
      got.push(...ids(result.changes))
      cursor = result.cursor
      if (result.state === 'drained') break
    }
    expect(got.toSorted()).toEqual(made.toSorted())
    const late = await alice.post(`${word} afterwards`)
    await indexed()
    expect(ids((await poll({ words: [word] }, cursor)).changes)).toEqual([late.uri])
  })

  it('answers as a member whose account is linked by OAuth, once for each key (F3, F6)', async () => {
    const question = await alice.post('Why is my kettle cold?')
    await indexed()
    const text = `Descale it: https://lumenor.example/é?a=1 @${alice.handle} #kettle 🫖`
    const to = { network: 'bluesky' as const, instance: 'bluesky', id: question.uri }
    const sent = { to, text, as: asMia, key: 'reply-1', signal: calm() }
    expect(await connector.findReply(sent)).toBe('absent')
    const first = await connector.reply(sent)
    if (first.outcome !== 'published') return expect.fail(JSON.stringify(first))
    const again = await Promise.all([connector.reply(sent), connector.reply(sent), connector.findReply(sent)])
    expect(again).toMatchObject([{ ref: first.ref }, { ref: first.ref }, first.ref])
    expect(await connector.findReply({ ...sent, key: 'reply-2' })).toBe('absent')
    await indexed()
    const [standing] = await connector.standing([to], calm())
    expect(standing).toMatchObject({
      metrics: { replies: 1 },
      answers: [{ ref: first.ref, text, author: { id: mia.did }, parent: { id: to.id }, root: { id: to.id } }],
    })
    const shown = await record(first.ref.id)
    expect(shown.facets).toMatchObject([
      { features: [{ did: alice.did }] },
      { features: [{ uri: 'https://lumenor.example/é?a=1' }] },
      { features: [{ tag: 'kettle' }] },
    ])
    const bytes = Buffer.from(text)
    expect(shown.facets.map(({ index }) => bytes.toString('utf8', index.byteStart, index.byteEnd))).toEqual([
      `@${alice.handle}`,
      'https://lumenor.example/é?a=1',
      '#kettle',
    ])
  })

  it('keeps the conversation’s root under an answer to an answer (38)', async () => {
    const root = await alice.post('Where do kettles come from?')
    const middle = await mia.answer(root, 'From far')
    await indexed()
    const to = { network: 'bluesky' as const, instance: 'bluesky', id: middle.uri }
    const result = await connector.reply({ to, text: 'From Lumenor', as: asMia, key: 'deep', signal: calm() })
    if (result.outcome !== 'published') return expect.fail(JSON.stringify(result))
    await indexed()
    expect((await record(result.ref.id)).reply).toMatchObject({ root: { uri: root.uri }, parent: { uri: middle.uri } })
  })

  it('counts what became of a reply, and sees it go (I3, L5)', async () => {
    const question = await alice.post('Is my kettle loud?')
    await indexed()
    const to = { network: 'bluesky' as const, instance: 'bluesky', id: question.uri }
    const result = await connector.reply({ to, text: 'It should whisper', as: asMia, key: 'counted', signal: calm() })
    if (result.outcome !== 'published') return expect.fail(JSON.stringify(result))
    await indexed()
    const { ref } = result
    const mine = { uri: ref.id, cid: (await record(ref.id)).cid }
    await alice.like(mine)
    await brand.like(mine)
    await alice.repost(mine)
    await indexed()
    expect(await connector.standing([ref], calm())).toMatchObject([
      { gone: false, metrics: { likes: 2, reposts: 1, replies: 0, quotes: 0 }, answers: [] },
    ])
    await connector.remove?.({ ref, as: asMia, signal: calm() })
    await connector.remove?.({ ref, as: asMia, signal: calm() })
    await indexed()
    expect(await connector.standing([ref], calm())).toMatchObject([{ gone: true, metrics: {} }])
  })

  it('tells a post that is gone, and one that nobody may answer (44)', async () => {
    const deleted = await alice.post('Never mind')
    const gated = await alice.post(`monologue${process.pid} of a kettle`)
    await alice.letNobodyAnswer(gated)
    await alice.remove(deleted)
    await indexed()
    const replyTo = (id: string) => {
      const to = { network: 'bluesky' as const, instance: 'bluesky', id }
      return connector.reply({ to, text: 'Hello', as: asMia, key: id, signal: calm() })
    }
    expect(await replyTo(deleted.uri)).toMatchObject({ outcome: 'rejected', error: { kind: 'gone' } })
    expect(await replyTo(gated.uri)).toMatchObject({ outcome: 'rejected', error: { kind: 'refused' } })
    const { changes } = await poll({ words: [`monologue${process.pid}`] }, null)
    expect(changes).toMatchObject([
      { mention: { closed: { reason: 'closed', link: expect.stringContaining('bsky.app') } } },
    ])
  })

  it('reads what the servers say of their patience (L4)', () => {
    const now = Date.now()
    expect(rates.length).toBeGreaterThan(5)
    for (const { remaining, limit, resetAt } of rates) {
      expect(remaining).toBeLessThan(limit ?? 0)
      expect(resetAt.getTime()).toBeGreaterThan(now - 60_000)
      expect(resetAt.getTime()).toBeLessThan(now + 25 * 60 * 60_000)
    }
    expect(new Set(rates.map(({ key }) => key))).toEqual(new Set(['3000;w=300']))
  })

  /** A post as the network shows it to its brand. */
  async function record(uri: string) {
    const { server, access } = JSON.parse(asBrand.token)
    const query = new URLSearchParams({ uris: uri })
    const headers = { authorization: `Bearer ${access}` }
    const { posts } = (await (
      await fetch(`${server}/xrpc/app.bsky.feed.getPosts?${query}`, { headers })
    ).json()) as Shown
    const [post] = posts
    if (!post) throw new Error(`${uri} is not shown`)
    return { cid: post.cid, ...post.record }
  }
  type Index = { byteStart: number; byteEnd: number }
  type Shown = { posts: { cid: string; record: { facets: { index: Index }[]; reply?: object } }[] }
})
