import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { call } from '../api/client.ts'
import { markStale } from '../api/mark-stale.ts'

const WATCHED_MS = 1_000

/** Asked anew while one is under way. */
export const erasures = queryOptions({
  queryKey: ['erasures'],
  queryFn: ({ signal }) => call('GET /data/erasures', { signal }),
  refetchInterval: ({ state: { data } }) => (data?.items.some(({ state }) => state === 'running') ? WATCHED_MS : false),
})

type Who = { network: string; handle: string }
type Account = { instance: string; authorId: string }

export const useLook = () => useMutation({ mutationFn: (body: Who) => call('POST /data/author', { body }) })

/** What lies here of the accounts that were chosen; of none, nothing is asked. */
export const rowsOf = (who: Who, accounts: Account[]) =>
  queryOptions({
    queryKey: ['author', who, accounts],
    queryFn: ({ signal }) => call('POST /data/author', { body: { ...who, accounts }, signal }),
    enabled: accounts.length > 0,
    staleTime: 0,
    gcTime: 0,
  })

export function useGoOn() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (id: string) => call('POST /data/erasures/:id/again', { params: { id } }),
    onSettled: () => markStale(client, erasures.queryKey),
  })
}

export function useErase() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ key, ...body }: Who & { accounts: Account[]; typed: string; key: string }) =>
      call('POST /data/erasures', { body, key }),
    onSettled: () => markStale(client, erasures.queryKey),
  })
}
