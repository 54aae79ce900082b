import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Grant, Linking } from '../../../connectors/connector.ts'
import { xLinking } from '../../../connectors/x/linking.ts'
import { HOUR, MINUTE, SECOND } from '../../../src/domain/clock.ts'
import { systemRandom } from '../../../src/domain/random.ts'
import { calm, failure } from '../stage.ts'
import { openX, type XStage } from './stage.ts'

const redirectUri = 'https://deputize.example/back'

describe('linking an account on X (F3, 30–37)', () => {
  let x: XStage
  let linking: Linking
  const open = (app: object = {}) => {
    if (xLinking.way !== 'redirect') return expect.fail(xLinking.way)
    const { id: clientId, secret: clientSecret } = x.oauth.client
    return xLinking.open(
      { clientId, clientSecret, baseUrl: x.settings.baseUrl, ...app },
      { fetch, random: systemRandom, clock: x.clock },
    )
  }
  beforeEach(async () => {
    x = await openX()
    linking = open()
  })
  afterEach(() => x.close())

  const begin = () => linking.begin({ redirectUri, state: 'state-1', signal: calm() })
  const finish = (params: Record<string, string>, keep: string) =>
    linking.finish({ redirectUri, params, keep, signal: calm() })
  const link = async () => {
    const { url, keep } = await begin()
    return finish(x.oauth.authorize(url, x.helper), keep)
  }
  const refresh = (grant: Grant) => linking.refresh?.(grant, calm()) ?? expect.fail('it has to be renewed')

  it('sends the person to X, asks for no more than it needs, and learns who they are', async () => {
    const { url, keep } = await begin()
    const { origin, pathname, searchParams } = new URL(url)
    expect([origin, pathname, searchParams.get('state')]).toEqual(['https://x.com', '/i/oauth2/authorize', 'state-1'])
    expect(searchParams.get('scope')).toBe('tweet.read tweet.write users.read offline.access')
    const { account, grant } = await finish(x.oauth.authorize(url, x.helper), keep)
    expect(account).toEqual({ id: x.helper.id, handle: 'mia' })
    expect(grant.expiresAt).toEqual(new Date(x.clock.now().getTime() + 2 * HOUR - MINUTE))
    const to = await x.post('@mia kettle')
    const as = { handle: 'mia', token: linking.tokenOf(grant) }
    const sent = await x.connector().reply({ to: x.ref(to), text: 'hi', as, key: 'k', signal: calm() })
    expect(sent.outcome).toBe('published')
    expect((await x.answersTo(to)).map(({ by }) => by)).toEqual(['mia'])
  })

  it('renews a grant before it ends, each token once', async () => {
    const { grant } = await link()
    const renewed = await refresh(grant)
    expect(linking.tokenOf(renewed)).not.toBe(linking.tokenOf(grant))
    expect(JSON.parse(linking.tokenOf(renewed)).id).toBe(x.helper.id)
    const error = await failure(refresh(grant))
    expect(error).toMatchObject({ kind: 'auth', message: expect.stringContaining('link the account again') })
    expect((await refresh(renewed)).expiresAt).not.toBeNull()
  })

  it.each(['503', 'drop-before', '429', 'redirect'] as const)(
    'takes %s at renewal for trouble, never for a refusal (32)',
    async (fault) => {
      const { grant } = await link()
      x.failNext(fault)
      expect((await failure(refresh(grant))).kind).not.toBe('auth')
      expect((await refresh(grant)).secret).toContain('access-')
    },
  )

  it('has to be done anew when X’s answer with the next token was lost, and says so at once (31)', async () => {
    const { grant } = await link()
    x.failNext('html')
    expect((await failure(refresh(grant))).kind).toBe('bad-response')
    expect((await failure(refresh(grant))).kind).toBe('auth')
  })

  it('tells our own app’s fault from the account’s', async () => {
    const { grant } = await link()
    linking = open({ clientSecret: 'wrong' })
    const error = await failure(refresh(grant))
    expect(error).toMatchObject({ kind: 'refused', message: expect.stringContaining('client id and secret') })
    linking = open()
    expect((await refresh(grant)).secret).toContain('access-')
  })

  it('refuses a code that is used, late, or somebody else’s (35)', async () => {
    const { url, keep } = await begin()
    const params = x.oauth.authorize(url, x.helper)
    await finish(params, keep)
    expect((await failure(finish(params, keep))).kind).toBe('refused')
    const late = x.oauth.authorize(url, x.helper)
    x.clock.pass(31 * SECOND)
    expect((await failure(finish(late, keep))).kind).toBe('refused')
    const stolen = x.oauth.authorize(url, x.helper)
    expect((await failure(finish(stolen, 'k'.repeat(128)))).kind).toBe('refused')
    expect(await failure(finish({ error: 'access_denied' }, keep))).toMatchObject({
      kind: 'refused',
      message: expect.stringContaining('access_denied'),
    })
  })

  it('names what the person did not allow (34)', async () => {
    const { url, keep } = await begin()
    const params = x.oauth.authorize(url, x.helper, ['tweet.read', 'users.read'])
    expect(await failure(finish(params, keep))).toMatchObject({
      kind: 'scope',
      message: expect.stringContaining('tweet.write, offline.access'),
    })
  })

  it('tells X when it is done with an account', async () => {
    const { grant } = await link()
    await linking.revoke?.(grant, calm())
    expect((await failure(refresh(grant))).kind).toBe('auth')
  })

  it('keeps tokens, codes and secrets out of its errors (37)', async () => {
    const { grant } = await link()
    await refresh(grant)
    const { url, keep } = await begin()
    const errors = [await failure(refresh(grant)), await failure(finish({ code: 'secret-code' }, keep))]
    const told = errors.map((error) => JSON.stringify([error, error.message, String(error.stack), error.cause])).join()
    const { accessToken, refreshToken } = JSON.parse(grant.secret)
    for (const secret of [accessToken, refreshToken, keep, 'secret-code', x.oauth.client.secret])
      expect(told).not.toContain(secret)
    expect(url).not.toContain(keep)
  })
})
