import { z } from 'zod'
import type { ConnectorDeps } from '../catalogue.ts'
import { type Access, ConnectorError, type RemoteRef, type ReplyInput, type ReplyResult } from '../connector.ts'
import { lengthOf } from '../length.ts'
import { ask } from '../meta/graph.ts'
import { Items, nextOf, paramsOf } from '../meta/paging.ts'
import { sessionOf } from '../meta/session.ts'
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

/** Whatever stops us before anything was sent, a look that failed included. */
async function whyNot(baseUrl: string, deps: ConnectorDeps, input: ReplyInput): Promise<ConnectorError | null> {
  if (lengthOf(input.text, 'characters') > LONGEST_COMMENT)
    return new ConnectorError('refused', `A comment on Instagram has at most ${LONGEST_COMMENT} characters.`)
  if (isMedia(input.to)) return new ConnectorError('refused', 'Instagram lets no app answer media of others.')
  try {
    const found = await findReply(baseUrl, deps, input)
    return typeof found === 'string'
      ? null
      : new ConnectorError('duplicate', `@${input.as.handle} said the same there already.`)
  } catch (error) {
    if (error instanceof ConnectorError) return error
    throw error
  }
}

/** By the account's words among the answers there, 250 of them; `absent` when all were read. */
export async function findReply(
  baseUrl: string,
  deps: ConnectorDeps,
  { to, text, as, since, signal }: ReplyInput & { since?: Date },
): Promise<RemoteRef | 'absent' | 'unknown'> {
  // Answers under media of others cannot be listed.
  if (isMedia(to)) return 'unknown'
  const { token } = sessionOf(as)
  const plain = (words: string) => words.normalize('NFC').replace(/\s+/g, ' ').trim()
  let isWhole = true
  let page: string | null = null
  let byHand: RemoteRef | null = null
  for (let n = 0; n < MOST_PAGES; n++) {
    const params = { fields: COMMENT_FIELDS, limit: '50', ...paramsOf(page) }
    const answer = await ask(deps, { baseUrl, token }, { path: `${placeOf(to)}/replies`, params, signal })
    const read: z.infer<typeof Items> = readAnswer(Items, answer)
    const comments = read.data.flatMap((item) => Comment.safeParse(item).data ?? [])
    if (comments.length < read.data.length) isWhole = false
    const own = comments.filter(
      (comment) => usernameOf(comment) === as.handle && (!since || new Date(comment.timestamp) >= since),
    )
    const found = own.find((comment) => plain(comment.text) === plain(text))
    if (found) return refTo(found.id, urlBelow(to, found.id))
    // Sent by hand, the words may differ; the place and the time do not.
    if (since && own[0]) byHand ??= refTo(own[0].id, urlBelow(to, own[0].id))
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
const placeOf = ({ id, url }: RemoteRef): string => /\/c\/(\d+)\/r\//.exec(url ?? '')?.[1] ?? id
/** Media is known by an address without a comment in it. */
export const isMedia = ({ url }: RemoteRef): boolean => url !== undefined && !url.includes('/c/')

const urlBelow = (to: RemoteRef, id: string): string | null =>
  to.url ? commentUrl(to.url.split('/c/')[0], { id, parent_id: placeOf(to) }) : null
