import { keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import type { actsApi } from '../../../src/escalate/acts/contract.ts'
import type { toolsApi } from '../../../src/escalate/tools/contract.ts'
import type { OnTheWire } from '../../../src/http/contract.ts'
import { call } from '../api/client.ts'
import { markStale } from '../api/mark-stale.ts'
import { oneCase, useCaseAct } from './queries.ts'

export type Acts = OnTheWire<(typeof actsApi)['POST /escalations/:id/acts']>['body']['acts']
export type Act = Acts[number]
export type BulkAnswer = OnTheWire<(typeof actsApi)['POST /escalations/acts']>['reply']
export type BulkPress = OnTheWire<(typeof actsApi)['POST /escalations/acts']>['body']

export const labels = queryOptions({ queryKey: ['labels'], queryFn: ({ signal }) => call('GET /labels', { signal }) })
export const macros = queryOptions({ queryKey: ['macros'], queryFn: ({ signal }) => call('GET /macros', { signal }) })
export const colleagues = queryOptions({
  queryKey: ['colleagues'],
  queryFn: ({ signal }) => call('GET /colleagues', { signal }),
})

export const duplicates = (id: string, words: string) =>
  queryOptions({
    queryKey: ['escalations', 'duplicates', id, words],
    queryFn: ({ signal }) =>
      call('GET /escalations/:id/duplicates', { params: { id }, query: words ? { words } : {}, signal }),
    placeholderData: keepPreviousData,
  })

/** `version`: the one that is on the screen; who changed the case since is named, and nothing is overwritten. */
export const useActs = () =>
  useCaseAct(({ id, acts, version }: { id: string; acts: Acts; version?: number }) =>
    call('POST /escalations/:id/acts', {
      params: { id },
      body: { acts, ...(version !== undefined && { version }) },
    }),
  )

export function useBulk() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ body, key }: { body: BulkPress; key: string }) => call('POST /escalations/acts', { body, key }),
    onSettled: () => markStale(client, ['escalations']),
  })
}

export const useMerge = () =>
  useCaseAct(({ id, into }: { id: string; into: string }) =>
    call('POST /escalations/:id/merge', { params: { id }, body: { into } }),
  )

export function useSeparate() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ id }: { id: string }) => call('POST /escalations/:id/separate', { params: { id } }),
    onSuccess: (changed, { id }) => client.setQueryData(oneCase(id).queryKey, changed),
    onSettled: () => markStale(client, ['escalations']),
  })
}

export type WrittenLabel = OnTheWire<(typeof toolsApi)['POST /labels']>['body']
export type WrittenMacro = OnTheWire<(typeof toolsApi)['POST /macros']>['body']
type Kept = { id: string; version: number }

function useToolAct<Input, Answer>(act: (input: Input) => Promise<Answer>) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: act,
    onSettled: () => markStale(client, labels.queryKey, macros.queryKey, ['escalations']),
  })
}

export const useMakeLabel = () => useToolAct((body: WrittenLabel) => call('POST /labels', { body }))
export const useChangeLabel = () =>
  useToolAct(({ id, ...body }: WrittenLabel & Kept) => call('PATCH /labels/:id', { params: { id }, body }))
export const useRemoveLabel = () =>
  useToolAct(({ id, version }: Kept) => call('DELETE /labels/:id', { params: { id }, query: { version } }))
export const useMakeMacro = () => useToolAct((body: WrittenMacro) => call('POST /macros', { body }))
export const useChangeMacro = () =>
  useToolAct(({ id, ...body }: WrittenMacro & Kept) => call('PATCH /macros/:id', { params: { id }, body }))
export const useRemoveMacro = () =>
  useToolAct(({ id, version }: Kept) => call('DELETE /macros/:id', { params: { id }, query: { version } }))
