import {
  type Access,
  type Connector,
  ConnectorError,
  type RemoteRef,
  type ReplyInput,
  type ReplyResult,
} from '../../connectors/connector.ts'
import { SECOND } from '../domain/clock.ts'
import type { Outgoing } from './queries.ts'

/** Does something with an account's access, renewed when the network does not accept it (`src/accounts/grants.ts`). */
export type UseAccount = <T>(
  brandId: string,
  accountId: string,
  work: (as: Access) => Promise<T>,
  refusalIn?: (answer: T) => ConnectorError | null,
) => Promise<T>

/** One post to publish: of a reply its own; of one that goes out as several, any of them. `key`: the same key, the same post. */
export type Post = Pick<Outgoing, 'brandId' | 'accountId' | 'network'> & {
  key: string
  text: string
  to: { instance: string; nativeId: string; url: string | null }
  /** They go with the first post. */
  pictures?: ReplyInput['pictures']
}

export type Result =
  | { state: 'sent'; ref: RemoteRef | null; found: null | 'after a silence' | 'as a duplicate' }
  | { state: 'pending'; why: string }
  | { state: 'put-off' | 'failed' | 'unclear' | 'unknown'; error: string; retryAt: Date | null; kept?: Kept }

/** What the network calls pictures that it took before it refused. */
type Kept = Extract<ReplyResult, { outcome: 'rejected' }>['kept']

type Deps = { useAccount: UseAccount }

/** A send that has said nothing for so long has lost its sender; network calls end well before (10 s). */
export const SILENT_MS = 45 * SECOND
/** A send is over, one way or the other, by this share of the silence after which another takes over. */
const SEND_SHARE = 0.45

/** How long a send that was begun at `begun` may still take; 0 or less: whoever takes over asks the network first. */
export const leftMs = (begun: Date, silentMs: number, now: Date): number =>
  begun.getTime() + silentMs * SEND_SHARE - now.getTime()

/** The post of a reply that is its own: all of it, or the first of several. */
export const postOf = (reply: Outgoing): Post => ({ ...reply, key: reply.id, text: reply.post })

/** Publishes a post once, and says what came of it. Never again without having asked the network (F6). */
export async function publish(
  deps: Deps,
  connector: Connector,
  post: Post,
  withinMs: number,
  signal: AbortSignal,
): Promise<Result> {
  const outcome = await speak(deps, connector, post, withinMs, signal)
  if (outcome.outcome === 'published') return { state: 'sent', ref: outcome.ref, found: null }
  if (outcome.outcome === 'pending') return { state: 'pending', why: outcome.why }
  const { error } = outcome
  if (outcome.outcome === 'unknown') return { state: 'unclear', error: error.message, retryAt: null }
  // The same words stand there already: perhaps they are this reply, whose first answer was lost.
  if (error.kind === 'duplicate') {
    const found = await lookUp(deps, connector, post, signal)
    if (found.state === 'sent') return { ...found, found: 'as a duplicate' }
    if (found.state !== 'put-off') return found
  }
  const kept = outcome.outcome === 'rejected' && outcome.kept ? { kept: outcome.kept } : {}
  return { state: error.retryable ? 'put-off' : 'failed', error: error.message, retryAt: error.retryAt, ...kept }
}

/** An account that cannot be used, or not now, is a refusal like the network's own: nothing was sent. */
async function speak(
  deps: Deps,
  connector: Connector,
  post: Post,
  withinMs: number,
  signal: AbortSignal,
): Promise<ReplyResult> {
  const inTime = AbortSignal.any([signal, AbortSignal.timeout(Math.ceil(withinMs))])
  try {
    return await deps.useAccount(
      post.brandId,
      post.accountId,
      (as) =>
        connector.reply({ ...requestOf(post, as, inTime), ...(post.pictures?.length && { pictures: post.pictures }) }),
      (answer) => (answer.outcome === 'rejected' ? answer.error : null),
    )
  } catch (error) {
    if (!(error instanceof ConnectorError)) throw error
    return { outcome: 'rejected', error }
  }
}

/** After a silence: it may have arrived. Only when the network is sure that it did not is it queued again. */
export async function lookUp(deps: Deps, connector: Connector, post: Post, signal: AbortSignal): Promise<Result> {
  try {
    const found = await deps.useAccount(post.brandId, post.accountId, (as) =>
      connector.findReply(requestOf(post, as, signal)),
    )
    if (found === 'absent')
      return { state: 'put-off', error: 'It did not arrive the first time; trying again.', retryAt: null }
    if (found === 'unknown')
      return { state: 'unknown', error: 'The network cannot say whether it arrived.', retryAt: null }
    return { state: 'sent', ref: found, found: 'after a silence' }
  } catch (error) {
    if (!(error instanceof ConnectorError)) throw error
    if (error.retryable) throw error // still `sending`: the sweep looks again
    return { state: 'unknown', error: error.message, retryAt: null }
  }
}

/** What the network is asked for, or asked about. */
export const requestOf = (post: Post, as: Access, signal: AbortSignal): ReplyInput => ({
  to: {
    network: post.network as RemoteRef['network'], // written from a RemoteRef
    instance: post.to.instance,
    id: post.to.nativeId,
    ...(post.to.url !== null && { url: post.to.url }),
  },
  text: post.text,
  as,
  key: post.key,
  signal,
})
