import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { call } from '../api/client.ts'
import { markStale } from '../api/mark-stale.ts'

/** Asked anew every ten seconds while somebody looks. */
export const system = queryOptions({
  queryKey: ['system'],
  queryFn: ({ signal }) => call('GET /system', { signal }),
  refetchInterval: 10_000,
  retry: false,
})

/** Looked at when the page opens, and again when somebody presses. */
export const checks = queryOptions({
  queryKey: ['system-checks'],
  queryFn: ({ signal }) => call('GET /system/checks', { signal }),
  staleTime: Number.POSITIVE_INFINITY,
  refetchOnWindowFocus: false,
})

export const failedJobs = infiniteQueryOptions({
  queryKey: ['system-failed-jobs'],
  queryFn: ({ signal, pageParam }) =>
    call('GET /system/failed-jobs', { signal, query: { limit: 20, ...(pageParam && { cursor: pageParam }) } }),
  initialPageParam: '',
  getNextPageParam: (page) => page.nextCursor,
})

export function useSettle() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ id, again }: { id: string; again: boolean }) =>
      again
        ? call('POST /system/failed-jobs/:id/retry', { params: { id } })
        : call('POST /system/failed-jobs/:id/discard', { params: { id } }),
    onSettled: () => markStale(client, failedJobs.queryKey, system.queryKey),
  })
}
