import type { Capabilities } from '../../connectors/connector.ts'
import type { BrandTx } from '../db/client.ts'
import { appendEvents } from '../db/events.ts'
import { DomainError } from '../domain/errors.ts'
import { recordEvidence } from '../people/evidence.ts'
import { findingsIn } from './checks.ts'
import { checkedAgainst } from './checks-queries.ts'
import { storeParts } from './parts-queries.ts'
import { altsWith, giveBack } from './pictures/queries.ts'
import { postsOf } from './posts.ts'
import * as q from './queries.ts'
import { disclosureFor, endingIn } from './reply.ts'

/** Lets a waiting reply go out, edited if need be; the author keeps sight of their own wording (F4). */
export async function approve(
  tx: BrandTx,
  replyId: string,
  approver: string,
  edited: string | null,
  capabilitiesOf: (network: string) => Capabilities | null,
  now: Date,
): Promise<void> {
  const waiting = await lockWaiting(tx, replyId, approver)
  const text = edited ?? waiting.text
  const posts = await postsOfEdit(tx, waiting, text, capabilitiesOf(waiting.network))
  if ('fault' in posts) throw new DomainError('invalid', posts.fault)
  await q.decideReply(
    tx,
    replyId,
    {
      ...{ state: 'queued', text, editedFrom: text === waiting.text ? null : waiting.text, by: approver, note: null },
      thread: posts.length > 1 ? waiting.thread : null,
    },
    now,
  )
  await storeParts(tx, waiting, posts)
  const data = { replyId, edited: text !== waiting.text }
  await appendEvents(tx, [
    { kind: 'reply.approved', mentionId: waiting.mentionId, memberIds: null, actor: approver, data, at: now },
  ])
}

/** The posts of an edit; or what a reader may not take out, as its author could not have left it out. */
async function postsOfEdit(
  tx: BrandTx,
  waiting: q.ReplyRow,
  text: string,
  caps: Capabilities | null,
): Promise<string[] | { fault: string }> {
  const mention = await q.lockAnswerable(tx, waiting.mentionId)
  if (!mention || !caps?.reply) return [text]
  const disclosure = disclosureFor(mention.disclosures, mention)
  const says = waiting.voice === 'own' && waiting.memberId !== null ? disclosure : null
  if (says !== null && !text.includes(says))
    return { fault: `Keep “${says}” in it: its author is rewarded, and readers are told so.` }
  const ends = endingIn(text, waiting.voice, says)
  const answer = { words: text.slice(0, text.length - ends.length).trim(), ends, thread: waiting.thread }
  const posts = postsOf(answer, caps.reply, mention.authorHandle)
  if ('fault' in posts) return posts
  if (says !== null && !posts[0]?.includes(says))
    return { fault: `Keep “${says}” at the end or in the first post: readers of that one are told so.` }
  const against = await checkedAgainst(tx, waiting.mentionId, waiting.userId)
  // Its reader has seen all else.
  const findings = against ? findingsIn(text, against, true, (whole) => whole, await altsWith(tx, waiting.id)) : []
  const refusal = findings.find(({ weight }) => weight === 'refusal')
  return refusal ? { fault: refusal.says } : posts
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
    {
      ...{ state: 'rejected', text: waiting.text, editedFrom: null, by: approver, note: reason },
      thread: waiting.thread,
    },
    now,
  )
  await giveBack(tx, replyId, now)
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
