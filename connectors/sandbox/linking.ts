import { createHash } from 'node:crypto'
import { z } from 'zod'
import { SECOND } from '../../src/domain/clock.ts'
import { type ConnectorDeps, type LinkingWay, readSettings, serverUrl } from '../catalogue.ts'
import { ConnectorError, type Grant, type Linking } from '../connector.ts'
import { call, type HttpRequest, RefusedBy } from '../http.ts'

const App = z.strictObject({ baseUrl: serverUrl, clientId: z.string().min(1), clientSecret: z.string().min(1) })
type App = z.infer<typeof App>

const Tokens = z.object({
  access_token: z.string().min(1),
  refresh_token: z.string().min(1),
  expires_in: z.number().positive(),
  scope: z.string(),
})
const Me = z.object({ id: z.string().min(1), handle: z.string().min(1) })
/** What a grant's secret holds. */
const Held = z.object({ access: z.string(), refresh: z.string() })

/** OAuth 2 code with PKCE; access for an hour, refresh tokens that rotate. */
export const SANDBOX_LINKING: LinkingWay = {
  way: 'redirect',
  label: 'Sign in on the sandbox network',
  app: [
    { name: 'baseUrl', label: 'Address', help: 'Where the sandbox network answers.' },
    { name: 'clientId', label: 'Client id', help: 'As the network’s operator made it for this product.' },
    { name: 'clientSecret', label: 'Client secret', help: 'Came with the client id.', secret: true },
  ],
  register: null,
  open: (app, deps) => sandboxLinking(readSettings(App, app, 'This app cannot be used.'), deps),
}

function sandboxLinking(app: App, deps: ConnectorDeps): Linking {
  const ask = (path: string, form: Record<string, string>, signal: AbortSignal) =>
    asClient(app, deps, { method: 'POST', url: `${app.baseUrl}/oauth/${path}`, form, signal })
  return {
    begin: async ({ redirectUri, state }) => {
      const verifier = deps.random(32).toString('base64url')
      const query = new URLSearchParams({
        response_type: 'code',
        client_id: app.clientId,
        redirect_uri: redirectUri,
        state,
        code_challenge: createHash('sha256').update(verifier).digest('base64url'),
        code_challenge_method: 'S256',
      })
      return { url: `${app.baseUrl}/oauth/authorize?${query}`, keep: verifier }
    },
    finish: async ({ redirectUri, params, keep, signal }) => {
      const { code, error } = params
      if (code === undefined)
        throw new ConnectorError(
          'refused',
          error === 'access_denied' ? 'You did not allow it.' : 'The sandbox network sent you back without an answer.',
        )
      const form = { grant_type: 'authorization_code', code, redirect_uri: redirectUri, code_verifier: keep }
      const grant = grantOf(deps, (await ask('token', form, signal)).json)
      return { account: await whoseGrant(app, deps, grant, signal), grant }
    },
    refresh: async (grant, signal) => {
      const form = { grant_type: 'refresh_token', refresh_token: held(grant).refresh }
      return grantOf(deps, (await ask('token', form, signal)).json)
    },
    tokenOf: (grant) => held(grant).access,
    revoke: async (grant, signal) => void (await ask('revoke', { token: held(grant).refresh }, signal)),
  }
}

const held = (grant: Grant) => Held.parse(JSON.parse(grant.secret)) // of our own making, below

function grantOf({ clock }: ConnectorDeps, json: unknown): Grant {
  const read = Tokens.safeParse(json)
  if (!read.success) throw new ConnectorError('bad-response', 'The sandbox network gave tokens in an unknown shape.')
  const { access_token: access, refresh_token: refresh, expires_in, scope } = read.data
  return {
    secret: JSON.stringify({ access, refresh }),
    expiresAt: new Date(clock.now().getTime() + expires_in * SECOND),
    scopes: scope.split(' ').filter(Boolean),
  }
}

async function whoseGrant({ baseUrl }: App, deps: ConnectorDeps, grant: Grant, signal: AbortSignal) {
  const headers = { authorization: `Bearer ${held(grant).access}` }
  const read = Me.safeParse((await call(deps, { method: 'GET', url: `${baseUrl}/api/me`, headers, signal })).json)
  if (!read.success) throw new ConnectorError('bad-response', 'The sandbox network did not say whose account it is.')
  return read.data
}

/** As the app itself, by HTTP Basic. `invalid_grant` is the one answer that says the account took its grant back. */
async function asClient(app: App, deps: ConnectorDeps, request: HttpRequest) {
  const basic = Buffer.from(`${encodeURIComponent(app.clientId)}:${encodeURIComponent(app.clientSecret)}`)
  const authorization = `Basic ${basic.toString('base64')}`
  try {
    return await call({ ...deps, saying }, { ...request, headers: { authorization } })
  } catch (error) {
    if (!(error instanceof RefusedBy)) throw error
    if (error.code === 'invalid_grant')
      throw new ConnectorError('auth', 'The sandbox network no longer accepts what you allowed.', { cause: error })
    if (error.code === 'invalid_client')
      throw new ConnectorError('refused', 'The sandbox network does not know our app; an admin has to enter it anew.')
    throw error
  }
}

/** Errors of OAuth 2 (RFC 6749 §5.2). */
function saying(json: unknown): { code: string | null; message: string | null } {
  const read = z.object({ error: z.string(), error_description: z.string().optional() }).safeParse(json)
  return { code: read.data?.error ?? null, message: read.data?.error_description ?? null }
}
