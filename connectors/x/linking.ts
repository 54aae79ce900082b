import { z } from 'zod'
import { MINUTE, SECOND } from '../../src/domain/clock.ts'
import { type ConnectorDeps, type Field, type LinkingWay, readSettings, serverUrl } from '../catalogue.ts'
import { ConnectorError, type Grant, type Linking } from '../connector.ts'
import { RefusedBy } from '../http.ts'
import { xClient } from './client.ts'
import { API } from './settings.ts'
import { OneUser } from './shapes.ts'

/** The least that answering and taking back need; the last one lets a grant outlive its two hours. */
export const SCOPES = ['tweet.read', 'tweet.write', 'users.read', 'offline.access']

const App = z.strictObject({
  clientId: z.string().min(1),
  clientSecret: z.string().min(1).optional(),
  baseUrl: serverUrl.default(API),
})
type App = z.infer<typeof App>

const APP_FIELDS: Field[] = [
  { name: 'clientId', label: 'OAuth 2.0 client ID', help: 'From “User authentication settings” at developer.x.com.' },
  {
    name: 'clientSecret',
    label: 'OAuth 2.0 client secret',
    help: 'Shown once, for an app of type “Web App”; leave it empty for a native app.',
    secret: true,
    optional: true,
  },
]

const Kept = z.object({ id: z.string(), accessToken: z.string(), refreshToken: z.string().nullable() })

/** OAuth 2.0 with PKCE. A grant lives two hours, and the token that renews it is good for one use. */
export const xLinking: LinkingWay = {
  way: 'redirect',
  label: 'Sign in at X',
  app: APP_FIELDS,
  register: null,
  open: (app, deps) => linking(readSettings(App, app, 'This app cannot be used.'), deps),
}

type Tokens = { accessToken: string; refreshToken?: string | undefined; expiresIn: number; scope: string[] }

function linking({ baseUrl, ...speaker }: App, deps: ConnectorDeps): Linking {
  const client = (signal: AbortSignal) =>
    xClient(
      deps,
      baseUrl,
      { clientId: speaker.clientId, ...(speaker.clientSecret && { clientSecret: speaker.clientSecret }) },
      signal,
    )

  const grantOf = (id: string, { accessToken, refreshToken, expiresIn, scope }: Tokens): Grant => ({
    secret: JSON.stringify(Kept.parse({ id, accessToken, refreshToken: refreshToken ?? null })),
    // Not to the last moment: clocks differ.
    expiresAt: new Date(deps.clock.now().getTime() + expiresIn * SECOND - MINUTE),
    scopes: scope,
  })

  return {
    async begin({ redirectUri, state, signal }) {
      const app = await client(signal)
      const { url, codeVerifier } = app.generateOAuth2AuthLink(redirectUri, { scope: SCOPES, state })
      return { url, keep: codeVerifier }
    },

    async finish({ redirectUri, params, keep, signal }) {
      const { code, error } = params
      if (!code)
        throw new ConnectorError('refused', `X sent no code back (${error ?? 'no reason'}); nothing was linked.`)
      const tokens = await inExchange((await client(signal)).loginWithOAuth2({ code, codeVerifier: keep, redirectUri }))
      const missing = SCOPES.filter((scope) => !tokens.scope.includes(scope))
      if (missing.length > 0)
        throw new ConnectorError(
          'scope',
          `The account did not allow ${missing.join(', ')}: link it again and allow all.`,
        )
      const account = await xClient(deps, baseUrl, { account: tokens.accessToken }, signal)
      const me = OneUser.parse(await account.v2.me())
      return { account: { id: me.data.id, handle: me.data.username }, grant: grantOf(me.data.id, tokens) }
    },

    async refresh(grant, signal) {
      const { id, refreshToken } = Kept.parse(JSON.parse(grant.secret))
      if (refreshToken === null)
        throw new ConnectorError('auth', 'This account has to be linked again: its time is over.')
      return grantOf(id, await inRenewal((await client(signal)).refreshOAuth2Token(refreshToken)))
    },

    tokenOf({ secret }) {
      const { id, accessToken } = Kept.parse(JSON.parse(secret))
      return JSON.stringify({ id, token: accessToken })
    },

    async revoke({ secret }, signal) {
      const { accessToken, refreshToken } = Kept.parse(JSON.parse(secret))
      const app = await client(signal)
      await (refreshToken === null
        ? app.revokeOAuth2Token(accessToken)
        : app.revokeOAuth2Token(refreshToken, 'refresh_token'))
    },
  }
}

/** A code is good once, for half a minute. */
async function inExchange(asked: Promise<Tokens>): Promise<Tokens> {
  return asked.catch((error: unknown) => {
    throw isAboutOurApp(error) ?? error
  })
}

/** X took the grant back only if it says so of the token; everything else may pass. */
async function inRenewal(asked: Promise<Tokens>): Promise<Tokens> {
  return asked.catch((error: unknown) => {
    if (error instanceof RefusedBy && error.status === 400 && isAboutTheToken(error))
      throw new ConnectorError('auth', 'X no longer accepts this account’s grant: link the account again.', {
        status: 400,
        cause: error,
      })
    throw isAboutOurApp(error) ?? error
  })
}

const isAboutTheToken = ({ code, message }: RefusedBy) =>
  code === 'invalid_grant' || (code === 'invalid_request' && /token was invalid/i.test(message))

/** The account did nothing wrong when our own client id or secret is. */
const isAboutOurApp = (error: unknown): ConnectorError | null =>
  error instanceof ConnectorError && error.kind === 'auth'
    ? new ConnectorError('refused', 'X does not accept the app’s client id and secret: look at the app’s settings.', {
        cause: error,
        ...(error.status !== null && { status: error.status }),
      })
    : null
