import {
  type Access,
  type Capabilities,
  type Connector,
  ConnectorError,
  type RemoteRef,
  type ReplyResult,
} from '../../connectors/connector.ts'
import { type BrandTx, type Db, inBrand } from '../db/client.ts'
import { appendEvents } from '../db/events.ts'
import { type Clock, SECOND } from '../domain/clock.ts'
import type { FaultPoint } from '../domain/fault.ts'
import { lookAgain, requestOf } from './look.ts'
import { giveBack, goingWith, noteKept } from './pictures/queries.ts'
import * as q from './queries.ts'
import { about, holdForAnotherTry, type OnSent, recordSent } from './record.ts'
import { lookWaitMs, MOST_ATTEMPTS, paceOf, removalWaitMs, retryAfterMs } from './reply.ts'
import { type OnTakenBack, takeBack } from './take-back.ts'
import { beginRemoval } from './take-back-queries.ts'
import { whosePost } from './whose-post-queries.ts'

/** A send that has said nothing for so long has lost its sender; network calls end well before (10 s). */
export const SILENT_MS = 45 * SECOND
/** A send is over, one way or the other, by this share of the silence after which another takes over. */
const SEND_SHARE = 0.45

/** Does something with an account's access, renewed when the network does not accept it (`src/accounts/grants.ts`). */
export type UseAccount = <T>(
  brandId: string,
  accountId: string,
  work: (as: Access) => Promise<T>,
  refusalIn?: (answer: T) => ConnectorError | null,
) => Promise<T>

export type SendDeps = {
  db: Db
  clock: Clock
  random: () => number
  connectorFor: (brandId: string, sourceId: string) => Promise<Connector>
  useAccount: UseAccount
  onSent: OnSent
  onTakenBack: OnTakenBack
  /** How fast accounts of a network may post. */
  capabilityOf: (network: string) => Capabilities['reply']
  fault: FaultPoint
  silentMs?: number
}

type Result =
  | { state: 'sent'; ref: RemoteRef | null; found: null | 'after a silence' | 'as a duplicate' }
  | { state: 'pending'; why: string }
  | { state: 'put-off' | 'failed' | 'unclear' | 'unknown'; error: string; retryAt: Date | null; kept?: Kept }

/** What the network calls pictures that it took before it refused. */
type Kept = Extract<ReplyResult, { outcome: 'rejected' }>['kept']

/**
 * Lets one stored reply leave, once (F6, I3), looks for one that is looked for, or deletes one that is taken back. The intention is committed before
 * anything is sent; whoever finds it afterwards asks the network first and never sends blindly again.
 */
export function runSend(deps: SendDeps) {
  return async ({ brandId, replyId }: { brandId: string; replyId: string }, signal: AbortSignal): Promise<void> => {
    const now = deps.clock.now()
    const { silentMs = SILENT_MS } = deps
    const silentSince = new Date(now.getTime() - silentMs)
    const begun = await inBrand(deps.db, brandId, async (tx) => {
      const network = await q.networkOf(tx, replyId)
      if (network === null) return null
      const pace = paceOf(deps.capabilityOf(network), deps.random())
      if (await q.beginSending(tx, replyId, now, pace)) return 'first'
      if (await q.takeOverSending(tx, replyId, silentSince, now)) return 'after a silence'
      if (await q.beginLook(tx, replyId, now, lookWaitMs)) return 'look'
      return (await beginRemoval(tx, replyId, now, removalWaitMs)) ? 'removal' : null
    })
    if (!begun) return // sent already, taken back, or in another worker's hands
    deps.fault('send.begun')

    const reply = await inBrand(deps.db, brandId, (tx) => q.outgoing(tx, replyId))
    if (!reply) return
    const connector = await deps.connectorFor(brandId, reply.sourceId)
    if (begun === 'removal') return takeBack(deps, connector, reply, now, signal)
    if (begun === 'look') return lookAgain(deps, connector, reply, signal)
    // This process may have stood still meanwhile. Too late to send: whoever takes over asks the network first.
    const leftMs = now.getTime() + silentMs * SEND_SHARE - deps.clock.now().getTime()
    if (begun === 'first' && leftMs <= 0) return
    const result =
      begun === 'first'
        ? await send(deps, connector, reply, leftMs, signal)
        : await lookUp(deps, connector, reply, signal)
    deps.fault('send.answered')
    await inBrand(deps.db, brandId, async (tx) => {
      await record(tx, deps, reply, now, result)
      deps.fault('send.before-commit')
    })
    deps.fault('send.recorded')
  }
}

