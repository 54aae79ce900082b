import { afterEach, describe, expect, it } from 'vitest'
import type { Change, Cursor, Grant, PollInput } from '../../../connectors/connector.ts'
import { redditLinking, SCOPES } from '../../../connectors/reddit/linking.ts'
import { HOUR, MINUTE, SECOND } from '../../../src/domain/clock.ts'
import { systemRandom } from '../../../src/domain/random.ts'
import { calm, failure, ids, replyWith } from '../stage.ts'
import { type RedditStage, redditStage } from './stage.ts'

let r: RedditStage
afterEach(() => r?.close())
const poll = (cursor: Cursor | null = null, more: Partial<PollInput> = {}) =>
  r.connector().poll({
    listen: { handles: ['lumenor'], words: ['kettle'], exclude: [] },
    cursor,
    maxItems: 100,
    signal: calm(),
    ...more,
  })
const mentions = (changes: Change[]) => changes.flatMap((change) => (change.type === 'upsert' ? [change.mention] : []))

describe('listening on Reddit (L1–L4)', () => {
  it('makes mentions of posts and comments, with everything that is known of them', async () => {
    r = await redditStage()
    const id = await r.post('my kettle & hums')
    const answer = await r.post('u/Lumenor, help', { answers: id })
    const [post, comment] = mentions((await poll()).changes)
    expect(post).toEqual({
      ref: {
        network: 'reddit',
        instance: 'reddit.com',
        id,
        url: `https://www.reddit.com/r/kettles/comments/${id.slice(3)}/kettle/`,
      },
      kind: 'keyword',
      author: { id: `t2_${r.ana.id}`, handle: 'ana' },
      text: 'my kettle & hums',
      createdAt: new Date(r.clock.now().getTime() - SECOND),
      metrics: { score: 1, likes: 0, replies: 1 },
    })
    expect(comment).toMatchObject({ ref: { id: answer }, kind: 'mention', parent: { id }, root: { id } })
  })

  it('finds posts elsewhere by their words, comments only by the account’s name', async () => {
    r = await redditStage()
    const id = r.write('kettle in another place', { community: 'teapots' })
    r.write('my kettle, there', { under: id })
    const called = r.write('u/lumenor my kettle', { under: id })
    r.write('kettles forms', { community: 'teapots' })
    expect(ids((await poll()).changes)).toEqual([id, called])
  })

  it('leaves out what is deleted, removed, excluded or the brand’s own', async () => {
    r = await redditStage()
    const gone = await r.post('kettle one')
    await r.remove(gone)
    r.network.write(r.brand, 'our kettle is back')
    await r.post('kettle for my guild')
    const id = await r.post('kettle two')
    const { changes } = await poll(null, { listen: { handles: [], words: ['kettle'], exclude: ['guild'] } })
    expect(ids(changes)).toEqual([id])
  })

  it('says of a locked thread that nobody can answer it', async () => {
    r = await redditStage()
    const id = await r.post('kettle one')
    r.network.find(id)!.locked = true
    expect(mentions((await poll()).changes)[0]?.closed).toEqual({ reason: 'closed', link: null })
    expect(await replyWith({ stage: r, connector: r.connector() }, id)).toMatchObject({
      outcome: 'rejected',
      error: { kind: 'refused', message: expect.stringContaining('locked') },
    })
  })

  it('reads what is left to ask in Reddit’s own units, and stops in time (24, 28)', async () => {
    r = await redditStage({ limit: 2, settings: { communities: '' } })
    r.write('kettle one', { community: 'teapots' })
    const rates: object[] = []
    const meter = { request: () => {}, rate: (rate: object) => void rates.push(rate), charge: () => {} }
    const metered = (await import('../../../connectors/reddit/reddit.ts')).redditConnector(
      { communities: [], baseUrl: r.network.baseUrl },
      {
        ...{ fetch, clock: r.clock, random: systemRandom },
        meter,
        reader: { handle: 'lumenor', token: JSON.stringify({ name: 'lumenor', token: r.brand.token }) },
      },
    )
    const asked = { listen: { handles: [], words: ['kettle'], exclude: [] }, cursor: null, maxItems: 9, signal: calm() }
    await metered.poll(asked)
    expect(rates).toEqual([
      { scope: 'app', key: 'requests', limit: 2, remaining: 1, resetAt: new Date('2026-11-21T09:10:00Z') },
    ])
    await metered.poll(asked)
    expect(await failure(metered.poll(asked))).toMatchObject({
      kind: 'rate-limited',
      retryAt: new Date('2026-11-21T09:10:00Z'),
    })
  })

  it('needs an account to read with, and says so', async () => {
    r = await redditStage()
    const { redditConnector } = await import('../../../connectors/reddit/reddit.ts')
    const connector = redditConnector(
      { communities: ['kettles'], baseUrl: r.network.baseUrl },
      { fetch, random: systemRandom, clock: r.clock },
    )
    const listen = { handles: [], words: [], exclude: [] }
    const error = await failure(connector.poll({ listen, cursor: null, maxItems: 9, signal: calm() }))
    expect(error).toMatchObject({ kind: 'auth', message: expect.stringContaining('link one') })
  })

  it('hears a whole community where no word is asked for', async () => {
    r = await redditStage()
    const id = await r.post('hello there')
    expect(ids((await poll(null, { listen: { handles: [], words: [], exclude: [] } })).changes)).toEqual([id])
  })
})

