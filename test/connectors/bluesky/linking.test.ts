import { createHash, type JsonWebKey } from 'node:crypto'
import { oauthClientMetadataSchema } from '@atproto/oauth-client-node'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { appPassword } from '../../../connectors/bluesky/app-password.ts'
import { clientMetadata, nameOf, newKey } from '../../../connectors/bluesky/client.ts'
import { provingFetch } from '../../../connectors/bluesky/dpop.ts'
import { oauth } from '../../../connectors/bluesky/oauth.ts'
import { readToken } from '../../../connectors/bluesky/session.ts'
import type { ConnectorDeps } from '../../../connectors/catalogue.ts'
import { systemClock } from '../../../src/domain/clock.ts'
import { systemRandom } from '../../../src/domain/random.ts'
import { type Heard, openFaultyServer } from '../faulty-server.ts'
import { calm, failure } from '../stage.ts'
import { openAuthorizationServer, signed } from './authorization-server.ts'

const REDIRECT = 'https://deputize.example/accounts/linked'
const deps: ConnectorDeps = { fetch: (url, init) => fetch(url, init), random: systemRandom, clock: systemClock }

describe('who we are to a server (F3)', () => {
  it.each([
    [REDIRECT, undefined],
    [REDIRECT, nameOf(newKey())],
    ['http://127.0.0.1:4600/accounts/linked', undefined],
  ])('is a document that the network’s own schema takes: %s %s', (redirectUri, name) => {
    const document = clientMetadata(redirectUri, name)
    expect(oauthClientMetadataSchema.parse(document)).toMatchObject(document as object)
    expect(JSON.stringify(document)).not.toContain('"d"')
  })

  it('is told under our own names only', () => {
    for (const name of ['', 'other', '../etc', `${'a'.repeat(43)}.`, `${'a'.repeat(43)}.${'b'.repeat(44)}`])
      expect(clientMetadata(REDIRECT, name)).toBeNull()
  })
})

describe('linking by OAuth (F3)', () => {
  let server: Awaited<ReturnType<typeof openAuthorizationServer>>
  beforeEach(async () => {
    server = await openAuthorizationServer(REDIRECT)
  })
  afterEach(() => server.close())

  const app = async (redirectUri = REDIRECT) => ({
    ...((await oauth.register?.('bluesky', redirectUri, deps, calm())) as object),
    server: server.baseUrl,
    plcDirectory: server.baseUrl,
  })
  async function linked(settings: object) {
    const linking = oauth.open(settings, deps)
    const { url, keep } = await linking.begin({ redirectUri: REDIRECT, state: 'state-1', signal: calm() })
    expect(new URL(url).searchParams.get('request_uri')).toContain('request_uri:1')
    const back = server.back()
    expect(back.state).toBe('state-1')
    const finished = await linking.finish({ redirectUri: REDIRECT, params: back, keep, signal: calm() })
    return { linking, ...finished }
  }

  it('signs with a key of our own, proves the tokens’ key, and renews', async () => {
    const settings = await app()
    const { linking, account, grant } = await linked(settings)
    expect(account).toEqual({ id: server.did, handle: 'olga.test' })
    expect(grant.scopes).toEqual(['atproto', 'transition:generic'])
    const session = readToken(linking.tokenOf(grant))
    expect(session).toMatchObject({ did: server.did, server: server.baseUrl, access: 'access-1' })
    const renewed = await oauth.open(settings, deps).refresh!(grant, calm())
    expect(readToken(linking.tokenOf(renewed))).toMatchObject({ access: 'access-2', key: session.key })
    expect(new Set(server.clients)).toEqual(new Set(['private_key_jwt']))
    expect((await failure(linking.refresh!(grant, calm()))).kind).toBe('auth')
  })

  it('works without a key of our own too', async () => {
    const { account } = await linked({ server: server.baseUrl, plcDirectory: server.baseUrl })
    expect(account.id).toBe(server.did)
    expect(new Set(server.clients)).toEqual(new Set(['none']))
  })

  it('needs no key on this machine, and no address but ours', async () => {
    expect(await oauth.register?.('bluesky', 'http://127.0.0.1:4600/x', deps, calm())).toEqual({})
    const linking = oauth.open(await app(), deps)
    const error = await failure(linking.begin({ redirectUri: 'http://localhost:4600/x', state: 's', signal: calm() }))
    expect(error).toMatchObject({ kind: 'refused', message: expect.stringContaining('127.0.0.1') })
  })

  it('is refused for a state of another attempt, another server’s answer, and a person who said no (35)', async () => {
    const linking = oauth.open(await app(), deps)
    const { keep } = await linking.begin({ redirectUri: REDIRECT, state: 'state-1', signal: calm() })
    const finish = (over: Record<string, string>) =>
      failure(linking.finish({ redirectUri: REDIRECT, params: { ...server.back(), ...over }, keep, signal: calm() }))
    for (const over of [{ state: 'state-2' }, { iss: 'https://evil.example' }, { error: 'access_denied' }])
      expect((await finish(over)).kind).toBe('refused')
  })

  it('takes the grant for lost only when the server says so (32)', async () => {
    const { linking, grant } = await linked(await app())
    for (const fault of ['503', 'drop-before', 'html', '429'] as const) {
      server.failNext(fault)
      expect((await failure(linking.refresh!(grant, calm()))).kind).not.toBe('auth')
    }
    expect((await linking.refresh!(grant, calm())).secret).not.toBe(grant.secret)
  })

  it('follows no redirect and swallows no endless answer (61)', async () => {
    const linking = oauth.open(await app(), deps)
    for (const fault of ['redirect', 'huge'] as const) {
      server.failNext(fault, fault)
      const error = await failure(linking.begin({ redirectUri: REDIRECT, state: 's', signal: calm() }))
      expect(error.name).toBe('ConnectorError')
    }
  })
})

