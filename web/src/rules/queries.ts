import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import type { PolicyPage } from '../../../src/decide/contract.ts'
import { call } from '../api/client.ts'
import { markStale } from '../api/mark-stale.ts'

export const policy = queryOptions({ queryKey: ['policy'], queryFn: ({ signal }) => call('GET /policy', { signal }) })

export const useCheck = () =>
  useMutation({ mutationFn: (text: string) => call('POST /policy/check', { body: { text } }) })

function usePolicyAct<Input>(act: (input: Input) => Promise<PolicyPage>) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: act,
    onSuccess: (changed) => client.setQueryData(policy.queryKey, changed),
    onError: () => markStale(client, policy.queryKey),
  })
}

export const usePublish = () =>
  usePolicyAct((body: { text: string; note: string; basedOn: number }) => call('POST /policy', { body }))

export const usePutBack = () =>
  usePolicyAct((version: number) => call('POST /policy/:version/publish', { params: { version } }))
