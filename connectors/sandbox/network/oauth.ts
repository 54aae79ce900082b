import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { MINUTE } from '../../../src/domain/clock.ts'
import { type Network, NetworkRefusal } from './commands.ts'
import type { Allowed, App, Scope } from './store.ts'

/** An error as OAuth 2 spells it (RFC 6749 §5.2): the body is `{ error, error_description }`. */
export class OAuthRefusal extends Error {
  override name = 'OAuthRefusal'
  readonly code: string
  readonly status: number
  constructor(code: string, message: string, status = 400) {
    super(message)
    this.code = code
    this.status = status
  }
}

const CODE_MS = 1 * MINUTE

/** One journey of a person through the authorise page; kept in memory, because it lives a minute. */
type Code = { app: string; account: string; redirectUri: string; challenge: string; scopes: Scope[]; until: number }
export type Codes = { waiting: Map<string, Code>; used: Map<string, string> }
export const noCodes = (): Codes => ({ waiting: new Map(), used: new Map() })

const token = (kind: string) => `sandbox_${kind}_${randomBytes(18).toString('base64url')}`

/** An app by its name; named again, it gets these addresses and keeps its id and secret. */
export function ensureApp(
  { state, commit }: Network,
  wanted: { name: string; redirectUris: string[] },
): { app: App; fresh: boolean } {
  const known = [...state.apps.values()].find(({ name }) => name === wanted.name)
  const app = { id: known?.id ?? token('client'), secret: known?.secret ?? token('secret'), ...wanted }
  if (!known || known.redirectUris.join(' ') !== wanted.redirectUris.join(' ')) commit({ e: 'app', ...app })
  return { app, fresh: !known }
}

/** The app that asks, if people may be sent back to `redirectUri`: compared as a whole, not by its beginning. */
export function appAsking({ state }: Network, clientId: string, redirectUri: string): App {
  const app = state.apps.get(clientId)
  if (!app) throw new NetworkRefusal(400, 'unknown-client', 'This network knows no such app')
  if (!app.redirectUris.includes(redirectUri))
    throw new NetworkRefusal(400, 'redirect-mismatch', 'The app is not known at this address')
  return app
}

/** Somebody said yes. @returns the code that the app turns into tokens */
export function allow({ clock }: Network, codes: Codes, code: Omit<Code, 'until'>): string {
  const id = token('code')
  codes.waiting.set(id, { ...code, until: clock.now().getTime() + CODE_MS })
  return id
}

/** The app behind a client id and secret. @throws OAuthRefusal 401 */
export function clientOf({ state }: Network, id: string, secret: string): App {
  const app = state.apps.get(id)
  if (!app || !same(app.secret, secret)) throw new OAuthRefusal('invalid_client', 'The client secret is wrong.', 401)
  return app
}

/** Turns a code into tokens, once; a code that comes again takes back what it gave (RFC 6749 §4.1.2). @throws OAuthRefusal */
export function redeem(
  network: Network,
  codes: Codes,
  app: App,
  given: { code: string; redirectUri: string; verifier: string },
  accessMs: number,
): Allowed {
  const earlier = codes.used.get(given.code)
  if (earlier !== undefined) {
    revoke(network, earlier)
    throw new OAuthRefusal('invalid_grant', 'This code was used before.')
  }
  const code = codes.waiting.get(given.code)
  codes.waiting.delete(given.code)
  const now = network.clock.now().getTime()
  if (!code || code.until <= now || code.app !== app.id || code.redirectUri !== given.redirectUri)
    throw new OAuthRefusal('invalid_grant', 'This code is not valid here, or no longer.')
  if (!same(createHash('sha256').update(given.verifier).digest('base64url'), code.challenge))
    throw new OAuthRefusal('invalid_grant', 'The code verifier does not fit the challenge.')
  const { account, scopes } = code
  const allowed = fresh({ id: token('grant'), app: app.id, account, scopes }, now, accessMs)
  network.commit({ e: 'allowed', ...allowed })
  codes.used.set(given.code, allowed.id)
  return allowed
}

/**
 * New tokens for a refresh token, which is spent by it. One that was spent before takes the whole grant back, as on
 * networks that take a replay for a theft. @throws OAuthRefusal
 */
export function refresh(network: Network, app: App, refreshToken: string, accessMs: number): Allowed {
  const replayed = network.state.spent.get(refreshToken)
  if (replayed !== undefined) revoke(network, replayed)
  const before = network.state.byRefresh.get(refreshToken)
  if (!before || before.app !== app.id)
    throw new OAuthRefusal('invalid_grant', 'This refresh token is not valid, or no longer.')
  const allowed = fresh(before, network.clock.now().getTime(), accessMs)
  network.commit({ e: 'allowed', ...allowed })
  return allowed
}

/** Taking back what is gone already is no fault (RFC 7009 §2.2). */
export function revoke({ state, commit }: Network, id: string): void {
  if (state.allowed.has(id)) commit({ e: 'revoked', id })
}

const fresh = (of: Omit<Allowed, 'access' | 'accessUntil' | 'refresh'>, now: number, accessMs: number): Allowed => ({
  ...of,
  access: token('access'),
  accessUntil: now + accessMs,
  refresh: token('refresh'),
})

function same(a: string, b: string): boolean {
  const [left, right] = [a, b].map((text) => createHash('sha256').update(text).digest()) as [Buffer, Buffer] // one of each
  return timingSafeEqual(left, right)
}
