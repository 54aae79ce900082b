import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query'
import type { Board } from '../../../src/reward/contract.ts'
import { call } from '../api/client.ts'

export type Asked = Pick<Board, 'period' | 'by' | 'who'> & { skill?: string; language?: string }

export const board = (asked: Asked) =>
  queryOptions({
    queryKey: ['board', asked],
    queryFn: ({ signal }) => call('GET /board', { query: asked, signal }),
    placeholderData: keepPreviousData,
  })

export const rank = queryOptions({
  queryKey: ['points', 'rank'],
  queryFn: ({ signal }) => call('GET /rank', { signal }),
})

export const points = infiniteQueryOptions({
  queryKey: ['points', 'list'],
  queryFn: ({ pageParam, signal }) =>
    call('GET /points', { signal, query: { limit: 20, ...(pageParam && { cursor: pageParam }) } }),
  initialPageParam: null as string | null,
  getNextPageParam: (page) => page.nextCursor,
})
