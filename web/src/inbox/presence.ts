import { queryOptions, useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import type { presenceApi } from '../../../src/escalate/presence/contract.ts'
import type { OnTheWire } from '../../../src/http/contract.ts'
import type { Doing } from '../../../src/live/contract.ts'
import { call } from '../api/client.ts'
import { newKey } from '../api/idempotency-key.ts'

export type AtWork = OnTheWire<(typeof presenceApi)['GET /presence']>['reply']['items'][number]

/** Said again so often, as long as the page can be seen; the server forgets after three of them. */
const AGAIN_MS = 10_000

const present = queryOptions({
  queryKey: ['presence'],
  queryFn: ({ signal }) => call('GET /presence', { signal }),
  // The stream says when it changes; this is for a server that was started since.
  refetchInterval: 2 * AGAIN_MS,
})

/** Which colleagues are at which case. */
export const useAtWork = (): AtWork[] => useQuery(present).data?.items ?? []

/** This window's own, so that what another one says takes nothing of it back. */
const WINDOW = newKey()

const say = (id: string, doing: Doing | 'left') =>
  // Unheard it is said again soon, and what was not taken back is forgotten.
  void call('POST /escalations/:id/presence', { params: { id }, body: { doing, window: WINDOW } }).catch(() => {})

/** Tells colleagues what one does at a case, while its page can be seen. */
export function useTellAtWork(id: string, doing: Doing): void {
  useEffect(() => {
    const tell = () => say(id, document.visibilityState === 'visible' ? doing : 'left')
    tell()
    const again = setInterval(() => document.visibilityState === 'visible' && tell(), AGAIN_MS)
    document.addEventListener('visibilitychange', tell)
    return () => {
      clearInterval(again)
      document.removeEventListener('visibilitychange', tell)
    }
  }, [id, doing])
  useEffect(() => () => say(id, 'left'), [id])
}
