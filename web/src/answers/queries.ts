import { keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import type { answersApi } from '../../../src/answers/contract.ts'
import type { OnTheWire } from '../../../src/http/contract.ts'
import type { replySettingsApi } from '../../../src/reply/settings/contract.ts'
import { call } from '../api/client.ts'
import { markStale } from '../api/mark-stale.ts'

export type Written = OnTheWire<(typeof answersApi)['POST /canned-answers']>['body']

/** Answers to begin from. They stay as they were found while somebody writes: what moves under a key is pressed by mistake. */
export const suggestions = (mentionId: string) =>
  queryOptions({
    queryKey: ['suggestions', mentionId],
    queryFn: ({ signal }) => call('GET /mentions/:id/suggestions', { params: { id: mentionId }, signal }),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  })

export const cannedAnswers = queryOptions({
  queryKey: ['canned-answers'],
  queryFn: ({ signal }) => call('GET /canned-answers', { signal }),
})

function useCannedAct<Input, Answer>(act: (input: Input) => Promise<Answer>) {
  const client = useQueryClient()
  return useMutation({ mutationFn: act, onSettled: () => markStale(client, cannedAnswers.queryKey) })
}

export const useWrite = () => useCannedAct((body: Written) => call('POST /canned-answers', { body }))

export const useChange = () =>
  useCannedAct(({ id, ...body }: Written & { id: string; version: number }) =>
    call('PATCH /canned-answers/:id', { params: { id }, body }),
  )

export const useRemove = () =>
  useCannedAct(({ id, version }: { id: string; version: number }) =>
    call('DELETE /canned-answers/:id', { params: { id }, query: { version } }),
  )

/** What would be said of an answer. What was said last stays until the next is there. */
export const checks = (mentionId: string, words: string) =>
  queryOptions({
    queryKey: ['checks', mentionId, words],
    queryFn: ({ signal }) =>
      call('POST /mentions/:id/checks', { params: { id: mentionId }, body: { text: words }, signal }),
    enabled: words !== '',
    placeholderData: keepPreviousData,
    staleTime: 60_000,
    gcTime: 0,
  })

export type Settings = OnTheWire<(typeof replySettingsApi)['PUT /reply-settings']>['body']

export const replySettings = queryOptions({
  queryKey: ['reply-settings'],
  queryFn: ({ signal }) => call('GET /reply-settings', { signal }),
})

export function useSetReplySettings() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (body: Settings) => call('PUT /reply-settings', { body }),
    onSuccess: (now) => client.setQueryData(replySettings.queryKey, now),
  })
}
