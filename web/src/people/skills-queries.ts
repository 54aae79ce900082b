import {
  infiniteQueryOptions,
  keepPreviousData,
  queryOptions,
  useMutation,
  useQueryClient,
} from '@tanstack/react-query'
import type { OnTheWire } from '../../../src/http/contract.ts'
import type { skillsApi } from '../../../src/people/skills/contract.ts'
import { call } from '../api/client.ts'
import { markStale } from '../api/mark-stale.ts'

const KEY = ['people', 'members'] as const

export const members = (filter: { q: string; skill: string | null }) =>
  infiniteQueryOptions({
    queryKey: [...KEY, filter],
    queryFn: ({ signal, pageParam }) =>
      call('GET /members', {
        query: {
          ...(filter.q !== '' && { q: filter.q }),
          ...(filter.skill && { skill: filter.skill }),
          ...(pageParam && { cursor: pageParam }),
        },
        signal,
      }),
    initialPageParam: '',
    getNextPageParam: (last) => last.nextCursor,
    placeholderData: keepPreviousData,
  })

export const membersWelfare = queryOptions({
  queryKey: ['people', 'welfare'],
  queryFn: ({ signal }) => call('GET /members/welfare', { signal }),
})

function useMemberAct<Input, Answer>(act: (input: Input) => Promise<Answer>) {
  const client = useQueryClient()
  return useMutation({ mutationFn: act, onSettled: () => markStale(client, ['people']) })
}

export type Declaring = OnTheWire<(typeof skillsApi)['PATCH /members/:id']>['body']
export type Granting = OnTheWire<(typeof skillsApi)['PUT /members/:id/rank']>['body']

export const useDeclare = (id: string) =>
  useMemberAct((body: Declaring) => call('PATCH /members/:id', { params: { id }, body }))
export const useGrant = (id: string) =>
  useMemberAct((body: Granting) => call('PUT /members/:id/rank', { params: { id }, body }))