describe('a proof of the key (RFC 9449)', () => {
  it('is for this request and this token alone, and is made again only when the server wants its nonce', async () => {
    const heard: Heard[] = []
    const server = await openFaultyServer((request) => {
      heard.push(request)
      const fresh = signed(request.headers.dpop ?? '')?.claims.nonce === 'n-2'
      const headers = { 'dpop-nonce': 'n-2', ...(!fresh && { 'www-authenticate': 'DPoP error="use_dpop_nonce"' }) }
      return { status: fresh ? 200 : 401, headers, body: {} }
    })
    const key = newKey()
    const proving = provingFetch(deps, key, 'token-1', new Map())
    const url = `${server.baseUrl}/xrpc/app.bsky.feed.getPosts`
    expect((await proving(`${url}?uris=1`, { method: 'GET' })).status).toBe(200)
    expect((await proving(url, { method: 'POST', body: '{}' })).status).toBe(200)
    await server.close()
    const proofs = heard.map(({ headers }) => signed(headers.dpop ?? ''))
    expect(proofs.map((proof) => proof?.claims.htm)).toEqual(['GET', 'GET', 'POST'])
    for (const proof of proofs) {
      expect(proof?.isGood(proof.header.jwk as JsonWebKey)).toBe(true)
      expect(proof?.header).toEqual({
        typ: 'dpop+jwt',
        alg: 'ES256',
        jwk: { kty: 'EC', crv: 'P-256', x: key.x, y: key.y },
      })
      expect(proof?.claims).toMatchObject({ htu: url, ath: createHash('sha256').update('token-1').digest('base64url') })
    }
    expect(new Set(proofs.map((proof) => proof?.claims.jti)).size).toBe(3)
  })
})

describe('linking by an app password (F3)', () => {
  const jwt = (exp: number) => `x.${Buffer.from(JSON.stringify({ exp })).toString('base64url')}.y`
  const values = { handle: '@Olga', password: 'abcd-efgh' }

  it('asks the account’s server, goes on at the server its document names, and renews', async () => {
    const asked: unknown[] = []
    const server = await openFaultyServer(({ path, body, headers }) => {
      asked.push([path, body.toString(), headers.authorization])
      const services = [null, { id: '#atproto_pds', serviceEndpoint: 'https://oyster.host.example/' }]
      const tokens = { accessJwt: jwt(1_793_000_000), refreshJwt: `refresh-${asked.length}` }
      const didDoc = { service: services.slice(1) }
      return { status: 200, body: { did: 'did:plc:olga', handle: 'olga.bsky.social', didDoc, ...tokens } }
    })
    const { account, grant } = await appPassword.link({ ...values, server: server.baseUrl }, deps, calm())
    expect(account).toEqual({ id: 'did:plc:olga', handle: 'olga.bsky.social' })
    expect(grant.expiresAt).toEqual(new Date(1_793_000_000_000))
    expect(readToken(appPassword.tokenOf(grant))).toEqual({
      did: 'did:plc:olga',
      server: 'https://oyster.host.example',
      access: jwt(1_793_000_000),
    })
    const here = { ...grant, secret: grant.secret.replace('https://oyster.host.example', server.baseUrl) }
    const renewed = await appPassword.refresh!(here, deps, calm())
    expect(JSON.parse(renewed.secret)).toMatchObject({ refresh: 'refresh-2' })
    await server.close()
    expect(asked).toEqual([
      [
        '/xrpc/com.atproto.server.createSession',
        JSON.stringify({ identifier: 'olga.bsky.social', password: 'abcd-efgh' }),
        undefined,
      ],
      ['/xrpc/com.atproto.server.refreshSession', '', 'Bearer refresh-1'],
    ])
  })

  it('tells a wrong password from a session that is over and from a server that is not well (32)', async () => {
    const answers = [
      { status: 401, body: { error: 'AuthenticationRequired', message: 'Invalid identifier or password' } },
      { status: 400, body: { error: 'ExpiredToken', message: 'Token has been revoked' } },
      { status: 502, body: { error: 'UpstreamFailure' } },
    ]
    const server = await openFaultyServer(() => answers.shift() ?? { status: 500 })
    const linked = await failure(appPassword.link({ ...values, server: server.baseUrl }, deps, calm()))
    const secret = JSON.stringify({ did: 'did:plc:x', server: server.baseUrl, access: 'a', refresh: 'very-secret' })
    const renew = () => failure(appPassword.refresh!({ secret, expiresAt: null, scopes: [] }, deps, calm()))
    const [over, unwell] = [await renew(), await renew()]
    await server.close()
    expect([linked, over, unwell].map(({ kind }) => kind)).toEqual(['auth', 'auth', 'bad-response'])
    expect(JSON.stringify([linked, over, unwell].map((error) => [error, error.stack]))).not.toMatch(
      /very-secret|abcd-efgh/,
    )
  })
})
