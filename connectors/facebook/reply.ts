import { z } from 'zod'
import type { ConnectorDeps } from '../catalogue.ts'
import { type Access, ConnectorError, type RemoteRef, type ReplyInput, type ReplyResult } from '../connector.ts'
import { lengthOf } from '../length.ts'
import { ask } from '../meta/graph.ts'
import { Items, nextOf, paramsOf } from '../meta/paging.ts'
import { sessionOf } from '../meta/session.ts'
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

/** Whatever stops us before anything was sent, a look that failed included. */
async function whyNot(baseUrl: string, deps: ConnectorDeps, input: ReplyInput): Promise<ConnectorError | null> {
  if (lengthOf(input.text, 'characters') > LONGEST_COMMENT)
    return new ConnectorError('refused', `A comment on Facebook has at most ${LONGEST_COMMENT} characters.`)
  try {
    const found = await findReply(baseUrl, deps, input)
    return typeof found === 'string'
      ? null
      : new ConnectorError('duplicate', `${input.as.handle} said the same there already.`)
  } catch (error) {
    if (error instanceof ConnectorError) return error
    throw error
  }
}

/** By the Page's words among the comments there, the newest 500; `absent` when all were read. */
export async function findReply(
  baseUrl: string,
  deps: ConnectorDeps,
  { to, text, as, since, signal }: ReplyInput & { since?: Date },
): Promise<RemoteRef | 'absent' | 'unknown'> {
  const { accountId, token } = sessionOf(as)
  const plain = (words: string) => words.normalize('NFC').replace(/\s+/g, ' ').trim()
  let isWhole = true
  let page: string | null = null
  let byHand: RemoteRef | null = null
  for (let n = 0; n < MOST_PAGES; n++) {
    const params = { fields: POST_FIELDS, order: 'reverse_chronological', limit: '100', ...paramsOf(page) }
    const answer = await ask(deps, { baseUrl, token }, { path: `${placeOf(to)}/comments`, params, signal })
    const read: z.infer<typeof Items> = readAnswer(Items, answer)
    const comments = read.data.flatMap((item) => Comment.safeParse(item).data ?? [])
    if (comments.length < read.data.length) isWhole = false
    const own = comments.filter((comment) => comment.from?.id === accountId && (!since || madeAt(comment) >= since))
    const found = own.find(({ message }) => plain(message) === plain(text))
    if (found) return refTo(found.id, found.permalink_url)
    // Sent by hand, the words may differ; the place and the time do not.
    if (since && own[0]) byHand ??= refTo(own[0].id, own[0].permalink_url)
    page = nextOf(read)
    if (page === null) break
  }
  if (byHand) return byHand
  return isWhole && page === null ? 'absent' : 'unknown'
}

/** One that is gone already is no fault. */
export async function remove(
  baseUrl: string,
  deps: ConnectorDeps,
  { ref, as, signal }: { ref: RemoteRef; as: Access; signal: AbortSignal },
): Promise<void> {
  await ask(deps, { baseUrl, token: sessionOf(as).token }, { method: 'DELETE', path: ref.id, signal }).catch(
    (error: unknown) => {
      if (!(error instanceof ConnectorError && error.kind === 'gone')) throw error
    },
  )
}

/** Threads have two floors: who answers an answer stands beside it. Its address names the comment above. */
export function placeOf({ id, url }: RemoteRef): string {
  const query = url && URL.canParse(url) ? new URL(url).searchParams : null
  const above = query?.has('reply_comment_id') ? query.get('comment_id') : null
  return above && /^\d+$/.test(above) ? `${id.split('_')[0]}_${above}` : id
}
