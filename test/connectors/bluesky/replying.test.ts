import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { recordKey } from '../../../connectors/bluesky/record-key.ts'
import type { Connector, ReplyInput } from '../../../connectors/connector.ts'
import { calm, failure } from '../stage.ts'
import { type BlueskyStage, blueskyStage } from './stage.ts'
import { POST, type PostRecord } from './world.ts'

describe('replying on bluesky', () => {
  let stage: BlueskyStage
  let connector: Connector
  let to: string
  beforeEach(async () => {
    stage = await blueskyStage()
    connector = stage.connector()
    to = await stage.post('my kettle is cold')
  })
  afterEach(() => stage.close())

  const input = (over: Partial<ReplyInput> = {}): ReplyInput => ({
    to: stage.ref(to),
    text: 'Descale it',
    as: stage.as,
    key: 'key-1',
    signal: calm(),
    ...over,
  })
  const mia = () => stage.network.world.byHandle('mia.test')!
  const records = () => [...stage.network.world.posts.values()].filter(({ author }) => author === mia())
  const byHand = (record: Partial<PostRecord>) => {
    const { world } = stage.network
    const createdAt = stage.clock.now().toISOString()
    return world.write(mia(), world.nextKey(), { $type: POST, text: 'by hand', createdAt, ...record })
  }
  const under = (uri: string) => {
    const { cid } = stage.network.world.posts.get(uri)!
    return { root: { uri, cid }, parent: { uri, cid } }
  }

  it('marks links, tags and the names of accounts there are, by their place in bytes (20)', async () => {
    const text = '👋 @ana.test @nobody.test see https://lumenor.example/ü #kettle'
    await connector.reply(input({ text }))
    const facets = records()[0]?.record.facets as {
      index: { byteStart: number; byteEnd: number }
      features: object[]
    }[]
    const bytes = Buffer.from(text)
    expect(facets.map(({ index }) => bytes.toString('utf8', index.byteStart, index.byteEnd))).toEqual([
      '@ana.test',
      'https://lumenor.example/ü',
      '#kettle',
    ])
    expect(facets[0]?.features).toEqual([
      { $type: 'app.bsky.richtext.facet#mention', did: stage.network.world.byHandle('ana.test')!.did },
    ])
  })

  it('embeds its pictures with what they show and how wide they are (F2)', async () => {
    const picture = { bytes: Buffer.from('ffd8ffe0', 'hex'), type: 'image/jpeg', width: 640, height: 480 } as const
    await connector.reply(input({ pictures: [{ ...picture, alt: 'The valve', kept: null }] }))
    expect(records()[0]?.record.embed).toMatchObject({
      $type: 'app.bsky.embed.images',
      images: [
        { alt: 'The valve', aspectRatio: { width: 640, height: 480 }, image: { mimeType: 'image/jpeg', size: 4 } },
      ],
    })
  })

  it('keeps the root of the conversation (38)', async () => {
    const answer = await stage.post('mine too', { answers: to })
    await connector.reply(input({ to: stage.ref(answer) }))
    expect(records()[0]?.record.reply).toMatchObject({ root: { uri: to }, parent: { uri: answer } })
  })

  it('refuses what fits in characters and not in bytes, before asking anybody (39)', async () => {
    const before = stage.requests()
    const result = await connector.reply(input({ text: '👩‍👩‍👧‍👦'.repeat(150) }))
    expect(result).toMatchObject({ outcome: 'rejected', error: { kind: 'refused' } })
    expect(stage.requests()).toBe(before)
  })

  it('is refused, and not written where nobody would see it, when the author let nobody answer or blocked us (44)', async () => {
    const post = stage.network.world.posts.get(to)!
    post.closed = true
    expect(await connector.reply(input())).toMatchObject({ outcome: 'rejected', error: { kind: 'refused' } })
    post.closed = false
    post.author.blocks.add(mia().did)
    expect(await connector.reply(input())).toMatchObject({ outcome: 'rejected', error: { kind: 'refused' } })
    expect(records()).toEqual([])
  })

  it('is put off, not unclear, when only the readings before it failed (41)', async () => {
    const unwell = stage.connector({
      fetch: (url, init) =>
        url.includes('getPosts') ? Promise.reject(new TypeError('socket hang up')) : fetch(url, init),
    })
    expect(await unwell.reply(input())).toMatchObject({
      outcome: 'rejected',
      error: { kind: 'network-down', retryable: true },
    })
    expect(records()).toEqual([])
  })

  it('never takes another post in its place for its own (45)', async () => {
    const other = await stage.post('another kettle')
    stage.network.world.write(mia(), recordKey('key-1'), {
      $type: POST,
      text: 'x',
      createdAt: stage.clock.now().toISOString(),
      reply: under(other),
    })
    expect(await connector.reply(input())).toMatchObject({ outcome: 'rejected', error: { kind: 'refused' } })
    expect(await connector.findReply(input())).toBe('unknown')
  })

  it('finds an answer written by hand since then, and says when it cannot know (F8)', async () => {
    const since = stage.clock.now()
    byHand({ text: 'before, elsewhere' })
    expect(await connector.findReply({ ...input(), since })).toBe('absent')
    stage.clock.pass(1000)
    const mine = byHand({ reply: under(to), text: 'by hand' })
    expect(await connector.findReply({ ...input(), since })).toMatchObject({ id: mine.uri, words: 'by hand' })
    stage.clock.pass(1000)
    const later = stage.clock.now()
    for (let n = 0; n < 120; n++) byHand({ text: `${n}` })
    expect(await connector.findReply({ ...input(), since: later })).toBe('unknown')
  })

  it('takes back what is its own, and nothing else (47)', async () => {
    const result = await connector.reply(input())
    if (result.outcome !== 'published') return expect.fail(result.outcome)
    const signal = calm()
    expect((await failure(connector.remove!({ ref: stage.ref(to), as: stage.as, signal }))).kind).toBe('refused')
    await connector.remove!({ ref: result.ref, as: stage.as, signal })
    await connector.remove!({ ref: result.ref, as: stage.as, signal })
    expect(records()).toEqual([])
    expect(await stage.answersTo(to)).toEqual([])
  })

  it('speaks with the account it was given and no other (36)', async () => {
    await connector.reply(input())
    await connector.findReply(input())
    const asked = stage.network.log.map(({ method, by }) => `${by} ${method}`)
    expect(asked).toEqual([
      'mia.test app.bsky.feed.getPosts',
      'mia.test com.atproto.repo.putRecord',
      'mia.test com.atproto.repo.getRecord',
    ])
  })
})
