import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import type { classifyApi } from '../../../src/classify/contract.ts'
import type { OnTheWire } from '../../../src/http/contract.ts'
import { call } from '../api/client.ts'
import { markStale } from '../api/mark-stale.ts'

export type Labels = OnTheWire<(typeof classifyApi)['POST /mentions/:id/corrections']>['body']

export const corrections = infiniteQueryOptions({
  queryKey: ['corrections', 'list'],
  queryFn: ({ pageParam, signal }) =>
    call('GET /corrections', { signal, query: pageParam ? { cursor: pageParam } : {} }),
  initialPageParam: null as string | null,
  getNextPageParam: (page) => page.nextCursor,
})

export const correctionsOf = (mentionId: string) =>
  queryOptions({
    queryKey: ['corrections', 'of', mentionId],
    queryFn: ({ signal }) => call('GET /corrections', { signal, query: { mentionId } }),
  })

export const effect = queryOptions({
  queryKey: ['corrections', 'effect'],
  queryFn: ({ signal }) => call('GET /corrections/effect', { signal }),
})

/** What a post is understood as is shown in all these. */
function useLearningAct<Input, Answer>(act: (input: Input) => Promise<Answer>) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: act,
    onSettled: () => markStale(client, ['corrections'], ['escalations'], ['triage'], ['why']),
  })
}

export const useCorrect = () =>
  useLearningAct(({ mentionId, labels }: { mentionId: string; labels: Labels }) =>
    call('POST /mentions/:id/corrections', { params: { id: mentionId }, body: labels }),
  )

export const useUndo = () => useLearningAct((id: string) => call('DELETE /corrections/:id', { params: { id } }))
