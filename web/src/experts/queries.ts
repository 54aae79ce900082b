import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { call } from '../api/client.ts'
import { markStale } from '../api/mark-stale.ts'

/** What a member asked about a post of their feed. */
export const question = (mentionId: string) =>
  queryOptions({
    queryKey: ['question', mentionId],
    queryFn: ({ signal }) => call('GET /mentions/:id/question', { params: { id: mentionId }, signal }),
  })

export type QuestionView = 'waiting' | 'all'

export const questions = (view: QuestionView) =>
  infiniteQueryOptions({
    queryKey: ['questions', view],
    queryFn: ({ pageParam, signal }) =>
      call('GET /questions', { signal, query: { view, ...(pageParam && { cursor: pageParam }) } }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  })

export function useAsk() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ mentionId, text, key }: { mentionId: string; text: string; key: string }) =>
      call('POST /mentions/:id/question', { params: { id: mentionId }, body: { text }, key }),
    onSuccess: (now, { mentionId }) => client.setQueryData(question(mentionId).queryKey, now),
    onSettled: () => markStale(client, ['feed']),
  })
}

export function useAnswer() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ id, text, key }: { id: string; text: string; key: string }) =>
      call('POST /questions/:id/answer', { params: { id }, body: { text }, key }),
    onSettled: () => markStale(client, ['questions'], ['escalations', 'case']),
  })
}
