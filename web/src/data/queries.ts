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

export const useLook = () => useMutation({ mutationFn: (body: Who) => call('POST /data/author', { body }) })

export function useErase() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ key, ...body }: Who & { typed: string; key: string }) => call('POST /data/erasures', { body, key }),
    onSettled: () => markStale(client, erasures.queryKey),
  })
}
