import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import type { NoticeSettings } from '../../../src/people/notices/contract.ts'
import { call } from '../api/client.ts'
import { markStale } from '../api/mark-stale.ts'

const KEY = ['notices'] as const
/** Time runs out without an event. */
const EVERY_MS = 60_000

export const unseen = queryOptions({
  queryKey: [...KEY, 'count'],
  queryFn: ({ signal }) => call('GET /notices/count', { signal }),
  refetchInterval: EVERY_MS,
})

export const notices = infiniteQueryOptions({
  queryKey: [...KEY, 'list'],
  queryFn: ({ pageParam, signal }) =>
    call('GET /notices', { signal, query: { limit: 30, ...(pageParam && { cursor: pageParam }) } }),
  initialPageParam: null as string | null,
  getNextPageParam: (page) => page.nextCursor,
})

/** Not made stale by events: what is being chosen would be lost. */
export const settings = queryOptions({
  queryKey: ['notice-settings'],
  queryFn: ({ signal }) => call('GET /notices/settings', { signal }),
  staleTime: 0,
  refetchOnWindowFocus: false,
})

/** Everything up to the newest one shown: what came since stays new. */
export function useSeen() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (until: string) => call('POST /notices/seen', { body: { until } }),
    onSettled: () => markStale(client, KEY),
  })
}

export type Wish = Pick<NoticeSettings, 'ways' | 'digest' | 'dailyAt' | 'timeZone' | 'quiet' | 'version'>

export function useChoose() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (body: Wish) => call('PUT /notices/settings', { body }),
    onSuccess: (kept) => {
      client.setQueryData(settings.queryKey, kept)
      markStale(client, KEY)
    },
  })
}
