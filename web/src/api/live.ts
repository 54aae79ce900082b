import type { LiveEvent } from '../../../src/live/contract.ts'
import { heard, unheard } from './line.ts'
import { urlOf } from './url.ts'

/** `reconnecting` also means: the pages ask again every 15 s by themselves until the stream is back. */
export type LiveState = 'live' | 'reconnecting' | 'offline'

const FAILURES_BEFORE_POLLING = 3
const POLL_MS = 15_000

/**
 * Listens to the brand's stream until the returned function is called. After a break it goes on from the last event
 * heard: the browser says which when it reconnects, and a connection made anew here says it in its address. `poll` is
 * called when there is no such event to go on from, and every 15 s after three failures in a row; `broken` at the first of
 * them: the server ends the streams of whoever was signed out, or may now do other things than before.
 */
export function listen(
  brand: string | null,
  on: { event: (event: LiveEvent) => void; state: (state: LiveState) => void; poll: () => void; broken: () => void },
): () => void {
  let source: EventSource | null = null
  let retry: ReturnType<typeof setTimeout> | undefined
  let polling: ReturnType<typeof setInterval> | undefined
  let failures = 0
  let last: string | null = null

  const connect = () => {
    source?.close()
    source = new EventSource(urlOf('/stream', {}, { brand, last }))
    source.onopen = () => {
      const missed = polling !== undefined || last === null
      clearInterval(polling)
      polling = undefined
      failures = 0
      heard()
      on.state('live')
      if (missed) on.poll()
    }
    source.onmessage = (message: MessageEvent<string>) => {
      last = message.lastEventId || last
      // Our own server wrote it; a heartbeat may be empty.
      if (message.data) on.event(JSON.parse(message.data) as LiveEvent)
    }
    source.onerror = () => {
      failures += 1
      if (failures === 1) on.broken()
      on.state(navigator.onLine ? 'reconnecting' : 'offline')
      if (failures >= FAILURES_BEFORE_POLLING) polling ??= setInterval(on.poll, POLL_MS)
      // The browser gives up for good on a refusal; we ask again, slower each time.
      if (source?.readyState === EventSource.CLOSED) {
        clearTimeout(retry)
        retry = setTimeout(connect, Math.min(30_000, 1_000 * 2 ** failures))
      }
    }
  }
  const online = () => connect()
  const offline = () => {
    unheard()
    on.state('offline')
  }
  addEventListener('online', online)
  addEventListener('offline', offline)
  connect()

  return () => {
    removeEventListener('online', online)
    removeEventListener('offline', offline)
    clearTimeout(retry)
    clearInterval(polling)
    source?.close()
  }
}
