import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import type { OnTheWire } from '../../../src/http/contract.ts'
import type { webhooksApi } from '../../../src/people/webhooks/contract.ts'
import { call } from '../api/client.ts'
import { markStale } from '../api/mark-stale.ts'

export type NewWebhook = OnTheWire<(typeof webhooksApi)['POST /webhooks']>['body']
export type WebhookChange = OnTheWire<(typeof webhooksApi)['PATCH /webhooks/:id']>['body']

export const webhooks = queryOptions({
  queryKey: ['webhooks'],
  queryFn: ({ signal }) => call('GET /webhooks', { signal }),
})

/** While something is on its way it is asked after again, more patiently while it only waits. */
const ASK_AGAIN_MS = { sending: 2_000, waiting: 5_000 }

export const deliveries = (id: string) =>
  infiniteQueryOptions({
    queryKey: ['webhook-deliveries', id],
    queryFn: ({ signal, pageParam }) =>
      call('GET /webhooks/:id/deliveries', {
        ...{ params: { id }, signal },
        query: { limit: 20, ...(pageParam && { cursor: pageParam }) },
      }),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor,
    refetchInterval: ({ state: { data } }) => {
      const states = new Set(data?.pages[0]?.items.map(({ state }) => state))
      if (states.has('sending')) return ASK_AGAIN_MS.sending
      return states.has('waiting') ? ASK_AGAIN_MS.waiting : false
    },
  })

function useWebhookAct<Input, Answer>(act: (input: Input) => Promise<Answer>) {
  const client = useQueryClient()
  const onSettled = () => markStale(client, webhooks.queryKey, ['webhook-deliveries'])
  return useMutation({ mutationFn: act, onSettled })
}

export const useMake = () =>
  useWebhookAct(({ key, ...body }: NewWebhook & { key: string }) => call('POST /webhooks', { body, key }))
export const useChange = () =>
  useWebhookAct(({ id, ...body }: WebhookChange & { id: string }) =>
    call('PATCH /webhooks/:id', { params: { id }, body }),
  )
export const useNewSecret = () =>
  useWebhookAct(({ id, key, version }: { id: string; key: string; version: number }) =>
    call('POST /webhooks/:id/secret', { params: { id }, body: { version }, key }),
  )
export const useTest = () => useWebhookAct((id: string) => call('POST /webhooks/:id/test', { params: { id } }))
export const useResend = () =>
  useWebhookAct((id: string) => call('POST /webhook-deliveries/:id/resend', { params: { id } }))

/** Nothing of it is asked after any more: it is off the page before the list is fetched anew. */
export function useRemove() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (id: string) => call('DELETE /webhooks/:id', { params: { id } }),
    onSuccess: ({ removed }) =>
      client.setQueryData(
        webhooks.queryKey,
        (list) => list && { ...list, items: list.items.filter(({ id }) => id !== removed) },
      ),
    onSettled: () => markStale(client, webhooks.queryKey),
  })
}
