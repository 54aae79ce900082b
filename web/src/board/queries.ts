import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query'
import type { Board } from '../../../src/reward/contract.ts'
import { call } from '../api/client.ts'

export type Period = Board['period']

export const board = (period: Period) =>
  queryOptions({
    queryKey: ['board', period],
    queryFn: ({ signal }) => call('GET /board', { query: { period }, signal }),
    placeholderData: keepPreviousData,
  })

export const points = infiniteQueryOptions({
  queryKey: ['points'],
  queryFn: ({ pageParam, signal }) =>
    call('GET /points', { signal, query: { limit: 20, ...(pageParam && { cursor: pageParam }) } }),
  initialPageParam: null as string | null,
  getNextPageParam: (page) => page.nextCursor,
})
