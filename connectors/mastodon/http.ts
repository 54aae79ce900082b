import type { ConnectorDeps } from '../catalogue.ts'
import type { Rate } from '../connector.ts'
import { call, type HttpAnswer, type HttpRequest } from '../http.ts'
import type { Session } from './shapes.ts'

/** One request as an account. @throws ConnectorError */
export const ask = (
  deps: ConnectorDeps,
  { baseUrl, token }: Pick<Session, 'baseUrl' | 'token'>,
  { path, headers, ...rest }: Omit<HttpRequest, 'url'> & { path: string },
): Promise<HttpAnswer> =>
  call(
    { ...deps, rates: ratesOf, saying },
    { ...rest, url: `${baseUrl}${path}`, headers: { authorization: `Bearer ${token}`, ...headers } },
  )

/** Mastodon gives the reset as an ISO time, other networks as seconds. A window is of an account and of an address. */
export function ratesOf(headers: Headers, _now: Date): Rate[] {
  const [limit, remaining, reset] = ['limit', 'remaining', 'reset'].map((name) => headers.get(`x-ratelimit-${name}`))
  const resetAt = new Date(reset ?? '')
  if (!remaining || !/^\d+$/.test(remaining) || Number.isNaN(resetAt.getTime())) return []
  return [
    { scope: 'account', key: 'requests', limit: limit ? Number(limit) : null, remaining: Number(remaining), resetAt },
  ]
}

/** `{"error": "…", "error_description": "…"}`, the code being words too. */
export function saying(json: unknown): { code: string | null; message: string | null } {
  const { error, error_description: description } = (json ?? {}) as { error?: unknown; error_description?: unknown }
  const words = (value: unknown) => (typeof value === 'string' ? value.slice(0, 200) : null)
  return { code: words(error), message: words(description) ?? words(error) }
}

/** The network said that this was the last request for now. */
export const isSpent = ({ headers }: HttpAnswer): boolean => headers.get('x-ratelimit-remaining') === '0'
