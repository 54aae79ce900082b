import { createHash } from 'node:crypto'
import { z } from 'zod'
import { MINUTE, SECOND } from '../../src/domain/clock.ts'
import { type ConnectorDeps, type Field, type LinkingWay, readSettings, serverUrl } from '../catalogue.ts'
import { ConnectorError, type Grant, type Linking } from '../connector.ts'
import { call, RefusedBy } from '../http.ts'
import { readAnswer } from '../reading.ts'
import { API, ask, saying } from './api.ts'
import { Channels } from './shapes.ts'

/** The one scope that may write comments. */
export const SCOPE = 'https://www.googleapis.com/auth/youtube.force-ssl'
const AUTHORIZE = 'https://accounts.google.com/o/oauth2/v2/auth'

const App = z.strictObject({
  clientId: z.string().min(1),
  clientSecret: z.string().min(1),
  baseUrl: serverUrl.default(API),
  tokenUrl: serverUrl.default('https://oauth2.googleapis.com'),
})
type App = z.infer<typeof App>

const APP_FIELDS: Field[] = [
  { name: 'clientId', label: 'OAuth client ID', help: 'Of type “Web application”, from the Google Cloud console.' },
  { name: 'clientSecret', label: 'OAuth client secret', help: 'Shown beside it.', secret: true },
]

const Token = z.object({
  access_token: z.string().min(1),
  expires_in: z.number().positive(),
  scope: z.string().default(''),
  refresh_token: z.string().min(1).optional(),
  /** Told where the person allowed it for a time only, or the app is still being tried. */
  refresh_token_expires_in: z.number().positive().optional(),
})
const Kept = z.object({ channelId: z.string(), accessToken: z.string(), refreshToken: z.string().nullable() })
type Kept = z.infer<typeof Kept>

/** Google's OAuth 2.0 with PKCE. A grant lives an hour; the token that renews it stays. */
export const youtubeLinking: LinkingWay = {
  way: 'redirect',
  label: 'Sign in at Google',
  app: APP_FIELDS,
  register: null,
  open: (app, deps) => linking(readSettings(App, app, 'This app cannot be used.'), deps),
}

function linking(app: App, deps: ConnectorDeps): Linking {
  const { clientId: client_id, clientSecret: client_secret, baseUrl, tokenUrl } = app
  const token = async (form: Record<string, string>, signal: AbortSignal) => {
    const asked = {
      method: 'POST' as const,
      url: `${tokenUrl}/token`,
      form: { ...form, client_id, client_secret },
      signal,
    }
    return readAnswer(Token, await call({ ...deps, saying }, asked))
  }
  const grantOf = (
    kept: Kept,
    { expires_in, scope, refresh_token_expires_in: ends }: z.infer<typeof Token>,
  ): Grant => ({
    secret: JSON.stringify(kept),
    // Not to the last moment: clocks differ.
    expiresAt: new Date(deps.clock.now().getTime() + expires_in * SECOND - MINUTE),
    scopes: scope.split(' ').filter((one) => one !== ''),
    ...(ends !== undefined && { endsAt: new Date(deps.clock.now().getTime() + ends * SECOND) }),
  })

  return {
    async begin({ redirectUri, state }) {
      const verifier = deps.random(32).toString('base64url')
      const url = new URL(AUTHORIZE)
      url.search = new URLSearchParams({
        response_type: 'code',
        client_id,
        redirect_uri: redirectUri,
        scope: SCOPE,
        state,
        code_challenge: createHash('sha256').update(verifier).digest('base64url'),
        code_challenge_method: 'S256',
        // Google gives the token that renews only offline, and after the first time only if asked to consent again.
        access_type: 'offline',
        prompt: 'consent',
      }).toString()
      return { url: url.toString(), keep: verifier }
    },

    async finish({ redirectUri, params: { code, error }, keep, signal }) {
      if (!code)
        throw new ConnectorError('refused', `Google sent no code back (${error ?? 'no reason'}); nothing was linked.`)
      const form = { grant_type: 'authorization_code', code, redirect_uri: redirectUri, code_verifier: keep }
      const given = await token(form, signal).catch(asOurApp)
      if (!given.scope.split(' ').includes(SCOPE))
        throw new ConnectorError(
          'scope',
          'The account did not allow comments on YouTube: link it again and tick the box.',
        )
      const asker = { baseUrl, token: given.access_token }
      const mine = await ask(deps, asker, { path: 'channels', params: { part: 'snippet', mine: 'true' }, signal })
      const [channel] = readAnswer(Channels, mine).items
      if (!channel)
        throw new ConnectorError('refused', 'This Google account has no channel on YouTube: make one first.')
      const kept = { channelId: channel.id, accessToken: given.access_token, refreshToken: given.refresh_token ?? null }
      const handle = (channel.snippet.customUrl ?? channel.snippet.title).replace(/^@/, '')
      return { account: { id: channel.id, handle }, grant: grantOf(kept, given) }
    },

    async refresh({ secret }, signal) {
      const kept = Kept.parse(JSON.parse(secret))
      if (kept.refreshToken === null)
        throw new ConnectorError('auth', 'This account has to be linked again: its time is over.')
      const form = { grant_type: 'refresh_token', refresh_token: kept.refreshToken }
      const given = await token(form, signal).catch(asTakenBack).catch(asOurApp)
      const refreshToken = given.refresh_token ?? kept.refreshToken
      return grantOf({ ...kept, accessToken: given.access_token, refreshToken }, given)
    },

    tokenOf({ secret }) {
      const { channelId, accessToken } = Kept.parse(JSON.parse(secret))
      return JSON.stringify({ channelId, token: accessToken })
    },

    async revoke({ secret }, signal) {
      const { accessToken, refreshToken } = Kept.parse(JSON.parse(secret))
      const form = { token: refreshToken ?? accessToken }
      await call({ ...deps, saying }, { method: 'POST', url: `${tokenUrl}/revoke`, form, signal })
    },
  }
}

/** Google takes a grant back with this one word; six months unused, or a password changed, are among its reasons. */
function asTakenBack(error: unknown): never {
  if (error instanceof RefusedBy && error.code === 'invalid_grant')
    throw new ConnectorError('auth', 'Google no longer accepts this account’s grant: link the account again.', {
      ...(error.status !== null && { status: error.status }),
      cause: error,
    })
  throw error
}

/** The account did nothing wrong when our own client id or secret is. */
function asOurApp(error: unknown): never {
  if (error instanceof RefusedBy && error.status === 401)
    throw new ConnectorError(
      'refused',
      'Google does not accept the app’s client id and secret: look at the app’s settings.',
      {
        status: 401,
        cause: error,
      },
    )
  throw error
}
