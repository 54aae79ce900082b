import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { PollInput } from '../../../connectors/connector.ts'
import { ratesOf } from '../../../connectors/mastodon/http.ts'
import { mastodonLinking } from '../../../connectors/mastodon/linking.ts'
import { sameWords } from '../../../connectors/mastodon/shapes.ts'
import { systemClock } from '../../../src/domain/clock.ts'
import { systemRandom } from '../../../src/domain/random.ts'
import { calm, failure, ids } from '../stage.ts'
import { mastodonStage } from './stage.ts'

describe('what is particular to Mastodon', () => {
  let stage: Awaited<ReturnType<typeof mastodonStage>>
  beforeEach(async () => {
    stage = await mastodonStage()
  })
  afterEach(() => stage.close())

  const listening = (listen: Partial<PollInput['listen']>) =>
    stage.connector().poll({
      listen: { handles: [], words: [], exclude: [], ...listen },
      cursor: null,
      maxItems: 100,
      signal: calm(),
    })

  it('hears hashtags in their own timeline, words by search, mentions by notification, and a post once (L2)', async () => {
    const tagged = await stage.post('look at this #kettle')
    const named = await stage.post('@lumenor my #kettle and its lid')
    await stage.post('nothing to hear')
    const { changes } = await listening({ handles: ['lumenor'], words: ['#kettle', 'lid'] })
    expect(ids(changes)).toEqual([tagged, named])
    expect(changes[1]).toMatchObject({ mention: { kind: 'mention' } })
  })

  it('hands no private message to anybody, and counts it (L6)', async () => {
    stage.server.post(stage.server.account('ana'), '@lumenor my card number is …', { visibility: 'direct' })
    const { changes } = await listening({ handles: ['lumenor'] })
    expect(changes).toMatchObject([{ type: 'unreadable', reason: expect.stringContaining('private') }])
    expect(JSON.stringify(changes)).not.toContain('card number')
  })

  it('reads what people see, not what servers wrap around it', async () => {
    await stage.post('kettle & <lid>\nsecond line')
    const { changes } = await listening({ words: ['kettle'] })
    expect(changes).toMatchObject([{ mention: { text: 'kettle & <lid>\nsecond line' } }])
    expect(
      sameWords('<p><span class="h-card"><a href="x">@<span>ana</span></a></span> do it</p>', '@ana@far.example do it'),
    ).toBe(true)
    expect(sameWords('<p>do it</p>', 'do it not')).toBe(false)
  })

  it('answers from another server by the post’s address, as that server numbers it', async () => {
    const id = await stage.post('my kettle is cold')
    const to = { ...stage.ref(id), instance: 'far.example', url: `${stage.server.baseUrl}/@ana/${id}` }
    const sent = await stage.connector().reply({ to, text: '@ana descale it', as: stage.as, key: 'k', signal: calm() })
    expect(sent.outcome).toBe('published')
    expect(await stage.answersTo(id)).toMatchObject([{ by: 'mia' }])
    const far = { ...to, url: undefined as never }
    expect(
      await stage.connector().reply({ to: far, text: 'x', as: stage.as, key: 'k2', signal: calm() }),
    ).toMatchObject({
      outcome: 'rejected',
      error: { kind: 'refused' },
    })
  })

  it('speaks with the token of whoever speaks, and reads with the brand’s (36)', async () => {
    const to = await stage.post('my kettle is cold')
    const before = stage.server.tokens().length
    await stage.connector().reply({ to: stage.ref(to), text: 'x', as: stage.as, key: 'k', signal: calm() })
    await stage.connector().standing([stage.ref(to)], calm())
    expect(stage.server.tokens().slice(before)).toEqual([
      'token-of-mia',
      ...stage.server
        .tokens()
        .slice(before + 1)
        .map(() => 'token-of-lumenor'),
    ])
  })

  it('takes a post back, and does not mind when it is gone already (47)', async () => {
    const to = await stage.post('my kettle is cold')
    const sent = await stage.connector().reply({ to: stage.ref(to), text: 'x', as: stage.as, key: 'k', signal: calm() })
    if (sent.outcome !== 'published') return expect.fail(sent.outcome)
    await stage.connector().remove?.({ ref: sent.ref, as: stage.as, signal: calm() })
    await stage.connector().remove?.({ ref: sent.ref, as: stage.as, signal: calm() })
    expect(await stage.answersTo(to)).toEqual([])
  })

  it('says that it may not know when an account has posted much since (41)', async () => {
    const to = await stage.post('my kettle is cold')
    const mia = stage.server.account('mia')
    const since = stage.clock.now()
    stage.clock.pass(1_000)
    for (let n = 0; n < 40; n++) stage.server.post(mia, `something else ${n}`)
    const asked = { to: stage.ref(to), text: 'x', as: stage.as, key: 'k', signal: calm(), since }
    expect(await stage.connector().findReply(asked)).toBe('unknown')
    expect(await stage.connector().findReply({ ...asked, since: new Date(since.getTime() + 2_000) })).toBe('absent')
  })

  it('reads the reset as the time it is (24)', () => {
    const now = new Date('2026-11-21T09:00:00Z')
    const headers = { 'x-ratelimit-limit': '300', 'x-ratelimit-remaining': '0' }
    const resetAt = '2026-11-21T09:05:00.123456Z'
    expect(ratesOf(new Headers({ ...headers, 'x-ratelimit-reset': resetAt }), now)).toEqual([
      { scope: 'account', key: 'requests', limit: 300, remaining: 0, resetAt: new Date(resetAt) },
    ])
    expect(ratesOf(new Headers(), now)).toEqual([])
    expect(ratesOf(new Headers({ ...headers, 'x-ratelimit-reset': 'soon' }), now)).toEqual([])
  })
})

