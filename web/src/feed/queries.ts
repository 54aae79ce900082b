import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import type { FeedCard, feedApi } from '../../../src/feed/contract.ts'
import type { OnTheWire } from '../../../src/http/contract.ts'
import { call } from '../api/client.ts'
import { markStale } from '../api/mark-stale.ts'
import type { Pictures } from '../pictures/use-pictures.ts'
import type { Asked } from '../ui/use-thread.ts'
import { EACH_MINUTE, HELD_IN } from '../views/each-minute.ts'

type FeedQuery = NonNullable<OnTheWire<(typeof feedApi)['GET /feed']>['query']>
export type View = NonNullable<FeedQuery['view']>
export type Filters = { [name in 'language' | 'network' | 'skill' | 'mood']: string | null }
export type PassReason = OnTheWire<(typeof feedApi)['POST /offers/:id/pass']>['body']['reason']
type DeskChange = OnTheWire<(typeof feedApi)['PATCH /desk']>['body']

const asked = (view: View, { language, network, skill, mood }: Filters) => ({
  view,
  ...(language && { language }),
  ...(network && { network }),
  ...(skill && { skill }),
  // The select offers the moods only; the server refuses an address somebody made up.
  ...(mood && { mood: mood as FeedCard['sentiment'] }),
})

export const feed = (view: View, { language, network, skill, mood }: Filters) =>
  infiniteQueryOptions({
    queryKey: ['feed', 'list', view, { language, network, skill, mood }],
    queryFn: ({ pageParam, signal }) =>
      call('GET /feed', {
        signal,
        query: {
          ...asked(view, { language, network, skill, mood }),
          ...(pageParam && { cursor: pageParam }),
        },
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  })

/** How much a saved view holds; no live key, for the reason of `casesHeld` in the inbox. */
export const feedHeld = (view: View, filters: Filters) =>
  queryOptions({
    queryKey: [HELD_IN, 'feed', view, filters],
    queryFn: ({ signal }) => call('GET /feed/count', { signal, query: asked(view, filters) }),
    ...EACH_MINUTE,
  })

export const offer = (id: string) =>
  queryOptions({
    queryKey: ['feed', 'card', id],
    queryFn: ({ signal }) => call('GET /offers/:id', { params: { id }, signal }),
  })

export const alike = (id: string) =>
  queryOptions({
    queryKey: ['feed', 'alike', id],
    queryFn: ({ signal }) => call('GET /offers/:id/alike', { params: { id }, signal }),
  })

export const desk = queryOptions({ queryKey: ['desk'], queryFn: ({ signal }) => call('GET /desk', { signal }) })

export const beliefs = queryOptions({
  queryKey: ['desk', 'beliefs'],
  queryFn: ({ signal }) => call('GET /desk/beliefs', { signal }),
})

export const avoidedAuthors = queryOptions({
  queryKey: ['desk', 'authors'],
  queryFn: ({ signal }) => call('GET /desk/authors', { signal }),
})

/** After an act on an offer, won or lost, the lists and one's own load are stale. */
function useOfferAct<Input extends { id: string }, Result>(act: (input: Input) => Promise<Result>) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: act,
    onSettled: (_result, _error, { id }) => markStale(client, offer(id).queryKey, ['feed', 'list'], desk.queryKey),
  })
}

export const useClaim = () =>
  useOfferAct(({ id }: { id: string }) => call('POST /offers/:id/claim', { params: { id } }))

export const useExtend = () =>
  useOfferAct(({ id }: { id: string }) => call('POST /offers/:id/extend', { params: { id } }))

export const useRelease = () =>
  useOfferAct(({ id }: { id: string }) => call('POST /offers/:id/release', { params: { id } }))

export const usePass = () =>
  useOfferAct(({ id, reason }: { id: string; reason: PassReason }) =>
    call('POST /offers/:id/pass', { params: { id }, body: { reason } }),
  )

export type Avoidance = OnTheWire<(typeof feedApi)['POST /offers/:id/author']>['body']['how']

export const useAvoid = () =>
  useOfferAct(({ id, how }: { id: string; how: Avoidance }) =>
    call('POST /offers/:id/author', { params: { id }, body: { how } }),
  )

export function useForgive() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ id }: { id: string }) => call('DELETE /desk/authors/:id', { params: { id } }),
    onSuccess: (left) => client.setQueryData(avoidedAuthors.queryKey, left),
  })
}

export const useSendToStaff = () =>
  useOfferAct(({ mentionId, reason }: { id: string; mentionId: string; reason: string }) =>
    call('POST /mentions/:id/escalate', { params: { id: mentionId }, body: { reason } }),
  )

export const useSnooze = () =>
  useOfferAct(({ id, minutes }: { id: string; minutes: number }) =>
    call('POST /offers/:id/snooze', { params: { id }, body: { minutes } }),
  )

/** The post goes to staff with what is wrong with it; then, if that is wished, its author is blocked. */
export const useReport = () =>
  useOfferAct(
    async ({ id, mentionId, reason, block }: { id: string; mentionId: string; reason: string; block: boolean }) => {
      const sent = await call('POST /mentions/:id/escalate', { params: { id: mentionId }, body: { reason } })
      if (block) await call('POST /offers/:id/author', { params: { id }, body: { how: 'blocked' } })
      return sent
    },
  )

type Answer = {
  id: string
  mentionId: string
  text: string
  voice: FeedCard['voices'][number]['voice']
  /** The preview: what is posted is this, or nothing. */
  shown: string
  key: string
  pictures: Pick<Pictures, 'ids' | 'saved'>
  /** Its own request goes out now: from here on it may have arrived. */
  goesOut: () => void
} & Asked

export function useAnswer() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: async ({ mentionId, text, voice, shown, key, pictures, goesOut, thread, shownPosts }: Answer) => {
      await pictures.saved()
      goesOut()
      const body = { text, voice, shown, pictures: pictures.ids, ...(thread && shownPosts && { thread, shownPosts }) }
      return call('POST /mentions/:id/replies', { params: { id: mentionId }, body, key })
    },
    onSettled: () => markStale(client, ['feed'], desk.queryKey, ['replies']),
  })
}

type Posted = { mentionId: string; text: string; key: string }

/** The member says that they have posted the answer on the network themselves. */
export function usePosted() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ mentionId, text, key }: Posted) =>
      call('POST /mentions/:id/posted', { params: { id: mentionId }, body: { text }, key }),
    onSettled: () => markStale(client, ['feed'], desk.queryKey, ['replies']),
  })
}

export function useDeskChange() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (body: DeskChange) => call('PATCH /desk', { body }),
    onSuccess: (changed) => client.setQueryData(desk.queryKey, changed),
    // Refused as others were first: what they made of it is shown beside what was typed.
    onError: () => markStale(client, desk.queryKey),
  })
}
