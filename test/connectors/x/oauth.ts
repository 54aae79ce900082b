import { createHash } from 'node:crypto'
import type { Clock } from '../../../src/domain/clock.ts'
import { HOUR, SECOND } from '../../../src/domain/clock.ts'
import type { Heard, Said } from '../faulty-server.ts'
import type { Person } from './world.ts'

type Token = { person: Person; scopes: string[]; until: number }

/** X's side of OAuth 2.0 with PKCE: codes live half a minute, tokens two hours, and a refresh token is good once. */
export function openOauth(clock: Clock) {
  const codes = new Map<string, { person: Person; query: URLSearchParams; until: number }>()
  const access = new Map<string, Token>()
  const refresh = new Map<string, { person: Person; scopes: string[] }>()
  const client = { id: 'client-1', secret: 'client-secret' }
  let issued = 0

  const issue = (person: Person, scopes: string[]) => {
    issued += 1
    const token = `access-${issued}-${person.username}`
    access.set(token, { person, scopes, until: clock.now().getTime() + 2 * HOUR })
    const renewal = scopes.includes('offline.access') ? { refresh_token: `refresh-${issued}-${person.username}` } : {}
    if (renewal.refresh_token) refresh.set(renewal.refresh_token, { person, scopes })
    return { token_type: 'bearer', expires_in: 7200, access_token: token, scope: scopes.join(' '), ...renewal }
  }

  const refused = (error: string, description: string, status = 400): Said => ({
    status,
    body: { error, error_description: description },
  })

  const token = ({ headers, body }: Heard): Said => {
    const form = new URLSearchParams(body.toString())
    if (headers['content-type'] !== 'application/x-www-form-urlencoded')
      return refused('invalid_request', 'Missing required parameter [grant_type].')
    const basic = Buffer.from(`${client.id}:${client.secret}`).toString('base64')
    if (headers.authorization !== `Basic ${basic}` || form.has('client_secret'))
      return refused('unauthorized_client', 'Missing valid authorization header', 401)
    if (form.get('grant_type') === 'refresh_token') {
      const given = form.get('refresh_token') ?? ''
      const known = refresh.get(given)
      if (!known) return refused('invalid_request', 'Value passed for the token was invalid.')
      refresh.delete(given)
      return { status: 200, body: issue(known.person, known.scopes) }
    }
    const code = form.get('code') ?? ''
    const asked = codes.get(code)
    codes.delete(code)
    const challenge = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url')
    if (!asked || asked.until < clock.now().getTime())
      return refused('invalid_request', 'Value passed for the authorization code was invalid.')
    if (asked.query.get('code_challenge') !== challenge || asked.query.get('redirect_uri') !== form.get('redirect_uri'))
      return refused('invalid_request', 'Value passed for the authorization code was invalid.')
    return { status: 200, body: issue(asked.person, (asked.query.get('scope') ?? '').split(' ')) }
  }

  return {
    client,
    issue,
    access,
    /** A person signs in at the page `url` and allows what it asks for; where their browser is sent then. */
    authorize: (url: string, person: Person, allow?: string[]): Record<string, string> => {
      const { searchParams: query } = new URL(url)
      if (
        query.get('response_type') !== 'code' ||
        query.get('client_id') !== client.id ||
        !/^s256$/i.test(query.get('code_challenge_method') ?? '')
      )
        throw new Error('X would not take this address')
      if (allow) query.set('scope', allow.join(' '))
      const code = `code-${codes.size + 1}-${++issued}`
      codes.set(code, { person, query, until: clock.now().getTime() + 30 * SECOND })
      return { code, state: query.get('state') ?? '' }
    },
    answer: (heard: Heard): Said | null => {
      if (heard.method !== 'POST') return null
      if (heard.path === '/2/oauth2/token') return token(heard)
      if (heard.path !== '/2/oauth2/revoke') return null
      const given = new URLSearchParams(heard.body.toString()).get('token') ?? ''
      refresh.delete(given)
      access.delete(given)
      return { status: 200, body: { revoked: true } }
    },
    whoIs: (bearer: string): Token | null => {
      const token = access.get(bearer)
      return token && token.until > clock.now().getTime() ? token : null
    },
  }
}
export type Oauth = ReturnType<typeof openOauth>
