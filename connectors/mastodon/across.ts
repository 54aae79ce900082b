import type { ConnectorDeps } from '../catalogue.ts'
import { ConnectorError, type RemoteRef } from '../connector.ts'
import { readAnswer } from '../reading.ts'
import { ask } from './http.ts'
import { refTo, SearchAnswer, type Session, Status, sessionOf } from './shapes.ts'

/** The host of the server that an account is on. */
export const hostOf = ({ baseUrl }: Pick<Session, 'baseUrl'>): string => new URL(baseUrl).host

/**
 * A post's id on the server of whoever asks: each server numbers posts of its own, and fetches others' by address.
 * @throws ConnectorError `refused` without an address, `gone` when their server cannot see it
 */
export async function onTheirServer(
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

/**
 * A post of ours as the server that the brand reads on numbers it: there it is heard, answered and asked after. As its
 * own server numbers it while the other cannot see it.
 */
export async function whereRead(deps: ConnectorDeps, ref: RemoteRef, signal: AbortSignal): Promise<RemoteRef> {
  try {
    const reader = sessionOf(deps.reader)
    const id = await onTheirServer(deps, reader, ref, signal)
    return refTo(hostOf(reader), { id, url: ref.url })
  } catch (error) {
    if (!(error instanceof ConnectorError)) throw error
    return ref
  }
}
