import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import type { decideApi } from '../../../src/decide/contract.ts'
import type { EscalationCase, escalateApi } from '../../../src/escalate/contract.ts'
import type { OnTheWire } from '../../../src/http/contract.ts'
import { call } from '../api/client.ts'
import { markStale } from '../api/mark-stale.ts'
import type { Pictures } from '../pictures/use-pictures.ts'
import type { Asked } from '../ui/use-thread.ts'
import { EACH_MINUTE, HELD_IN } from '../views/each-minute.ts'

type InboxQuery = NonNullable<OnTheWire<(typeof escalateApi)['GET /escalations']>['query']>
export type View = NonNullable<InboxQuery['view']>
export const VIEWS: readonly [View, ...View[]] = ['open', 'mine', 'unassigned', 'asleep', 'answered', 'all']
export type Verdict = OnTheWire<(typeof decideApi)['POST /triage/:mentionId']>['body']

const next = {
  initialPageParam: null as string | null,
  getNextPageParam: (page: { nextCursor: string | null }) => page.nextCursor,
}
const from = (cursor: string | null) => (cursor ? { cursor } : {})

/** `label` null: whatever labels are on them. */
export const cases = (view: View, label: string | null = null) =>
  infiniteQueryOptions({
    queryKey: ['escalations', 'list', view, label],
    queryFn: ({ pageParam, signal }) =>
      call('GET /escalations', { signal, query: { view, ...(label && { label }), ...from(pageParam) } }),
    ...next,
  })

/**
 * How much a saved view holds. It is no live key: there may be dozens of views, and in a storm each event would count
 * them all. While it can be seen it is counted anew once a minute.
 */
export const casesHeld = (view: View, label: string | null) =>
  queryOptions({
    queryKey: [HELD_IN, 'inbox', view, label],
    queryFn: ({ signal }) => call('GET /escalations/count', { signal, query: { view, ...(label && { label }) } }),
    ...EACH_MINUTE,
  })

export const oneCase = (id: string) =>
  queryOptions({
    queryKey: ['escalations', 'case', id],
    queryFn: ({ signal }) => call('GET /escalations/:id', { params: { id }, signal }),
  })

export const approvals = infiniteQueryOptions({
  queryKey: ['approvals'],
  queryFn: ({ pageParam, signal }) => call('GET /approvals', { signal, query: from(pageParam) }),
  ...next,
})

export const triage = infiniteQueryOptions({
  queryKey: ['triage'],
  queryFn: ({ pageParam, signal }) => call('GET /triage', { signal, query: from(pageParam) }),
  ...next,
})

export const helpers = queryOptions({
  queryKey: ['helpers'],
  queryFn: ({ signal }) => call('GET /helpers', { signal }),
})

/** An act on a case answers with the case as it now is; the lists are stale whether it was won or lost. */
export function useCaseAct<Input extends { id: string }>(act: (input: Input) => Promise<EscalationCase>) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: act,
    onSuccess: (changed, { id }) => client.setQueryData(oneCase(id).queryKey, changed),
    onError: (_error, { id }) => markStale(client, oneCase(id).queryKey),
    onSettled: () => markStale(client, ['escalations', 'list'], ['labels'], ['colleagues']),
  })
}

type Id = { id: string }
export const useTake = () => useCaseAct(({ id }: Id) => call('POST /escalations/:id/take', { params: { id } }))

export const useNote = () =>
  useCaseAct(({ id, key, ...body }: Id & { key: string; text: string; mentions: string[] }) =>
    call('POST /escalations/:id/notes', { params: { id }, body, key }),
  )

export const useHandBack = () =>
  useCaseAct(({ id, memberId, guidance }: Id & { memberId: string | null; guidance: string }) =>
    call('POST /escalations/:id/hand-back', { params: { id }, body: { memberId, guidance } }),
  )

export const useClose = () =>
  useCaseAct(({ id, reason }: Id & { reason: string }) =>
    call('POST /escalations/:id/close', { params: { id }, body: { reason } }),
  )

type BrandAnswer = { mentionId: string; text: string; key: string; pictures: Pick<Pictures, 'ids' | 'saved'> }

export function useAnswerAsBrand() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: async ({ mentionId, text, key, pictures, thread, shownPosts }: BrandAnswer & Asked) => {
      await pictures.saved()
      const several = thread && shownPosts && { thread, shownPosts }
      const body = { text, voice: 'brand' as const, pictures: pictures.ids, ...several }
      return call('POST /mentions/:id/replies', { params: { id: mentionId }, body, key })
    },
    onSettled: () => markStale(client, ['escalations']),
  })
}

/** Staff say that they have posted the brand's answer on the network themselves. */
export function usePostedAsBrand() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ mentionId, text, key }: { mentionId: string; text: string; key: string }) =>
      call('POST /mentions/:id/posted', { params: { id: mentionId }, body: { text }, key }),
    onSettled: () => markStale(client, ['escalations']),
  })
}

function useApprovalAct<Input extends Id>(act: (input: Input) => Promise<unknown>) {
  const client = useQueryClient()
  return useMutation({ mutationFn: act, onSettled: () => markStale(client, approvals.queryKey) })
}

/** Without `text` the reply goes out as it was written. */
export const useApprove = () =>
  useApprovalAct(({ id, text }: Id & { text?: string }) =>
    call('POST /replies/:id/approve', { params: { id }, body: text === undefined ? {} : { text } }),
  )

export const useReturn = () =>
  useApprovalAct(({ id, reason }: Id & { reason: string }) =>
    call('POST /replies/:id/return', { params: { id }, body: { reason } }),
  )

export function useDecide() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ mentionId, ...body }: Verdict & { mentionId: string }) =>
      call('POST /triage/:mentionId', { params: { mentionId }, body }),
    onSettled: () => markStale(client, triage.queryKey, ['escalations', 'list']),
  })
}

/** What a person found on the network of a reply whose sending stayed unclear. */
export const useSettle = () =>
  useApprovalAct(({ id, arrived }: Id & { arrived: boolean }) =>
    call('POST /replies/:id/settle', { params: { id }, body: { arrived } }),
  )
