import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import type { FeedCard } from '../../../src/feed/contract.ts'
import type { Reply } from '../../../src/reply/contract.ts'
import { call } from '../api/client.ts'
import { markStale } from '../api/mark-stale.ts'
import { ApiError } from '../api/problem.ts'
import type { Waiting } from './waiting.ts'

/** The cards of posts by offer, as they stand since the connection came back for the `returns`th time; null: gone. */
export const cardsNow = (offerIds: readonly string[], returns: number) =>
  queryOptions({
    // Under `feed`, so that what happens to them meanwhile is asked after.
    queryKey: ['feed', 'waiting', returns, offerIds],
    queryFn: ({ signal }) => Promise.all(offerIds.map((id) => cardNow(id, signal))),
    gcTime: 0,
  })

const cardNow = (id: string, signal: AbortSignal): Promise<FeedCard | null> =>
  call('GET /offers/:id', { params: { id }, signal }).catch((error: unknown) => {
    if (error instanceof ApiError && error.status === 404) return null
    throw error
  })

type Outcome = { one: Waiting; reply: Reply } | { one: Waiting; refusal: string }

/** Refusals of the answer itself; others (signed out, too many at once, our own fault) leave it waiting. */
const OF_THE_ANSWER: readonly number[] = [400, 403, 404, 409, 410, 422]

/** One that no longer lies with the draft is for the answer's own request to judge: an earlier one may have taken it. */
const describe = (id: string, alt: string) =>
  call('PATCH /pictures/:id', { params: { id }, body: { alt } }).catch((error: unknown) => {
    if (!(error instanceof ApiError && error.status === 404)) throw error
  })

/**
 * Sends answers one after another, each under its own key, and says what became of each at once. It ends at the first
 * that was neither taken nor refused: those behind it go on waiting.
 */
export function useSendWaiting(on: { settled: (outcome: Outcome) => void; unclear: (one: Waiting) => void }) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: async (all: readonly Waiting[]) => {
      for (const one of all) {
        const { mentionId, text, voice, shown, pictures = [], key, thread, shownPosts } = one
        let out = false
        try {
          for (const { id, alt } of pictures) await describe(id, alt)
          const ids = pictures.map(({ id }) => id)
          const body = { text, voice, shown, pictures: ids, ...(thread && shownPosts && { thread, shownPosts }) }
          out = true
          on.settled({ one, reply: await call('POST /mentions/:id/replies', { params: { id: mentionId }, body, key }) })
        } catch (error) {
          if (!(error instanceof ApiError)) throw error
          if (!OF_THE_ANSWER.includes(error.status)) {
            if (out && !error.definite) on.unclear(one)
            throw error
          }
          on.settled({ one, refusal: error.message })
        }
      }
    },
    onSettled: () => markStale(client, ['feed'], ['desk'], ['replies']),
  })
}
