import type { Clock } from '../src/domain/clock.ts'
import { DAY, HOUR, MINUTE, SECOND } from '../src/domain/clock.ts'
import { ConnectorError, type Meter, type Rate } from './connector.ts'

export type Fetch = (url: string, init: RequestInit) => Promise<Response>

export type HttpDeps = {
  fetch: Fetch
  clock: Clock
  timeoutMs?: number
  maxBytes?: number
  meter?: Meter
  /** Reads what an answer's headers say of the network's patience, in the network's own units. */
  rates?: (headers: Headers, now: Date) => Rate[]
  /** Reads the network's own words for a refusal. */
  saying?: (json: unknown) => { code: string | null; message: string | null }
}

export type HttpRequest = {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  url: string
  headers?: Record<string, string>
  /** Sent as JSON. */
  body?: unknown
  /** Sent as `application/x-www-form-urlencoded`, as OAuth wants it. */
  form?: Record<string, string>
  /** Sent as they are. */
  bytes?: { data: Uint8Array; type: string }
  /** Default `json`: anything else is a fault. */
  expect?: 'json' | 'text'
  /** Statuses below 400 that are answers though not 2xx, such as 304. */
  also?: number[]
  signal: AbortSignal
}

/** `json` is undefined where text was expected. */
export type HttpAnswer = { status: number; headers: Headers; json: unknown; text: string }

/** The network's own word for a refusal, when its answer carried one. */
export class RefusedBy extends ConnectorError {
  readonly code: string | null
  constructor(kind: ConnectorError['kind'], message: string, code: string | null, status: number, retryAt?: Date) {
    super(kind, message, { status, ...(retryAt && { retryAt }) })
    this.code = code
  }
}

const NEVER_LEFT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ERR_INVALID_URL',
  'UND_ERR_CONNECT_TIMEOUT',
])

/**
 * One request, bounded in time (10 s) and size (10 MB), never following a redirect. Answers with a 2xx status only.
 * What it cost and what the network said of its patience goes to the meter, after a failure too.
 *
 * A request that may have changed something and got no clear answer throws `timeout`; one that only reads throws
 * `network-down`, because asking again harms nobody. Messages never carry headers, so no token gets into a log.
 * @throws ConnectorError
 */
