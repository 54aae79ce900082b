import { z } from 'zod'
import { MINUTE, SECOND } from '../../src/domain/clock.ts'
import { type ConnectorDeps, type Field, type LinkingWay, readSettings, serverUrl } from '../catalogue.ts'
import { ConnectorError, type Grant, type Linking } from '../connector.ts'
import { call, RefusedBy } from '../http.ts'
import { readAnswer } from '../reading.ts'
import { ask, Elements, saying } from './api.ts'
import type { Session } from './session.ts'
import { API, VERSION_FIELD, version } from './settings.ts'

/** Of the brand: to find its page, hear its notifications, read posts and comments there, and answer. */
export const BRAND_SCOPES = [
  'rw_organization_admin',
  'r_organization_social',
  'r_organization_social_feed',
  'w_organization_social_feed',
]
/** Of a member: to know who they are, and to answer as them. */
export const MEMBER_SCOPES = ['r_basicprofile', 'w_member_social_feed']
const AUTHORIZE = 'https://www.linkedin.com/oauth/v2/authorization'

const App = z.strictObject({
  clientId: z.string().min(1),
  clientSecret: z.string().min(1),
  organizationId: z.string().regex(/^\d*$/, 'has digits only').default(''),
  version,
  baseUrl: serverUrl.default(API),
  siteUrl: serverUrl.default('https://www.linkedin.com'),
})
type App = z.infer<typeof App>

const APP_FIELDS: Field[] = [
  {
    name: 'clientId',
    label: 'Client ID',
    help: 'At linkedin.com/developers/apps, under Auth, of an app with the Community Management API.',
  },
  { name: 'clientSecret', label: 'Client secret', help: 'Shown beside it.', secret: true },
  {
    name: 'organizationId',
    label: 'Organisation ID',
    help: 'The number in its page’s address as an administrator. Only where one person runs several pages.',
    optional: true,
  },
  VERSION_FIELD,
]

const Token = z.object({
  access_token: z.string().min(1),
  expires_in: z.number().positive(),
  scope: z.string().optional(),
  /** LinkedIn gives one to some apps alone; it ends a year after it was first given, however often it is used. */
  refresh_token: z.string().min(1).optional(),
  /** Of that year, what is left. */
  refresh_token_expires_in: z.number().positive().optional(),
})
type Token = z.infer<typeof Token>

const Role = z.object({ organization: z.string().startsWith('urn:li:organization:') })
const Organisation = z.object({ localizedName: z.string().min(1), vanityName: z.string().min(1).optional() })
const Person = z.object({
  id: z.string().min(1),
  vanityName: z.string().min(1).optional(),
  localizedFirstName: z.string().default(''),
  localizedLastName: z.string().default(''),
})
const Kept = z.object({ actor: z.string(), accessToken: z.string(), refreshToken: z.string().nullable() })
type Account = { actor: string; handle: string }

/** LinkedIn's OAuth 2.0, with a secret and no PKCE: an organisation's page for the brand, a person for a member. */
export const linkedinLinking: LinkingWay = {
  way: 'redirect',
  label: 'Sign in at LinkedIn',
  app: APP_FIELDS,
  register: null,
  open: (app, deps) => linking(readSettings(App, app, 'This app cannot be used.'), deps),
}

function linking(app: App, deps: ConnectorDeps): Linking {
  const ours = { client_id: app.clientId, client_secret: app.clientSecret }
  const post = (path: string, form: Record<string, string>, signal: AbortSignal) =>
    call(
      { ...deps, saying },
      { method: 'POST', url: `${app.siteUrl}/oauth/v2/${path}`, form: { ...form, ...ours }, signal },
    )
  const token = async (form: Record<string, string>, signal: AbortSignal): Promise<Token> =>
    readAnswer(Token, await post('accessToken', form, signal).catch(asOurApp))
  const grantOf = (actor: string, given: Token, scopes: string[], before: string | null = null): Grant => ({
    secret: JSON.stringify({
      actor,
      accessToken: given.access_token,
      refreshToken: given.refresh_token ?? before,
    } satisfies z.infer<typeof Kept>),
    // Not to the last moment: clocks differ.
    expiresAt: new Date(deps.clock.now().getTime() + given.expires_in * SECOND - MINUTE),
    ...endOf(given, before, deps.clock.now()),
    scopes: scopesOf(given) ?? scopes,
  })

  return {
    async begin({ redirectUri, state, whose = 'brand' }) {
      const asked = { response_type: 'code', client_id: app.clientId, redirect_uri: redirectUri, state }
      const params = new URLSearchParams({ ...asked, scope: scopesFor(whose).join(' ') })
      return { url: `${AUTHORIZE}?${params}`, keep: whose }
    },
    async finish({ redirectUri, params: { code, error, error_description: why }, keep, signal }) {
      if (!code)
        throw new ConnectorError(
          'refused',
          `LinkedIn sent no code back (${why ?? error ?? 'no reason'}); nothing was linked.`,
        )
      const whose = keep === 'member' ? 'member' : 'brand'
      const given = await token({ grant_type: 'authorization_code', code, redirect_uri: redirectUri }, signal).catch(
        asSpent,
      )
      const wanted = scopesFor(whose)
      const missing = wanted.filter((scope) => !(scopesOf(given) ?? wanted).includes(scope))
      if (missing.length > 0)
        throw new ConnectorError(
          'scope',
          `LinkedIn did not allow ${missing.join(', ')}: see what the app may ask for, and link it again.`,
        )
      const asker = { ...app, token: given.access_token }
      const find = whose === 'brand' ? organisationOf : personOf
      const { actor, handle } = await find(deps, asker, signal)
      return { account: { id: actor, handle }, grant: grantOf(actor, given, wanted) }
    },
    async refresh({ secret, scopes }, signal) {
      const { actor, refreshToken } = Kept.parse(JSON.parse(secret))
      if (refreshToken === null)
        throw new ConnectorError('auth', 'This account has to be linked again: its time is over.')
      const given = await token({ grant_type: 'refresh_token', refresh_token: refreshToken }, signal).catch(asTakenBack)
      return grantOf(actor, given, scopes, refreshToken)
    },
    tokenOf({ secret }) {
      const { actor, accessToken } = Kept.parse(JSON.parse(secret))
      return JSON.stringify({ actor, token: accessToken } satisfies Session)
    },
    async revoke({ secret }, signal) {
      await post('revoke', { token: Kept.parse(JSON.parse(secret)).accessToken }, signal)
    },
  }
}

