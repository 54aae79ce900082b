import {
  type Access,
  type Connector,
  ConnectorError,
  type RemoteRef,
  type ReplyInput,
  type ReplyResult,
} from '../../connectors/connector.ts'
import { type BrandTx, type Db, inBrand } from '../db/client.ts'
import { appendEvents } from '../db/events.ts'
import { moveMentions } from '../db/move.ts'
import { type Clock, MINUTE, SECOND } from '../domain/clock.ts'
import type { FaultPoint } from '../domain/fault.ts'
import { endOffers } from '../people/offers.ts'
import * as q from './queries.ts'
import { MOST_ATTEMPTS, nextCheckMs, retryAfterMs } from './reply.ts'

/** A send that has said nothing for so long has lost its sender; network calls end well before (10 s). */
export const SILENT_MS = 45 * SECOND
/** A send is over, one way or the other, by this share of the silence after which another takes over. */
const SEND_SHARE = 0.45
/** A member whose reply came back has so long for another try. */
const SECOND_TRY_MS = 20 * MINUTE

export type SendDeps = {
  db: Db
  clock: Clock
  random: () => number
  connectorFor: (brandId: string, sourceId: string) => Promise<Connector>
  /** Does something with an account's access, renewed when the network does not accept it (`src/accounts/grants.ts`). */
  useAccount: <T>(
    brandId: string,
    accountId: string,
    work: (as: Access) => Promise<T>,
    refusalIn?: (answer: T) => ConnectorError | null,
  ) => Promise<T>
  /** What else a sent reply brings about, in the same transaction: cases answered, points. */
  onSent: (tx: BrandTx, sent: { reply: q.Outgoing; at: Date }) => Promise<void>
  fault: FaultPoint
  silentMs?: number
}

type Result =
  | { state: 'sent'; ref: RemoteRef }
  | { state: 'put-off' | 'failed' | 'unclear' | 'unknown'; error: string; retryAt: Date | null }

/**
 * Lets one stored reply leave, once (F6, I3). The intention is committed before anything is sent; whoever finds it
 * afterwards asks the network first and never sends blindly again.
 */
