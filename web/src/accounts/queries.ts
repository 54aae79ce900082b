import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import type { accountsApi } from '../../../src/accounts/contract.ts'
import type { OnTheWire } from '../../../src/http/contract.ts'
import { call } from '../api/client.ts'
import { markStale } from '../api/mark-stale.ts'

export type Whose = OnTheWire<(typeof accountsApi)['POST /accounts/begin']>['body']['whose']

export const accounts = queryOptions({
  queryKey: ['accounts'],
  queryFn: ({ signal }) => call('GET /accounts', { signal }),
})

/** What somebody came back with works once, so it is asked once, however often the page is drawn. */
export const finished = (params: Record<string, string>) =>
  queryOptions({
    queryKey: ['account-finished', params],
    queryFn: async ({ client }) => {
      try {
        return await call('POST /accounts/finish', { body: { params } })
      } finally {
        // It is of no more use to anybody who reads the address.
        history.replaceState(history.state, '', location.pathname)
        markStale(client, accounts.queryKey, ['feed'])
      }
    },
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: Number.POSITIVE_INFINITY,
  })

function useAccountAct<Input, Answer>(act: (input: Input) => Promise<Answer>) {
  const client = useQueryClient()
  return useMutation({ mutationFn: act, onSettled: () => markStale(client, accounts.queryKey, ['feed']) })
}

type Begin = OnTheWire<(typeof accountsApi)['POST /accounts/begin']>['body']
type Form = OnTheWire<(typeof accountsApi)['POST /accounts/form']>['body']

/** Leaves for the network; what becomes of it is told where the person comes back. */
export const useBegin = () =>
  useMutation({
    mutationFn: (body: Begin) => call('POST /accounts/begin', { body }),
    onSuccess: ({ url }) => location.assign(url),
  })

export const useForm = () => useAccountAct((body: Form) => call('POST /accounts/form', { body }))

export const useDisconnect = () =>
  useAccountAct(({ id, erase }: { id: string; erase: boolean }) =>
    call('DELETE /accounts/:id', { params: { id }, query: { data: erase ? 'erase' : 'keep' } }),
  )

export const useEnterApp = () =>
  useAccountAct(({ network, values }: { network: string; values: Record<string, string> }) =>
    call('PUT /network-apps/:network', { params: { network }, body: { values } }),
  )
