import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import type { DisclosurePage } from '../../../src/reply/disclosure/contract.ts'
import { call } from '../api/client.ts'
import { markStale } from '../api/mark-stale.ts'

export type Text = DisclosurePage['items'][number]

export const disclosures = queryOptions({
  queryKey: ['disclosures'],
  queryFn: ({ signal }) => call('GET /disclosures', { signal }),
})

export function useSetDisclosures() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (items: Text[]) => call('PUT /disclosures', { body: { items } }),
    onSuccess: (page) => client.setQueryData(disclosures.queryKey, page),
    onSettled: () => markStale(client, disclosures.queryKey, ['feed']),
  })
}
