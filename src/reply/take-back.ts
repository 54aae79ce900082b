import { type Capabilities, type Connector, ConnectorError, type RemoteRef } from '../../connectors/connector.ts'
import { type BrandTx, inBrand } from '../db/client.ts'
import { appendEvents, type NewEvent } from '../db/events.ts'
import { DomainError } from '../domain/errors.ts'
import { endPartStanding, type Part, partPost, partsToRemove, stopParts } from './parts-queries.ts'
import { dropWith } from './pictures/queries.ts'
import type { Outgoing } from './queries.ts'
import { MOST_REMOVALS, takeBackOf } from './reply.ts'
import type { SendDeps } from './send.ts'
import { requestOf } from './speak.ts'
import * as q from './take-back-queries.ts'

/** What else a reply's end brings about, in the same transaction: its mention waits again, its points are gone. */
export type OnTakenBack = (
  tx: BrandTx,
  taken: { reply: Outgoing; by: string; reason: string; at: Date },
) => Promise<void>

/**
 * Asks for a published reply to be deleted at its network. Asked for again, while that lasts or afterwards, it is
 * asked for once. `staff`: they take back anybody's.
 * @returns whether there is something to do
 * @throws DomainError `not-found`, `forbidden`, `conflict`
 */
export async function requestTakeBack(
  tx: BrandTx,
  wanted: { replyId: string; by: string; staff: boolean; reason: string },
  capabilitiesOf: (network: string) => Capabilities | null,
  now: Date,
): Promise<boolean> {
  const { replyId, by, reason } = wanted
  const reply = await q.lockStanding(tx, replyId)
  if (!reply) throw new DomainError('not-found', 'There is no such reply.')
  if (!wanted.staff && reply.userId !== by)
    throw new DomainError('forbidden', 'You take back your own answers; staff take back those of others.')
  if (reply.state === 'taking-back' || reply.state === 'taken-back') return false
  const can = takeBackOf(reply, capabilitiesOf(reply.network)?.reply ?? null)
  if (!can) throw new DomainError('conflict', 'This answer does not stand on its network.', { state: reply.state })
  if (can.refusal !== null) throw new DomainError('conflict', can.refusal)
  if (reply.partLeaving)
    throw new DomainError('conflict', 'One of its posts is just leaving. Try again in a moment.', {
      state: reply.state,
    })
  await q.beginTakingBack(tx, replyId, { by, reason }, now)
  await stopParts(tx, replyId)
  await appendEvents(tx, [event('reply.taking-back', reply, { replyId, reason }, by, now)])
  return true
}

type TakeBackDeps = Pick<SendDeps, 'db' | 'clock' | 'useAccount' | 'fault' | 'onTakenBack'>
type Result = 'gone' | ConnectorError

/**
 * One try at deleting a reply at its network. A try may be repeated, unlike a send: what is gone already is no fault.
 * Where the network refuses, or stays unclear for too long, it is asked whether the reply still stands.
 */
export async function takeBack(
  deps: TakeBackDeps,
  connector: Connector,
  reply: Outgoing,
  begun: Date,
  signal: AbortSignal,
): Promise<void> {
  const result =
    (await removeRest(deps, connector, reply, signal)) ?? (await remove(deps, connector, reply, refOf(reply), signal))
  deps.fault('removal.answered')
  await inBrand(deps.db, reply.brandId, (tx) => record(tx, deps, reply, begun, result))
  deps.fault('removal.recorded')
}

/** The posts of an answer that follow its first, the last first, each written down before the next. @returns what keeps one there */
async function removeRest(
  deps: TakeBackDeps,
  connector: Connector,
  reply: Outgoing,
  signal: AbortSignal,
): Promise<ConnectorError | null> {
  if (reply.thread === null) return null
  const parts = await inBrand(deps.db, reply.brandId, (tx) => partsToRemove(tx, reply.id))
  for (const part of parts) {
    const ref = part.ref ?? (await whereabouts(deps, connector, reply, part, signal))
    // Nobody can say where it is: its answer's note tells that it may be there.
    if (ref === 'unknown' || ref === null) continue
    const result = ref === 'absent' ? 'gone' : await remove(deps, connector, reply, ref, signal)
    deps.fault('removal.answered')
    if (result !== 'gone') return result
    await inBrand(deps.db, reply.brandId, (tx) =>
      endPartStanding(tx, reply.id, part.nth, ref === 'absent' ? 'failed' : 'removed'),
    )
    deps.fault('removal.recorded')
  }
  return null
}

