import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import type { OnTheWire } from '../../../src/http/contract.ts'
import type { applyingApi } from '../../../src/people/applying/contract.ts'
import { call } from '../api/client.ts'
import { markStale } from '../api/mark-stale.ts'

const KEY = ['applications'] as const

export const applying = queryOptions({
  queryKey: [...KEY, 'settings'],
  queryFn: ({ signal }) => call('GET /applications/settings', { signal }),
})

export const waiting = infiniteQueryOptions({
  queryKey: [...KEY, 'list'],
  queryFn: ({ signal, pageParam }) =>
    call('GET /applications', { query: pageParam ? { cursor: pageParam } : {}, signal }),
  initialPageParam: '',
  getNextPageParam: (last) => last.nextCursor,
})

function useApplicationAct<Input, Answer>(act: (input: Input) => Promise<Answer>) {
  const client = useQueryClient()
  return useMutation({ mutationFn: act, onSettled: () => markStale(client, KEY, ['people']) })
}

type SettingsBody = OnTheWire<(typeof applyingApi)['PUT /applications/settings']>['body']

export const useSetApplying = () =>
  useApplicationAct((body: SettingsBody) => call('PUT /applications/settings', { body }))
export const useAccept = () =>
  useApplicationAct(({ id, key }: { id: string; key: string }) =>
    call('POST /applications/:id/accept', { params: { id }, key }),
  )
export const useDeclineMany = () =>
  useApplicationAct((ids: string[]) => call('POST /applications/decline', { body: { ids } }))
export const useDecline = () =>
  useApplicationAct(({ id, reason }: { id: string; reason: string }) =>
    call('POST /applications/:id/decline', { params: { id }, body: { reason } }),
  )
