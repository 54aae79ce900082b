import { readFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Change, Cursor, PollInput, Rate } from '../../../connectors/connector.ts'
import { facebookConnector } from '../../../connectors/facebook/facebook.ts'
import { facebookLinking, SCOPES } from '../../../connectors/facebook/linking.ts'
import { instagramLinking } from '../../../connectors/instagram/linking.ts'
import { Items, nextOf } from '../../../connectors/meta/paging.ts'
import { MetaSettings } from '../../../connectors/meta/settings.ts'
import { HOUR, MINUTE } from '../../../src/domain/clock.ts'
import { systemRandom } from '../../../src/domain/random.ts'
import { sharedFile } from '../../shared.ts'
import { calm, failure, ids, replyWith } from '../stage.ts'
import { APP } from './network.ts'
import { type FacebookStage, facebookStage } from './stage.ts'

let f: FacebookStage
beforeEach(async () => {
  f = await facebookStage()
})
afterEach(() => f.close())
const poll = (cursor: Cursor | null = null, more: Partial<PollInput> = {}) =>
  f.connector().poll({
    listen: { handles: ['lumenor'], words: ['kettle'], exclude: [] },
    cursor,
    maxItems: 100,
    signal: calm(),
    ...more,
  })
const mentions = (changes: Change[]) => changes.flatMap((change) => (change.type === 'upsert' ? [change.mention] : []))
const everything = { listen: { handles: [], words: [], exclude: [] } }

