import type { ConnectorDeps } from '../catalogue.ts'
import { type Change, ConnectorError, type PollInput, type PollResult, type RawMention } from '../connector.ts'
import { fingerprint, type Item, type Page, pollStreams, type Stream } from '../drain.ts'
import { readAnswer, unreadable } from '../reading.ts'
import { ask, isSpent } from './http.ts'
import { Items, Notification, SearchAnswer, type Session, Status, sessionOf, toRawMention } from './shapes.ts'

/** The most the API gives at once. */
const NOTIFICATIONS = 80
const STATUSES = 40

type Poll = { deps: ConnectorDeps; session: Session; instance: string; signal: AbortSignal; exclude: string[] }

/**
 * Mentions of the account, a timeline for each hashtag, a search for each other word. All read backwards by `max_id`:
 * servers of the family take `min_id` as inclusive, ignore it, or drop the `Link` of an empty page, while all of them
 * page back alike; our own watermark settles where to stop.
 */
export async function poll(deps: ConnectorDeps, instance: string, input: PollInput): Promise<PollResult> {
  const { listen, signal } = input
  const with_ = { deps, session: sessionOf(deps.reader), instance, signal, exclude: listen.exclude }
  if (listen.handles.length + listen.words.length === 0)
    throw new ConnectorError('refused', 'Nothing to listen to: add a word or a handle to this source.')
  const words = listen.words.map((word) => word.trim()).filter((word) => word !== '')
  const streams = [
    ...(listen.handles.length > 0 ? [mentions(with_)] : []),
    ...words.map((word) => (/^#[\p{L}\p{N}_]+$/u.test(word) ? hashtag(with_, word.slice(1)) : search(with_, word))),
  ]
  return pollStreams(input, streams, { now: deps.clock.now() })
}

const mentions = (poll: Poll): Stream => ({
  name: 'mentions',
  question: 'mentions',
  page: async ({ page, limit }) => {
    const asked = Math.min(NOTIFICATIONS, limit)
    const params = new URLSearchParams({ 'types[]': 'mention', limit: `${asked}`, ...(page && { max_id: page }) })
    const answer = await ask(poll.deps, poll.session, {
      method: 'GET',
      path: `/api/v1/notifications?${params}`,
      signal: poll.signal,
    })
    const raw = readAnswer(Items, answer)
    const items = raw.map((item) => ofNotification(poll, item))
    return { items: items.map(({ item }) => item), next: olderThan(items.map(({ id }) => id)), spent: isSpent(answer) }
  },
})

/** The id pages are turned by is the notification's; the post's own makes it one with what a search brings. */
function ofNotification(poll: Poll, raw: unknown): { id: string; item: Item } {
  const told = Notification.safeParse(raw)
  if (!told.success) return { id: '', item: bad(poll, raw, unreadable(told.error, raw)) }
  const { id, status, created_at: at } = told.data
  // Deleted since; nothing is left to hear.
  if (status === null || status === undefined) return { id, item: { id: `n:${id}`, at: new Date(at), change: null } }
  const item = ofStatus(poll, status, 'mention')
  return { id, item: { ...item, at: new Date(at) } }
}

const hashtag = (poll: Poll, tag: string): Stream => ({
  name: `tag:${tag.toLowerCase()}`,
  question: tag,
  page: (at) => statuses(poll, `/api/v1/timelines/tag/${encodeURIComponent(tag)}`, {}, at, Items, (items) => items),
})

/** Finds public posts of authors who agreed to be found, on servers that have full-text search; nothing elsewhere. */
const search = (poll: Poll, word: string): Stream => ({
  name: `word:${fingerprint(word)}`,
  question: word,
  page: (at) =>
    statuses(
      poll,
      '/api/v2/search',
      { q: `"${word.replaceAll('"', ' ')}"`, type: 'statuses' },
      at,
      SearchAnswer,
      (found) => found.statuses,
    ),
})

async function statuses<T>(
  poll: Poll,
  path: string,
  query: Record<string, string>,
  at: { page: string | null; limit: number },
  shape: Parameters<typeof readAnswer<T>>[0],
  itemsOf: (read: T) => unknown[],
): Promise<Page> {
  const asked = Math.min(STATUSES, at.limit)
  const params = new URLSearchParams({ ...query, limit: `${asked}`, ...(at.page && { max_id: at.page }) })
  const answer = await ask(poll.deps, poll.session, { method: 'GET', path: `${path}?${params}`, signal: poll.signal })
  const items = itemsOf(readAnswer(shape, answer)).map((item) => ofStatus(poll, item, 'keyword'))
  return { items, next: olderThan(items.map(({ id }) => id)), spent: isSpent(answer) }
}

function ofStatus(poll: Poll, raw: unknown, kind: RawMention['kind']): Item {
  const read = Status.safeParse(raw)
  if (!read.success) return bad(poll, raw, unreadable(read.error, raw))
  const status = read.data
  const at = new Date(status.created_at)
  const item = (change: Change | null): Item => ({ id: status.id, at, change })
  if (status.reblog) return item(null)
  if (status.visibility === 'private' || status.visibility === 'direct')
    return item({ type: 'unreadable', reason: 'a private message: read it on Mastodon', raw: { id: status.id } })
  const mention = toRawMention(poll.instance, status, kind)
  const low = mention.text.toLowerCase()
  if (poll.exclude.some((word) => low.includes(word.toLowerCase()))) return item(null)
  return item({ type: 'upsert', mention })
}

const bad = (poll: Poll, raw: unknown, change: Change): Item => ({
  id: `bad:${fingerprint(JSON.stringify(raw))}`,
  at: poll.deps.clock.now(),
  change,
})

/** A short page is no end: servers filter after they have counted. An empty one is. */
const olderThan = (ids: string[]): string | null => ids.findLast((id) => id !== '' && !id.startsWith('bad:')) ?? null
