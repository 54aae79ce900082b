import { z } from 'zod'
import { MINUTE, SECOND } from '../../src/domain/clock.ts'
import { type ConnectorDeps, type Field, type LinkingWay, readSettings, serverUrl } from '../catalogue.ts'
import { ConnectorError, type Grant, type Linking } from '../connector.ts'
import { call, RefusedBy } from '../http.ts'
import { readAnswer } from '../reading.ts'
import { API, ask, saying } from './api.ts'

/** Looking at pins and their boards, and at whose they are. */
export const SCOPES = ['boards:read', 'pins:read', 'user_accounts:read']
const AUTHORIZE = 'https://www.pinterest.com/oauth/'

const App = z.strictObject({
  clientId: z.string().min(1),
  clientSecret: z.string().min(1),
  baseUrl: serverUrl.default(API),
})
type App = z.infer<typeof App>

const APP_FIELDS: Field[] = [
  { name: 'clientId', label: 'App ID', help: 'At developers.pinterest.com, under My apps.' },
  { name: 'clientSecret', label: 'App secret key', help: 'Shown beside it.', secret: true },
]

const Token = z.object({
  access_token: z.string().min(1),
  expires_in: z.number().positive(),
  scope: z.string().default(''),
  refresh_token_expires_in: z.number().positive().optional(),
  refresh_token: z.string().min(1).optional(),
})
type Token = z.infer<typeof Token>
const Me = z.object({ id: z.string().min(1).optional(), username: z.string().min(1) })
const Kept = z.object({ accessToken: z.string(), refreshToken: z.string().nullable() })

/** Pinterest's OAuth 2.0. A grant lives 30 days; the token that renews it is renewed with it. */
export const pinterestLinking: LinkingWay = {
  way: 'redirect',
  label: 'Sign in at Pinterest',
  app: APP_FIELDS,
  register: null,
  open: (app, deps) => linking(readSettings(App, app, 'This app cannot be used.'), deps),
}

function linking({ clientId, clientSecret, baseUrl }: App, deps: ConnectorDeps): Linking {
  const basic = `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`
  const token = async (form: Record<string, string>, signal: AbortSignal): Promise<Token> => {
    const url = `${baseUrl}/v5/oauth/token`
    // Apps from before September 2025 are given a token that renews for ever only if they ask.
    const asked = { form: { ...form, continuous_refresh: 'true' }, headers: { authorization: basic }, signal }
    return readAnswer(Token, await call({ ...deps, saying }, { method: 'POST', url, ...asked }).catch(asOurApp))
  }
  const grantOf = (given: Token, before: string | null = null): Grant => ({
    secret: JSON.stringify({ accessToken: given.access_token, refreshToken: given.refresh_token ?? before }),
    // Not to the last moment: clocks differ.
    expiresAt: new Date(deps.clock.now().getTime() + given.expires_in * SECOND - MINUTE),
    scopes: scopesOf(given),
    ...endOf(given, deps.clock.now()),
  })

  return {
    async begin({ redirectUri, state }) {
      const asked = { client_id: clientId, redirect_uri: redirectUri, response_type: 'code', state }
      return { url: `${AUTHORIZE}?${new URLSearchParams({ ...asked, scope: SCOPES.join(',') })}`, keep: '' }
    },
    async finish({ redirectUri, params: { code, error }, signal }) {
      if (!code)
        throw new ConnectorError(
          'refused',
          `Pinterest sent no code back (${error ?? 'no reason'}); nothing was linked.`,
        )
      const given = await token({ grant_type: 'authorization_code', code, redirect_uri: redirectUri }, signal)
      const missing = SCOPES.filter((scope) => !scopesOf(given).includes(scope))
      if (missing.length > 0)
        throw new ConnectorError('scope', `The account did not allow ${missing.join(', ')}: link it again.`)
      const at = { baseUrl, token: given.access_token }
      const { id, username } = readAnswer(Me, await ask(deps, at, { path: '/user_account', signal }))
      return { account: { id: id ?? username, handle: username }, grant: grantOf(given) }
    },
    async refresh({ secret }, signal) {
      const { refreshToken } = Kept.parse(JSON.parse(secret))
      if (refreshToken === null)
        throw new ConnectorError('auth', 'This account has to be linked again: its time is over.')
      const form = { grant_type: 'refresh_token', refresh_token: refreshToken }
      return grantOf(await token(form, signal).catch(asTakenBack), refreshToken)
    },
    tokenOf: ({ secret }) => Kept.parse(JSON.parse(secret)).accessToken,
    // Pinterest has no address to tell it.
    revoke: null,
  }
}

const scopesOf = ({ scope }: Token): string[] => scope.split(/[\s,]+/).filter((one) => one !== '')

/** Our request for a new grant is well made; refused for itself, it is the grant that is no longer good. */
function asTakenBack(error: unknown): never {
  if (error instanceof RefusedBy && error.status === 400)
    throw new ConnectorError('auth', 'Pinterest no longer accepts this account’s grant: link the account again.', {
      status: 400,
      cause: error,
    })
  throw error
}

/** The account did nothing wrong when our own app id or secret is. */
function asOurApp(error: unknown): never {
  if (error instanceof RefusedBy && error.status === 401)
    throw new ConnectorError(
      'refused',
      'Pinterest does not accept the app’s id and secret: look at the app’s settings.',
      {
        status: 401,
        cause: error,
      },
    )
  throw error
}

/** A renewal that brings another token moves the end; one that does not leaves it where it was. */
const endOf = ({ refresh_token: token, refresh_token_expires_in: seconds }: Token, now: Date): Pick<Grant, 'endsAt'> =>
  token === undefined || seconds === undefined ? {} : { endsAt: new Date(now.getTime() + seconds * SECOND) }
