import { z } from 'zod'
import { MINUTE, SECOND } from '../../src/domain/clock.ts'
import { type ConnectorDeps, type Field, type LinkingWay, readSettings, serverUrl } from '../catalogue.ts'
import { ConnectorError, type Grant, type Linking } from '../connector.ts'
import { call, RefusedBy } from '../http.ts'
import { readAnswer } from '../reading.ts'
import { API, ask, saying, userAgent } from './api.ts'

/** The least that listening, answering, looking for answers and taking them back need. */
export const SCOPES = ['identity', 'read', 'history', 'privatemessages', 'submit', 'edit']

const App = z.strictObject({
  clientId: z.string().min(1),
  clientSecret: z.string().min(1),
  baseUrl: serverUrl.default(API),
  siteUrl: serverUrl.default('https://www.reddit.com'),
})
type App = z.infer<typeof App>

const APP_FIELDS: Field[] = [
  { name: 'clientId', label: 'App id', help: 'Of an app of type “web app” that Reddit approved.' },
  { name: 'clientSecret', label: 'App secret', help: 'Shown beside it.', secret: true },
]

const Token = z.object({
  access_token: z.string().min(1),
  expires_in: z.number().positive(),
  scope: z.string().default(''),
  refresh_token: z.string().min(1).optional(),
})
type Token = z.infer<typeof Token>
const Me = z.object({ id: z.string().min(1), name: z.string().min(1) })
const Kept = z.object({ name: z.string(), accessToken: z.string(), refreshToken: z.string().nullable() })

/** Reddit's OAuth 2.0. A grant lives an hour or a day, as Reddit says; the token that renews it stays. */
export const redditLinking: LinkingWay = {
  way: 'redirect',
  label: 'Sign in at Reddit',
  app: APP_FIELDS,
  register: null,
  open: (app, deps) => linking(readSettings(App, app, 'This app cannot be used.'), deps),
}

function linking({ clientId, clientSecret, baseUrl, siteUrl }: App, deps: ConnectorDeps): Linking {
  const basic = `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`
  const post = (path: string, form: Record<string, string>, signal: AbortSignal, name = clientId) => {
    const headers = { authorization: basic, 'user-agent': userAgent(name) }
    return call({ ...deps, saying }, { method: 'POST', url: `${siteUrl}/api/v1/${path}`, form, headers, signal })
  }
  const token = async (form: Record<string, string>, signal: AbortSignal): Promise<Token> => {
    const answer = await post('access_token', form, signal).catch(inOurWords)
    // A used code is told with status 200.
    const { error } = (answer.json ?? {}) as { error?: unknown }
    if (typeof error === 'string') throw takenBack(error)
    return readAnswer(Token, answer)
  }
  const grantOf = (name: string, given: Token, before: string | null = null): Grant => ({
    secret: JSON.stringify({ name, accessToken: given.access_token, refreshToken: given.refresh_token ?? before }),
    // Not to the last moment: clocks differ.
    expiresAt: new Date(deps.clock.now().getTime() + given.expires_in * SECOND - MINUTE),
    scopes: given.scope.split(/[\s,]+/).filter((one) => one !== ''),
  })

  return {
    async begin({ redirectUri, state }) {
      const asked = { client_id: clientId, response_type: 'code', state, redirect_uri: redirectUri }
      const params = new URLSearchParams({ ...asked, duration: 'permanent', scope: SCOPES.join(' ') })
      return { url: `https://www.reddit.com/api/v1/authorize?${params}`, keep: '' }
    },
    async finish({ redirectUri, params: { code, error }, signal }) {
      if (!code)
        throw new ConnectorError('refused', `Reddit sent no code back (${error ?? 'no reason'}); nothing was linked.`)
      const given = await token({ grant_type: 'authorization_code', code, redirect_uri: redirectUri }, signal).catch(
        (fault: unknown) => {
          if (!(fault instanceof ConnectorError && fault.kind === 'auth')) throw fault
          throw new ConnectorError('refused', 'Reddit does not accept this code (any more): begin again.', {
            cause: fault,
          })
        },
      )
      const session = { name: clientId, token: given.access_token }
      const me = readAnswer(Me, await ask(deps, { baseUrl, session }, { path: '/api/v1/me', signal }))
      return { account: { id: me.id, handle: me.name }, grant: grantOf(me.name, given) }
    },
    async refresh({ secret }, signal) {
      const { name, refreshToken } = Kept.parse(JSON.parse(secret))
      if (refreshToken === null)
        throw new ConnectorError('auth', 'This account has to be linked again: its time is over.')
      return grantOf(
        name,
        await token({ grant_type: 'refresh_token', refresh_token: refreshToken }, signal),
        refreshToken,
      )
    },
    tokenOf({ secret }) {
      const { name, accessToken } = Kept.parse(JSON.parse(secret))
      return JSON.stringify({ name, token: accessToken })
    },
    async revoke({ secret }, signal) {
      const { name, accessToken, refreshToken } = Kept.parse(JSON.parse(secret))
      const hint = refreshToken === null ? 'access_token' : 'refresh_token'
      await post('revoke_token', { token: refreshToken ?? accessToken, token_type_hint: hint }, signal, name)
    },
  }
}

const takenBack = (code: string) =>
  new ConnectorError('auth', `Reddit no longer accepts this account’s grant (${code}): link the account again.`)

/** 401 is about our own app; `invalid_grant` and 400 about the account's. */
function inOurWords(error: unknown): never {
  if (!(error instanceof RefusedBy)) throw error
  if (error.code === 'invalid_grant' || error.status === 400) throw takenBack(error.code ?? '400')
  if (error.status === 401)
    throw new ConnectorError('refused', 'Reddit does not accept the app’s id and secret: look at the app’s settings.', {
      status: 401,
      cause: error,
    })
  throw error
}
