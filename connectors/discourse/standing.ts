import type { ConnectorDeps } from '../catalogue.ts'
import { ConnectorError, type RawMention, type RemoteRef, type Standing } from '../connector.ts'
import { readAnswer } from '../reading.ts'
import { ask, isNoAccess } from './http.ts'
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
  let post: Post
  try {
    post = await postAt(deps, session, ref, signal)
  } catch (error) {
    // What the account may no longer see, as its topic was closed to it, is gone for those who saw it through the account.
    const isGone = isNoAccess(error) || (error instanceof ConnectorError && error.kind === 'gone')
    if (isGone) return { ref, gone: true, metrics: {}, answers: [] }
    throw error
  }
  const answers = post.reply_count ? await answersTo(deps, site, session, post, signal) : []
  return { ref, gone: false, metrics: metricsOf(post), answers }
}

/** Those that may be seen: a refusal to list them says nothing of the post itself. */
async function answersTo(
  deps: ConnectorDeps,
  site: Site,
  session: Session,
  { id }: Post,
  signal: AbortSignal,
): Promise<RawMention[]> {
  try {
    const answer = await ask(deps, session, { method: 'GET', path: `/posts/${id}/replies.json`, signal })
    return readAnswer(Replies, answer).flatMap((item) => {
      const read = Post.safeParse(item).data
      return read ? [toRawMention(site, read, 'reply')] : []
    })
  } catch (error) {
    if (error instanceof ConnectorError && (error.kind === 'refused' || error.kind === 'gone')) return []
    throw error
  }
}
