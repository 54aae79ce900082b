import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import type { OnTheWire } from '../../../src/http/contract.ts'
import type { pointsApi } from '../../../src/reward/points/contract.ts'
import { call } from '../api/client.ts'
import { markStale } from '../api/mark-stale.ts'

type RulesBody = OnTheWire<(typeof pointsApi)['PUT /points/rules']>['body']
export type Weights = RulesBody['weights']

export const pointRules = queryOptions({
  queryKey: ['settings', 'points'],
  queryFn: ({ signal }) => call('GET /points/rules', { signal }),
})

/** Asks what weights would have brought; nothing changes. */
export const useTrial = () =>
  useMutation({ mutationFn: (weights: Weights) => call('POST /points/trial', { body: { weights } }) })

/** Whoever lost against somebody else has what they wrote fetched. */
export function useSetPoints() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (body: RulesBody) => call('PUT /points/rules', { body }),
    onSettled: () => markStale(client, pointRules.queryKey, ['board'], ['people'], ['points'], ['rank']),
  })
}
