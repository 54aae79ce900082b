import type { RemoteRef } from '../../connectors/connector.ts'
import type { BrandTx } from '../db/client.ts'
import { appendEvents } from '../db/events.ts'
import { moveMentions } from '../db/move.ts'
import { MINUTE } from '../domain/clock.ts'
import { endOffers } from '../people/offers.ts'
import { letRestFollow } from './parts-queries.ts'
import { endWith, giveBack } from './pictures/queries.ts'
import * as q from './queries.ts'
import { nextCheckMs } from './reply.ts'

/** A member whose reply came back has so long for another try. */
const SECOND_TRY_MS = 20 * MINUTE

/** What else a sent reply brings about, in the same transaction: cases answered, points. */
export type OnSent = (tx: BrandTx, sent: { reply: q.Outgoing; at: Date }) => Promise<void>

/** A reply stands on the network (`ref` null: a person says so): every row that follows from it, in one transaction. */
export async function recordSent(
  tx: BrandTx,
  onSent: OnSent,
  reply: q.Outgoing,
  ref: RemoteRef | null,
  now: Date,
): Promise<void> {
  const checkAt = new Date(now.getTime() + nextCheckMs(0))
  if (
    !(await q.endTry(tx, reply.id, 'whoever says so', {
      state: 'sent',
      at: now,
      ref,
      checkAt: ref ? checkAt : null,
      undisclosed: reply.undisclosed,
    }))
  )
    return
  await endWith(tx, reply.id, now)
  if (reply.thread !== null) await letRestFollow(tx, reply.id, ref, now)
  await endOffers(tx, [reply.mentionId], 'answered', now)
  await moveMentions(tx, [reply.mentionId], 'replied', now)
  const minutes = Math.round((now.getTime() - reply.to.receivedAt.getTime()) / 6_000) / 10
  const by = reply.authorKind === 'staff' ? 'staff' : 'community'
  await appendEvents(tx, [
    {
      ...about(reply, now),
      kind: 'reply.sent',
      data: { replyId: reply.id, by, minutes, network: reply.network, ...(reply.undisclosed && { undisclosed: true }) },
    },
  ])
  await onSent(tx, { reply, at: now })
}

/** A person found that it never arrived: it comes back to its author. */
export async function settleAbsent(tx: BrandTx, reply: q.Outgoing, now: Date): Promise<void> {
  await comeBack(tx, reply, 'settled', { state: 'failed', note: 'It never reached the network. Send it again.' }, now)
}

/** Ends a reply that does not stand: back to its author with the reason, or (`unknown`) to staff. */
export async function comeBack(
  tx: BrandTx,
  reply: q.Outgoing,
  how: 'settled' | 'looked for',
  to: { state: 'failed' | 'unknown'; note: string },
  now: Date,
): Promise<void> {
  if (!(await q.endTry(tx, reply.id, how, to))) return
  if (to.state === 'failed') await giveBack(tx, reply.id, now)
  await holdForAnotherTry(tx, reply, now)
  const kind = to.state === 'unknown' ? 'reply.unknown' : 'reply.failed'
  await appendEvents(tx, [{ ...about(reply, now), kind, data: { replyId: reply.id, error: to.note } }])
}

/** Whoever holds the mention has time to try again. */
export const holdForAnotherTry = (tx: BrandTx, reply: q.Outgoing, now: Date) =>
  q.renewLease(tx, reply.mentionId, new Date(now.getTime() + SECOND_TRY_MS))

export const about = (reply: q.Outgoing, at: Date) => ({
  mentionId: reply.mentionId,
  memberIds: null,
  actor: reply.userId,
  at,
})
