import type { Capabilities } from '../../connectors/connector.ts'
import type { BrandTx } from '../db/client.ts'
import { appendEvents } from '../db/events.ts'
import type { Clock } from '../domain/clock.ts'
import { DomainError } from '../domain/errors.ts'
import { newId } from '../domain/id.ts'
import type { Voice } from '../domain/roles.ts'
import { recordEvidence } from '../people/evidence.ts'
import { PRIVILEGES, type Rank } from '../people/ranks.ts'
import { speakersAt, speakingAccounts } from '../people/speaking.ts'
import * as q from './queries.ts'
import { faultIn, spoken, voicesFor } from './reply.ts'

/** Who answers: a member from their feed, or (member null) staff for the brand. */
export type Author = { userId: string; name: string; member: { id: string; rank: Rank } | null }

export type Wanted = { mentionId: string; text: string; voice: Voice; key: string }

/**
 * Stores a reply before anything is sent (F6). The same key again answers the reply that stands under it, so a double
 * press, a second tab or a retry after a lost answer cannot become a second reply.
 * @returns the reply's id, and whether it may leave now
 */
export async function requestReply(
  tx: BrandTx,
  author: Author,
  wanted: Wanted,
  capabilityOf: (network: string) => Capabilities['reply'],
  clock: Clock,
): Promise<{ id: string; leaves: boolean }> {
  const now = clock.now()
  const mention = await q.lockAnswerable(tx, wanted.mentionId)
  if (!mention) throw new DomainError('not-found', 'There is no such mention.')
  const earlier = await q.replyByKey(tx, wanted.key)
  if (earlier) return repeated(earlier, author, wanted)
  await assertMayAnswer(tx, author, mention)

  const can = capabilityOf(mention.network)
  if (!can)
    throw new DomainError(
      'invalid',
      `${mention.network} lets nobody reply through an app; open the post there instead.`,
    )
  const accounts = speakersAt(await speakingAccounts(tx, author.member?.id ?? null, mention.network), mention, can)
  const speaker = author.member ? { memberId: author.member.id, rank: author.member.rank } : null
  const choice = voicesFor(speaker, accounts, mention.network, can).find(({ voice }) => voice === wanted.voice)
  if (!choice?.accountId || choice.refusal !== null)
    throw new DomainError('forbidden', choice?.refusal ?? 'Staff answer with the brand’s voice.')
  const text = spoken(wanted.text, wanted.voice, author.name)
  const fault = faultIn(text, can)
  if (fault) throw new DomainError('invalid', fault)

  const needsApproval = author.member !== null && !PRIVILEGES[author.member.rank].skipApproval
  const { row } = await q.storeReply(tx, {
    id: newId(now.getTime()),
    mentionId: mention.id,
    authorKind: author.member ? 'member' : 'staff',
    userId: author.userId,
    memberId: author.member?.id ?? null,
    voice: wanted.voice,
    accountId: choice.accountId,
    text,
    state: needsApproval ? 'awaiting-approval' : 'queued',
    key: wanted.key,
    requestedAt: now,
    sendAfter: now,
    network: mention.network,
    instance: mention.instance,
  })
  const data = { replyId: row.id, voice: row.voice, needsApproval }
  await appendEvents(tx, [
    { kind: 'reply.requested', mentionId: mention.id, memberIds: null, actor: author.userId, data, at: now },
  ])
  return { id: row.id, leaves: !needsApproval }
}

function repeated(earlier: q.ReplyRow, author: Author, wanted: Wanted): { id: string; leaves: boolean } {
  const same =
    earlier.userId === author.userId &&
    earlier.mentionId === wanted.mentionId &&
    earlier.voice === wanted.voice &&
    (earlier.editedFrom ?? earlier.text) === spoken(wanted.text, wanted.voice, author.name)
  if (!same) throw new DomainError('invalid', 'This idempotency key was used for another reply; make a new one.')
  return { id: earlier.id, leaves: earlier.state === 'queued' }
}

async function assertMayAnswer(tx: BrandTx, author: Author, mention: q.Answerable): Promise<void> {
  if (mention.state === 'withdrawn') throw new DomainError('gone', 'The author deleted this post.')
  if (await q.liveReplyOf(tx, mention.id))
    throw new DomainError('conflict', 'This mention has its answer already, or one on its way.')
  const [holder, holderName] = author.member
    ? [mention.holderId, mention.holderName]
    : [mention.assigneeId, mention.assigneeName]
  const mine = author.member
    ? mention.state === 'claimed' && holder === author.member.id
    : mention.state === 'escalated' && holder === author.userId
  if (mine) return
  const first = author.member ? 'Claim the mention first.' : 'Take the case first.'
  throw new DomainError('conflict', holderName ? `${holderName} is answering this one.` : first, { holder: holderName })
}

/** Lets a waiting reply go out, edited if need be; the author keeps sight of their own wording (F4). */
export async function approve(
  tx: BrandTx,
  replyId: string,
  approver: string,
  edited: string | null,
  capabilityOf: (network: string) => Capabilities['reply'],
  now: Date,
): Promise<void> {
  const waiting = await lockWaiting(tx, replyId, approver)
  const text = edited ?? waiting.text
  const can = capabilityOf(waiting.network)
  const fault = can ? faultIn(text, can) : null
  if (fault) throw new DomainError('invalid', fault)
  await q.decideReply(
    tx,
    replyId,
    { state: 'queued', text, editedFrom: text === waiting.text ? null : waiting.text, by: approver, note: null },
    now,
  )
  const data = { replyId, edited: text !== waiting.text }
  await appendEvents(tx, [
    { kind: 'reply.approved', mentionId: waiting.mentionId, memberIds: null, actor: approver, data, at: now },
  ])
}

/** Returns a waiting reply to its author, who holds the mention for another try. */
export async function sendBack(
  tx: BrandTx,
  replyId: string,
  approver: string,
  reason: string,
  leaseUntil: Date,
  now: Date,
): Promise<void> {
  const waiting = await lockWaiting(tx, replyId, approver)
  await q.decideReply(
    tx,
    replyId,
    { state: 'rejected', text: waiting.text, editedFrom: null, by: approver, note: reason },
    now,
  )
  await q.renewLease(tx, waiting.mentionId, leaseUntil)
  await appendEvents(tx, [
    {
      kind: 'reply.returned',
      mentionId: waiting.mentionId,
      memberIds: null,
      actor: approver,
      data: { replyId, reason },
      at: now,
    },
  ])
  const { memberId, mentionId } = waiting
  if (memberId) await recordEvidence(tx, [{ memberId, mentionId, cause: 'returned', at: now }])
}

async function lockWaiting(tx: BrandTx, replyId: string, approver: string): Promise<q.ReplyRow> {
  const row = await q.lockReply(tx, replyId)
  if (!row) throw new DomainError('not-found', 'There is no such reply.')
  if (row.userId === approver) throw new DomainError('forbidden', 'Nobody approves their own reply.')
  if (row.state !== 'awaiting-approval')
    throw new DomainError('conflict', 'A colleague has dealt with this reply already.', { state: row.state })
  return row
}
