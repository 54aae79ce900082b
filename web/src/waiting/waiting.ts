import { THREADS, type Thread } from '../../../src/domain/reply-state.ts'
import type { FeedCard } from '../../../src/feed/contract.ts'

/** An answer that somebody pressed Send for while there was no connection. It is on this device only. */
export type Waiting = {
  /** Its idempotency key: however often it is sent, it is one reply. */
  key: string
  offerId: string
  mentionId: string
  network: string
  /** Whom it answers. */
  handle: string
  text: string
  voice: FeedCard['voices'][number]['voice']
  /** The preview its author saw. */
  shown: string
  /** Of its draft, which lie with the server, and what each shows, which may not; absent: none. */
  pictures?: { id: string; alt: string }[]
  /** It goes out as several posts, in these; absent: as one. */
  thread?: Thread
  shownPosts?: string[]
  /** When Send was pressed, in ms. */
  at: number
  /** A request for it went out and nothing came back: it may have arrived. */
  tried: boolean
  /** Why it was not sent and is a draft again; null: it waits. */
  back: string | null
}

const isPicture = (one: unknown): boolean => {
  const { id, alt } = (one ?? {}) as Record<string, unknown>
  return typeof id === 'string' && typeof alt === 'string'
}

const isWaiting = (one: unknown): one is Waiting => {
  if (typeof one !== 'object' || one === null) return false
  const {
    key,
    offerId,
    mentionId,
    network,
    handle,
    text,
    voice,
    shown,
    pictures = [],
    at,
    tried,
    back,
    ...several
  } = one as Record<string, unknown>
  const words = [key, offerId, mentionId, network, handle, text, voice, shown]
  return (
    words.every((word) => typeof word === 'string' && word !== '') &&
    Array.isArray(pictures) &&
    pictures.every(isPicture) &&
    typeof at === 'number' &&
    typeof tried === 'boolean' &&
    (back === null || typeof back === 'string') &&
    isInPosts(several)
  )
}

/** Both how, and the posts that were shown; or neither. */
const isInPosts = ({ thread, shownPosts }: Record<string, unknown>): boolean =>
  thread === undefined
    ? shownPosts === undefined
    : THREADS.some((one) => one === thread) &&
      Array.isArray(shownPosts) &&
      shownPosts.every((post) => typeof post === 'string')

/** What is kept of them; anything else that stands there is none. */
export function readWaiting(kept: string | null): Waiting[] {
  try {
    const all: unknown = JSON.parse(kept ?? '[]')
    return Array.isArray(all) ? all.filter(isWaiting) : []
  } catch {
    return []
  }
}

/** One for each post: a later one takes the place of an earlier. */
export const withOne = (all: readonly Waiting[], one: Waiting): Waiting[] => [
  ...all.filter(({ mentionId }) => mentionId !== one.mentionId),
  one,
]

export const without = (all: readonly Waiting[], key: string): Waiting[] => all.filter((one) => one.key !== key)

export const changedOne = (all: readonly Waiting[], key: string, change: Partial<Waiting>): Waiting[] =>
  all.map((one) => (one.key === key ? { ...one, ...change } : one))

export type Verdict =
  | { is: 'sendable' }
  /** An earlier request for it did arrive. */
  | { is: 'arrived' }
  | { is: 'back'; why: 'gone' | 'not-held' | 'answered' }
  | { is: 'back'; why: 'taken'; by: string }

/** What may become of a waiting answer, by the card of its post as it stands now; null: there is none any more. */
export function verdictOn(
  one: Pick<Waiting, 'text'>,
  card: Pick<FeedCard, 'state' | 'holder' | 'reply'> | null,
): Verdict {
  if (card === null || card.state === 'withdrawn') return { is: 'back', why: 'gone' }
  if (card.reply) return card.reply.text.startsWith(one.text) ? { is: 'arrived' } : { is: 'back', why: 'answered' }
  if (card.state === 'claimed' && card.holder?.me) return { is: 'sendable' }
  if (card.holder && !card.holder.me) return { is: 'back', why: 'taken', by: card.holder.name }
  return { is: 'back', why: 'not-held' }
}
