import type { ConnectorDeps } from '../catalogue.ts'
import { ConnectorError, type RemoteRef, type ReplyInput, type ReplyResult } from '../connector.ts'
import { lengthOf } from '../length.ts'
import { readAnswer } from '../reading.ts'
import { unpublished } from '../unpublished.ts'
import { ask } from './http.ts'
import { Items, refTo, SearchAnswer, type Session, Status, sameWords, sessionOf } from './shapes.ts'

/** Statuses of the account looked through for one of ours, newest first. */
const LOOKED_THROUGH = 40

/** Quietly public: everybody can read it, and it fills nobody's timeline but that of the person answered. */
export async function reply(deps: ConnectorDeps, maxLength: number, input: ReplyInput): Promise<ReplyResult> {
  const { text, key, signal } = input
  if (lengthOf(text, 'graphemes') > maxLength)
    return {
      outcome: 'rejected',
      error: new ConnectorError('refused', `A post here has at most ${maxLength} characters.`),
    }
  try {
    const session = sessionOf(input.as)
    const parent = await onTheirServer(deps, session, input.to, signal)
    const answer = await ask(deps, session, {
      method: 'POST',
      path: '/api/v1/statuses',
      headers: { 'idempotency-key': key },
      body: { status: text, in_reply_to_id: parent, visibility: 'unlisted' },
      signal,
    })
    const post = Status.safeParse(answer.json)
    if (post.success)
      return { outcome: 'published', ref: refTo(hostOf(session), post.data), at: new Date(post.data.created_at) }
    const error = new ConnectorError('bad-response', 'The server took the reply but did not say where it stands.')
    return { outcome: 'unknown', error }
  } catch (error) {
    return unpublished(error)
  }
}

/**
 * The post's id on the server of whoever answers: each server numbers posts of its own, and fetches others' by address.
 * @throws ConnectorError `gone` when their server cannot see it
 */
async function onTheirServer(
  deps: ConnectorDeps,
  session: Session,
  to: RemoteRef,
  signal: AbortSignal,
): Promise<string> {
  if (hostOf(session) === to.instance) return to.id
  if (!to.url) throw new ConnectorError('refused', `Only an account on ${to.instance} can answer this post.`)
  const params = new URLSearchParams({ q: to.url, type: 'statuses', resolve: 'true', limit: '1' })
  const answer = await ask(deps, session, { method: 'GET', path: `/api/v2/search?${params}`, signal })
  const [found] = readAnswer(SearchAnswer, answer).statuses
  const status = Status.safeParse(found)
  if (!status.success) throw new ConnectorError('gone', `${hostOf(session)} cannot see the post on ${to.instance}.`)
  return status.data.id
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
  if (found) return refTo(hostOf(session), found)
  const oldest = own.at(-1)
  const reachesBack = oldest !== undefined && since !== undefined && new Date(oldest.created_at) < since
  return items.length < LOOKED_THROUGH || reachesBack ? 'absent' : 'unknown'
}

/** One that is gone already is no fault. */
export async function remove(
  deps: ConnectorDeps,
  { ref, as, signal }: { ref: RemoteRef; as: ReplyInput['as']; signal: AbortSignal },
): Promise<void> {
  await ask(deps, sessionOf(as), {
    method: 'DELETE',
    path: `/api/v1/statuses/${encodeURIComponent(ref.id)}`,
    signal,
  }).catch((error: unknown) => {
    if (!(error instanceof ConnectorError && error.kind === 'gone')) throw error
  })
}

export const hostOf = ({ baseUrl }: Pick<Session, 'baseUrl'>): string => new URL(baseUrl).host
