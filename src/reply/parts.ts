import { type Connector, ConnectorError, type RemoteRef } from '../../connectors/connector.ts'
import { type BrandTx, inBrand } from '../db/client.ts'
import { appendEvents } from '../db/events.ts'
import { DomainError } from '../domain/errors.ts'
import * as p from './parts-queries.ts'
import { type Outgoing, outgoing } from './queries.ts'
import { about } from './record.ts'
import { afterLook, lookWaitMs, MOST_ATTEMPTS, paceOf, retryAfterMs } from './reply.ts'
import type { SendDeps } from './send.ts'
import { leftMs, lookUp, publish, type Result, requestOf, SILENT_MS } from './speak.ts'

type Job = { brandId: string; replyId: string }

/** One run goes on with the next post for no longer than this; the sweep finds what is left. */
const GO_ON_MS = 15_000

/**
 * Sends the other posts of an answer that goes out as several (F2), each once the one before it stands and as an answer
 * to it. Each leaves as a reply does (F6): committed first, published under a key of its own, looked for after a silence
 * and never repeated blindly.
 */
export async function sendRest(deps: SendDeps, job: Job, signal: AbortSignal): Promise<void> {
  const until = deps.clock.now().getTime() + GO_ON_MS
  while ((await sendNext(deps, job, signal)) && deps.clock.now().getTime() <= until && !signal.aborted);
}

/** @returns whether a post was sent, so that the next is due */
async function sendNext(deps: SendDeps, { brandId, replyId }: Job, signal: AbortSignal): Promise<boolean> {
  const now = deps.clock.now()
  const { silentMs = SILENT_MS } = deps
  const silentSince = new Date(now.getTime() - silentMs)
  const taken = await inBrand(deps.db, brandId, async (tx) => {
    const reply = await outgoing(tx, replyId)
    if (!reply) return null
    const pace = paceOf(deps.capabilityOf(reply.network), deps.random())
    const begun = await p.beginPart(tx, replyId, { now, silentSince }, pace, lookWaitMs)
    const part = begun && (await p.partOnItsWay(tx, replyId))
    return begun && part ? { begun, reply, part } : null
  })
  if (!taken) return false
  deps.fault('send.begun')
  const { begun, reply, part } = taken
  const connector = await deps.connectorFor(brandId, reply.sourceId)
  const withinMs = leftMs(now, silentMs, deps.clock.now())
  if (begun === 'first' && withinMs <= 0) return false
  const result = await {
    first: () => sendPart(deps, connector, reply, part, withinMs, signal),
    'after a silence': () => look(deps, connector, reply, part, signal),
    look: () => lookForHeld(deps, connector, reply, part, signal),
  }[begun]()
  deps.fault('send.answered')
  const sent = await inBrand(deps.db, brandId, async (tx) => {
    const sent = await record(
      tx,
      deps,
      { reply, part, begun: begun === 'look' ? 'looked for' : { begun: now } },
      result,
    )
    deps.fault('send.before-commit')
    return sent
  })
  deps.fault('send.recorded')
  return sent
}

const NOWHERE: Result = { state: 'failed', error: p.NOWHERE, retryAt: null }

const sendPart = async (
  deps: SendDeps,
  connector: Connector,
  reply: Outgoing,
  part: p.Part,
  withinMs: number,
  signal: AbortSignal,
): Promise<Result> => {
  const post = p.partPost(reply, part)
  return post ? publish(deps, connector, post, withinMs, signal) : NOWHERE
}

const look = async (
  deps: SendDeps,
  connector: Connector,
  reply: Outgoing,
  part: p.Part,
  signal: AbortSignal,
): Promise<Result> => {
  const post = p.partPost(reply, part)
  return post ? lookUp(deps, connector, post, signal) : NOWHERE
}

/** One that the network's moderators hold: a network in trouble cannot say. */
async function lookForHeld(
  deps: SendDeps,
  connector: Connector,
  reply: Outgoing,
  part: p.Part,
  signal: AbortSignal,
): Promise<Result> {
  const post = p.partPost(reply, part)
  if (!post) return NOWHERE
  const held = { state: 'pending', why: 'The network’s moderators hold it.' } as const
  try {
    const found = await deps.useAccount(reply.brandId, reply.accountId, (as) =>
      connector.findReply(requestOf(post, as, signal)),
    )
    if (typeof found === 'object') return { state: 'sent', ref: found, found: 'after a silence' }
    const since = (reply.sentAt ?? reply.requestedAt).getTime()
    const end = afterLook('pending', found, deps.clock.now().getTime() - since)
    return end ? { state: end.state, error: end.note, retryAt: null } : held
  } catch (error) {
    if (!(error instanceof ConnectorError)) throw error
    return held
  }
}