describe('a Facebook Page (L1–L4)', () => {
  it('hears visitors, who tags it, and who comments, with everything that is known of them', async () => {
    const visit = await f.post('my kettle hums')
    f.clock.pass(1_000)
    const tag = f.network.write(f.ana, 'Look what I bought', { list: 'tagged' })
    const comment = await f.post('Lumenor, my kettle too', { answers: visit })
    const below = await f.post('and mine: kettle', { answers: comment })
    await f.like(comment)
    const heard = mentions((await poll()).changes)
    expect(heard.map(({ ref, kind }) => [ref.id, kind])).toEqual([
      [visit, 'item'],
      [tag, 'tag'],
      [comment, 'mention'],
      [below, 'reply'],
    ])
    expect(heard[2]).toEqual({
      ref: {
        network: 'facebook',
        instance: 'facebook.com',
        id: comment,
        url: f.network.urlOf(f.network.find(comment)!),
      },
      kind: 'mention',
      author: { id: '7001', handle: 'Ana Alves' },
      text: 'Lumenor, my kettle too',
      parent: { network: 'facebook', instance: 'facebook.com', id: visit },
      root: { network: 'facebook', instance: 'facebook.com', id: visit },
      createdAt: new Date('2026-11-21T09:00:03Z'),
      metrics: { likes: 1, replies: 1 },
    })
    expect(heard[3]).toMatchObject({ parent: { id: comment }, root: { id: visit } })
  })

  it('hears all where no word is asked for, but for its own', async () => {
    const own = f.network.write(f.network.page, 'Our new kettle is here', { list: 'own' })
    const id = await f.post('hello', { answers: own })
    f.network.write(f.network.page, 'Hello Ana', { under: id })
    expect(ids((await poll(null, everything)).changes)).toEqual([id])
  })

  it('notices comments under older posts, each once, a few at a time', async () => {
    const made: string[] = []
    const posts = ['one', 'two', 'three'].map((text) => f.network.write(f.network.page, text, { list: 'own' }))
    let cursor: Cursor | null = (await poll()).cursor
    const got: string[] = []
    for (let hour = 0; hour < 4; hour++) {
      f.clock.pass(HOUR)
      for (const post of posts) for (let n = 0; n < 4; n++) made.push(await f.post(`kettle ${n}`, { answers: post }))
      let state = 'more'
      for (let n = 0; n < 60 && state === 'more'; n++) {
        const result = await poll(cursor, { maxItems: 3, maxRequests: 4 })
        ;({ cursor, state } = result)
        expect(result.changes.length).toBeLessThanOrEqual(3)
        got.push(...ids(result.changes))
      }
      expect(state).toBe('drained')
    }
    expect(got.toSorted()).toEqual(made.toSorted())
    expect((await poll(cursor)).changes).toEqual([])
  })

  it('notices a comment that came while its neighbours were being read', async () => {
    const post = f.network.write(f.network.page, 'news', { list: 'own' })
    const made: string[] = []
    for (let n = 0; n < 5; n++) made.push(await f.post(`kettle ${n}`, { answers: post }))
    const first = await poll(null, { maxItems: 2 })
    made.push(await f.post('kettle late', { answers: post }))
    const got = ids(first.changes)
    let { cursor } = first
    for (let n = 0; n < 6; n++) {
      const result = await poll(cursor)
      cursor = result.cursor
      got.push(...ids(result.changes))
    }
    expect(got.toSorted()).toEqual(made.toSorted())
  })

  it('leaves out one post whose comments Meta shows the account no longer, and says so once', async () => {
    const [open, closed] = ['one', 'two'].map((text) => f.network.write(f.network.page, text, { list: 'own' }))
    f.network.closed.add(closed!)
    await f.post('kettle unheard', { answers: closed! })
    const heard = await f.post('kettle', { answers: open! })
    const { changes, gaps, cursor } = await poll()
    expect(ids(changes)).toEqual([heard])
    expect(gaps).toEqual([
      expect.stringContaining(`What stands under the post ${closed} was not read, for Meta refuses it: `),
    ])
    f.clock.pass(HOUR)
    const visit = await f.post('my kettle hums')
    const next = await poll(cursor)
    expect(ids(next.changes)).toEqual([visit])
    expect(next.gaps).toEqual([])
  })

  it('turns pages by time as well as by cursor, and follows no address it is given', async () => {
    const made: string[] = []
    for (let n = 0; n < 7; n++) {
      f.clock.pass(1_000)
      made.push(f.network.write(f.ana, `tag ${n}`, { list: 'tagged' }))
    }
    const got: string[] = []
    let cursor: Cursor | null = null
    for (let n = 0; n < 8; n++) {
      const result = await poll(cursor, { maxItems: 2 })
      got.push(...ids(result.changes))
      cursor = result.cursor
    }
    expect(got.toSorted()).toEqual(made)
    expect(f.network.heard.some(({ query }) => query.has('__paging_token'))).toBe(true)
    expect(f.network.heard.every(({ query }) => !query.has('access_token'))).toBe(true)
  })

  it.each([
    [4, 0, 'rate-limited'],
    [80001, 0, 'rate-limited'],
    [190, 463, 'auth'],
    [10, 0, 'scope'],
    [283, 0, 'scope'],
    [2, 0, 'bad-response'],
    [368, 0, 'refused'],
  ])('tells Meta’s %i/%i as %s (25, 27, 33, 34)', async (code, subcode, kind) => {
    f.network.refuse(code, { subcode })
    const error = await failure(poll())
    expect(error.kind).toBe(kind)
    if (kind === 'rate-limited') expect(error.retryAt).toEqual(new Date(f.clock.now().getTime() + 10 * MINUTE))
    f.network.refuse(null)
    expect((await poll()).state).toBe('drained')
  })

  it('reads what Meta says of its patience, in percent and minutes (24, 28)', async () => {
    const rates: Rate[] = []
    const meter = { request: () => {}, rate: (rate: Rate) => rates.push(rate), charge: () => {} }
    const settings = MetaSettings.parse({ baseUrl: f.network.baseUrl })
    const connector = facebookConnector(settings, { fetch, random: systemRandom, clock: f.clock, reader: f.as, meter })
    const limited = {
      type: 'pages',
      call_count: 100,
      total_cputime: 20,
      total_time: 30,
      estimated_time_to_regain_access: 17,
    }
    f.network.use({
      'x-app-usage': JSON.stringify({ call_count: 28, total_time: 40, total_cputime: 3 }),
      'x-business-use-case-usage': JSON.stringify({ '123': [limited] }),
    })
    await connector.standing([f.ref(await f.post('kettle'))], calm())
    const now = f.clock.now().getTime()
    expect(rates).toEqual([
      { scope: 'app', key: 'graph', limit: 75, remaining: 35, resetAt: new Date(now + 10 * MINUTE) },
      { scope: 'account', key: 'pages', limit: 75, remaining: 0, resetAt: new Date(now + 17 * MINUTE) },
    ])
    f.network.use({ 'x-app-usage': 'nonsense', 'x-business-use-case-usage': '[]' })
    rates.length = 0
    await connector.standing([f.ref('1_1')], calm())
    expect(rates).toEqual([])
  })

  it('takes nothing for gone when the account may no longer see its own Page (L7)', async () => {
    const [stands, gone] = [await f.post('kettle'), await f.post('kettle too')]
    f.network.remove(gone)
    const look = () => f.connector().standing([f.ref(stands), f.ref(gone)], calm())
    expect((await look()).map((one) => one.gone)).toEqual([false, true])
    f.network.blind(true)
    await expect(look()).rejects.toMatchObject({ kind: 'scope', message: expect.stringContaining('its own posts') })
    f.network.blind(false)
    expect((await look()).map((one) => one.gone)).toEqual([false, true])
  })

  it('asks only for fields that Meta’s lists name (67)', async (test) => {
    if (!f.network.hasLists) return test.skip('Meta’s lists do not lie beside the checkout')
    const to = await f.post('kettle')
    await f.post('kettle again', { answers: to })
    await poll()
    const sent = await replyWith({ stage: f, connector: f.connector() }, to)
    if (sent.outcome !== 'published') return expect.fail(sent.outcome)
    await f.connector().standing([sent.ref, f.ref(to)], calm())
    expect(f.network.unknownFields).toEqual([])
  })
})

