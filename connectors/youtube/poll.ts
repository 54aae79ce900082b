import { z } from 'zod'
import type { ConnectorDeps } from '../catalogue.ts'
import { ConnectorError, type PollInput, type PollResult } from '../connector.ts'
import { fingerprint, type Item, pollStreams, type Stream } from '../drain.ts'
import { readAnswer, unreadable } from '../reading.ts'
import { ask } from './api.ts'
import { hear } from './listen.ts'
import type { YoutubeSettings } from './settings.ts'
import { Comment, Items, madeAt, Thread, versionOf } from './shapes.ts'

/** Threads with replies that are watched, the last seen of them, and replies remembered of each. */
const MOST_WATCHED = 1_000
const MOST_READ = 200

/**
 * Kept in the cursor. `question`: another one asks anew. `watched`: what a thread last told of its replies, and short
 * names of those read; `due`: threads that tell something else since, and how far back their replies are news.
 */
const Rest = z.object({
  question: z.string(),
  watched: z.array(z.object({ thread: z.string(), told: z.string(), read: z.array(z.string()) })),
  due: z.array(z.object({ thread: z.string(), video: z.string().nullable(), since: z.string() })),
})
type Rest = z.infer<typeof Rest>

type At = Parameters<Stream['page']>[0]
type Asked = {
  deps: ConnectorDeps
  settings: YoutubeSettings
  listen: PollInput['listen']
  signal: AbortSignal
  rest: Rest
}

/** Threads of the channel and of chosen videos, newest first; then replies of the threads that have new ones. */
export async function poll(settings: YoutubeSettings, deps: ConnectorDeps, input: PollInput): Promise<PollResult> {
  const { listen, signal } = input
  const question = fingerprint(JSON.stringify(listen))
  const asked: Asked = { deps, settings, listen, signal, rest: { question, watched: [], due: [] } }
  const lists = [
    ...(settings.channelId ? [{ allThreadsRelatedToChannelId: settings.channelId }] : []),
    ...settings.videos.map((videoId) => ({ videoId })),
  ]
  const streams: Stream[] = [
    ...lists.map((list) => ({
      name: `threads ${Object.values(list)[0]}`,
      question,
      page: (at: At) => threads(asked, list, at),
    })),
    { name: 'replies', question, unordered: true, page: (at) => replies(asked, at) },
  ]
  return pollStreams(input, streams, { now: deps.clock.now() }, async (run) => {
    const kept = run.rest === undefined ? null : readRest(run.rest)
    if (kept?.question === question) asked.rest = kept
    run.rest = asked.rest
    return true
  })
}

async function threads(
  { deps, settings, listen, signal, rest }: Asked,
  list: Record<string, string>,
  { since, page, limit }: At,
) {
  const params = { part: 'snippet,replies', ...list, order: 'time', textFormat: 'plainText', maxResults: `${limit}` }
  const answer = await ask(deps, settings, {
    path: 'commentThreads',
    params: { ...params, ...(page !== null && { pageToken: page }) },
    signal,
  })
  const { items, nextPageToken } = readAnswer(Items, answer)
  const read = items.map((raw): Item => {
    const thread = Thread.safeParse(raw)
    if (!thread.success) return unread(raw, thread.error, deps.clock.now())
    const { topLevelComment: top, videoId } = thread.data.snippet
    watch(rest, thread.data, since)
    return { id: versionOf(top), at: madeAt(top), change: hear(settings, listen, top, videoId) }
  })
  return { items: read, next: nextPageToken ?? null }
}

/** Replies do not move their thread up: a thread whose count or newest replies differ has others than before. */
function watch(rest: Rest, { id, snippet, replies }: Thread, since: Date): void {
  const told = shortName(JSON.stringify([snippet.totalReplyCount, replies?.comments.map((reply) => reply.id).sort()]))
  const known = rest.watched.find(({ thread }) => thread === id)
  if (known?.told === told) return
  const others = rest.watched.filter(({ thread }) => thread !== id)
  rest.watched = others
  if (snippet.totalReplyCount === 0) return
  rest.watched = [...others, { thread: id, told, read: known?.read ?? [] }].slice(-MOST_WATCHED)
  if (rest.due.some(({ thread }) => thread === id)) return
  // Whatever was not read in a thread we know is news, however old: comments may be held back for review.
  const from = known ? new Date(0) : since
  rest.due.push({ thread: id, video: snippet.videoId ?? null, since: from.toISOString() })
}

const shortName = (text: string) => fingerprint(text).slice(0, 8)

/** A page of the thread that waits longest. `page` counts, as each step reads another list. */
async function replies({ deps, settings, listen, signal, rest }: Asked, { since, page, limit }: At) {
  const [first, ...others] = rest.due
  if (!first) return { items: [], next: null }
  const [step, token] = splitPage(page)
  const params = { part: 'snippet', parentId: first.thread, textFormat: 'plainText', maxResults: `${limit}` }
  const answer = await ask(deps, settings, {
    path: 'comments',
    params: { ...params, ...(token !== '' && { pageToken: token }) },
    signal,
  }).catch((error: unknown) => {
    // Deleted since we saw it: nothing is to be read there any more.
    if (error instanceof ConnectorError && error.kind === 'gone') return null
    throw error
  })
  const { items, nextPageToken } = answer === null ? { items: [], nextPageToken: null } : readAnswer(Items, answer)
  const watched = rest.watched.find(({ thread }) => thread === first.thread)
  const read = items.map((raw): Item => {
    const comment = Comment.safeParse(raw)
    if (!comment.success) return unread(raw, comment.error, deps.clock.now())
    const at = madeAt(comment.data)
    const name = shortName(versionOf(comment.data))
    const isNew = at.toISOString() >= first.since && !watched?.read.includes(name)
    if (watched) watched.read = [...watched.read.filter((other) => other !== name), name].slice(-MOST_READ)
    const change = isNew ? hear(settings, listen, comment.data, first.video) : null
    // A list of many threads is in no order: what is new of each counts as no older than the place of reading.
    return { id: versionOf(comment.data), at: at < since ? since : at, change }
  })
  if (!nextPageToken) rest.due = others
  const next = nextPageToken ? `${step + 1}:${nextPageToken}` : others.length > 0 ? `${step + 1}:` : null
  return { items: read, next }
}

function splitPage(page: string | null): [number, string] {
  if (page === null) return [0, '']
  const at = page.indexOf(':')
  return [Number(page.slice(0, at)), page.slice(at + 1)]
}

const unread = (raw: unknown, error: z.ZodError, at: Date): Item => ({
  id: `bad:${fingerprint(JSON.stringify(raw))}`,
  at,
  change: unreadable(error, raw),
})

/** @throws ConnectorError `cursor-expired` when it is of another make */
function readRest(rest: unknown): Rest {
  const { data } = Rest.safeParse(rest)
  if (data) return data
  throw new ConnectorError('cursor-expired', 'This cursor was not made by this version of the connector.')
}
