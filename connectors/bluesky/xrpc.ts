import { MINUTE, SECOND } from '../../src/domain/clock.ts'
import type { ConnectorDeps } from '../catalogue.ts'
import type { ErrorKind, Rate } from '../connector.ts'
import { call, type HttpAnswer, type HttpDeps, RefusedBy } from '../http.ts'
import { type Nonces, provingFetch } from './dpop.ts'
import type { Session } from './session.ts'

/** What asking needs; `nonces` live as long as an opened connector. */
export type XrpcDeps = Pick<ConnectorDeps, 'fetch' | 'clock' | 'random' | 'timeoutMs' | 'meter'> & { nonces: Nonces }

export type Question = {
  /** The method's name, such as `app.bsky.feed.getPosts`. */
  method: string
  params?: Record<string, string | number | readonly string[]>
  /** Present: a procedure, sent by POST; null: one that takes nothing. */
  input?: object | null
  /** Present: a procedure that takes no JSON but these. */
  bytes?: { data: Uint8Array; type: string }
  signal: AbortSignal
}

/** Asks an account's own server, as that account. @throws ConnectorError */
export function ask(deps: XrpcDeps, as: Session, question: Question): Promise<HttpAnswer> {
  const fetch = as.key ? provingFetch(deps, as.key, as.access, deps.nonces) : deps.fetch
  return askServer({ ...deps, fetch }, as.server, question, `${as.key ? 'DPoP' : 'Bearer'} ${as.access}`)
}

/** Asks a server, with or without a token. @throws ConnectorError */
export async function askServer(
  deps: HttpDeps,
  server: string,
  { method, params = {}, input, bytes, signal }: Question,
  authorization?: string,
): Promise<HttpAnswer> {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(params))
    for (const one of Array.isArray(value) ? value : [value]) query.append(name, String(one))
  const request = {
    method: input === undefined && !bytes ? ('GET' as const) : ('POST' as const),
    url: `${server}/xrpc/${method}${query.size > 0 ? `?${query}` : ''}`,
    headers: authorization ? { authorization } : {},
    ...(input != null && { body: input }),
    ...(bytes && { bytes }),
    signal,
  }
  try {
    return await call({ ...deps, rates: ratesOf, saying }, request)
  } catch (error) {
    throw sorted(error)
  }
}

/** True when the server said that this was the last request for now: stop before it has to refuse one. */
export const isSpent = ({ headers }: HttpAnswer): boolean => headers.get('ratelimit-remaining') === '0'

/** Most refusals are a plain 400 whose name tells what to do; names are of the lexicons and of Bluesky's own server. */
const KINDS: Record<string, ErrorKind> = {
  ExpiredToken: 'auth',
  InvalidToken: 'auth',
  AuthMissing: 'auth',
  AuthenticationRequired: 'auth',
  AccountTakedown: 'auth',
  AccountDeactivated: 'auth',
  ScopeMissingError: 'scope',
  InsufficientScope: 'scope',
  RecordNotFound: 'gone',
  NotFound: 'gone',
}

function sorted(error: unknown): unknown {
  const kind = error instanceof RefusedBy ? KINDS[error.code ?? ''] : undefined
  if (!(error instanceof RefusedBy) || !kind || kind === error.kind) return error
  return new RefusedBy(kind, error.message, error.code, error.status ?? 400)
}

function saying(json: unknown): { code: string | null; message: string | null } {
  const { error, message } = (json ?? {}) as { error?: unknown; message?: unknown }
  const words = (value: unknown) => (typeof value === 'string' ? value.slice(0, 200) : null)
  return { code: words(error), message: words(message) }
}

/**
 * `ratelimit-*` as Bluesky's servers send them: of the window with the least left, whose reset is in epoch seconds. Its
 * policy (`3000;w=300`) names it. The short windows are of the asking address, the long ones of an account's writes.
 */
export function ratesOf(headers: Headers): Rate[] {
  const [limit, remaining, reset] = ['limit', 'remaining', 'reset'].map((name) => whole(headers, `ratelimit-${name}`))
  if (remaining == null || reset == null) return []
  const key = headers.get('ratelimit-policy')?.slice(0, 40) ?? 'requests'
  const seconds = Number(/w=(\d+)/.exec(key)?.[1] ?? 300)
  const scope = seconds * SECOND > 5 * MINUTE ? 'account' : 'address'
  return [{ scope, key, limit: limit ?? null, remaining, resetAt: new Date(reset * SECOND) }]
}

function whole(headers: Headers, name: string): number | null {
  const value = headers.get(name)?.trim() ?? ''
  return /^\d{1,12}$/.test(value) ? Number(value) : null
}