describe('linking a Page (F3)', () => {
  const redirectUri = 'https://deputize.example/back'
  const open = (app: object = {}) => {
    if (facebookLinking.way !== 'redirect') return expect.fail(facebookLinking.way)
    return facebookLinking.open(
      { ...APP, baseUrl: f.network.baseUrl, ...app },
      { fetch, random: systemRandom, clock: f.clock },
    )
  }
  const link = async (app: object = {}, only?: string[]) => {
    const { url, keep } = await open(app).begin({ redirectUri, state: 's', signal: calm() })
    const params = f.network.authorize(url, only)
    return open(app).finish({ redirectUri, params, keep, signal: calm() })
  }

  it('ends with the Page’s own token, which answers in its name', async () => {
    const { account, grant } = await link()
    expect(account).toEqual({ id: '19292868552', handle: 'lumenor' })
    expect(grant).toMatchObject({ expiresAt: null, scopes: SCOPES })
    const as = { handle: 'lumenor', token: open().tokenOf(grant) }
    const to = f.ref(await f.post('kettle'))
    const sent = await f.connector().reply({ to, text: 'hi', as, key: 'k', signal: calm() })
    expect(sent.outcome).toBe('published')
  })

  it('ends when its token does, or before that when Meta shows it nothing more, as Meta says (F3)', async () => {
    const [june, may] = [Date.UTC(2027, 5, 1), Date.UTC(2027, 4, 1)]
    const linked = async (at: Parameters<typeof f.network.end>[0]) => {
      f.network.end(at)
      return (await link()).grant
    }
    expect(await linked({ data_access_expires_at: may / 1000 })).toMatchObject({
      expiresAt: null,
      endsAt: new Date(may),
    })
    expect(await linked({ expires_at: june / 1000, data_access_expires_at: may / 1000 })).toMatchObject({
      ...{ expiresAt: new Date(june), endsAt: new Date(may) },
    })
    expect(await linked({})).not.toHaveProperty('endsAt')
    const asked = f.network.heard.filter(({ path }) => path.endsWith('/debug_token'))
    expect(asked.map(({ headers }) => headers.authorization)).toEqual(asked.map(() => 'Bearer 4242|app-secret'))
  })

  it.each([
    [503, 2, 'bad-response'],
    [400, 4, 'rate-limited'],
  ])('is to be tried again when Meta cannot say now when that is: %i, code %i (F3)', async (status, code, kind) => {
    f.network.dumb(status, code)
    expect(await failure(link())).toMatchObject({ kind, retryable: true })
  })

  it('is good all the same when Meta will not say when that is', async () => {
    f.network.dumb(400, 100)
    expect((await link()).grant).not.toHaveProperty('endsAt')
  })

  it('sends neither the app’s secret nor what proves who asks in an address', async () => {
    await link()
    const addresses = f.network.heard.map(({ path, query }) => `${path}?${query}`)
    expect(addresses.filter((one) => /app-secret|code-|user-short|user-long/.test(one))).toEqual([])
    const carrying = addresses.filter((one) => one.includes('page-token'))
    expect(carrying).toEqual([expect.stringContaining('/debug_token?input_token=')])
  })

  it('says what is missing: a permission, a code, the right secret, which Page (34, 35)', async () => {
    expect(await failure(link({}, SCOPES.slice(1)))).toMatchObject({
      kind: 'scope',
      message: expect.stringContaining('pages_show_list'),
    })
    const finish = (params: Record<string, string>) => open().finish({ redirectUri, params, keep: '', signal: calm() })
    expect((await failure(finish({ error: 'access_denied' }))).message).toContain('access_denied')
    expect((await failure(finish({ code: 'used' }))).kind).toBe('refused')
    const error = await failure(link({ appSecret: 'wrong-secret' }))
    expect(JSON.stringify([error, error.stack])).not.toContain('wrong-secret')
    f.network.run([{ id: '77', name: 'Other', username: 'other', access_token: 't' }])
    expect((await failure(link())).message).toContain('2 Pages')
    expect((await link({ pageId: '77' })).account.handle).toBe('other')
    expect((await failure(link({ pageId: '78' }))).kind).toBe('refused')
  })
})

