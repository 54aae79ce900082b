import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Grant } from '../../../connectors/connector.ts'
import { linkedinConnector } from '../../../connectors/linkedin/linkedin.ts'
import { BRAND_SCOPES, linkedinLinking, MEMBER_SCOPES } from '../../../connectors/linkedin/linking.ts'
import { DAY, MINUTE } from '../../../src/domain/clock.ts'
import { systemRandom } from '../../../src/domain/random.ts'
import { calm, failure, LISTEN } from '../stage.ts'
import { APP } from './network.ts'
import { type LinkedInStage, linkedinStage } from './stage.ts'
import { MIA, ORGANISATION } from './world.ts'

let l: LinkedInStage
beforeEach(async () => {
  l = await linkedinStage()
})
afterEach(async () => {
  expect(l.network.bugs).toEqual([])
  await l.close()
})

describe('linking an account at LinkedIn (F3)', () => {
  const redirectUri = 'https://deputize.example/accounts/linked'
  const open = (app: object = {}) => {
    if (linkedinLinking.way !== 'redirect') return expect.fail(linkedinLinking.way)
    return linkedinLinking.open({ ...l.network.app, ...app }, { fetch, random: systemRandom, clock: l.clock })
  }
  const link = async (
    whose: 'brand' | 'member',
    {
      app = {},
      urns = [whose === 'brand' ? ORGANISATION.urn : MIA.urn],
      allowed = undefined as string[] | undefined,
    } = {},
  ) => {
    const { url, keep } = await open(app).begin({ redirectUri, state: 'state-1', whose, signal: calm() })
    const { state, ...params } = l.network.authorize(url, urns, allowed)
    expect(state).toBe('state-1')
    return open(app).finish({ redirectUri, params, keep, signal: calm() })
  }

  it('sends a brand and a member to LinkedIn with what each is asked for', async () => {
    const asked = async (whose?: 'brand' | 'member') => {
      const { url } = await open().begin({ redirectUri, state: 's', signal: calm(), ...(whose && { whose }) })
      const { origin, pathname, searchParams } = new URL(url)
      expect(origin + pathname).toBe('https://www.linkedin.com/oauth/v2/authorization')
      expect(Object.fromEntries(searchParams)).toMatchObject({
        ...{ response_type: 'code', client_id: APP.clientId, redirect_uri: redirectUri, state: 's' },
      })
      return searchParams.get('scope')
    }
    expect(await asked('brand')).toBe(BRAND_SCOPES.join(' '))
    expect(await asked('member')).toBe(MEMBER_SCOPES.join(' '))
    expect(await asked()).toBe(BRAND_SCOPES.join(' '))
  })

  it('ends with the organisation’s page, which listens and answers, is renewed, and ends after a year', async () => {
    const { account, grant } = await link('brand')
    expect(account).toEqual({ id: ORGANISATION.urn, handle: 'lumenor' })
    expect(grant.scopes).toEqual(BRAND_SCOPES)
    expect(grant.expiresAt).toEqual(new Date(l.clock.now().getTime() + 60 * DAY - MINUTE))
    const read = (one: Grant) => {
      const reader = { handle: 'lumenor', token: open().tokenOf(one) }
      const connector = linkedinConnector(l.settings, { fetch, random: systemRandom, clock: l.clock, reader })
      return connector.poll({ listen: LISTEN, cursor: null, maxItems: 9, signal: calm() })
    }
    expect((await read(grant)).state).toBe('drained')
    l.clock.pass(61 * DAY)
    expect((await failure(read(grant))).kind).toBe('auth')
    const end = grant.endsAt
    expect(end).toEqual(new Date(l.clock.now().getTime() + (365 - 61) * DAY))
    let fresh = await open().refresh!(grant, calm())
    expect(fresh.endsAt).toEqual(end)
    expect((await read(fresh)).state).toBe('drained')
    // The token that renews stays the same, and its end too.
    l.clock.pass(300 * DAY)
    fresh = await open().refresh!(fresh, calm())
    l.clock.pass(10 * DAY)
    expect(await failure(open().refresh!(fresh, calm()))).toMatchObject({
      kind: 'auth',
      message: expect.stringContaining('link the account again'),
    })
  })

  it('ends with a member’s own account, which answers as them', async () => {
    const { account, grant } = await link('member')
    expect(account).toEqual({ id: MIA.urn, handle: 'mia' })
    const as = { handle: 'mia', token: open().tokenOf(grant) }
    const to = l.ref(await l.post('kettle'))
    const sent = await l.connector().reply({ to, text: 'hi', as, key: 'k', signal: calm() })
    expect(sent.outcome).toBe('published')
    expect((await l.answersTo(to.id))[0]?.by).toBe(MIA.name)
  })

  it('says what is missing: a permission, a code, a page, which page (34, 35)', async () => {
    expect(await failure(link('brand', { allowed: BRAND_SCOPES.slice(1) }))).toMatchObject({
      kind: 'scope',
      message: expect.stringContaining('rw_organization_admin'),
    })
    const finish = (params: Record<string, string>) =>
      failure(open().finish({ redirectUri, params, keep: 'brand', signal: calm() }))
    expect(
      (await finish({ error: 'user_cancelled_authorize', error_description: 'The user said no' })).message,
    ).toContain('The user said no')
    expect(await finish({ code: 'used' })).toMatchObject({
      kind: 'refused',
      message: expect.stringContaining('begin again'),
    })
    expect((await failure(link('brand', { urns: [] }))).message).toContain('administers no such page')
    const urns = ['urn:li:organization:77', ORGANISATION.urn]
    expect((await failure(link('brand', { urns }))).message).toContain('2 pages')
    expect((await link('brand', { urns, app: { organizationId: '5509810' } })).account.id).toBe(ORGANISATION.urn)
    expect((await failure(link('brand', { urns, app: { organizationId: '9810' } }))).kind).toBe('refused')
  })

  it('blames nobody’s account for our own app, and keeps its secret to itself (32, 37)', async () => {
    const { grant } = await link('brand')
    const wrong = open({ clientSecret: 'wrong-secret' })
    const error = await failure(wrong.refresh!(grant, calm()))
    expect(error.kind).toBe('refused')
    expect(JSON.stringify([error, error.stack, String(error.cause)])).not.toContain('wrong-secret')
    l.failNext('503')
    expect((await failure(open().refresh!(grant, calm()))).kind).toBe('bad-response')
    l.network.takeBack()
    expect((await failure(open().refresh!(grant, calm()))).kind).toBe('auth')
  })

  it('asks to link again where LinkedIn gave nothing to renew with', async () => {
    l.network.renewNobody()
    const { grant } = await link('brand')
    expect(grant.endsAt).toEqual(new Date(l.clock.now().getTime() + 60 * DAY))
    expect(await failure(open().refresh!(grant, calm()))).toMatchObject({
      kind: 'auth',
      message: 'This account has to be linked again: its time is over.',
    })
  })

  it('tells LinkedIn when we are done with it', async () => {
    const { grant } = await link('member')
    const { token } = JSON.parse(open().tokenOf(grant)) as { token: string }
    expect(l.network.holders.has(token)).toBe(true)
    await open().revoke!(grant, calm())
    expect(l.network.holders.has(token)).toBe(false)
  })
})
