import {
  infiniteQueryOptions,
  keepPreviousData,
  queryOptions,
  useMutation,
  useQueryClient,
} from '@tanstack/react-query'
import type { Role } from '../../../src/domain/roles.ts'
import type { Invite, RosterEntry } from '../../../src/people/roster/contract.ts'
import { call } from '../api/client.ts'
import { markStale } from '../api/mark-stale.ts'

const KEY = ['people'] as const

export const people = (filter: { q: string; role: Role | null }) =>
  infiniteQueryOptions({
    queryKey: [...KEY, 'list', filter],
    queryFn: ({ signal, pageParam }) =>
      call('GET /people', {
        query: {
          ...(filter.q !== '' && { q: filter.q }),
          ...(filter.role && { role: filter.role }),
          ...(pageParam && { cursor: pageParam }),
        },
        signal,
      }),
    initialPageParam: '',
    getNextPageParam: (last) => last.nextCursor,
    // Whoever is shown stays while others are looked for: a menu that is open does not vanish.
    placeholderData: keepPreviousData,
  })

export const settings = queryOptions({
  queryKey: [...KEY, 'settings'],
  queryFn: ({ signal }) => call('GET /people/settings', { signal }),
})

export const invites = queryOptions({
  queryKey: [...KEY, 'invites'],
  queryFn: ({ signal }) => call('GET /invites', { query: { limit: 20 }, signal }),
})

function usePeopleAct<Input, Answer>(act: (input: Input) => Promise<Answer>) {
  const client = useQueryClient()
  return useMutation({ mutationFn: act, onSettled: () => markStale(client, KEY) })
}

export type Wish = { role: Role; team: string | null; email: string | null; days: number }
type Stand = { id: string; standing: 'suspended' | 'banned' | 'trusted'; reason: string }
type WithReason = { id: string; reason: string }

export const useInvite = () =>
  usePeopleAct(({ key, ...body }: Wish & { key: string }) => call('POST /invites', { body, key }))
export const useWithdraw = () =>
  usePeopleAct(({ id }: Pick<Invite, 'id'>) => call('DELETE /invites/:id', { params: { id } }))
export const useChangeRole = () =>
  usePeopleAct(({ id, ...body }: Pick<RosterEntry, 'id' | 'role' | 'team'>) =>
    call('PATCH /people/:id', { params: { id }, body }),
  )
export const useStand = () =>
  usePeopleAct(({ id, ...body }: Stand) => call('POST /people/:id/standing', { params: { id }, body }))
export const useRemovePerson = () =>
  usePeopleAct(({ id, ...body }: WithReason) => call('POST /people/:id/remove', { params: { id }, body }))
export const useTwoFactorOff = () =>
  usePeopleAct(({ id, ...body }: WithReason) => call('POST /people/:id/two-factor-off', { params: { id }, body }))
export const useResetLink = () =>
  usePeopleAct(({ id }: { id: string }) => call('POST /people/:id/reset-link', { params: { id } }))
export const useRequire = () =>
  usePeopleAct((twoFactorRequired: boolean) => call('PUT /people/settings', { body: { twoFactorRequired } }))
