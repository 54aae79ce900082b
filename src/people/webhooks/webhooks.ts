import { createHmac } from 'node:crypto'
import { ConnectorError } from '../../../connectors/connector.ts'
import { DAY, HOUR, SECOND } from '../../domain/clock.ts'

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

/** What a try brought: the status, or null where no answer came; the answer's beginning, or why there was none. */
export type Tried = { status: number | null; answer: string; refused?: true }
export type Verdict = { state: 'sent' | 'failed' } | { state: 'waiting'; waitMs: number }

/**
 * Arrived with any 2xx. A target that is gone (410), or that is not asked at all, is not asked again; anything else may
 * heal. A redirect is no arrival: the address has to be put right.
 */
export function verdictOf({ status, refused }: Tried, attempts: number, random: number): Verdict {
  if (status !== null && status >= 200 && status < 300) return { state: 'sent' }
  if (status === GONE || refused || attempts >= MOST_ATTEMPTS) return { state: 'failed' }
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

/** Why no answer came, in words for an admin; without the address, which may be a secret. */
export function troubleOf(error: unknown, late: boolean): Tried {
  if (error instanceof ConnectorError) return { status: null, answer: error.message, refused: true }
  if (late) return { status: null, answer: `No answer came within ${TIMEOUT_MS / SECOND} s.` }
  const cause = error instanceof Error ? (error.cause as { code?: unknown } | undefined) : undefined
  const code = typeof cause?.code === 'string' ? cause.code : 'unknown'
  return { status: null, answer: `The connection failed: ${code}.` }
}

/** The beginning of an answer, as a row can hold it. */
export const answerOf = (text: string): string => text.toWellFormed().replaceAll('\0', '').slice(0, ANSWER_LENGTH)

/** An address as far as it may be shown: that of a chat is a secret, and a query may hold one. */
export function shownAddress(url: string, kind: string): string {
  const { origin, pathname, search } = new URL(url)
  if (kind === 'standard') return `${origin}${pathname}${search === '' ? '' : '?…'}`
  return `${origin}/…${url.slice(-4)}`
}
