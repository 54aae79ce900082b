import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import type { ViewScreen } from '../../../src/domain/screens.ts'
import { call } from '../api/client.ts'
import { markStale } from '../api/mark-stale.ts'

export const views = (screen: ViewScreen) =>
  queryOptions({
    queryKey: ['views', screen],
    queryFn: ({ signal }) => call('GET /views', { query: { screen }, signal }),
    staleTime: 60_000,
  })

function useViewAct<Input, Answer>(act: (input: Input) => Promise<Answer>) {
  const client = useQueryClient()
  return useMutation({ mutationFn: act, onSettled: () => markStale(client, ['views']) })
}

type New = { screen: ViewScreen; name: string; query: string; shared: boolean }

export const useKeep = () => useViewAct((body: New) => call('POST /views', { body }))

export const useChange = () =>
  useViewAct(({ id, ...body }: { id: string; name?: string; query?: string; shared?: boolean }) =>
    call('PATCH /views/:id', { params: { id }, body }),
  )

export const useRemove = () => useViewAct((id: string) => call('DELETE /views/:id', { params: { id } }))

export const useOrder = () => useViewAct((body: { screen: ViewScreen; ids: string[] }) => call('PUT /views', { body }))
