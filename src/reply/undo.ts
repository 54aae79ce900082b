import type { BrandTx } from '../db/client.ts'
import { appendEvents } from '../db/events.ts'
import { DomainError } from '../domain/errors.ts'
import { giveBack } from './pictures/queries.ts'
import { renewLease } from './queries.ts'
import { wordsOf } from './reply.ts'
import { keepFromLeaving, undoable } from './undo-queries.ts'

/**
 * Undoes one's own reply before it leaves: its mention is theirs again until `leaseUntil`, and its words are a draft.
 * Asked again it answers the same.
 * @returns the author's words, without what stood behind them in the post
 * @throws DomainError `conflict` when it has left or waits for a reader, `forbidden`, `not-found`
 */
export async function undo(
  tx: BrandTx,
  { replyId, by, leaseUntil }: { replyId: string; by: string; leaseUntil: Date },
  now: Date,
): Promise<string> {
  const undone = await keepFromLeaving(tx, replyId, by, now)
  const reply = await undoable(tx, replyId)
  if (!reply) throw new DomainError('not-found', 'There is no such reply.')
  if (reply.userId !== by) throw new DomainError('forbidden', 'Only its author can undo a reply.')
  const { state, mentionId } = reply
  if (undone) {
    await renewLease(tx, mentionId, leaseUntil)
    await giveBack(tx, replyId, now)
    const event = { kind: 'reply.undone', mentionId, memberIds: null, actor: by, data: { replyId }, at: now } as const
    await appendEvents(tx, [event])
  } else if (state === 'awaiting-approval')
    throw new DomainError('conflict', 'It waits for a reader; ask them to return it.', { state })
  else if (state !== 'undone') throw new DomainError('conflict', 'It has left already.', { state })
  return wordsOf(reply, reply.disclosures ?? [])
}