/** When it ends for good: with the token that renews, else with the only one there is. */
function endOf(given: Token, before: string | null, now: Date): Pick<Grant, 'endsAt'> {
  const renews = given.refresh_token !== undefined || before !== null
  const seconds = renews ? given.refresh_token_expires_in : given.expires_in
  return seconds === undefined ? {} : { endsAt: new Date(now.getTime() + seconds * SECOND) }
}

type At = App & { token: string }

/** The one page that the person administers, or the one that is named. */
async function organisationOf(deps: ConnectorDeps, at: At, signal: AbortSignal): Promise<Account> {
  const path = 'organizationAcls?q=roleAssignee&role=ADMINISTRATOR&state=APPROVED&count=100'
  const { elements } = readAnswer(Elements, await ask(deps, at, { path, signal }))
  const urns = elements.flatMap((raw) => Role.safeParse(raw).data?.organization ?? [])
  const wanted = urns.filter((urn) => at.organizationId === '' || urn.endsWith(`:${at.organizationId}`))
  const [actor] = wanted
  if (!actor)
    throw new ConnectorError(
      'refused',
      'This person administers no such page on LinkedIn: sign in as one of its super admins.',
    )
  if (wanted.length > 1)
    throw new ConnectorError(
      'refused',
      `This person administers ${wanted.length} pages: put the organisation ID of one into the app’s settings.`,
    )
  const asked = { path: `organizations/${actor.split(':').at(-1)}`, signal }
  const { vanityName, localizedName } = readAnswer(Organisation, await ask(deps, at, asked))
  return { actor, handle: vanityName ?? localizedName }
}

async function personOf(deps: ConnectorDeps, at: At, signal: AbortSignal): Promise<Account> {
  const person = readAnswer(Person, await ask(deps, at, { path: 'me', signal }))
  const name = `${person.localizedFirstName} ${person.localizedLastName}`.trim()
  return { actor: `urn:li:person:${person.id}`, handle: person.vanityName ?? (name || person.id) }
}

const scopesFor = (whose: 'brand' | 'member') => (whose === 'brand' ? BRAND_SCOPES : MEMBER_SCOPES)
/** Null: LinkedIn did not say what it allowed, and that is all that was asked for. */
const scopesOf = ({ scope }: Token): string[] | null =>
  scope === undefined ? null : scope.split(/[\s,]+/).filter((one) => one !== '')

/** A code works once, for half an hour. */
function asSpent(error: unknown): never {
  if (error instanceof RefusedBy && error.status === 400)
    throw new ConnectorError('refused', 'LinkedIn does not accept this code (any more): begin again.', { cause: error })
  throw error
}

/** Our request for a new grant is well made; refused for itself, it is the grant that is no longer good. */
function asTakenBack(error: unknown): never {
  if (error instanceof RefusedBy && error.status === 400)
    throw new ConnectorError('auth', 'LinkedIn no longer accepts this account’s grant: link the account again.', {
      status: 400,
      cause: error,
    })
  throw error
}

/** The account did nothing wrong when our own app is refused. */
function asOurApp(error: unknown): never {
  if (error instanceof RefusedBy && (error.status === 401 || error.code === 'invalid_client'))
    throw new ConnectorError(
      'refused',
      'LinkedIn does not accept the app’s ID and secret: look at the app’s settings.',
      {
        status: error.status ?? 401,
        cause: error,
      },
    )
  throw error
}
