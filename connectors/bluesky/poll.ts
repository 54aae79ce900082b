import { z } from 'zod'
import { MINUTE } from '../../src/domain/clock.ts'
import { ConnectorError, type Meter, type PollInput, type PollResult, type Rate } from '../connector.ts'
import { fingerprint, type Item, type Page, pollStreams, type Stream } from '../drain.ts'
import { readAnswer, unreadable } from '../reading.ts'
import { countFollowers } from './authors.ts'
import { fullHandle, holdsAny, searchFor } from './listen.ts'
import type { Session } from './session.ts'
import { isHidden, Notification, Notifications, Posts, PostView, sortedAt, toRawMention } from './shapes.ts'
import { ask, type XrpcDeps } from './xrpc.ts'

/**
 * Listings are ordered by the time the author claims. Posts bridged from other networks, and an app view that is
 * behind, give posts older than what was read before; those up to so much older are still found.
 */
const OVERLAP_MS = 15 * MINUTE

export type Reader = { handle: string; session: Session }

/** @throws ConnectorError */
export function poll(deps: XrpcDeps, reader: Reader, input: PollInput): Promise<PollResult> {
  const { handles, words, exclude } = input.listen
  if (handles.length + words.length === 0)
    throw new ConnectorError('refused', 'Nothing to listen to: add a word or a handle to this source.')
  const own = fullHandle(reader.handle)
  const others = [...new Set(handles.map(fullHandle))].filter((handle) => handle !== own)
  const excluded = holdsAny(exclude)
  const read = (item: unknown) => toItem(item, reader.session.did, excluded, deps.clock.now())
  const { meter, closedUntil } = listening(deps.meter)
  const asking = { deps: { ...deps, meter }, as: reader.session, signal: input.signal }
  const stream = { ...asking, question: JSON.stringify(exclude), read, closedUntil }

  const streams = [
    ...(others.length < new Set(handles.map(fullHandle)).size ? [notifications(stream)] : []),
    ...others.map((handle) => search(stream, `handle ${handle}`, { q: handle, mentions: handle })),
    ...[...new Set(words.map(searchFor))].map((q) => search(stream, `word ${q}`, { q })),
  ]
  return pollStreams(
    input,
    streams.map((each) => withFollowers(each, stream)),
    { now: deps.clock.now(), overlapMs: OVERLAP_MS },
  )
}

type StreamOf = {
  deps: XrpcDeps
  as: Session
  signal: AbortSignal
  question: string
  read: (item: unknown) => Item
  /** Until when the network takes no more requests; null while it does. */
  closedUntil: () => Date | null
}

/** Hears when the network says that a request was the last for now: the next one would be refused. */
function listening(heard: Meter | undefined): { meter: Meter; closedUntil: () => Date | null } {
  let closed: Date | null = null
  const rate = (rate: Rate) => {
    if (rate.remaining <= 0) closed = rate.resetAt
    heard?.rate(rate)
  }
  const meter = { request: () => heard?.request(), charge: (micros: number) => heard?.charge(micros), rate }
  return { meter, closedUntil: () => closed }
}

/** A stream whose new posts tell how many follow their authors, and which asks nothing once the network has closed. */
function withFollowers(stream: Stream, { deps, as, signal, closedUntil }: StreamOf): Stream {
  return {
    ...stream,
    page: async (asked) => {
      const retryAt = closedUntil()
      if (retryAt) throw new ConnectorError('rate-limited', 'Bluesky asks for fewer requests.', { retryAt })
      const page = await stream.page(asked)
      const fresh = page.items.flatMap(({ id, at, change }) =>
        change?.type === 'upsert' && at >= asked.since && !asked.known(id) ? [change.mention] : [],
      )
      const requests = 1 + (closedUntil() ? 0 : await countFollowers(deps, as, fresh, signal))
      return { ...page, requests, spent: closedUntil() !== null }
    },
  }
}

/** Who named, answered or quoted the account that reads. */
function notifications({ deps, as, signal, question, read }: StreamOf): Stream {
  return {
    name: 'notifications',
    question: `${as.did} ${question}`,
    page: async ({ page, limit }) => {
      const params = { reasons: ['mention', 'reply', 'quote'], limit, ...(page !== null && { cursor: page }) }
      const answer = await ask(deps, as, { method: 'app.bsky.notification.listNotifications', params, signal })
      const { notifications, cursor } = readAnswer(Notifications, answer)
      return { items: notifications.map(read), next: cursor ?? null }
    },
  }
}

/**
 * Where a search stopped. Its cursor may be a mere count of posts, which slips when posts vanish: it is good for the poll
 * it came in. The next poll asks for what is not newer than the oldest post given.
 */
const Place = z.object({ until: z.string().nullable(), cursor: z.string(), oldest: z.string().nullable() })
type Place = z.infer<typeof Place>

function search({ deps, as, signal, question, read }: StreamOf, name: string, asked: Record<string, string>): Stream {
  let begun = false
  return {
    name,
    question: `${JSON.stringify(asked)} ${question}`,
    page: async ({ since, page, limit }): Promise<Page> => {
      const place = page === null ? null : placeIn(page)
      const until = begun || !place?.oldest ? (place?.until ?? null) : after(place.oldest)
      const cursor = begun || !place?.oldest ? place?.cursor : undefined
      const params = {
        ...asked,
        sort: 'latest',
        limit,
        since: since.toISOString(),
        ...(until !== null && { until }),
        ...(cursor !== undefined && { cursor }),
      }
      const answer = await ask(deps, as, { method: 'app.bsky.feed.searchPosts', params, signal })
      begun = true
      const { posts, cursor: next } = readAnswer(Posts, answer)
      const items = posts.map(read)
      // A post that claims to be older than what was asked for must not take the place with it.
      const last = items.findLast(({ at }) => at >= since)
      const oldest = last?.at.toISOString() ?? place?.oldest ?? null
      return { items, next: next ? JSON.stringify({ until, cursor: next, oldest }) : null }
    },
  }
}

/** `until` leaves out its own moment, at which more posts may stand. */
const after = (time: string) => new Date(Date.parse(time) + 1).toISOString()

function placeIn(page: string): Place {
  try {
    return Place.parse(JSON.parse(page))
  } catch (cause) {
    throw new ConnectorError('cursor-expired', 'This cursor was not made by this version of the connector.', { cause })
  }
}

/** A post or a notification of one; our own and what the network hides are seen and left out. */
function toItem(item: unknown, me: string, excluded: (text: string) => boolean, now: Date): Item {
  const isNotification = typeof (item as { reason?: unknown } | null)?.reason === 'string'
  const post = isNotification ? Notification.safeParse(item) : PostView.safeParse(item)
  if (!post.success) {
    const said = Date.parse(String((item as { indexedAt?: unknown } | null)?.indexedAt))
    const at = Number.isNaN(said) ? now : new Date(said)
    return { id: `bad:${fingerprint(JSON.stringify(item))}`, at, change: unreadable(post.error, item) }
  }
  const { uri, author, record, indexedAt } = post.data
  const left = author.did === me || isHidden(post.data) || excluded(record.text)
  return {
    id: uri,
    at: isNotification ? new Date(indexedAt) : sortedAt(post.data),
    change: left ? null : { type: 'upsert', mention: toRawMention(post.data, me) },
  }
}
