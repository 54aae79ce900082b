import { queryOptions, useQuery } from '@tanstack/react-query'
import type { presenceApi } from '../../../src/escalate/presence/contract.ts'
import type { OnTheWire } from '../../../src/http/contract.ts'
import type { Doing } from '../../../src/live/contract.ts'
import { call } from '../api/client.ts'
import { AGAIN_MS, THIS_WINDOW, useTelling } from '../ui/use-telling.ts'

export type AtWork = OnTheWire<(typeof presenceApi)['GET /presence']>['reply']['items'][number]

const present = queryOptions({
  queryKey: ['presence'],
  queryFn: ({ signal }) => call('GET /presence', { signal }),
  // The stream says when it changes; this is for a server that was started since.
  refetchInterval: 2 * AGAIN_MS,
})

/** Which colleagues are at which case. */
export const useAtWork = (): AtWork[] => useQuery(present).data?.items ?? []

const say = (id: string, doing: Doing | 'left') =>
  // Unheard it is said again soon, and what was not taken back is forgotten.
  void call('POST /escalations/:id/presence', { params: { id }, body: { doing, window: THIS_WINDOW } }).catch(() => {})

/** Tells colleagues what one does at a case, while its page can be seen. */
export const useTellAtWork = (id: string, doing: Doing): void => useTelling(id, doing, say)
