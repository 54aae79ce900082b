import { z } from 'zod'
import type { ConnectorDeps } from '../catalogue.ts'
import { type Access, ConnectorError, type RemoteRef, type ReplyInput, type ReplyResult } from '../connector.ts'
import { lengthOf } from '../length.ts'
import { readAnswer } from '../reading.ts'
import { unpublished } from '../unpublished.ts'
import { ask } from './http.ts'
import { waitsIn } from './queue.ts'
import { isGone, Post, placeOf, Replies, refTo, type Session, type Site, sameWords, sessionOf } from './shapes.ts'

/** Answers to a post the forum lists at once. */
const REPLIES = 20

/** What comes back instead of a post when the forum's moderators look first. */
const Enqueued = z.object({ action: z.literal('enqueued') })

export async function reply(
  deps: ConnectorDeps,
  site: Site,
  maxLength: number,
  input: ReplyInput,
): Promise<ReplyResult> {
  if (lengthOf(input.text, 'characters') > maxLength)
    return {
      outcome: 'rejected',
      error: new ConnectorError('refused', `A post here has at most ${maxLength} characters.`),
    }
  try {
    const session = sessionOf(input.as)
    const { topic, number } = placeOf(input.to)
    const answer = await ask(deps, session, {
      method: 'POST',
      path: '/posts.json',
      body: { raw: input.text, topic_id: topic, reply_to_post_number: number },
      signal: input.signal,
    }).catch(async (error: unknown) => {
      const isUnclear = error instanceof ConnectorError && error.status === 422
      throw isUnclear ? await explain(deps, site, session, input, error) : error
    })
    if (Enqueued.safeParse(answer.json).success)
      return { outcome: 'pending', why: 'The forum’s moderators look at it before it stands.' }
    const post = Post.safeParse(answer.json)
    if (post.success)
      return {
        outcome: 'published',
        ref: refTo(site, post.data.topic_id, post.data.post_number),
        at: new Date(post.data.created_at),
      }
    const error = new ConnectorError('bad-response', 'The forum took the reply but did not say where it stands.')
    return { outcome: 'unknown', error }
  } catch (error) {
    return unpublished(error)
  }
}

/** 422 says why in the forum's language only; what stands there tells it in ours. */
async function explain(
  deps: ConnectorDeps,
  site: Site,
  session: Session,
  input: ReplyInput,
  error: ConnectorError,
): Promise<ConnectorError> {
  try {
    const found = await lookFor(deps, site, session, input)
    if (found !== 'absent' && found !== 'unknown')
      return new ConnectorError('duplicate', error.message, { status: 422 })
    return error
  } catch (other) {
    return other instanceof ConnectorError && other.kind === 'gone' ? other : error
  }
}

export const findReply = (
  deps: ConnectorDeps,
  site: Site,
  input: ReplyInput,
): Promise<RemoteRef | 'absent' | 'unknown'> => lookFor(deps, site, sessionOf(input.as), input)

/**
 * Among the answers to the post, by account and words. Sure that it is absent when all of them are listed, none is the
 * account's with other words (moderators may change them), and nothing of it waits for the moderators.
 * @throws ConnectorError `gone`
 */
async function lookFor(
  deps: ConnectorDeps,
  site: Site,
  session: Session,
  { to, text, signal }: ReplyInput,
): Promise<RemoteRef | 'absent' | 'unknown'> {
  const parent = await postAt(deps, session, to, signal)
  // Before the answers: what the moderators release in between has left the queue and is found among them.
  const waits = await waitsIn(deps, session, parent.topic_id, signal)
  const path = `/posts/${parent.id}/replies.json`
  const items = readAnswer(Replies, await ask(deps, session, { method: 'GET', path, signal }))
  const posts = items.flatMap((item) => Post.safeParse(item).data ?? [])
  const own = posts.filter((post) => post.username.toLowerCase() === session.username.toLowerCase())
  const found = own.find((post) => sameWords(post.cooked, text))
  if (found) return refTo(site, found.topic_id, found.post_number)
  const all = posts.length === items.length && items.length < REPLIES
  return all && own.length === 0 && waits === false ? 'absent' : 'unknown'
}

/** @throws ConnectorError `gone` when it was deleted or hidden */
export async function postAt(
  deps: ConnectorDeps,
  session: Session,
  ref: RemoteRef,
  signal: AbortSignal,
): Promise<Post> {
  const { topic, number } = placeOf(ref)
  const path = `/posts/by_number/${topic}/${number}.json`
  const post = readAnswer(Post, await ask(deps, session, { method: 'GET', path, signal }))
  if (isGone(post)) throw new ConnectorError('gone', 'The post was deleted or hidden.')
  return post
}

/** One that is gone already is no fault. */
export async function remove(
  deps: ConnectorDeps,
  { ref, as, signal }: { ref: RemoteRef; as: Access; signal: AbortSignal },
): Promise<void> {
  const session = sessionOf(as)
  try {
    const { id } = await postAt(deps, session, ref, signal)
    await ask(deps, session, { method: 'DELETE', path: `/posts/${id}.json`, signal })
  } catch (error) {
    if (!(error instanceof ConnectorError && error.kind === 'gone')) throw error
  }
}
