import type { ConnectorDeps } from '../catalogue.ts'
import { ConnectorError, type RawMention, type RemoteRef, type Standing } from '../connector.ts'
import { Id, lookedUp, readAnswer } from '../reading.ts'
import { ask } from './api.ts'
import type { YoutubeSettings } from './settings.ts'
import { type Comment, handleOf, Items, Thread, threadOf, toRawMention } from './shapes.ts'
import { repliesIn } from './thread.ts'

const BATCH = 50

/** Threads by the fifty; replies by their threads, whose later replies to us are read along. */
export async function standing(
  settings: YoutubeSettings,
  deps: ConnectorDeps,
  refs: RemoteRef[],
  signal: AbortSignal,
): Promise<Standing[]> {
  const known = new Map<string, Standing>()
  const top = refs.filter(({ id }) => threadOf(id) === id)
  for (let n = 0; n < top.length; n += BATCH)
    for (const one of await ofThreads(settings, deps, top.slice(n, n + BATCH), signal)) known.set(one.ref.id, one)
  const below = refs.filter(({ id }) => threadOf(id) !== id)
  for (const thread of new Set(below.map(({ id }) => threadOf(id)))) {
    const here = below.filter(({ id }) => threadOf(id) === thread)
    for (const one of await ofReplies(settings, deps, thread, here, signal)) known.set(one.ref.id, one)
  }
  return refs.flatMap(({ id }) => known.get(id) ?? [])
}

async function ofThreads(settings: YoutubeSettings, deps: ConnectorDeps, refs: RemoteRef[], signal: AbortSignal) {
  const params = { part: 'snippet', id: refs.map(({ id }) => id).join(','), textFormat: 'plainText', maxResults: '100' }
  const { items } = readAnswer(Items, await ask(deps, settings, { path: 'commentThreads', params, signal }))
  const threadWith = lookedUp(items, Thread, Id)
  return refs.flatMap((ref): Standing | [] => {
    const thread = threadWith(ref.id)
    if (!thread) return thread === null ? gone(ref) : []
    const { topLevelComment: top, totalReplyCount: replies } = thread.snippet
    return { ref, gone: false, metrics: { likes: top.snippet.likeCount, replies }, answers: [] }
  })
}

async function ofReplies(
  settings: YoutubeSettings,
  deps: ConnectorDeps,
  thread: string,
  refs: RemoteRef[],
  signal: AbortSignal,
): Promise<Standing[]> {
  const found = await repliesIn(deps, settings, thread, signal).catch((error: unknown) => {
    if (error instanceof ConnectorError && error.kind === 'gone') return null
    throw error
  })
  if (found === null) return refs.map(gone)
  return refs.flatMap((ref): Standing | [] => {
    const at = found.replies.findIndex(({ id }) => id === ref.id)
    const own = found.replies[at]
    if (own) return { ref, gone: false, ...answeredIn(own, ref, found.replies.slice(at + 1)) }
    // Among replies that are not read it may stand.
    return found.whole ? gone(ref) : []
  })
}

/** Threads are flat: who answers a reply begins with its author's handle. */
function answeredIn(own: Comment, ref: RemoteRef, later: readonly Comment[]) {
  const call = `@${handleOf(own)} `.toLowerCase()
  const answers = later
    .map((comment) => toRawMention(comment, 'reply'))
    .filter(({ text }) => text.replace(/^@@/, '@').toLowerCase().startsWith(call))
    .map(
      (answer): RawMention => ({
        ...answer,
        parent: ref,
        text: answer.text.replace(/^@@?/, '').slice(call.length - 1),
      }),
    )
  return { metrics: { likes: own.snippet.likeCount, replies: answers.length }, answers }
}

const gone = (ref: RemoteRef): Standing => ({ ref, gone: true, metrics: {}, answers: [] })
