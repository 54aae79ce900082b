import { infiniteQueryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { call } from '../api/client.ts'
import { markStale } from '../api/mark-stale.ts'
import { keepDraft } from '../ui/use-draft.ts'

export const myReplies = infiniteQueryOptions({
  queryKey: ['replies'],
  queryFn: ({ pageParam, signal }) => call('GET /replies', { signal, query: pageParam ? { cursor: pageParam } : {} }),
  initialPageParam: null as string | null,
  getNextPageParam: (page) => page.nextCursor,
})

/** Has an answer deleted at its network; it shows wherever it stands. */
export function useTakeBack() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ id, reason }: { id: string; reason: string }) =>
      call('POST /replies/:id/take-back', { params: { id }, body: { reason } }),
    onSettled: () => markStale(client, myReplies.queryKey, ['escalations']),
  })
}

/** Has the rest of an answer sent of which only some posts stand. */
export function useSendRest() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ id }: { id: string }) => call('POST /replies/:id/rest', { params: { id } }),
    onSettled: () => markStale(client, myReplies.queryKey),
  })
}

/** Keeps one's own reply from leaving; its words are a draft again, for the composer under its post. */
export function useUndo() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ id }: { id: string }) => call('POST /replies/:id/undo', { params: { id } }),
    onSuccess: ({ reply, words }) => keepDraft(reply.mentionId, words),
    onSettled: () => markStale(client, myReplies.queryKey, ['feed'], ['desk'], ['escalations']),
  })
}
