import type { ConnectorDeps } from '../catalogue.ts'
import { ConnectorError, type RemoteRef, type ReplyInput, type ReplyResult } from '../connector.ts'
import { lengthOf } from '../length.ts'
import { assertFit } from '../pictures.ts'
import { readAnswer } from '../reading.ts'
import { unpublished } from '../unpublished.ts'
import { hostOf, onTheirServer, whereRead } from './across.ts'
import { ask } from './http.ts'
import { handOver, PICTURES } from './pictures.ts'
import { Items, refTo, Status, sameWords, sessionOf } from './shapes.ts'

/** Statuses of the account looked through for one of ours, newest first. */
const LOOKED_THROUGH = 40

/** Quietly public: everybody can read it, and it fills nobody's timeline but that of the person answered. */
export async function reply(deps: ConnectorDeps, maxLength: number, input: ReplyInput): Promise<ReplyResult> {
  const { text, pictures = [], key, signal } = input
  if (lengthOf(text, 'graphemes') > maxLength)
    return {
      outcome: 'rejected',
      error: new ConnectorError('refused', `A post here has at most ${maxLength} characters.`),
    }
  try {
    assertFit(pictures, PICTURES)
    const session = sessionOf(input.as)
    const parent = await onTheirServer(deps, session, input.to, signal)
    const handed = await handOver(deps, session, pictures, signal)
    if (handed.error) return { outcome: 'rejected', error: handed.error, kept: handed.kept }
    const media = handed.ids.length > 0 && { media_ids: handed.ids }
    const answer = await ask(deps, session, {
      method: 'POST',
      path: '/api/v1/statuses',
      headers: { 'idempotency-key': key },
      body: { status: text, in_reply_to_id: parent, visibility: 'unlisted', ...media },
      signal,
    })
    const post = Status.safeParse(answer.json)
    if (post.success) {
      const ref = await whereRead(deps, refTo(hostOf(session), post.data), signal)
      return { outcome: 'published', ref, at: new Date(post.data.created_at) }
    }
    const error = new ConnectorError('bad-response', 'The server took the reply but did not say where it stands.')
    return { outcome: 'unknown', error }
  } catch (error) {
    return unpublished(error)
  }
}

/** Sure when the statuses looked through reach back behind the time of asking, or there are no more. */
export async function findReply(
  deps: ConnectorDeps,
  { to, text, as, since, signal }: ReplyInput & { since?: Date },
): Promise<RemoteRef | 'absent' | 'unknown'> {
  const session = sessionOf(as)
  const parent = await onTheirServer(deps, session, to, signal)
  const params = new URLSearchParams({ limit: `${LOOKED_THROUGH}`, exclude_reblogs: 'true' })
  const answer = await ask(deps, session, {
    method: 'GET',
    path: `/api/v1/accounts/${encodeURIComponent(session.accountId)}/statuses?${params}`,
    signal,
  })
  const items = readAnswer(Items, answer)
  const own = items.flatMap((item) => Status.safeParse(item).data ?? [])
  const found = own.find((status) => status.in_reply_to_id === parent && sameWords(status.content, text))
  if (found) return whereRead(deps, refTo(hostOf(session), found), signal)
  const oldest = own.at(-1)
  const reachesBack = oldest !== undefined && since !== undefined && new Date(oldest.created_at) < since
  return items.length < LOOKED_THROUGH || reachesBack ? 'absent' : 'unknown'
}

/** One that is gone already is no fault. */
export async function remove(
  deps: ConnectorDeps,
  { ref, as, signal }: { ref: RemoteRef; as: ReplyInput['as']; signal: AbortSignal },
): Promise<void> {
  const session = sessionOf(as)
  // Not found by its address is not yet gone: the server that is read on is asked.
  const id = await onTheirServer(deps, session, ref, signal)
  await ask(deps, session, {
    method: 'DELETE',
    path: `/api/v1/statuses/${encodeURIComponent(id)}`,
    signal,
  }).catch((error: unknown) => {
    if (!(error instanceof ConnectorError && error.kind === 'gone')) throw error
  })
}
