import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { call } from '../api/client.ts'
import { markStale } from '../api/mark-stale.ts'

export const threads = infiniteQueryOptions({
  queryKey: ['lounge', 'threads'],
  queryFn: ({ pageParam, signal }) =>
    call('GET /lounge', { signal, query: { limit: 30, ...(pageParam && { cursor: pageParam }) } }),
  initialPageParam: null as string | null,
  getNextPageParam: (page) => page.nextCursor,
})

export const thread = (id: string) =>
  queryOptions({
    queryKey: ['lounge', 'thread', id],
    queryFn: ({ signal }) => call('GET /lounge/:id', { params: { id }, signal }),
  })

/** Pages of a thread, from the newest back. */
export const messages = (id: string) =>
  infiniteQueryOptions({
    queryKey: ['lounge', 'messages', id],
    queryFn: ({ pageParam, signal }) =>
      call('GET /lounge/:id/messages', { params: { id }, signal, query: pageParam ? { cursor: pageParam } : {} }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  })

function useLoungeAct<Input, Answer>(act: (input: Input) => Promise<Answer>) {
  const client = useQueryClient()
  return useMutation({ mutationFn: act, onSettled: () => markStale(client, ['lounge']) })
}

export const useBegin = () =>
  useLoungeAct(({ key, ...body }: { title: string; text: string; key: string }) => call('POST /lounge', { body, key }))

export const useSay = (id: string) =>
  useLoungeAct(({ text, key }: { text: string; key: string }) =>
    call('POST /lounge/:id/messages', { params: { id }, body: { text }, key }),
  )

type Reasoned = { id: string; reason: string }

export const useClose = () =>
  useLoungeAct(({ id, reason }: Reasoned) => call('POST /lounge/:id/close', { params: { id }, body: { reason } }))

export const useRemove = () =>
  useLoungeAct(({ id, reason }: Reasoned) =>
    call('POST /lounge-messages/:id/remove', { params: { id }, body: { reason } }),
  )

export const useDismiss = () =>
  useLoungeAct(({ id, reason }: Reasoned) =>
    call('POST /lounge-messages/:id/dismiss', { params: { id }, body: { reason } }),
  )

export const useReport = () =>
  useLoungeAct(({ id, reason }: Reasoned) =>
    call('POST /lounge-messages/:id/report', { params: { id }, body: { reason } }),
  )