export function runSend(deps: SendDeps) {
  return async ({ brandId, replyId }: { brandId: string; replyId: string }, signal: AbortSignal): Promise<void> => {
    const now = deps.clock.now()
    const { silentMs = SILENT_MS } = deps
    const silentSince = new Date(now.getTime() - silentMs)
    const begun = await inBrand(deps.db, brandId, async (tx) => {
      if (await q.beginSending(tx, replyId, now)) return 'first'
      return (await q.takeOverSending(tx, replyId, silentSince, now)) ? 'after a silence' : null
    })
    if (!begun) return // sent already, taken back, or in another worker's hands
    deps.fault('send.begun')

    const reply = await inBrand(deps.db, brandId, (tx) => q.outgoing(tx, replyId))
    if (!reply) return
    const connector = await deps.connectorFor(brandId, reply.sourceId)
    // This process may have stood still meanwhile. Too late to send: whoever takes over asks the network first.
    const leftMs = now.getTime() + silentMs * SEND_SHARE - deps.clock.now().getTime()
    if (begun === 'first' && leftMs <= 0) return
    const result =
      begun === 'first'
        ? await send(deps, connector, reply, leftMs, signal)
        : await lookUp(deps, connector, reply, signal)
    deps.fault('send.answered')
    await inBrand(deps.db, brandId, (tx) => record(tx, deps, reply, now, result))
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
  if (outcome.outcome === 'published') return { state: 'sent', ref: outcome.ref }
  if (outcome.outcome === 'pending') return { state: 'unclear', error: outcome.why, retryAt: null }
  const { error } = outcome
  if (outcome.outcome === 'unknown') return { state: 'unclear', error: error.message, retryAt: null }
  return { state: error.retryable ? 'put-off' : 'failed', error: error.message, retryAt: error.retryAt }
}

/** An account that cannot be used, or not now, is a refusal like the network's own: nothing was sent. */
async function speak(
  deps: SendDeps,
  connector: Connector,
  reply: q.Outgoing,
  leftMs: number,
  signal: AbortSignal,
): Promise<ReplyResult> {
  const inTime = AbortSignal.any([signal, AbortSignal.timeout(Math.ceil(leftMs))])
  try {
    return await deps.useAccount(
      reply.brandId,
      reply.accountId,
      (as) => connector.reply(requestOf(reply, as, inTime)),
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
    return { state: 'sent', ref: found }
  } catch (error) {
    if (!(error instanceof ConnectorError)) throw error
    if (error.retryable) throw error // still `sending`: the sweep looks again
    return { state: 'unknown', error: error.message, retryAt: null }
  }
}

const requestOf = (reply: q.Outgoing, as: Access, signal: AbortSignal): ReplyInput => ({
  to: {
    network: reply.network as RemoteRef['network'], // written from a RemoteRef
    instance: reply.instance,
    id: reply.to.nativeId,
  },
  text: reply.text,
  as,
  key: reply.id,
  signal,
})

async function record(tx: BrandTx, deps: SendDeps, reply: q.Outgoing, begun: Date, result: Result): Promise<void> {
  const now = deps.clock.now()
  if (result.state === 'sent') return recordSent(tx, deps, reply, result.ref, now)
  // It stays `sending`: once it has been silent for a while the network is asked whether it arrived.
  if (result.state === 'unclear') return q.noteTrouble(tx, reply.id, result.error)
  const wait = Math.max(retryAfterMs(reply.attempts, deps.random()), (result.retryAt?.getTime() ?? 0) - now.getTime())
  const again = result.state === 'put-off' && reply.attempts < MOST_ATTEMPTS
  const counted = await q.endTry(
    tx,
    reply.id,
    begun,
    again
      ? { state: 'queued', sendAfter: new Date(now.getTime() + wait), note: result.error }
      : { state: result.state === 'unknown' ? 'unknown' : 'failed', note: result.error },
  )
  if (!counted) return
  await q.renewLease(tx, reply.mentionId, new Date(now.getTime() + SECOND_TRY_MS))
  if (again) return
  const kind = result.state === 'unknown' ? 'reply.unknown' : 'reply.failed'
  await appendEvents(tx, [{ ...about(reply, now), kind, data: { replyId: reply.id, error: result.error } }])
}

/** A reply stands on the network (`ref` null: a person says so): every row that follows from it, in one transaction. */
export async function recordSent(
  tx: BrandTx,
  deps: Pick<SendDeps, 'onSent'>,
  reply: q.Outgoing,
  ref: RemoteRef | null,
  now: Date,
): Promise<void> {
  const checkAt = new Date(now.getTime() + nextCheckMs(0))
  if (
    !(await q.endTry(tx, reply.id, null, {
      state: 'sent',
      at: now,
      remoteId: ref?.id ?? null,
      url: ref?.url ?? null,
      checkAt: ref ? checkAt : null,
    }))
  )
    return
  await endOffers(tx, [reply.mentionId], 'answered', now)
  await moveMentions(tx, [reply.mentionId], 'replied', now)
  const minutes = Math.round((now.getTime() - reply.to.receivedAt.getTime()) / 6_000) / 10
  const by = reply.authorKind === 'staff' ? 'staff' : 'community'
  await appendEvents(tx, [
    { ...about(reply, now), kind: 'reply.sent', data: { replyId: reply.id, by, minutes, network: reply.network } },
  ])
  await deps.onSent(tx, { reply, at: now })
}

/** A person found that it never arrived: it comes back to its author. */
export async function settleAbsent(tx: BrandTx, reply: q.Outgoing, now: Date): Promise<void> {
  const note = 'It never reached the network. Send it again.'
  if (!(await q.endTry(tx, reply.id, null, { state: 'failed', note }))) return
  await q.renewLease(tx, reply.mentionId, new Date(now.getTime() + SECOND_TRY_MS))
  await appendEvents(tx, [{ ...about(reply, now), kind: 'reply.failed', data: { replyId: reply.id, error: note } }])
}

const about = (reply: q.Outgoing, at: Date) => ({
  mentionId: reply.mentionId,
  memberIds: null,
  actor: reply.userId,
  at,
})
