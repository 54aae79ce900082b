import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { call } from '../api/client.ts'
import { markStale } from '../api/mark-stale.ts'

/** The list moves with each of its posts; between events of its own it is asked for again this often. */
const AGAIN_MS = 30_000

export const storms = queryOptions({
  queryKey: ['storms', 'list'],
  queryFn: ({ signal }) => call('GET /storms', { signal }),
  refetchInterval: AGAIN_MS,
})

export const oneStorm = (id: string) =>
  queryOptions({
    queryKey: ['storms', 'one', id],
    queryFn: ({ signal }) => call('GET /storms/:id', { params: { id }, signal }),
    refetchInterval: AGAIN_MS,
  })

export const stormPosts = (id: string) =>
  infiniteQueryOptions({
    queryKey: ['storms', 'posts', id],
    queryFn: ({ pageParam, signal }) =>
      call('GET /storms/:id/posts', {
        params: { id },
        signal,
        query: { limit: 20, ...(pageParam && { cursor: pageParam }) },
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  })

export function useEndStorm() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (id: string) => call('POST /storms/:id/end', { params: { id } }),
    onSettled: () => markStale(client, ['storms'], ['escalations', 'list']),
  })
}
