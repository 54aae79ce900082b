import type { FastifyPluginAsync, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { SECOND } from '../../../src/domain/clock.ts'
import { authorisePage, authorisePolicy } from './authorise-page.ts'
import { ensureAccount, type Network, NetworkRefusal } from './commands.ts'
import { allow, appAsking, clientOf, noCodes, OAuthRefusal, redeem, refresh, revoke } from './oauth.ts'
import { type Allowed, foldHandle, SCOPES } from './store.ts'

const Authorise = z.object({
  response_type: z.literal('code'),
  client_id: z.string(),
  redirect_uri: z.string(),
  state: z.string().min(1).max(500),
  code_challenge: z.string().regex(/^[\w-]{43}$/),
  code_challenge_method: z.literal('S256'),
})
const Handle = z
  .string()
  .trim()
  .regex(/^@?[\p{L}\p{N}_.-]{1,40}$/u)
const Answer = z.discriminatedUnion('answer', [
  Authorise.extend({ answer: z.literal('allow'), handle: Handle, write: z.literal('on').optional() }),
  Authorise.extend({ answer: z.literal('deny') }),
])
const Token = z.discriminatedUnion('grant_type', [
  z.object({
    grant_type: z.literal('authorization_code'),
    code: z.string(),
    redirect_uri: z.string(),
    code_verifier: z.string().regex(/^[\w.~-]{43,128}$/),
  }),
  z.object({ grant_type: z.literal('refresh_token'), refresh_token: z.string() }),
])
const Revoke = z.object({ token: z.string() })

/** OAuth 2 with PKCE (RFC 6749, 7636), rotating refresh tokens, and revocation (RFC 7009). */
export function oauthRoutes({ network, accessMs }: { network: Network; accessMs: number }): FastifyPluginAsync {
  const codes = noCodes()
  return async (app) => {
    app.addContentTypeParser(
      'application/x-www-form-urlencoded',
      { parseAs: 'string' },
      async (_: unknown, body: string) => Object.fromEntries(new URLSearchParams(body)),
    )
    app.setErrorHandler((error: unknown, _request, reply) => {
      if (!(error instanceof OAuthRefusal)) throw error
      return reply.code(error.status).send({ error: error.code, error_description: error.message })
    })

    app.get('/authorize', async (request, reply) => {
      const asked = parse(Authorise, request.query)
      const { name } = appAsking(network, asked.client_id, asked.redirect_uri)
      const people = [...network.state.accounts.values()].filter(({ simulated }) => !simulated)
      return reply
        .headers({ 'content-security-policy': authorisePolicy(asked.redirect_uri), 'cache-control': 'no-store' })
        .type('text/html; charset=utf-8')
        .send(authorisePage(name, people, asked))
    })

    app.post('/authorize', async (request, reply) => {
      const asked = parse(Answer, request.body)
      const { id } = appAsking(network, asked.client_id, asked.redirect_uri)
      const back = new URL(asked.redirect_uri)
      back.searchParams.set('state', asked.state)
      if (asked.answer === 'deny') back.searchParams.set('error', 'access_denied')
      else {
        const code = {
          app: id,
          account: accountNamed(network, asked.handle).id,
          redirectUri: asked.redirect_uri,
          challenge: asked.code_challenge,
          scopes: SCOPES.filter((scope) => scope !== 'write' || asked.write === 'on'),
        }
        back.searchParams.set('code', allow(network, codes, code))
      }
      return reply.redirect(back.href, 303)
    })

    app.post('/token', async (request, reply) => {
      const client = clientFrom(network, request)
      const read = Token.safeParse(request.body)
      if (!read.success) throw new OAuthRefusal('invalid_request', 'The form is not one of a token request.')
      const given = read.data
      const allowed =
        given.grant_type === 'refresh_token'
          ? refresh(network, client, given.refresh_token, accessMs)
          : redeem(
              network,
              codes,
              client,
              { code: given.code, redirectUri: given.redirect_uri, verifier: given.code_verifier },
              accessMs,
            )
      return reply.header('cache-control', 'no-store').send(shown(allowed, network.clock.now()))
    })

    app.post('/revoke', async (request, reply) => {
      clientFrom(network, request)
      const { token } = parse(Revoke, request.body)
      const allowed = network.state.byRefresh.get(token) ?? network.state.byAccess.get(token)
      if (allowed) revoke(network, allowed.id)
      return reply.code(200).send({})
    })
  }
}

const shown = (allowed: Allowed, now: Date) => ({
  token_type: 'bearer',
  access_token: allowed.access,
  refresh_token: allowed.refresh,
  expires_in: Math.round((allowed.accessUntil - now.getTime()) / SECOND),
  scope: allowed.scopes.join(' '),
})

/** Accounts the network moves itself lend themselves to nobody. @throws NetworkRefusal 403 */
function accountNamed(network: Network, handle: string) {
  if (network.state.byHandle.get(foldHandle(handle))?.simulated)
    throw new NetworkRefusal(403, 'not-yours', 'This account is one of the network’s own; choose another')
  return ensureAccount(network, { handle, simulated: false })
}

/** By HTTP Basic, its two halves percent-encoded (RFC 6749 §2.3.1). @throws OAuthRefusal 401 */
function clientFrom(network: Network, { headers }: FastifyRequest) {
  const [, words = ''] = /^Basic (\S+)$/i.exec(headers.authorization ?? '') ?? []
  const [id = '', secret = ''] = Buffer.from(words, 'base64').toString('utf8').split(':')
  return clientOf(network, decodeURIComponent(id), decodeURIComponent(secret))
}

function parse<T>(schema: z.ZodType<T>, value: unknown): T {
  const read = schema.safeParse(value)
  if (read.success) return read.data
  const [issue] = read.error.issues
  throw new NetworkRefusal(422, 'invalid', `${issue?.path.join('.') || 'The form'}: ${issue?.message ?? 'invalid'}`)
}