type Try = { reply: Outgoing; part: p.Part; begun: { begun: Date } | 'looked for' }

/** @returns whether the post stands, and is followed by the next */
async function record(tx: BrandTx, deps: SendDeps, { reply, part, begun }: Try, answer: Result): Promise<boolean> {
  const now = deps.clock.now()
  const of = { replyId: reply.id, nth: part.nth }
  const result = await checked(tx, of, answer)
  if (result.state === 'sent') return recordSent(tx, reply, part, result.ref, now)
  if (result.state === 'pending') {
    const sendAfter = new Date(now.getTime() + lookWaitMs[0])
    // Held still: its next look is set already.
    if (begun !== 'looked for') await p.endPart(tx, of, begun, { state: 'pending', sendAfter, note: result.why })
    return false
  }
  if (result.state === 'unclear') {
    await p.noteOfPart(tx, reply.id, part.nth, result.error)
    return false
  }
  const wait = Math.max(retryAfterMs(part.attempts, deps.random()), (result.retryAt?.getTime() ?? 0) - now.getTime())
  const again = result.state === 'put-off' && part.attempts < MOST_ATTEMPTS
  const end = again
    ? ({ state: 'waiting', sendAfter: new Date(now.getTime() + wait), note: result.error } as const)
    : ({ state: result.state === 'unknown' ? 'unknown' : 'failed', note: result.error } as const)
  if ((await p.endPart(tx, of, begun, end)) && !again) await tell(tx, reply, part, end.state, now)
  return false
}

async function recordSent(
  tx: BrandTx,
  reply: Outgoing,
  part: p.Part,
  ref: RemoteRef | null,
  now: Date,
): Promise<boolean> {
  const of = { replyId: reply.id, nth: part.nth }
  if (!(await p.endPart(tx, of, 'looked for', { state: 'sent', at: now, ref }))) return false
  if (ref) await p.letFollow(tx, reply.id, part.nth, now)
  else await p.letNoneFollow(tx, reply.id, part.nth, p.NOWHERE)
  await tell(tx, reply, part, 'sent', now)
  return ref !== null && part.nth < part.of
}

/** A post that is another's is not taken for this one. */
async function checked(tx: BrandTx, of: { replyId: string; nth: number }, result: Result): Promise<Result> {
  if (result.state !== 'sent' || result.ref === null || !(await p.isAnothers(tx, of, result.ref))) return result
  // Sent it was, the network said so; only where is not known.
  if (result.found === null) return { ...result, ref: null }
  return {
    state: result.found === 'as a duplicate' ? 'failed' : 'unknown',
    error: 'The same words stand there already, as another post.',
    retryAt: null,
  }
}

const tell = (tx: BrandTx, reply: Outgoing, { nth, of }: p.Part, state: string, at: Date) =>
  appendEvents(tx, [{ ...about(reply, at), kind: 'reply.continued', data: { replyId: reply.id, nth, of, state } }])

/**
 * Asks for the rest of an answer to be sent of which only some posts stand. Asked again while it leaves it is asked once.
 * `staff`: of anybody's. @throws DomainError `not-found`, `forbidden`, `gone`, `conflict`
 */
export async function requestRest(
  tx: BrandTx,
  { replyId, by, staff }: { replyId: string; by: string; staff: boolean },
  now: Date,
): Promise<boolean> {
  const reply = await outgoing(tx, replyId)
  if (!reply) throw new DomainError('not-found', 'There is no such reply.')
  if (!staff && reply.userId !== by) throw new DomainError('forbidden', 'This is another member’s answer.')
  if (reply.to.state === 'withdrawn') throw new DomainError('gone', 'The author deleted this post.')
  if (reply.state !== 'sent' || reply.thread === null)
    throw new DomainError('conflict', 'This answer has no posts that could still be sent.', { state: reply.state })
  return p.resumeParts(tx, replyId, now)
}