describe('linking a Mastodon account (F3)', () => {
  it('introduces itself, sends the person there, takes the code once, and can be revoked (35)', async () => {
    const stage = await mastodonStage()
    const deps = { fetch, random: systemRandom, clock: stage.clock }
    const redirectUri = 'https://deputize.example/api/link/mastodon'
    if (mastodonLinking.way !== 'redirect') return expect.fail('a form')
    const app = await mastodonLinking.register?.(stage.server.baseUrl, redirectUri, deps, calm())
    const linking = mastodonLinking.open(app, deps)
    const { url, keep } = await linking.begin({ redirectUri, state: 'the-state', signal: calm() })
    const back = new URL((await fetch(url, { redirect: 'manual' })).headers.get('location')!)
    expect(back.searchParams.get('state')).toBe('the-state')
    const params = Object.fromEntries(back.searchParams)
    const wrong = await failure(linking.finish({ redirectUri, params: { code: 'made up' }, keep, signal: calm() }))
    expect(wrong.kind).toBe('refused')
    const linked = await linking.finish({ redirectUri, params, keep, signal: calm() })
    expect(linked.account.handle).toBe('mia')
    expect(linked.grant.expiresAt).toBeNull()
    expect((await failure(linking.finish({ redirectUri, params, keep, signal: calm() }))).kind).toBe('refused')

    const as = { handle: 'mia', token: linking.tokenOf(linked.grant) }
    const to = stage.ref(await stage.post('my kettle is cold'))
    const say = (key: string) => stage.connector().reply({ to, text: `x ${key}`, as, key, signal: calm() })
    expect((await say('one')).outcome).toBe('published')
    await linking.revoke?.(linked.grant, calm())
    expect(await say('two')).toMatchObject({ outcome: 'rejected', error: { kind: 'auth' } })
    await stage.close()
  })

  it('of an app registered before pictures asks for no more than it may, and such an app is registered anew (F2)', async () => {
    const stage = await mastodonStage()
    const deps = { fetch, random: systemRandom, clock: stage.clock }
    const { baseUrl } = stage.server
    const redirectUri = 'https://deputize.example/api/link/mastodon'
    if (mastodonLinking.way !== 'redirect') return expect.fail('a form')
    const scopes = 'read:accounts read:notifications read:search read:statuses write:statuses'
    const body = JSON.stringify({ client_name: 'Deputize', redirect_uris: redirectUri, scopes })
    const headers = { 'content-type': 'application/json' }
    const made = (await (await fetch(`${baseUrl}/api/v1/apps`, { method: 'POST', headers, body })).json()) as Record<
      string,
      string
    >
    const old = { baseUrl, clientId: made.client_id, clientSecret: made.client_secret }
    const { url } = await mastodonLinking.open(old, deps).begin({ redirectUri, state: 's', signal: calm() })
    const back = new URL((await fetch(url, { redirect: 'manual' })).headers.get('location')!)
    expect([back.searchParams.get('error'), back.searchParams.has('code')]).toEqual([null, true])
    expect(mastodonLinking.fits?.(old)).toBe(false)
    expect(mastodonLinking.fits?.(await mastodonLinking.register?.(baseUrl, redirectUri, deps, calm()))).toBe(true)
    await stage.close()
  })

  it('draws its proof by the chance it was given, and another for each attempt (35)', async () => {
    let drawn = 0
    const random = (bytes: number) => Buffer.alloc(bytes, drawn++)
    const app = { baseUrl: 'https://far.example', clientId: 'c', clientSecret: 's' }
    if (mastodonLinking.way !== 'redirect') return expect.fail('a form')
    const linking = mastodonLinking.open(app, { fetch, random, clock: systemClock })
    const begin = () => linking.begin({ redirectUri: 'https://deputize.example', state: 's', signal: calm() })
    expect([(await begin()).keep, (await begin()).keep]).toEqual([
      Buffer.alloc(32, 0).toString('base64url'),
      Buffer.alloc(32, 1).toString('base64url'),
    ])
  })

  it('refuses a code that was fetched with another proof (35)', async () => {
    const stage = await mastodonStage()
    const deps = { fetch, random: systemRandom, clock: stage.clock }
    const redirectUri = 'https://deputize.example/api/link/mastodon'
    if (mastodonLinking.way !== 'redirect') return expect.fail('a form')
    const linking = mastodonLinking.open(
      await mastodonLinking.register?.(stage.server.baseUrl, redirectUri, deps, calm()),
      deps,
    )
    const { url } = await linking.begin({ redirectUri, state: 's', signal: calm() })
    const back = new URL((await fetch(url, { redirect: 'manual' })).headers.get('location')!)
    const params = Object.fromEntries(back.searchParams)
    expect((await failure(linking.finish({ redirectUri, params, keep: 'another', signal: calm() }))).kind).toBe(
      'refused',
    )
    await stage.close()
  })
})