export async function call(deps: HttpDeps, request: HttpRequest): Promise<HttpAnswer> {
  const { timeoutMs = 10 * SECOND, maxBytes = 10_000_000 } = deps
  const host = hostOf(request.url)
  if (request.signal.aborted) throw new ConnectorError('network-down', 'Stopped before anything was sent.')
  // By hand and not by AbortSignal.any, which keeps every call alive as long as a long-lived signal on Node 20.
  const stop = new AbortController()
  const abort = () => stop.abort()
  const timer = setTimeout(abort, timeoutMs)
  const { body, form, bytes } = request
  request.signal.addEventListener('abort', abort, { once: true })
  deps.meter?.request()
  const sentAt = deps.clock.now()
  try {
    const response = await deps.fetch(request.url, {
      method: request.method,
      redirect: 'manual',
      signal: stop.signal,
      headers: {
        accept: 'application/json',
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...(form && { 'content-type': 'application/x-www-form-urlencoded' }),
        ...(bytes && { 'content-type': bytes.type }),
        ...request.headers,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      ...(form && { body: new URLSearchParams(form).toString() }),
      ...(bytes && { body: bytes.data }),
    })
    const rates = ratesOf(deps, response.headers, sentAt)
    for (const rate of rates) deps.meter?.rate(rate)
    if (!response.ok && !request.also?.includes(response.status)) {
      // The status settles what to do, whatever becomes of the words that come with it.
      const words = await readBounded(response, maxBytes, host).catch(() => '')
      throw refusal(response, (deps.saying ?? saying)(parse(words)), rates, host, deps.clock.now(), sentAt)
    }
    const text = await readBounded(response, maxBytes, host)
    if (request.expect === 'text') return { status: response.status, headers: response.headers, json: undefined, text }
    const json = parse(text)
    if (json === undefined && text !== '')
      throw new ConnectorError('bad-response', `${host} answered with something that is not JSON.`, {
        status: response.status,
      })
    return { status: response.status, headers: response.headers, json, text }
  } catch (error) {
    if (error instanceof ConnectorError) throw error
    throw withoutAnswer(error, request, host, timeoutMs, stop.signal.aborted && !request.signal.aborted)
  } finally {
    clearTimeout(timer)
    request.signal.removeEventListener('abort', abort)
  }
}

/** What the network says of its patience, by our clock; what makes no sense is left out or held to what does. */
function ratesOf({ clock, rates }: HttpDeps, headers: Headers, sentAt: Date): Rate[] {
  const now = clock.now()
  const ahead = aheadMs(headers, sentAt, now)
  const told = rates?.(headers, new Date(now.getTime() + ahead)) ?? []
  return told.flatMap((rate) => {
    const resetAt = rate.resetAt.getTime() - ahead
    if (Number.isNaN(resetAt) || Number.isNaN(rate.remaining)) return []
    return [
      {
        ...rate,
        limit: rate.limit === null || Number.isNaN(rate.limit) ? null : within(rate.limit, 0, MOST),
        remaining: within(rate.remaining, 0, MOST),
        resetAt: new Date(within(resetAt, now.getTime() - LONGEST_WINDOW, now.getTime() + LONGEST_WINDOW)),
      },
    ]
  })
}

/** No network we know counts in longer windows; what claims to be one would keep everybody from asking. */
const LONGEST_WINDOW = 1 * DAY
/** More than any network allows, and a number that every database takes. */
const MOST = 1_000_000_000
const within = (value: number, least: number, most: number) => Math.min(Math.max(value, least), most)

/** Clocks that are further apart are not off but wrong, and tell nothing. */
const APART_MS = 15 * MINUTE

/**
 * How far the network's clock is ahead of ours, by the `Date` of its answer (RFC 9110 §6.6.1), which it wrote between
 * `sentAt` and `now`: as little as explains it. 0 where it tells none, or one from a cache, or one that cannot be. A second
 * is what the header leaves out.
 */
function aheadMs(headers: Headers, sentAt: Date, now: Date): number {
  const told = headers.has('age') ? Number.NaN : Date.parse(headers.get('date') ?? '')
  const ahead = told - within(told, sentAt.getTime(), now.getTime())
  return Math.abs(ahead) > SECOND && Math.abs(ahead) <= APART_MS ? ahead : 0
}

function withoutAnswer(cause: unknown, request: HttpRequest, host: string, timeoutMs: number, late: boolean) {
  if (NEVER_LEFT.has(codeOf(cause))) return new ConnectorError('network-down', `${host} cannot be reached.`, { cause })
  const what = request.signal.aborted
    ? `The request to ${host} was stopped on its way.`
    : late
      ? `${host} gave no answer within ${timeoutMs / SECOND} s.`
      : `The connection to ${host} broke before its answer was complete.`
  return new ConnectorError(request.method === 'GET' ? 'network-down' : 'timeout', what, { cause })
}

async function readBounded(response: Response, maxBytes: number, host: string): Promise<string> {
  if (!response.body) return ''
  const chunks: Uint8Array[] = []
  let size = 0
  // The types of node's fetch and of its streams differ; a body is always async iterable here.
  for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength
    // Leaving the loop cancels the stream, so the rest is never read.
    if (size > maxBytes)
      throw new ConnectorError('bad-response', `${host} sent more than ${maxBytes / 1e6} MB.`, {
        status: response.status,
      })
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

/** What to do next after a status that is not 2xx. */
function refusal(
  response: Response,
  { code, message }: ReturnType<typeof saying>,
  rates: readonly Rate[],
  host: string,
  now: Date,
  sentAt: Date,
): RefusedBy {
  const { status } = response
  const say = (what: string) => `${host} ${what}${message ? `: ${message}` : '.'}`
  if (status === 429)
    return new RefusedBy(
      'rate-limited',
      say('asks for fewer requests'),
      code,
      status,
      whenAgain(response, rates, now, sentAt),
    )
  if (status === 401) return new RefusedBy('auth', say('does not accept the token'), code, status)
  if (status === 404 || status === 410) return new RefusedBy('gone', say('does not have it (any more)'), code, status)
  if (status >= 300 && status < 400)
    return new RefusedBy('refused', say('redirects elsewhere, and redirects are not followed'), code, status)
  if (status >= 500 || status === 408)
    return new RefusedBy(
      'bad-response',
      say(`answered ${status}`),
      code,
      status,
      response.headers.has('retry-after') ? retryAt(response.headers, now, sentAt) : undefined,
    )
  return new RefusedBy('refused', say(`refused the request (${status})`), code, status)
}

/** `Retry-After` is for this request; without it, the network's windows say when one of them opens again. */
function whenAgain({ headers }: Response, rates: readonly Rate[], now: Date, sentAt: Date): Date {
  const spent = rates.filter(({ remaining }) => remaining <= 0).map(({ resetAt }) => resetAt.getTime())
  if (headers.has('retry-after') || spent.length === 0) return retryAt(headers, now, sentAt)
  return new Date(Math.min(Math.max(...spent, now.getTime()), now.getTime() + HOUR))
}

/**
 * When a refused request may be made again, by our clock: `Retry-After` in seconds or as an HTTP date of the network's
 * (RFC 9110 §10.2.3), else `ratelimit-reset` in seconds, else in a minute; never in the past and never more than an hour away.
 */
export function retryAt(headers: Headers, now: Date, sentAt = now): Date {
  const after = headers.get('retry-after')?.trim() ?? ''
  const reset = headers.get('ratelimit-reset')?.trim() ?? ''
  const waitMs = /^\d+$/.test(after)
    ? Number(after) * SECOND
    : after !== '' && !Number.isNaN(Date.parse(after))
      ? Date.parse(after) - now.getTime() - aheadMs(headers, sentAt, now)
      : /^\d+$/.test(reset)
        ? Number(reset) * SECOND
        : MINUTE
  return new Date(now.getTime() + Math.min(Math.max(waitMs, 0), HOUR))
}

function saying(json: unknown): { code: string | null; message: string | null } {
  const error = (json as { error?: { code?: unknown; message?: unknown } } | undefined)?.error
  const words = (value: unknown) => (typeof value === 'string' ? value.slice(0, 200) : null)
  return { code: words(error?.code), message: words(error?.message) }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function codeOf(error: unknown): string {
  const cause = error instanceof Error && error.cause !== undefined ? error.cause : error
  const code = (cause as { code?: unknown } | null)?.code
  return typeof code === 'string' ? code : ''
}

const hostOf = (url: string) => (URL.canParse(url) ? new URL(url).host : 'The network')
