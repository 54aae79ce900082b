import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import type { listsApi } from '../../../src/decide/lists/contract.ts'
import type { OnTheWire } from '../../../src/http/contract.ts'
import { call } from '../api/client.ts'
import { markStale } from '../api/mark-stale.ts'

export type NewList = OnTheWire<(typeof listsApi)['POST /lists']>['body']

export const lists = queryOptions({ queryKey: ['lists'], queryFn: ({ signal }) => call('GET /lists', { signal }) })

/** One list with its entries, fetched when somebody opens it. */
export const list = (id: string) =>
  queryOptions({
    queryKey: ['lists', id],
    queryFn: ({ signal }) => call('GET /lists/:id', { params: { id }, signal }),
  })

function useListAct<Input, Answer>(act: (input: Input) => Promise<Answer>) {
  const client = useQueryClient()
  return useMutation({ mutationFn: act, onSettled: () => markStale(client, lists.queryKey) })
}

export const useBegin = () => useListAct((body: NewList) => call('POST /lists', { body }))

export const useChange = () =>
  useListAct(({ id, ...body }: { id: string; entries: string[]; version: number }) =>
    call('PATCH /lists/:id', { params: { id }, body }),
  )

export const useRemove = () =>
  useListAct(({ id, version }: { id: string; version: number }) =>
    call('DELETE /lists/:id', { params: { id }, query: { version } }),
  )
