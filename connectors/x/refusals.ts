import { DAY, HOUR } from '../../src/domain/clock.ts'
import { ConnectorError, type ErrorKind } from '../connector.ts'
import { RefusedBy } from '../http.ts'

/** What X says of a refusal: a problem (RFC 7807), the list of older endpoints, or OAuth's two words. */
export function saying(json: unknown): { code: string | null; message: string | null } {
  const said = (json ?? {}) as Record<string, unknown>
  const [first] = Array.isArray(said.errors) ? (said.errors as Record<string, unknown>[]) : []
  const words = (...values: unknown[]) =>
    values.find((value): value is string => typeof value === 'string' && value !== '')?.slice(0, 300) ?? null
  const type = words(said.type, first?.type)?.split('/').at(-1) ?? null
  return {
    code: words(said.error) ?? (type === null || type === 'about:blank' ? words(said.title) : type),
    message: words(said.error_description, said.detail, first?.message, first?.detail, said.title),
  }
}

const SAID: readonly (readonly [ErrorKind, number, RegExp])[] = [
  ['duplicate', 403, /duplicate content|already (?:said|posted|tweeted)/i],
  ['gone', 403, /deleted or not visible|does not exist|no longer (?:exists|available)/i],
  ['scope', 403, /scope|oauth2?[- ](?:app[- ])?permission|unsupported[- ]authentication/i],
  ['auth', 403, /suspended|locked|client[- ]forbidden|client-not-enrolled/i],
  ['quota', 402, /.*/],
  ['quota', 429, /usage[- ]?cap|credits|monthly|spend/i],
  ['cursor-expired', 400, /since_id|start_time|next_token|pagination_token/i],
]

/** What to do next after X refused, which its status alone does not say. Every other error is left as it is. */
export function inOurWords(error: unknown, now: Date): unknown {
  if (!(error instanceof RefusedBy)) return error
  const told = `${error.code ?? ''} ${error.message}`
  const known = SAID.find(([, status, words]) => status === error.status && words.test(told))
  if (!known) return error
  const [kind] = known
  const retryAt = kind === 'quota' ? opensAgain(told, now) : null
  return new ConnectorError(kind, `${error.message}${ADVICE[kind] ?? ''}`, {
    ...(error.status !== null && { status: error.status }),
    ...(retryAt && { retryAt }),
    cause: error,
  })
}

const ADVICE: Partial<Record<ErrorKind, string>> = {
  scope: ' Link the account again and allow tweet.read, tweet.write, users.read and offline.access.',
  quota: ' Raise the limit or add credits at developer.x.com.',
}

/** A month's cap opens with the next month of UTC; credits may be added at any time. */
function opensAgain(told: string, now: Date): Date {
  if (/month/i.test(told)) return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1, 1))
  if (/\bdail|\b24[- ]?h/i.test(told)) return new Date(Math.floor(now.getTime() / DAY) * DAY + DAY)
  return new Date(now.getTime() + HOUR)
}
