import { DAY, HOUR } from '../../src/domain/clock.ts'
import type { ConnectorDeps } from '../catalogue.ts'
import { ConnectorError, type ErrorKind } from '../connector.ts'
import { call, type HttpAnswer, RefusedBy } from '../http.ts'

export const API = 'https://youtube.googleapis.com'

/** A source asks with its key, which reads what is public; an account with its token. */
export type Asker = { baseUrl: string } & ({ key: string } | { token: string })

/** One call to the Data API v3. @throws ConnectorError */
export async function ask(
  deps: ConnectorDeps,
  asker: Asker,
  asked: {
    method?: 'GET' | 'POST' | 'DELETE'
    path: string
    params: Record<string, string>
    body?: unknown
    signal: AbortSignal
  },
): Promise<HttpAnswer> {
  const { method = 'GET', path, params, body, signal } = asked
  const headers = 'token' in asker ? { authorization: `Bearer ${asker.token}` } : { 'x-goog-api-key': asker.key }
  try {
    return await call(
      { ...deps, saying },
      {
        method,
        url: `${asker.baseUrl}/youtube/v3/${path}?${new URLSearchParams(params)}`,
        headers,
        ...(body !== undefined && { body }),
        signal,
      },
    )
  } catch (error) {
    throw inOurWords(error, deps.clock.now())
  }
}

/** Google's one word for a fault (`quotaExceeded`), and its sentence. */
export function saying(json: unknown): { code: string | null; message: string | null } {
  const { error, error_description: described } = (json ?? {}) as { error?: unknown; error_description?: unknown }
  if (typeof error === 'string')
    return { code: error, message: typeof described === 'string' ? described.slice(0, 300) : null }
  const { errors, message } = (error ?? {}) as { errors?: { reason?: unknown }[]; message?: unknown }
  const reason = Array.isArray(errors) ? errors[0]?.reason : null
  // Messages carry markup with links to the documents.
  const words = typeof message === 'string' ? message.replace(/<[^>]*>/g, '').slice(0, 300) : null
  return { code: typeof reason === 'string' ? reason : null, message: words }
}

const REASONS: Record<string, ErrorKind> = {
  quotaExceeded: 'quota',
  dailyLimitExceeded: 'quota',
  rateLimitExceeded: 'rate-limited',
  userRateLimitExceeded: 'rate-limited',
  keyInvalid: 'auth',
  API_KEY_INVALID: 'auth',
  accessNotConfigured: 'auth',
  insufficientPermissions: 'scope',
  ineligibleAccount: 'scope',
  parentCommentIsPrivate: 'gone',
  invalidPageToken: 'cursor-expired',
}

/** What to do next after Google refused, which its status alone does not say. Every other error is left as it is. */
function inOurWords(error: unknown, now: Date): unknown {
  if (!(error instanceof RefusedBy)) return error
  const kind = REASONS[error.code ?? '']
  if (!kind || kind === error.kind) return error
  const retryAt =
    kind === 'quota' ? nextMidnightPacific(now) : kind === 'rate-limited' ? new Date(now.getTime() + HOUR / 60) : null
  return new ConnectorError(kind, error.message, {
    ...(error.status !== null && { status: error.status }),
    ...(retryAt && { retryAt }),
    cause: error,
  })
}

const PACIFIC = new Intl.DateTimeFormat('en-US', {
  timeZone: 'America/Los_Angeles',
  hourCycle: 'h23',
  hour: 'numeric',
  minute: 'numeric',
  second: 'numeric',
})

/** A day's units come anew at midnight in California; on the two days a year its clocks change, an hour off at most. */
export function nextMidnightPacific(now: Date): Date {
  const [hours = 0, minutes = 0, seconds = 0] = PACIFIC.formatToParts(now)
    .filter(({ type }) => type !== 'literal')
    .map(({ value }) => Number(value))
  const sinceMidnight = ((hours * 60 + minutes) * 60 + seconds) * 1000 + now.getUTCMilliseconds()
  return new Date(now.getTime() - sinceMidnight + DAY)
}