describe('answering on Reddit (F6)', () => {
  it('waits as long as Reddit says to an account it does not trust yet (25)', async () => {
    r = await redditStage()
    const to = await r.post('kettle one')
    const wait = async () => {
      const result = await replyWith({ stage: r, connector: r.connector() }, to)
      if (result.outcome !== 'rejected') return expect.fail(result.outcome)
      expect(result.error.kind).toBe('rate-limited')
      return (result.error.retryAt?.getTime() ?? 0) - r.clock.now().getTime()
    }
    r.network.hold('Take a break for 7 minutes before trying again.')
    expect(await wait()).toBe(7 * MINUTE)
    r.network.hold('Take a break.', { ratelimit: 42.5 })
    expect(await wait()).toBe(42_500)
    expect(await r.answersTo(to)).toEqual([])
  })

  it('speaks with the answerer’s token and says who it is (36)', async () => {
    r = await redditStage()
    const to = await r.post('kettle one')
    await replyWith({ stage: r, connector: r.connector() }, to)
    expect(new Set(r.network.tokens())).toEqual(new Set(['token-of-mia']))
    expect(r.network.heard.at(-1)?.headers['user-agent']).toBe('web:deputize:0.1 (by /u/mia)')
  })

  it('names what the account did not allow, and takes back what it said (34, 47)', async () => {
    r = await redditStage()
    const to = await r.post('kettle one')
    const bench = { stage: r, connector: r.connector() }
    const sent = await replyWith(bench, to)
    if (sent.outcome !== 'published') return expect.fail(sent.outcome)
    for (let twice = 0; twice < 2; twice++) await r.connector().remove?.({ ref: sent.ref, as: r.as, signal: calm() })
    expect(await r.answersTo(to)).toEqual([])
    expect(await r.connector().standing([sent.ref], calm())).toMatchObject([{ gone: true }])
    r.mia.scopes = ['identity', 'history']
    expect(await replyWith(bench, to, { text: 'again' })).toMatchObject({
      outcome: 'rejected',
      error: { kind: 'scope' },
    })
  })

  it('finds what was sent by hand, by its place and time (F8)', async () => {
    r = await redditStage()
    const to = await r.post('kettle one')
    const since = r.clock.now()
    const find = (more: object = {}) =>
      r.connector().findReply({ key: 'k', to: r.ref(to), text: 'Try the seal', as: r.as, signal: calm(), ...more })
    expect(await find({ since })).toBe('absent')
    r.clock.pass(MINUTE)
    const id = r.network.write(r.mia, 'Try the seal, please', { under: to })
    expect([await find(), await find({ since })]).toEqual([
      'absent',
      expect.objectContaining({ id, words: 'Try the seal, please' }),
    ])
    for (let n = 0; n < 101; n++) r.network.write(r.mia, `busy ${n}`, { under: to })
    expect(await find()).toBe('unknown')
  })
})

describe('linking an account on Reddit (F3)', () => {
  const redirectUri = 'https://deputize.example/back'
  const open = (app: object = {}) => {
    if (redditLinking.way !== 'redirect') return expect.fail(redditLinking.way)
    const { baseUrl } = r.network
    return redditLinking.open(
      { ...r.network.app, baseUrl, siteUrl: baseUrl, ...app },
      { fetch, random: systemRandom, clock: r.clock },
    )
  }
  const begin = () => open().begin({ redirectUri, state: 's', signal: calm() })
  const finish = (params: Record<string, string>, app: object = {}) =>
    open(app).finish({ redirectUri, params, keep: '', signal: calm() })
  const link = async () => finish(r.network.authorize((await begin()).url, r.network.redditor('zoe')))
  const refresh = (grant: Grant, app: object = {}) => open(app).refresh?.(grant, calm()) ?? expect.fail('it ends')

  it('learns the name, asks for no more than it needs, and renews with what stays', async () => {
    r = await redditStage()
    const { account, grant } = await link()
    expect([account.handle, grant.scopes]).toEqual(['zoe', SCOPES])
    expect(grant.expiresAt).toEqual(new Date(r.clock.now().getTime() + HOUR - MINUTE))
    r.clock.pass(2 * HOUR)
    const renewed = await refresh(await refresh(grant))
    const to = await r.post('kettle')
    const as = { handle: 'zoe', token: open().tokenOf(renewed) }
    expect((await r.connector().reply({ to: r.ref(to), text: 'hi', as, key: 'k', signal: calm() })).outcome).toBe(
      'published',
    )
    await open().revoke?.(renewed, calm())
    expect((await failure(refresh(renewed))).kind).not.toBe('network-down')
  })

  it('refuses a used code, tells our own app’s fault, and takes trouble for no refusal (32, 35)', async () => {
    r = await redditStage()
    const params = r.network.authorize((await begin()).url, r.mia)
    const { grant } = await finish(params)
    expect((await failure(finish(params))).kind).toBe('refused')
    expect((await failure(finish({ error: 'access_denied' }))).message).toContain('access_denied')
    expect((await failure(refresh(grant, { clientSecret: 'wrong' }))).message).toContain('app’s id and secret')
    r.failNext('503')
    expect((await failure(refresh(grant))).kind).toBe('bad-response')
    await refresh(grant)
    r.network.takeBack()
    expect((await failure(refresh(grant))).kind).toBe('auth')
  })
})
