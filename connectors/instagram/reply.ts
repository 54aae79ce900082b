import { z } from 'zod'
import type { ConnectorDeps } from '../catalogue.ts'
import { ConnectorError, type Found, type RemoteRef, type ReplyInput, type ReplyResult } from '../connector.ts'
import { ask } from '../meta/graph.ts'
import { Items, nextOf, paramsOf } from '../meta/paging.ts'
import { sessionOf } from '../meta/session.ts'
import { findByWords, whyNotSend } from '../own-answer.ts'
import { readAnswer } from '../reading.ts'
import { unpublished } from '../unpublished.ts'
import { COMMENT_FIELDS, Comment, commentUrl, refTo, usernameOf } from './shapes.ts'

export const LONGEST_COMMENT = 2_200
const MOST_PAGES = 5

const Made = z.object({ id: z.string().min(1), timestamp: z.string().optional() })

/** As the brand's account. Instagram knows no keys, so the answers there are looked through first. */
export async function reply(baseUrl: string, deps: ConnectorDeps, input: ReplyInput): Promise<ReplyResult> {
  const refusal = await whyNot(baseUrl, deps, input)
  if (refusal) return { outcome: 'rejected', error: refusal }
  const { to, text, as, signal } = input
  try {
    const answer = await ask(
      deps,
      { baseUrl, token: sessionOf(as).token },
      {
        method: 'POST',
        path: `${placeOf(to)}/replies`,
        params: { fields: 'id,timestamp' },
        form: { message: text },
        about: 'one post',
        signal,
      },
    )
    const { data } = Made.safeParse(answer.json)
    if (data)
      return {
        outcome: 'published',
        ref: refTo(data.id, urlBelow(to, data.id)),
        at: data.timestamp ? new Date(data.timestamp) : deps.clock.now(),
      }
    const error = new ConnectorError('bad-response', 'Instagram took the comment but did not say where it stands.')
    return { outcome: 'unknown', error }
  } catch (error) {
    return unpublished(error)
  }
}

const whyNot = async (baseUrl: string, deps: ConnectorDeps, input: ReplyInput): Promise<ConnectorError | null> =>
  isMedia(input.to)
    ? new ConnectorError('refused', 'Instagram lets no app answer media of others.')
    : whyNotSend(input, { network: 'Instagram', longest: LONGEST_COMMENT, speaker: `@${input.as.handle}` }, () =>
        findReply(baseUrl, deps, input),
      )

/** By the account's words among the answers there, 250 of them; `absent` when all were read. */
export async function findReply(
  baseUrl: string,
  deps: ConnectorDeps,
  { to, as, signal, ...sought }: ReplyInput & { since?: Date },
): Promise<Found | 'absent' | 'unknown'> {
  // Answers under media of others cannot be listed.
  if (isMedia(to)) return 'unknown'
  const { token } = sessionOf(as)
  return findByWords(sought, MOST_PAGES, async (page) => {
    const params = { fields: COMMENT_FIELDS, limit: '50', ...paramsOf(page) }
    const asked = { path: `${placeOf(to)}/replies`, params, about: 'one post', signal } as const
    const read = readAnswer(Items, await ask(deps, { baseUrl, token }, asked))
    const comments = read.data.flatMap((item) => Comment.safeParse(item).data ?? [])
    const own = comments.flatMap((comment) =>
      usernameOf(comment) === as.handle
        ? [{ ref: refTo(comment.id, urlBelow(to, comment.id)), words: comment.text, at: new Date(comment.timestamp) }]
        : [],
    )
    return { own, whole: comments.length === read.data.length, next: nextOf(read) }
  })
}

/** Threads have two floors: who answers an answer stands beside it. Its address names the comment above. */
const placeOf = ({ id, url }: RemoteRef): string => /\/c\/(\d+)\/r\//.exec(url ?? '')?.[1] ?? id
/** Media is known by an address without a comment in it. */
export const isMedia = ({ url }: RemoteRef): boolean => url !== undefined && !url.includes('/c/')

const urlBelow = (to: RemoteRef, id: string): string | null =>
  to.url ? commentUrl(to.url.split('/c/')[0], { id, parent_id: placeOf(to) }) : null
