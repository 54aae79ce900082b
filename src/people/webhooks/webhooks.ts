import { createHmac } from 'node:crypto'
import { ConnectorError } from '../../../connectors/connector.ts'
import { DAY, HOUR, SECOND } from '../../domain/clock.ts'
import type { WebhookTrouble } from '../../domain/webhooks.ts'

/** A receiver has so long for its whole answer. */
export const TIMEOUT_MS = 10 * SECOND
/** So much of an answer is kept. */
export const ANSWER_LENGTH = 500
/** After so many tries, which take a day and an hour in all, a delivery has failed. */
export const MOST_ATTEMPTS = 11
/** A target that loses a delivery after nothing arrived there for so long is switched off. */
export const FAILING_MS = 3 * DAY
/** After a change of the secret both sign for so long. */
export const BOTH_SIGN_MS = DAY

const FIRST_MS = 5 * SECOND
const LONGEST_MS = 6 * HOUR
/** Waits differ by a fifth either way, so that what failed together does not come back together. */
const JITTER = 0.2

/** After the nth try: 5 s, 20 s, 80 s … six hours at most. @param random 0–1 */
export const waitAfter = (attempts: number, random: number): number =>
  Math.round(Math.min(LONGEST_MS, FIRST_MS * 4 ** (attempts - 1)) * (1 - JITTER + 2 * JITTER * random))

/** What a try brought: the status and the answer's beginning, or why there was none, and a word more where there is one. */
export type Tried =
  | { status: number; answer: string; trouble: null }
  | { status: null; answer: string | null; trouble: WebhookTrouble }
export type Verdict = { state: 'sent' | 'failed' } | { state: 'waiting'; waitMs: number }

/**
 * Arrived with any 2xx. A target that is gone (410), or that is not asked at all, is not asked again; anything else may
 * heal. A redirect is no arrival: the address has to be put right.
 */
export function verdictOf(
  { status, trouble }: Pick<Tried, 'status' | 'trouble'>,
  attempts: number,
  random: number,
): Verdict {
  if (status !== null && status >= 200 && status < 300) return { state: 'sent' }
  if (status === GONE || trouble === 'unknown' || trouble === 'refused' || attempts >= MOST_ATTEMPTS)
    return { state: 'failed' }
  return { state: 'waiting', waitMs: waitAfter(attempts, random) }
}

/** The status by which a receiver says that it wants nothing more, ever. */
export const GONE = 410

/**
 * The headers of the Standard Webhooks scheme, specification 1.0 (https://www.standardwebhooks.com): HMAC-SHA-256 over
 * `id.timestamp.body`, one signature for each secret, the present one first.
 */
export function signed(
  { id, body, at }: { id: string; body: string; at: Date },
  secrets: readonly string[],
): Record<string, string> {
  const timestamp = String(Math.floor(at.getTime() / SECOND))
  const signatures = secrets.map((secret) => {
    const key = Buffer.from(secret.slice(SECRET_MARK.length), 'base64')
    return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`
  })
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signatures.join(' ') }
}

/** What every secret begins with. */
export const SECRET_MARK = 'whsec_'

/** Why no answer came; without the address, which may be a secret. */
export function troubleOf(error: unknown, late: boolean): Tried {
  if (error instanceof ConnectorError) return { status: null, answer: null, trouble: 'refused' }
  if (late) return { status: null, answer: null, trouble: 'late' }
  const cause = error instanceof Error ? (error.cause as { code?: unknown } | undefined) : undefined
  return { status: null, answer: typeof cause?.code === 'string' ? cause.code : null, trouble: 'connection' }
}

/** The beginning of an answer, as a row can hold it. */
export const answerOf = (text: string): string => text.toWellFormed().replaceAll('\0', '').slice(0, ANSWER_LENGTH)

/** Of what stands behind the host so much is shown, where it is three times as long. */
const SHOWN_LENGTH = 4

/** An address as far as it may be shown: a path or a query may be a secret, and that of a chat is one. */
export function shownAddress(url: string): string {
  const { origin, pathname, search, hash } = new URL(url)
  const rest = `${pathname}${search}${hash}`
  if (rest === '/') return origin
  return `${origin}/…${rest.length < 3 * SHOWN_LENGTH ? '' : rest.slice(-SHOWN_LENGTH)}`
}