async function send(
  deps: SendDeps,
  connector: Connector,
  reply: q.Outgoing,
  leftMs: number,
  signal: AbortSignal,
): Promise<Result> {
  const { state } = reply.to
  if (state !== 'claimed' && state !== 'escalated')
    return { state: 'failed', error: 'The mention is no longer open for an answer.', retryAt: null }
  const outcome = await speak(deps, connector, reply, leftMs, signal)
  if (outcome.outcome === 'published') return { state: 'sent', ref: outcome.ref, found: null }
  if (outcome.outcome === 'pending') return { state: 'pending', why: outcome.why }
  const { error } = outcome
  if (outcome.outcome === 'unknown') return { state: 'unclear', error: error.message, retryAt: null }
  // The same words stand there already: perhaps they are this reply, whose first answer was lost.
  if (error.kind === 'duplicate') {
    const found = await lookUp(deps, connector, reply, signal)
    if (found.state === 'sent') return { ...found, found: 'as a duplicate' }
    if (found.state !== 'put-off') return found
  }
  const kept = outcome.outcome === 'rejected' && outcome.kept ? { kept: outcome.kept } : {}
  return { state: error.retryable ? 'put-off' : 'failed', error: error.message, retryAt: error.retryAt, ...kept }
}

/** An account that cannot be used, or not now, is a refusal like the network's own: nothing was sent. */
async function speak(
  deps: SendDeps,
  connector: Connector,
  reply: q.Outgoing,
  leftMs: number,
  signal: AbortSignal,
): Promise<ReplyResult> {
  const pictures = await inBrand(deps.db, reply.brandId, (tx) => goingWith(tx, reply.id))
  const inTime = AbortSignal.any([signal, AbortSignal.timeout(Math.ceil(leftMs))])
  try {
    return await deps.useAccount(
      reply.brandId,
      reply.accountId,
      (as) => connector.reply({ ...requestOf(reply, as, inTime), ...(pictures.length > 0 && { pictures }) }),
      (answer) => (answer.outcome === 'rejected' ? answer.error : null),
    )
  } catch (error) {
    if (!(error instanceof ConnectorError)) throw error
    return { outcome: 'rejected', error }
  }
}

/** After a silence: it may have arrived. Only when the network is sure that it did not is it queued again. */
async function lookUp(deps: SendDeps, connector: Connector, reply: q.Outgoing, signal: AbortSignal): Promise<Result> {
  try {
    const found = await deps.useAccount(reply.brandId, reply.accountId, (as) =>
      connector.findReply(requestOf(reply, as, signal)),
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

/** A post that is another answer's is not taken for this one: either would be followed, rewarded and deleted as the other. */
async function checked(tx: BrandTx, reply: q.Outgoing, result: Result): Promise<Result> {
  if (result.state !== 'sent' || result.ref === null) return result
  const whose = await whosePost(tx, reply, result.ref)
  if (whose === 'ours') return result
  // Sent it was, the network said so; only where is not known.
  if (result.found === null) return whose === 'another' ? { ...result, ref: null } : result
  if (whose === 'another' && result.found === 'as a duplicate')
    return {
      state: 'failed',
      error: 'The same words stand in this thread already, as your answer to somebody else; change them.',
      retryAt: null,
    }
  return { state: 'unknown', error: 'The same words stand there, perhaps as another answer.', retryAt: null }
}

async function record(tx: BrandTx, deps: SendDeps, reply: q.Outgoing, begun: Date, answer: Result): Promise<void> {
  const now = deps.clock.now()
  const result = await checked(tx, reply, answer)
  if (result.state === 'sent') return recordSent(tx, deps.onSent, reply, result.ref, now)
  if (result.state === 'pending') return recordHeld(tx, reply, begun, result.why, now)
  // It stays `sending`: once it has been silent for a while the network is asked whether it arrived.
  if (result.state === 'unclear') return q.noteTrouble(tx, reply.id, result.error)
  const wait = Math.max(retryAfterMs(reply.attempts, deps.random()), (result.retryAt?.getTime() ?? 0) - now.getTime())
  const again = result.state === 'put-off' && reply.attempts < MOST_ATTEMPTS
  const counted = await q.endTry(
    tx,
    reply.id,
    { begun },
    again
      ? { state: 'queued', sendAfter: new Date(now.getTime() + wait), note: result.error }
      : { state: result.state === 'unknown' ? 'unknown' : 'failed', note: result.error },
  )
  if (!counted) return
  if (result.kept) await noteKept(tx, reply.id, result.kept)
  await holdForAnotherTry(tx, reply, now)
  if (again) return
  if (result.state !== 'unknown') await giveBack(tx, reply.id, now)
  const kind = result.state === 'unknown' ? 'reply.unknown' : 'reply.failed'
  await appendEvents(tx, [{ ...about(reply, now), kind, data: { replyId: reply.id, error: result.error } }])
}

/** The network's own moderators have it: no answer yet, and nothing to send again. */
async function recordHeld(tx: BrandTx, reply: q.Outgoing, begun: Date, why: string, now: Date): Promise<void> {
  const lookAt = new Date(now.getTime() + lookWaitMs[0])
  if (!(await q.endTry(tx, reply.id, { begun }, { state: 'pending', note: why, lookAt }))) return
  await appendEvents(tx, [{ ...about(reply, now), kind: 'reply.pending', data: { replyId: reply.id, why } }])
}
