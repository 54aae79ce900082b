import { keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import type { CostPage } from '../../../src/decide/costs/contract.ts'
import { call } from '../api/client.ts'
import { markStale } from '../api/mark-stale.ts'

export type Costs = CostPage['costs']

/** Reckoned by the server for these costs; null: for those in force, or its proposal. */
export const costs = (asked: Costs | null) =>
  queryOptions({
    queryKey: ['costs', asked],
    queryFn: ({ signal }) => call('GET /costs', { signal, ...(asked && { query: asked }) }),
    placeholderData: keepPreviousData,
  })

function useCostAct<Input>(act: (input: Input) => Promise<CostPage>) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: act,
    onSuccess: (page) => client.setQueryData(costs(null).queryKey, page),
    onSettled: () => markStale(client, ['costs']),
  })
}

export const useSetCosts = () => useCostAct((body: Costs) => call('PUT /costs', { body }))
export const useClearCosts = () => useCostAct((_: undefined) => call('DELETE /costs'))
