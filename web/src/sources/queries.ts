import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import type { OnTheWire } from '../../../src/http/contract.ts'
import type { ingestApi } from '../../../src/ingest/contract.ts'
import { call } from '../api/client.ts'
import { markStale } from '../api/mark-stale.ts'
import { ApiError } from '../api/problem.ts'
import { request } from '../api/request.ts'
import { urlOf } from '../api/url.ts'

export type SourceChange = OnTheWire<(typeof ingestApi)['PATCH /sources/:id']>['body']

/** Health moves with every poll, so this page asks by itself. */
export const sources = queryOptions({
  queryKey: ['sources'],
  queryFn: ({ signal }) => call('GET /sources', { signal }),
  refetchInterval: 10_000,
})

export function useSourceChange() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ id, ...body }: SourceChange & { id: string }) =>
      call('PATCH /sources/:id', { params: { id }, body }),
    onSettled: () => markStale(client, sources.queryKey),
  })
}

type Speed = { perMinute: number }
const SPEED = urlOf('/demo/speed')

/** How fast the demo's network speaks; null outside the demo. */
export const demoSpeed = queryOptions({
  queryKey: ['demo-speed'],
  queryFn: async ({ signal }): Promise<Speed | null> => {
    try {
      return (await request('GET', SPEED, { signal })) as Speed
    } catch (error) {
      if (error instanceof ApiError && error.definite) return null
      throw error
    }
  },
  staleTime: 60_000,
})

export function useDemoSpeed() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (perMinute: number) => request('PUT', SPEED, { body: { perMinute } }),
    onSettled: () => markStale(client, demoSpeed.queryKey),
  })
}