describe('linking an account on Instagram (F3)', () => {
  it('finds the account that belongs to the Page, or says that none does', async () => {
    if (instagramLinking.way !== 'redirect') return expect.fail(instagramLinking.way)
    const redirectUri = 'https://deputize.example/back'
    const linking = instagramLinking.open(
      { ...APP, baseUrl: f.network.baseUrl },
      { fetch, random: systemRandom, clock: f.clock },
    )
    const link = async () => {
      const { url, keep } = await linking.begin({ redirectUri, state: 's', signal: calm() })
      return linking.finish({ redirectUri, params: f.network.authorize(url), keep, signal: calm() })
    }
    expect((await failure(link())).message).toContain('No professional account')
    f.network.connectInstagram({ id: '17841406338772941', username: 'lumenor.home' })
    const { account, grant } = await link()
    expect(account).toEqual({ id: '17841406338772941', handle: 'lumenor.home' })
    expect(JSON.parse(linking.tokenOf(grant))).toEqual({ accountId: account.id, token: 'page-token' })
  })
})

const taped = sharedFile('specs/facebook/testdata')
describe.skipIf(taped === null)('lists that Facebook really gave (23)', () => {
  const tape = (name: string): unknown => JSON.parse(readFileSync(`${taped}/${name}.json`, 'utf8'))
  it('go on by cursor or by time, or end', () => {
    expect(nextOf(Items.parse(tape('facebook-comments/comments_p1')))).toBe('after=after')
    expect(nextOf(Items.parse(tape('facebook-comments/comments_p2')))).toBeNull()
    expect(nextOf(Items.parse(tape('facebook-posts/feed_fields_p1')))).toBe(
      'until=1624385168&__paging_token=__paging_token',
    )
  })
})
