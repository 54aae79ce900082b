import type { ConnectorDeps } from '../catalogue.ts'
import { ConnectorError, type RemoteRef, type Standing } from '../connector.ts'
import { readAnswer } from '../reading.ts'
import { ask } from './http.ts'
import { postAt } from './reply.ts'
import { metricsOf, Post, Replies, type Session, type Site, sessionOf, toRawMention } from './shapes.ts'

/** One request a post, and one more for a post that was answered. */
export async function standing(
  deps: ConnectorDeps,
  site: Site,
  refs: RemoteRef[],
  signal: AbortSignal,
): Promise<Standing[]> {
  const standings: Standing[] = []
  for (const ref of refs) standings.push(await ofOne(deps, site, sessionOf(deps.reader), ref, signal))
  return standings
}

async function ofOne(
  deps: ConnectorDeps,
  site: Site,
  session: Session,
  ref: RemoteRef,
  signal: AbortSignal,
): Promise<Standing> {
  try {
    const post = await postAt(deps, session, ref, signal)
    if (!post.reply_count) return { ref, gone: false, metrics: metricsOf(post), answers: [] }
    const path = `/posts/${post.id}/replies.json`
    const replies = readAnswer(Replies, await ask(deps, session, { method: 'GET', path, signal }))
    const answers = replies.flatMap((item) => {
      const read = Post.safeParse(item).data
      return read ? [toRawMention(site, read, 'reply')] : []
    })
    return { ref, gone: false, metrics: metricsOf(post), answers }
  } catch (error) {
    if (error instanceof ConnectorError && error.kind === 'gone') return { ref, gone: true, metrics: {}, answers: [] }
    throw error
  }
}
