import { createHash } from 'node:crypto'
import { z } from 'zod'
import { type ConnectorDeps, type LinkingWay, readSettings, serverUrl } from '../catalogue.ts'
import { ConnectorError, type Grant, type Linking } from '../connector.ts'
import { call } from '../http.ts'
import { readAnswer } from '../reading.ts'
import { ask, saying } from './http.ts'
import { Session } from './shapes.ts'

/** What apps asked for that were registered before pictures could go with answers; a server gives such an app no more. */
const FIRST_SCOPES = ['read:accounts', 'read:notifications', 'read:search', 'read:statuses', 'write:statuses']

/** The least that listening, answering and taking back need. */
export const SCOPES = [...FIRST_SCOPES, 'write:media']

const App = z.strictObject({
  baseUrl: serverUrl,
  clientId: z.string().min(1),
  clientSecret: z.string().min(1),
  scopes: z.array(z.string()).default(FIRST_SCOPES),
})
const Registered = z.object({ client_id: z.string(), client_secret: z.string() })
const Token = z.object({ access_token: z.string().min(1), scope: z.string().default('') })
const Me = z.object({ id: z.string().min(1), acct: z.string().min(1) })

/** Any server lets any app introduce itself, so nobody has to fetch keys anywhere. Tokens do not expire. */
export const mastodonLinking: LinkingWay = {
  way: 'redirect',
  label: 'Sign in at the Mastodon server',
  app: [],
  async register(instance, redirectUri, deps, signal) {
    const baseUrl = /^https?:\/\//.test(instance) ? instance.replace(/\/+$/, '') : `https://${instance}`
    const answer = await call(
      { ...deps, saying },
      {
        method: 'POST',
        url: `${baseUrl}/api/v1/apps`,
        body: { client_name: 'Deputize', redirect_uris: redirectUri, scopes: SCOPES.join(' ') },
        signal,
      },
    )
    const { client_id: clientId, client_secret: clientSecret } = readAnswer(Registered, answer)
    return { baseUrl, clientId, clientSecret, scopes: SCOPES }
  },
  fits(app) {
    const known = App.safeParse(app)
    return known.success && SCOPES.every((scope) => known.data.scopes.includes(scope))
  },
  open: (app, deps) => linking(readSettings(App, app, 'This server’s registration cannot be used.'), deps),
}

function linking(app: z.infer<typeof App>, deps: ConnectorDeps): Linking {
  const { baseUrl, clientId, clientSecret } = app
  return {
    async begin({ redirectUri, state }) {
      const verifier = deps.random(32).toString('base64url')
      const url = new URL(`${baseUrl}/oauth/authorize`)
      url.search = new URLSearchParams({
        response_type: 'code',
        client_id: clientId,
        redirect_uri: redirectUri,
        scope: app.scopes.join(' '),
        state,
        code_challenge: createHash('sha256').update(verifier).digest('base64url'),
        code_challenge_method: 'S256',
      }).toString()
      return { url: url.toString(), keep: verifier }
    },
    async finish({ redirectUri, params, keep, signal }) {
      if (!params.code)
        throw new ConnectorError(
          'refused',
          params.error_description ?? 'The server sent no code back; nothing was linked.',
        )
      const form = {
        grant_type: 'authorization_code',
        code: params.code,
        redirect_uri: redirectUri,
        client_id: clientId,
        client_secret: clientSecret,
        code_verifier: keep,
      }
      const answer = await call({ ...deps, saying }, { method: 'POST', url: `${baseUrl}/oauth/token`, form, signal })
      const { access_token: token, scope } = readAnswer(Token, answer)
      const me = readAnswer(
        Me,
        await ask(deps, { baseUrl, token }, { method: 'GET', path: '/api/v1/accounts/verify_credentials', signal }),
      )
      const secret = JSON.stringify(Session.parse({ baseUrl, token, accountId: me.id }))
      const scopes = scope === '' ? app.scopes : scope.split(' ')
      return { account: { id: me.id, handle: me.acct }, grant: { secret, expiresAt: null, scopes } }
    },
    refresh: null,
    tokenOf: ({ secret }) => secret,
    async revoke({ secret }: Grant, signal) {
      const { token } = Session.parse(JSON.parse(secret))
      const form = { client_id: clientId, client_secret: clientSecret, token }
      await call({ ...deps, saying }, { method: 'POST', url: `${baseUrl}/oauth/revoke`, form, signal })
    },
  }
}
