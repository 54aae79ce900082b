import { z } from 'zod'
import { SECOND } from '../../src/domain/clock.ts'
import { type ConnectorDeps, type LinkingWay, readSettings, serverUrl } from '../catalogue.ts'
import { ConnectorError, type Grant, type Linking } from '../connector.ts'
import { readAnswer } from '../reading.ts'
import { ask, GRAPH, VERSION } from './graph.ts'

/** What one network takes from Facebook Login. `accountOf` null: the Page has no such account. */
export type Login = {
  label: string
  scopes: string[]
  fields: string
  accountOf: (page: Page) => { id: string; handle: string } | null
}

const App = z.strictObject({
  appId: z.string().regex(/^\d+$/, 'has digits only'),
  appSecret: z.string().min(1),
  pageId: z.string().regex(/^\d*$/, 'has digits only').default(''),
  baseUrl: serverUrl.default(GRAPH),
})
type App = z.infer<typeof App>

const Token = z.object({ access_token: z.string().min(1) })
const Permissions = z.object({ data: z.array(z.object({ permission: z.string(), status: z.string() })) })
const Page = z.object({
  id: z.string().min(1),
  name: z.string(),
  username: z.string().optional(),
  access_token: z.string().min(1),
  instagram_business_account: z.object({ id: z.string().min(1), username: z.string().min(1) }).optional(),
})
type Page = z.infer<typeof Page>
const Pages = z.object({ data: z.array(Page) })
/** Seconds since 1970; 0: never. */
const instant = z.number().int().nonnegative().default(0)
const Debugged = z.object({ data: z.object({ expires_at: instant, data_access_expires_at: instant }) })
const Kept = z.object({ accountId: z.string(), token: z.string() })

/** Facebook Login: a code, a token for two months, and with it the Page's own, which does not expire. */
export const loginFor = (login: Login): LinkingWay => ({
  way: 'redirect',
  label: login.label,
  app: [
    { name: 'appId', label: 'App ID', help: 'Of an app of type “Business”, at developers.facebook.com.' },
    { name: 'appSecret', label: 'App secret', help: 'Settings → Basic.', secret: true },
    { name: 'pageId', label: 'Page ID', help: 'Only where one person runs several Pages.', optional: true },
  ],
  register: null,
  open: (app, deps) => linking(login, readSettings(App, app, 'This app cannot be used.'), deps),
})

function linking({ scopes, fields, accountOf }: Login, app: App, deps: ConnectorDeps): Linking {
  const ours = { client_id: app.appId, client_secret: app.appSecret }
  const tokenFor = async (params: Record<string, string>, signal: AbortSignal): Promise<string> => {
    const asker = { baseUrl: app.baseUrl, token: null }
    const form = { ...ours, ...params }
    const answer = await ask(deps, asker, { method: 'POST', path: 'oauth/access_token', form, signal })
    return readAnswer(Token, answer).access_token
  }

  return {
    async begin({ redirectUri, state }) {
      const url = new URL(`https://www.facebook.com/${VERSION}/dialog/oauth`)
      const asked = { client_id: app.appId, redirect_uri: redirectUri, state, response_type: 'code' }
      url.search = new URLSearchParams({ ...asked, scope: scopes.join(',') }).toString()
      return { url: url.toString(), keep: '' }
    },

    async finish({ redirectUri, params: { code, error }, signal }) {
      if (!code)
        throw new ConnectorError('refused', `Facebook sent no code back (${error ?? 'no reason'}); nothing was linked.`)
      const brief = await tokenFor({ redirect_uri: redirectUri, code }, signal).catch(asOurFault)
      const exchange = { grant_type: 'fb_exchange_token', fb_exchange_token: brief }
      const asker = { baseUrl: app.baseUrl, token: await tokenFor(exchange, signal).catch(asOurFault) }
      await requireScopes(deps, asker, scopes, signal)
      const params = { fields, limit: '100' }
      const { data } = readAnswer(Pages, await ask(deps, asker, { path: 'me/accounts', params, signal }))
      const page = chosen(data, app.pageId)
      const account = accountOf(page)
      if (!account) throw new ConnectorError('refused', `No professional account belongs to the Page ${page.name}.`)
      const secret = JSON.stringify({ accountId: account.id, token: page.access_token })
      return { account, grant: { secret, ...(await endOf(deps, app, page.access_token, signal)), scopes } }
    },

    // A Page's token lives until its person changes their password or leaves the Page; what lets us see data ends sooner, and
    // only their signing in again puts that off.
    refresh: null,
    tokenOf: ({ secret }) => JSON.stringify(Kept.parse(JSON.parse(secret))),
    // Taking it back would take every Page of the same person from us.
    revoke: null,
  }
}

/**
 * When the token ends, and when Meta lets us see data with it no longer: that is ninety days after its person last signed
 * in. An account of which Meta will not say so is good all the same; where it cannot say so now, the person links again,
 * because an end that is not known would pass for none.
 * @throws ConnectorError that is worth another try
 */
async function endOf(
  deps: ConnectorDeps,
  { baseUrl, appId, appSecret }: App,
  token: string,
  signal: AbortSignal,
): Promise<Pick<Grant, 'expiresAt' | 'endsAt'>> {
  const asker = { baseUrl, token: `${appId}|${appSecret}` }
  const answer = await ask(deps, asker, { path: 'debug_token', params: { input_token: token }, signal }).catch(
    (error: unknown) => {
      if (error instanceof ConnectorError && !error.retryable) return null
      throw error
    },
  )
  const { data } = Debugged.safeParse(answer?.json)
  const at = (seconds: number) => new Date(seconds * SECOND)
  const { expires_at: expires = 0, data_access_expires_at: unseen = 0 } = data?.data ?? {}
  const ends = [expires, unseen].filter((seconds) => seconds > 0)
  return {
    expiresAt: expires > 0 ? at(expires) : null,
    ...(ends.length > 0 && { endsAt: at(Math.min(...ends)) }),
  }
}

async function requireScopes(
  deps: ConnectorDeps,
  asker: { baseUrl: string; token: string },
  scopes: string[],
  signal: AbortSignal,
) {
  const { data } = readAnswer(Permissions, await ask(deps, asker, { path: 'me/permissions', signal }))
  const granted = new Set(data.flatMap(({ permission, status }) => (status === 'granted' ? [permission] : [])))
  const missing = scopes.filter((scope) => !granted.has(scope))
  if (missing.length > 0)
    throw new ConnectorError('scope', `The account did not allow ${missing.join(', ')}: link it again and allow it.`)
}

function chosen(pages: z.infer<typeof Page>[], pageId: string): z.infer<typeof Page> {
  const wanted = pages.filter(({ id }) => pageId === '' || id === pageId)
  const [page] = wanted
  if (!page)
    throw new ConnectorError('refused', 'This person runs no such Page, or did not let us use it: link it again.')
  if (wanted.length > 1)
    throw new ConnectorError(
      'refused',
      `This person runs ${wanted.length} Pages: put the ID of one into the app’s settings.`,
    )
  return page
}

/** The account did nothing wrong when a code is spent, or our own app is refused. */
function asOurFault(error: unknown): never {
  if (error instanceof ConnectorError && error.kind === 'auth')
    throw new ConnectorError('refused', error.message, {
      ...(error.status !== null && { status: error.status }),
      cause: error,
    })
  throw error
}
