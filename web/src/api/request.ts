import { inReadersLanguage } from '../words/server.ts'
import { heard, unheard } from './line.ts'
import { ApiError, problemFrom, unreachable } from './problem.ts'

export type RequestOptions = {
  body?: unknown
  /** Sent as `Idempotency-Key`: the same key twice is the same act once. */
  key?: string | undefined
  signal?: AbortSignal | undefined
}

/** Characters; a browser carries 64 KiB in all for pages that are gone. */
const KEPT_ALIVE = 10_000

let brand: string | null = null

const settling = new Set<() => void>()

/** What still waits to be asked of the present brand is asked before another is spoken for. */
export const beforeOtherBrand = (settle: () => void): void => void settling.add(settle)

/** Every later request is made for this brand; null leaves the choice to the server. */
export function speakForBrand(id: string | null): void {
  if (brand !== null && id !== brand) for (const settle of settling) settle()
  brand = id
}

export const spokenBrand = (): string | null => brand

/** One request to our own server with the session's cookie. @throws ApiError */
export async function request(
  method: string,
  url: string,
  { body, key, signal }: RequestOptions = {},
): Promise<unknown> {
  const headers = new Headers({ accept: 'application/json' })
  if (body !== undefined) headers.set('content-type', 'application/json')
  if (key) headers.set('idempotency-key', key)
  if (brand) headers.set('x-deputize-brand', brand)

  const said = body === undefined ? null : JSON.stringify(body)
  const response = await fetch(url, {
    method,
    headers,
    credentials: 'same-origin',
    body: said,
    // What was pressed goes out though its page is left at once; browsers carry little of it.
    keepalive: method !== 'GET' && (said?.length ?? 0) < KEPT_ALIVE,
    signal: signal ?? null,
  }).catch((cause: unknown) => {
    if (signal?.aborted) throw cause
    unheard()
    throw unreachable(cause)
  })
  heard()
  const english: unknown = response.status === 204 ? undefined : await response.json().catch(() => undefined)
  const answer = await inReadersLanguage(english)
  if (!response.ok) throw new ApiError(problemFrom(response.status, response.statusText, answer))
  return answer
}
