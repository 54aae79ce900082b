import {
  infiniteQueryOptions,
  keepPreviousData,
  queryOptions,
  useMutation,
  useQueryClient,
} from '@tanstack/react-query'
import type { knowledgeApi } from '../../../src/answers/knowledge/contract.ts'
import type { OnTheWire } from '../../../src/http/contract.ts'
import { call } from '../api/client.ts'
import { markStale } from '../api/mark-stale.ts'

type Wanted = NonNullable<OnTheWire<(typeof knowledgeApi)['GET /knowledge']>['query']>
export type Asked = Pick<Wanted, 'q' | 'network' | 'language' | 'skill'>
export type Which = NonNullable<Wanted['which']>

export const SHORTEST = 2

/** What an address asks for; a single letter finds nothing and is not asked. */
export function askedOf(params: URLSearchParams): Asked {
  const read = (name: string) => params.get(name)?.trim() || null
  const [q, network, language, skill] = [read('q'), read('network'), read('language'), read('skill')]
  return {
    ...(q !== null && q.length >= SHORTEST && { q }),
    ...(network && { network: [network] }),
    ...(language && { language: [language] }),
    ...(skill && { skill: [skill] }),
  }
}

export const known = (which: Which, asked: Asked) =>
  infiniteQueryOptions({
    queryKey: ['knowledge', which, asked],
    queryFn: ({ pageParam, signal }) =>
      call('GET /knowledge', {
        signal,
        query: { ...asked, which, limit: 30, ...(pageParam && { cursor: pageParam }) },
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: keepPreviousData,
  })

export const oneKnown = (id: string) =>
  queryOptions({
    queryKey: ['knowledge', 'one', id],
    queryFn: ({ signal }) => call('GET /knowledge/:id', { params: { id }, signal }),
  })

export const fittings = queryOptions({
  queryKey: ['knowledge-fittings'],
  queryFn: ({ signal }) => call('GET /knowledge/fittings', { signal }),
  staleTime: 60_000,
})

/** What people say is wrong, the longest waiting first; for staff. */
export const proposals = infiniteQueryOptions({
  queryKey: ['knowledge-proposals'],
  queryFn: ({ pageParam, signal }) =>
    call('GET /knowledge-proposals', { signal, query: pageParam ? { cursor: pageParam } : {} }),
  initialPageParam: null as string | null,
  getNextPageParam: (page) => page.nextCursor,
})

function useKnowledgeAct<Input, Answer>(act: (input: Input) => Promise<Answer>) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: act,
    onSettled: () => Promise.all([markStale(client, ['knowledge']), markStale(client, proposals.queryKey)]),
  })
}

type Proposed = { id: string; wrong: string; better: string | null; key: string }

export const usePropose = () =>
  useKnowledgeAct(({ id, key, ...body }: Proposed) =>
    call('POST /knowledge/:id/proposals', { params: { id }, body, key }),
  )

export const useRetire = () =>
  useKnowledgeAct(({ id, ...body }: { id: string; reason: string; version: string }) =>
    call('POST /knowledge/:id/retire', { params: { id }, body }),
  )

export const useRestore = () =>
  useKnowledgeAct(({ id, ...body }: { id: string; version: string }) =>
    call('POST /knowledge/:id/restore', { params: { id }, body }),
  )

export const useTake = () =>
  useKnowledgeAct(({ id, ...body }: { id: string; better: string | null; version: string }) =>
    call('POST /knowledge-proposals/:id/take', { params: { id }, body }),
  )

export const useDecline = () =>
  useKnowledgeAct(({ id, reason }: { id: string; reason: string }) =>
    call('POST /knowledge-proposals/:id/decline', { params: { id }, body: { reason } }),
  )
