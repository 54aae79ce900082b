import { SECOND } from '../../src/domain/clock.ts'
import type { ConnectorDeps } from '../catalogue.ts'

const MOST_BYTES = 1_000_000

/**
 * The fetch that the OAuth library is given: ours, so that addresses which accounts and servers name are watched like all
 * others. Bounded in time and size, counted, and without following redirects.
 */
export function libraryFetch({ fetch, meter, timeoutMs = 10 * SECOND }: ConnectorDeps, signal: AbortSignal) {
  return async (input: string | URL | Request, init?: RequestInit): Promise<Response> => {
    const request = new Request(input, init)
    meter?.request()
    const response = await fetch(request.url, {
      method: request.method,
      headers: Object.fromEntries(request.headers),
      redirect: request.redirect === 'error' ? 'error' : 'manual',
      signal: AbortSignal.any([signal, request.signal, AbortSignal.timeout(timeoutMs)]),
      ...(request.body && { body: await request.text() }),
    })
    if (!response.body) return response
    const body = await bounded(response.body as unknown as AsyncIterable<Uint8Array>)
    const { status, statusText, headers } = response
    return Object.defineProperty(new Response(body, { status, statusText, headers }), 'url', { value: response.url })
  }
}

async function bounded(body: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of body) {
    size += chunk.byteLength
    if (size > MOST_BYTES) throw new Error(`The answer has more than ${MOST_BYTES / 1e6} MB.`)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}