/** Of a post that nobody knows of whether it arrived. */
async function whereabouts(deps: TakeBackDeps, connector: Connector, reply: Outgoing, part: Part, signal: AbortSignal) {
  const post = partPost(reply, part)
  if (!post || part.state !== 'unknown') return null
  try {
    return await deps.useAccount(reply.brandId, reply.accountId, (as) =>
      connector.findReply(requestOf(post, as, signal)),
    )
  } catch (error) {
    if (!(error instanceof ConnectorError)) throw error
    return 'unknown'
  }
}

async function remove(
  deps: TakeBackDeps,
  connector: Connector,
  reply: Outgoing,
  ref: RemoteRef,
  signal: AbortSignal,
): Promise<Result> {
  try {
    await deps.useAccount(reply.brandId, reply.accountId, async (as) => connector.remove?.({ ref, as, signal }))
    return 'gone'
  } catch (error) {
    if (!(error instanceof ConnectorError)) throw error
    if (mayTryAgain(error, reply.attempts)) return error
    return (await stillStands(connector, ref, signal)) ? error : 'gone'
  }
}

const mayTryAgain = (error: ConnectorError, attempts: number): boolean =>
  (error.retryable || error.kind === 'timeout') && attempts < MOST_REMOVALS

/** A network that cannot say leaves it standing: that is what its readers have to reckon with. */
async function stillStands(connector: Connector, ref: RemoteRef, signal: AbortSignal): Promise<boolean> {
  try {
    const [standing] = await connector.standing([ref], signal)
    return standing?.gone !== true
  } catch (error) {
    if (!(error instanceof ConnectorError)) throw error
    return true
  }
}

async function record(tx: BrandTx, deps: TakeBackDeps, reply: Outgoing, begun: Date, result: Result): Promise<void> {
  const now = deps.clock.now()
  const [by, reason] = [reply.takenBackBy!, reply.takenBackFor!] // written by whoever asked, before this was begun
  const about = (kind: NewEvent['kind'], data: object) => event(kind, reply, { replyId: reply.id, ...data }, by, now)
  if (result === 'gone') {
    const who = by === reply.userId ? 'You' : 'Staff'
    const left = reply.thread === null ? [] : await partsToRemove(tx, reply.id)
    const note = `${who} took it back: ${reason}${left.length > 0 ? ` (${MAY_STAND})` : ''}`
    if (!(await q.endTakenBack(tx, reply.id, note))) return
    await dropWith(tx, reply.id)
    await deps.onTakenBack(tx, { reply, by, reason, at: now })
    return appendEvents(tx, [about('reply.taken-back', { reason, network: reply.network })])
  }
  if (mayTryAgain(result, reply.attempts))
    return q.putOffRemoval(tx, reply.id, begun, { note: `Not deleted yet: ${result.message}`, until: result.retryAt })
  const note = `It could not be taken back: ${result.message}`
  if (!(await q.endStanding(tx, reply.id, begun, note))) return
  await appendEvents(tx, [about('reply.not-taken-back', { error: result.message })])
}

const MAY_STAND = 'one of its posts may still stand there; look, and delete it there'

const refOf = (reply: Outgoing): RemoteRef => ({
  network: reply.network as RemoteRef['network'], // written from a RemoteRef
  instance: reply.instance,
  id: reply.remoteId!, // nothing else may be taken back
  ...(reply.url !== null && { url: reply.url }),
})

const event = (
  kind: NewEvent['kind'],
  { mentionId, memberId }: { mentionId: string; memberId: string | null },
  data: Record<string, unknown>,
  actor: string,
  at: Date,
): NewEvent => ({ kind, mentionId, memberIds: memberId === null ? null : [memberId], actor, data, at })
