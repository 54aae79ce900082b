import type { Capabilities, Connector } from '../../connectors/connector.ts'
import { type BrandTx, type Db, inBrand } from '../db/client.ts'
import { appendEvents } from '../db/events.ts'
import type { Clock } from '../domain/clock.ts'
import type { FaultPoint } from '../domain/fault.ts'
import { lookAgain } from './look.ts'
import { sendRest } from './parts.ts'
import { giveBack, goingWith, noteKept } from './pictures/queries.ts'
import * as q from './queries.ts'
import { about, holdForAnotherTry, type OnSent, recordSent } from './record.ts'
import { lookWaitMs, MOST_ATTEMPTS, paceOf, removalWaitMs, retryAfterMs } from './reply.ts'
import { leftMs, lookUp, postOf, publish, type Result, SILENT_MS, type UseAccount } from './speak.ts'
import { type OnTakenBack, takeBack } from './take-back.ts'
import { beginRemoval } from './take-back-queries.ts'
import { whosePost } from './whose-post-queries.ts'

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

/**
 * Lets one stored reply leave, once (F6, I3), looks for one that is looked for, or deletes one that is taken back. The intention is committed before
 * anything is sent; whoever finds it afterwards asks the network first and never sends blindly again.
 */
export function runSend(deps: SendDeps) {
  return async (job: Job, signal: AbortSignal): Promise<void> => {
    if (await sendOwn(deps, job, signal)) await sendRest(deps, job, signal)
  }
}

type Job = { brandId: string; replyId: string }

/** What is due of the reply itself. @returns whether it goes out as several posts, of which others may be due */
async function sendOwn(deps: SendDeps, { brandId, replyId }: Job, signal: AbortSignal): Promise<boolean> {
  const now = deps.clock.now()
  const { silentMs = SILENT_MS } = deps
  const silentSince = new Date(now.getTime() - silentMs)
  const { begun, inParts } = await inBrand(deps.db, brandId, async (tx) => {
    const known = await q.networkOf(tx, replyId)
    if (known === null) return { begun: null, inParts: false }
    const pace = paceOf(deps.capabilityOf(known.network), deps.random())
    const begin = async (): Promise<'first' | 'after a silence' | 'look' | 'removal' | null> => {
      if (await q.beginSending(tx, replyId, now, pace)) return 'first'
      if (await q.takeOverSending(tx, replyId, silentSince, now)) return 'after a silence'
      if (await q.beginLook(tx, replyId, now, lookWaitMs)) return 'look'
      return (await beginRemoval(tx, replyId, now, removalWaitMs)) ? 'removal' : null
    }
    return { begun: await begin(), inParts: known.inParts }
  })
  if (!begun) return inParts // sent already, taken back, or in another worker's hands
  deps.fault('send.begun')

  const reply = await inBrand(deps.db, brandId, (tx) => q.outgoing(tx, replyId))
  if (!reply) return false
  const connector = await deps.connectorFor(brandId, reply.sourceId)
  if (begun === 'removal') await takeBack(deps, connector, reply, now, signal)
  else if (begun === 'look') await lookAgain(deps, connector, reply, signal)
  else await sendOrLookUp(deps, connector, reply, { begun, now, silentMs }, signal)
  return inParts
}

async function sendOrLookUp(
  deps: SendDeps,
  connector: Connector,
  reply: q.Outgoing,
  { begun, now, silentMs }: { begun: 'first' | 'after a silence'; now: Date; silentMs: number },
  signal: AbortSignal,
): Promise<void> {
  // This process may have stood still meanwhile. Too late to send: whoever takes over asks the network first.
  const withinMs = leftMs(now, silentMs, deps.clock.now())
  if (begun === 'first' && withinMs <= 0) return
  const result =
    begun === 'first'
      ? await send(deps, connector, reply, withinMs, signal)
      : await lookUp(deps, connector, postOf(reply), signal)
  deps.fault('send.answered')
  await inBrand(deps.db, reply.brandId, async (tx) => {
    await record(tx, deps, reply, now, result)
    deps.fault('send.before-commit')
  })
  deps.fault('send.recorded')
}

async function send(
  deps: SendDeps,
  connector: Connector,
  reply: q.Outgoing,
  withinMs: number,
  signal: AbortSignal,
): Promise<Result> {
  const { state } = reply.to
  if (state !== 'claimed' && state !== 'escalated')
    return { state: 'failed', error: 'The mention is no longer open for an answer.', retryAt: null }
  const pictures = await inBrand(deps.db, reply.brandId, (tx) => goingWith(tx, reply.id))
  return publish(deps, connector, { ...postOf(reply), pictures }, withinMs, signal)
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
