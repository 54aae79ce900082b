import { z } from 'zod'
import { DAY } from '../../src/domain/clock.ts'
import type { ConnectorDeps } from '../catalogue.ts'
import { ConnectorError } from '../connector.ts'
import { call, type HttpAnswer, RefusedBy } from '../http.ts'
import { readAnswer } from '../reading.ts'
import { encoded, listOf } from './urns.ts'

export type Asker = { baseUrl: string; version: string; token: string }

/**
 * One call to the versioned API. `path` is what follows `/rest/`, its URNs encoded already: Rest.li's own brackets stand
 * in it as they are. @throws ConnectorError
 */
export async function ask(
  deps: ConnectorDeps,
  { baseUrl, version, token }: Asker,
  asked: { method?: 'GET' | 'POST' | 'DELETE'; path: string; body?: unknown; signal: AbortSignal },
): Promise<HttpAnswer> {
  const { method = 'GET', path, body, signal } = asked
  const headers = {
    authorization: `Bearer ${token}`,
    'linkedin-version': version,
    'x-restli-protocol-version': '2.0.0',
  }
  try {
    const url = `${baseUrl}/rest/${path}`
    return await call({ ...deps, saying }, { method, url, headers, ...(body !== undefined && { body }), signal })
  } catch (error) {
    throw inOurWords(error, { version, now: deps.clock.now(), isOfOnePost: method !== 'GET' })
  }
}

/** LinkedIn's word for a fault (`ACCESS_DENIED`) or OAuth's (`invalid_grant`), and its sentence. */
export function saying(json: unknown): { code: string | null; message: string | null } {
  const { code, error, message, error_description: described } = (json ?? {}) as Record<string, unknown>
  const words = (...values: unknown[]) =>
    values.find((value): value is string => typeof value === 'string')?.slice(0, 300) ?? null
  return { code: words(code, error), message: words(message, described) }
}

/** A resource the token may not use at all, such as `socialActions.CREATE`, or a permission by its name. */
const PERMISSION = /\baccess:? \w+\.[A-Z_]+|\b(?:r|w|rw)_[a-z_]+/

/**
 * What to do next after a refusal, which its status alone does not say. Every other error is left as it is. What is refused
 * of one post, as all writing is, speaks of the account only when it names what the account lacks.
 */
function inOurWords(
  error: unknown,
  { version, now, isOfOnePost }: { version: string; now: Date; isOfOnePost: boolean },
): unknown {
  if (!(error instanceof RefusedBy)) return error
  const { status, code, message } = error
  const as = (kind: ConnectorError['kind'], words: string, retryAt?: Date) =>
    new ConnectorError(kind, words, { ...(status !== null && { status }), ...(retryAt && { retryAt }), cause: error })
  if (status === 426 || code === 'NONEXISTENT_VERSION')
    return as(
      'refused',
      `LinkedIn no longer answers to version ${version} of its API: put a newer one, such as of last month, into the settings.`,
    )
  // Limits are by the day, but for one on the comments of a minute; a 429 of another make says itself when to come back.
  if (status === 429 && code === 'TOO_MANY_REQUESTS' && !/throttled|rate limit/i.test(message))
    return as('quota', message, nextMidnight(now))
  if (status === 403 && code === 'ACCESS_DENIED' && (!isOfOnePost || PERMISSION.test(message)))
    return as('scope', `${message} Link the account again and allow all that is asked for.`)
  if (/duplicate/i.test(`${code} ${message}`)) return as('duplicate', message)
  return error
}

/** A day's requests come anew at midnight, UTC. Source: learn.microsoft.com/linkedin/shared/api-guide/concepts/rate-limits */
export const nextMidnight = (now: Date): Date => new Date((Math.floor(now.getTime() / DAY) + 1) * DAY)

/** A page of a list; each item is read by itself, so that one bad one does not cost the page. */
export const Elements = z.object({
  elements: z.array(z.unknown()),
  paging: z.object({ total: z.number().optional() }).optional(),
})

const Found = z.object({
  results: z.record(z.string(), z.unknown()).default({}),
  errors: z.record(z.string(), z.object({ status: z.number().optional() })).default({}),
})

/** The most that one question may name: addresses have a length. */
export const BATCH = 20

/**
 * What `path` tells of each key, with one request; null: it is gone; absent: LinkedIn tells us nothing of it. Apps in
 * LinkedIn's Development tier may not ask so, and ask for one after another. @throws ConnectorError
 */
export async function askForEach(
  deps: ConnectorDeps,
  asker: Asker,
  { path, keys, signal }: { path: string; keys: string[]; signal: AbortSignal },
): Promise<Map<string, unknown>> {
  const told = async (address: string) => {
    try {
      return await ask(deps, asker, { path: address, signal })
    } catch (error) {
      if (error instanceof ConnectorError && (error.kind === 'gone' || error.status === 403)) return error
      throw error
    }
  }
  const of = (answer: HttpAnswer | ConnectorError): unknown =>
    !(answer instanceof ConnectorError) ? answer.json : answer.kind === 'gone' ? null : undefined
  if (keys.length > 1) {
    const whole = await told(`${path}?ids=${listOf(keys)}`)
    if (!(whole instanceof ConnectorError)) {
      const { results, errors } = readAnswer(Found, whole)
      const isGone = (key: string) => [404, 410].includes(errors[key]?.status ?? 0)
      return known(keys.map((key) => [key, results[key] ?? (isGone(key) ? null : undefined)]))
    }
    if (whole.kind === 'gone') return known(keys.map((key) => [key, null]))
  }
  const one: [string, unknown][] = []
  for (const key of keys) one.push([key, of(await told(`${path}/${encoded(key)}`))])
  return known(one)
}

const known = (all: [string, unknown][]) => new Map(all.filter(([, what]) => what !== undefined))
