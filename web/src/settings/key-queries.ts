import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import type { OnTheWire } from '../../../src/http/contract.ts'
import type { keysApi } from '../../../src/people/keys/contract.ts'
import { call } from '../api/client.ts'
import { markStale } from '../api/mark-stale.ts'

export type NewKey = OnTheWire<(typeof keysApi)['POST /api-keys']>['body']

export const apiKeys = queryOptions({
  queryKey: ['api-keys'],
  queryFn: ({ signal }) => call('GET /api-keys', { signal }),
})

function useKeyAct<Input, Answer>(act: (input: Input) => Promise<Answer>) {
  const client = useQueryClient()
  return useMutation({ mutationFn: act, onSettled: () => markStale(client, apiKeys.queryKey) })
}

export const useMakeKey = () => useKeyAct((body: NewKey) => call('POST /api-keys', { body }))
export const useRevokeKey = () => useKeyAct((id: string) => call('DELETE /api-keys/:id', { params: { id } }))
