import { z } from 'zod'
import type { ConnectorDeps } from '../catalogue.ts'
import { ConnectorError } from '../connector.ts'
import { ask } from './http.ts'
import type { Session } from './shapes.ts'

/** A topic that is not begun yet has no id. */
const Queue = z.object({ pending_posts: z.array(z.object({ topic_id: z.number().int().nullish() })) })

/**
 * Does anything that the account wrote in the topic wait for the forum's moderators? They may change its words while it
 * waits, and the list does not name the post it answers, so anything there may be the answer that is looked for.
 * @returns null when the forum does not say: the account may not ask, or the forum is older than the list
 * @throws ConnectorError when it may be asked again
 */
export async function waitsIn(
  deps: ConnectorDeps,
  session: Session,
  topic: number,
  signal: AbortSignal,
): Promise<boolean | null> {
  const path = `/posts/${encodeURIComponent(session.username)}/pending.json`
  try {
    const queue = Queue.safeParse((await ask(deps, session, { method: 'GET', path, signal })).json)
    return queue.success ? queue.data.pending_posts.some((one) => one.topic_id === topic) : null
  } catch (error) {
    if (!(error instanceof ConnectorError) || error.retryable) throw error
    return null
  }
}
