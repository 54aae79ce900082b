import { queryOptions } from '@tanstack/react-query'
import { call } from '../api/client.ts'

/** Asked anew every ten seconds while somebody looks. */
export const now = queryOptions({
  queryKey: ['now'],
  queryFn: ({ signal }) => call('GET /now', { signal }),
  refetchInterval: 10_000,
})

export const setup = queryOptions({
  queryKey: ['setup'],
  queryFn: ({ signal }) => call('GET /setup', { signal }),
  staleTime: 0,
})
