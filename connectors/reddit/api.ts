import type { z } from 'zod'
import { HOUR, MINUTE, SECOND } from '../../src/domain/clock.ts'
import type { ConnectorDeps } from '../catalogue.ts'
import { ConnectorError, type ErrorKind, type Rate } from '../connector.ts'
import { call, type HttpAnswer, RefusedBy } from '../http.ts'
import { readAnswer } from '../reading.ts'
import { Done, type Session } from './shapes.ts'

export const API = 'https://oauth.reddit.com'

/** Reddit refuses whoever does not say who they are. */
export const userAgent = (name: string) => `web:deputize:0.1 (by /u/${name})`

/** One call in an account's name. @throws ConnectorError */
export async function ask(
  deps: ConnectorDeps,
  { baseUrl, session }: { baseUrl: string; session: Session },
  asked: { path: string; params?: Record<string, string>; form?: Record<string, string>; signal: AbortSignal },
): Promise<HttpAnswer> {
  const { path, params = {}, form, signal } = asked
  try {
    return await call(
      { ...deps, rates: ratesIn, saying },
      {
        method: form ? 'POST' : 'GET',
        // Without `raw_json` three characters come escaped, as they did in 2008.
        url: `${baseUrl}${path}?${new URLSearchParams({ ...params, raw_json: '1' })}`,
        headers: { authorization: `Bearer ${session.token}`, 'user-agent': userAgent(session.name) },
        ...(form && { form: { ...form, api_type: 'json' } }),
        signal,
      },
    )
  } catch (error) {
    if (error instanceof RefusedBy && error.status === 403 && /insufficient_scope/.test(error.message))
      throw new ConnectorError('scope', `${error.message} Link the account again and allow all that is asked for.`)
    throw error
  }
}

/** What was left to do at 200: Reddit's own refusals, by its word for them. @throws ConnectorError */
export function refuseFaults(answer: HttpAnswer, now: Date): z.infer<typeof Done>['json'] {
  const { json } = readAnswer(Done, answer)
  const [code, message] = (json.errors[0] ?? []).map(String)
  if (code === undefined) return json
  const said = `Reddit refuses this: ${message ?? code}`
  if (code === 'RATELIMIT')
    throw new ConnectorError('rate-limited', said, { retryAt: againAt(json.ratelimit, message ?? '', now) })
  throw new ConnectorError(KINDS[code] ?? 'refused', said)
}

const KINDS: Record<string, ErrorKind> = {
  DELETED_COMMENT: 'gone',
  DELETED_LINK: 'gone',
  COMMENT_NOT_FOUND: 'gone',
  THREAD_LOCKED: 'refused',
  TOO_OLD: 'refused',
}

/** New accounts are held back for minutes: `ratelimit` in seconds, or else a sentence says how long. */
function againAt(seconds: number | null | undefined, message: string, now: Date): Date {
  const [, count, unit] = /(\d+) (second|minute|hour)/.exec(message) ?? []
  const units: Record<string, number> = { second: SECOND, minute: MINUTE, hour: HOUR }
  const waitMs = seconds ? seconds * SECOND : count && unit ? Number(count) * (units[unit] ?? MINUTE) : 10 * MINUTE
  return new Date(now.getTime() + Math.min(waitMs, HOUR))
}

/** The app's requests in ten minutes; what remains comes as "599.0", the reset as seconds to go. */
function ratesIn(headers: Headers, now: Date): Rate[] {
  const [used, remaining, reset] = ['used', 'remaining', 'reset'].map((name) => {
    const told = Number.parseFloat(headers.get(`x-ratelimit-${name}`) ?? '')
    return Number.isNaN(told) ? null : told
  })
  if (remaining == null || reset == null) return []
  const limit = used == null ? null : Math.round(used + remaining)
  return [
    {
      scope: 'app',
      key: 'requests',
      limit,
      remaining: Math.floor(remaining),
      resetAt: new Date(now.getTime() + reset * SECOND),
    },
  ]
}

export const isSpent = ({ headers }: HttpAnswer): boolean =>
  Number.parseFloat(headers.get('x-ratelimit-remaining') ?? '1') < 1

export function saying(json: unknown): { code: string | null; message: string | null } {
  const { error, message, reason } = (json ?? {}) as Record<string, unknown>
  const words = (...values: unknown[]) =>
    values.find((value): value is string => typeof value === 'string')?.slice(0, 200) ?? null
  return { code: words(reason, error), message: words(message, error) }
}
