import type { ConnectorDeps } from '../catalogue.ts'
import {
  type Access,
  ConnectorError,
  type Found,
  type RemoteRef,
  type ReplyInput,
  type ReplyResult,
} from '../connector.ts'
import { pickOwn, whyNotSend } from '../own-answer.ts'
import { unpublished } from '../unpublished.ts'
import { ask } from './api.ts'
import { sessionOf } from './session.ts'
import { authorOf, Comment, madeAt, refTo, threadOf, wordsOf } from './shapes.ts'
import { repliesIn } from './thread.ts'

export const LONGEST_COMMENT = 10_000

/** YouTube knows no keys and takes the same words twice, so the thread is looked through first: one unit beside fifty. */
export async function reply(baseUrl: string, deps: ConnectorDeps, input: ReplyInput): Promise<ReplyResult> {
  const refusal = await whyNot(baseUrl, deps, input)
  if (refusal) return { outcome: 'rejected', error: refusal }
  const { to, text, as, signal } = input
  const asked = {
    method: 'POST' as const,
    path: 'comments',
    params: { part: 'snippet' },
    body: { snippet: { parentId: threadOf(to.id), textOriginal: text } },
    signal,
  }
  try {
    const { json } = await ask(deps, { baseUrl, token: sessionOf(as).token }, asked)
    const { data } = Comment.safeParse(json)
    if (data) return { outcome: 'published', ref: refTo(data.id, videoIn(to)), at: madeAt(data) }
    const error = new ConnectorError('bad-response', 'YouTube took the comment but did not say where it stands.')
    return { outcome: 'unknown', error }
  } catch (error) {
    return unpublished(error)
  }
}

const whyNot = (baseUrl: string, deps: ConnectorDeps, input: ReplyInput) =>
  whyNotSend(input, { network: 'YouTube', longest: LONGEST_COMMENT, speaker: `@${input.as.handle}` }, () =>
    findReply(baseUrl, deps, input),
  )

/** By the account's words in the thread; `absent` when the whole thread was read. */
export async function findReply(
  baseUrl: string,
  deps: ConnectorDeps,
  { to, text, as, since, signal }: ReplyInput & { since?: Date },
): Promise<Found | 'absent' | 'unknown'> {
  const { channelId, token } = sessionOf(as)
  const { replies, whole } = await repliesIn(deps, { baseUrl, token }, threadOf(to.id), signal)
  // The newest first.
  const own = replies
    .toReversed()
    .flatMap((comment) =>
      authorOf(comment) === channelId
        ? [{ ref: refTo(comment.id, videoIn(to)), words: wordsOf(comment), at: madeAt(comment) }]
        : [],
    )
  const found = pickOwn(own, { text, since })
  if (found) return found
  return whole ? 'absent' : 'unknown'
}

/** One that is gone already is no fault. */
export async function remove(
  baseUrl: string,
  deps: ConnectorDeps,
  { ref, as, signal }: { ref: RemoteRef; as: Access; signal: AbortSignal },
): Promise<void> {
  const asker = { baseUrl, token: sessionOf(as).token }
  await ask(deps, asker, { method: 'DELETE', path: 'comments', params: { id: ref.id }, signal }).catch(
    (error: unknown) => {
      if (!(error instanceof ConnectorError && error.kind === 'gone')) throw error
    },
  )
}

const videoIn = ({ url }: RemoteRef): string | null =>
  url && URL.canParse(url) ? new URL(url).searchParams.get('v') : null
