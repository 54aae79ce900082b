import { z } from 'zod'
import type { ConnectorDeps } from '../catalogue.ts'
import { ConnectorError, type Found, type RemoteRef, type ReplyInput, type ReplyResult } from '../connector.ts'
import { ask } from '../meta/graph.ts'
import { Items, nextOf, paramsOf } from '../meta/paging.ts'
import { sessionOf } from '../meta/session.ts'
import { findByWords, whyNotSend } from '../own-answer.ts'
import { readAnswer } from '../reading.ts'
import { unpublished } from '../unpublished.ts'
import { Comment, madeAt, POST_FIELDS, refTo } from './shapes.ts'

export const LONGEST_COMMENT = 8_000
const MOST_PAGES = 5

const Made = z.object({
  id: z.string().min(1),
  created_time: z.string().optional(),
  permalink_url: z.string().optional(),
})

/** As the Page. Facebook knows no keys, so the comments there are looked through first. */
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
        path: `${placeOf(to)}/comments`,
        params: { fields: 'id,created_time,permalink_url' },
        form: { message: text },
        about: 'one post',
        signal,
      },
    )
    const { data } = Made.safeParse(answer.json)
    if (data)
      return {
        outcome: 'published',
        ref: refTo(data.id, data.permalink_url),
        at: data.created_time ? new Date(data.created_time) : deps.clock.now(),
      }
    const error = new ConnectorError('bad-response', 'Facebook took the comment but did not say where it stands.')
    return { outcome: 'unknown', error }
  } catch (error) {
    return unpublished(error)
  }
}

const whyNot = (baseUrl: string, deps: ConnectorDeps, input: ReplyInput) =>
  whyNotSend(input, { network: 'Facebook', longest: LONGEST_COMMENT, speaker: input.as.handle }, () =>
    findReply(baseUrl, deps, input),
  )

/** By the Page's words among the comments there, the newest 500; `absent` when all were read. */
export function findReply(
  baseUrl: string,
  deps: ConnectorDeps,
  { to, as, signal, ...sought }: ReplyInput & { since?: Date },
): Promise<Found | 'absent' | 'unknown'> {
  const { accountId, token } = sessionOf(as)
  return findByWords(sought, MOST_PAGES, async (page) => {
    const params = { fields: POST_FIELDS, order: 'reverse_chronological', limit: '100', ...paramsOf(page) }
    const asked = { path: `${placeOf(to)}/comments`, params, about: 'one post', signal } as const
    const read = readAnswer(Items, await ask(deps, { baseUrl, token }, asked))
    const comments = read.data.flatMap((item) => Comment.safeParse(item).data ?? [])
    const own = comments.flatMap((comment) =>
      comment.from?.id === accountId
        ? [{ ref: refTo(comment.id, comment.permalink_url), words: comment.message, at: madeAt(comment) }]
        : [],
    )
    return { own, whole: comments.length === read.data.length, next: nextOf(read) }
  })
}

/** Threads have two floors: who answers an answer stands beside it. Its address names the comment above. */
export function placeOf({ id, url }: RemoteRef): string {
  const query = url && URL.canParse(url) ? new URL(url).searchParams : null
  const above = query?.has('reply_comment_id') ? query.get('comment_id') : null
  return above && /^\d+$/.test(above) ? `${id.split('_')[0]}_${above}` : id
}
