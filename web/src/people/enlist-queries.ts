import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { call } from '../api/client.ts'
import { markStale } from '../api/mark-stale.ts'

const KEY = ['enlist'] as const

export const forums = queryOptions({
  queryKey: [...KEY, 'forums'],
  queryFn: ({ signal }) => call('GET /forums', { signal }),
})

/** Asked of the forum itself, so not again by itself. */
export const forumPeople = (id: string) =>
  infiniteQueryOptions({
    queryKey: [...KEY, 'people', id],
    queryFn: ({ signal, pageParam }) =>
      call('GET /forums/:id/people', { params: { id }, query: pageParam ? { page: pageParam } : {}, signal }),
    initialPageParam: '',
    getNextPageParam: (last) => last.nextPage,
    ...{ staleTime: 5 * 60_000, refetchOnWindowFocus: false, retry: false },
  })

export const forumPerson = (id: string, handle: string) =>
  queryOptions({
    queryKey: [...KEY, 'person', id, handle],
    queryFn: ({ signal }) => call('GET /forums/:id/people/:handle', { params: { id, handle }, signal }),
    ...{ staleTime: Number.POSITIVE_INFINITY, refetchOnWindowFocus: false, retry: false },
  })

type FromForum = { id: string; handles: string[]; helperFrom: number | null; days: number; key: string }
type FromList = { csv: string; days: number; dryRun: boolean; key: string }

function useEnlist<Input, Answer>(act: (input: Input) => Promise<Answer>) {
  const client = useQueryClient()
  const onSettled = async () => {
    await markStale(client, ['people'])
    await markStale(client, [...KEY, 'people'])
  }
  return useMutation({ mutationFn: act, onSettled })
}

export const useForumInvites = () =>
  useEnlist(({ id, key, ...body }: FromForum) => call('POST /forums/:id/invites', { params: { id }, body, key }))
export const useListInvites = () => useEnlist(({ key, ...body }: FromList) => call('POST /people/list', { body, key }))
