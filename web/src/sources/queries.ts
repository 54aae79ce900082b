import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import type { OnTheWire } from '../../../src/http/contract.ts'
import type { ingestApi } from '../../../src/ingest/contract.ts'
import type { termsApi } from '../../../src/ingest/terms/contract.ts'
import { call } from '../api/client.ts'
import { markStale } from '../api/mark-stale.ts'
import { ApiError } from '../api/problem.ts'
import { request } from '../api/request.ts'
import { urlOf } from '../api/url.ts'

type Api = typeof ingestApi
export type SourceChange = OnTheWire<Api['PATCH /sources/:id']>['body']
export type NewSource = OnTheWire<Api['POST /sources']>['body']
export type Listen = NewSource['listen']
export type Trial = OnTheWire<Api['POST /sources/try']>['reply']
export type Preview = OnTheWire<Api['POST /sources/preview']>['reply']
export type Terms = Networks['items'][number]['terms']
export type Networks = OnTheWire<Api['GET /networks']>['reply']

const LOOK_AGAIN_MS = 10_000
const WATCHED_MS = 1_000

/** Health moves with every poll, so this page asks by itself; more often while somebody may watch a backfill. */
export const sources = queryOptions({
  queryKey: ['sources'],
  queryFn: ({ signal }) => call('GET /sources', { signal }),
  refetchInterval: ({ state: { data } }) =>
    data?.items.some(({ backfill }) => backfill?.state === 'running') ? WATCHED_MS : LOOK_AGAIN_MS,
})

export const networks = queryOptions({
  queryKey: ['networks'],
  queryFn: ({ signal }) => call('GET /networks', { signal }),
  staleTime: 60_000,
})

export const settingsOf = (id: string) =>
  queryOptions({
    queryKey: ['source-settings', id],
    queryFn: ({ signal }) => call('GET /sources/:id/settings', { params: { id }, signal }),
    staleTime: 0,
  })

export function useSourceChange() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ id, ...body }: SourceChange & { id: string }) =>
      call('PATCH /sources/:id', { params: { id }, body }),
    onSettled: () => markStale(client, sources.queryKey),
  })
}

export type BackfillWish = OnTheWire<Api['POST /sources/:id/backfill']>['body']

export function useAskBackfill() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ id, ...body }: BackfillWish & { id: string }) =>
      call('POST /sources/:id/backfill', { params: { id }, body }),
    onSettled: () => markStale(client, sources.queryKey),
  })
}

export function useCancelBackfill() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (id: string) => call('DELETE /sources/:id/backfill', { params: { id } }),
    onSettled: () => markStale(client, sources.queryKey),
  })
}

export const useTrial = () => useMutation({ mutationFn: (body: NewSource) => call('POST /sources/try', { body }) })
export const usePreview = () => useMutation({ mutationFn: (body: Listen) => call('POST /sources/preview', { body }) })

export function useAddSource() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (body: NewSource) => call('POST /sources', { body }),
    onSettled: () => markStale(client, sources.queryKey),
  })
}

export function useHiddenChoice() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ id, choice }: { id: string; choice: 'gone' | 'ask-again' }) =>
      call('POST /sources/:id/hidden', { params: { id }, body: { choice } }),
    onSettled: () => markStale(client, sources.queryKey),
  })
}

export function useRemoveSource() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (id: string) => call('DELETE /sources/:id', { params: { id } }),
    onSettled: () => markStale(client, sources.queryKey),
  })
}

export type TermsWish = OnTheWire<(typeof termsApi)['PATCH /networks/:network/terms']>['body']

export function useOwnTerms() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ network, ...body }: TermsWish & { network: string }) =>
      call('PATCH /networks/:network/terms', { params: { network }, body }),
    onSuccess: (now) =>
      client.setQueryData(
        networks.queryKey,
        (known) => known && { ...known, items: known.items.map((one) => (one.network === now.network ? now : one)) },
      ),
    onSettled: () => markStale(client, networks.queryKey, sources.queryKey, ['accounts'], ['feed']),
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
