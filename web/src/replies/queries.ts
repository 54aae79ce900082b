import { infiniteQueryOptions } from '@tanstack/react-query'
import { call } from '../api/client.ts'

export const myReplies = infiniteQueryOptions({
  queryKey: ['replies'],
  queryFn: ({ pageParam, signal }) => call('GET /replies', { signal, query: pageParam ? { cursor: pageParam } : {} }),
  initialPageParam: null as string | null,
  getNextPageParam: (page) => page.nextCursor,
})
