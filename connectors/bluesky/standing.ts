import { z } from 'zod'
import { ConnectorError, type RawMention, type RemoteRef, type Standing } from '../connector.ts'
import { lookedUp, readAnswer } from '../reading.ts'
import type { Session } from './session.ts'
import { isHidden, isPostUri, metricsOf, PostView, sortedAt, toRawMention } from './shapes.ts'
import { ask, type XrpcDeps } from './xrpc.ts'

/** As many as `getPosts` takes. */
const BATCH = 25
const MOST_ANSWERS = 20
const Posts = z.object({ posts: z.array(z.unknown()) })
const Uri = z.object({ uri: z.string() }).transform(({ uri }) => uri)

/** @throws ConnectorError */
export async function standing(
  deps: XrpcDeps,
  as: Session,
  refs: readonly RemoteRef[],
  signal: AbortSignal,
): Promise<Standing[]> {
  const items: unknown[] = []
  const uris = [...new Set(refs.map(({ id }) => id).filter(isPostUri))]
  for (let n = 0; n < uris.length; n += BATCH) {
    const params = { uris: uris.slice(n, n + BATCH) }
    const answer = await ask(deps, as, { method: 'app.bsky.feed.getPosts', params, signal })
    items.push(...readAnswer(Posts, answer).posts)
  }
  const postWith = lookedUp(items, PostView, Uri)
  const standings: Standing[] = []
  for (const ref of refs) {
    const post = postWith(ref.id)
    if (post === undefined) continue
    if (post === null) standings.push({ ref, gone: true, metrics: {}, answers: [] })
    else {
      const answers = post.replyCount ? await answersTo(deps, as, ref.id, signal) : []
      standings.push({ ref, gone: false, metrics: metricsOf(post), answers })
    }
  }
  return standings
}

/** An answer may be a note that it is hidden or deleted; those, and what cannot be read, are left out. */
const Thread = z.object({
  thread: z.object({ replies: z.array(z.object({ post: z.unknown() }).loose().catch({ post: null })).optional() }),
})

/** The newest answers, oldest first. @throws ConnectorError */
async function answersTo(deps: XrpcDeps, as: Session, uri: string, signal: AbortSignal): Promise<RawMention[]> {
  const params = { uri, depth: 1, parentHeight: 0 }
  try {
    const answer = await ask(deps, as, { method: 'app.bsky.feed.getPostThread', params, signal })
    const { replies = [] } = readAnswer(Thread, answer).thread
    return replies
      .flatMap(({ post }) => PostView.safeParse(post).data ?? [])
      .filter((post) => !isHidden(post))
      .sort((a, b) => sortedAt(a).getTime() - sortedAt(b).getTime())
      .slice(-MOST_ANSWERS)
      .map((post) => toRawMention(post, null))
  } catch (error) {
    // It went between the two questions; the next look finds it gone.
    if (error instanceof ConnectorError && error.kind === 'gone') return []
    throw error
  }
}
