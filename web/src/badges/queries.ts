import { keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import type { Badge } from '../../../src/domain/badges.ts'
import type { OnTheWire } from '../../../src/http/contract.ts'
import type { badgesApi } from '../../../src/reward/badges/contract.ts'
import { call } from '../api/client.ts'
import { markStale } from '../api/mark-stale.ts'

export type RulesBody = OnTheWire<(typeof badgesApi)['PUT /badges/rules']>['body']

export const myBadges = queryOptions({
  queryKey: ['badges'],
  queryFn: ({ signal }) => call('GET /badges', { signal }),
})

export const badgeRules = queryOptions({
  queryKey: ['settings', 'badges'],
  queryFn: ({ signal }) => call('GET /badges/rules', { signal }),
})

export const preview = (badge: Badge, needs: number) =>
  queryOptions({
    queryKey: ['badge-preview', badge, needs],
    queryFn: ({ signal }) => call('GET /badges/preview', { query: { badge, needs }, signal }),
    placeholderData: keepPreviousData,
  })

/** Whoever lost against somebody else has what they wrote fetched. */
export function useSetBadges() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (body: RulesBody) => call('PUT /badges/rules', { body }),
    onSettled: () => markStale(client, badgeRules.queryKey, ['badges'], ['board'], ['people']),
  })
}
