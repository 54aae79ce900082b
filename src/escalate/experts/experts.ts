import type { BrandTx } from '../../db/client.ts'
import { appendEvents } from '../../db/events.ts'
import { MINUTE } from '../../domain/clock.ts'
import { DomainError } from '../../domain/errors.ts'
import { brandOf } from '../queries.ts'
import type { ExpertThread } from './contract.ts'
import * as q from './queries.ts'

type Asker = { userId: string; memberId: string }
type Said = { text: string; key: string }

/**
 * A member asks the experts about a mention they hold, or asks on (E4). With the first question their lease begins anew,
 * as an answer takes somebody else's time.
 * @throws DomainError `not-found` for a mention they were never offered; `conflict` when they do not hold it
 */
export async function askExperts(
  tx: BrandTx,
  mentionId: string,
  said: Said,
  by: Asker,
  at: Date,
): Promise<ExpertThread> {
  const standing = await q.standingOf(tx, mentionId, by.memberId)
  if (!standing?.offered) throw new DomainError('not-found', 'You were not offered such a mention.')
  if (!standing.holds)
    throw new DomainError(
      'conflict',
      'Only whoever holds a post can ask about it; claim it first, if it is still there.',
    )
  const thread = await q.openThread(tx, { mentionId, memberId: by.memberId, at })
  const heard = await q.say(tx, { threadId: thread.id, authorId: by.userId, fromStaff: false, ...said, at })
  if (heard) {
    if (thread.fresh) await q.renewLease(tx, { mentionId, memberId: by.memberId }, await leaseFrom(tx, at))
    await tell(tx, 'expert.asked', { mentionId, threadId: thread.id, memberId: by.memberId }, by.userId, at)
  }
  return (await q.threadOf(tx, mentionId, by.memberId))! // just opened
}

/**
 * Staff answer a member's question. Whoever still holds the post has a whole lease again, to use what they were told.
 * @throws DomainError `not-found`
 */
export async function answerQuestion(
  tx: BrandTx,
  threadId: string,
  said: Said,
  by: { userId: string },
  at: Date,
): Promise<q.QuestionRow> {
  const thread = await q.lockThread(tx, threadId)
  if (!thread) throw new DomainError('not-found', 'There is no such question; it may belong to another brand.')
  if (await q.say(tx, { threadId, authorId: by.userId, fromStaff: true, ...said, at })) {
    await q.renewLease(tx, thread, await leaseFrom(tx, at))
    await tell(tx, 'expert.answered', { ...thread, threadId }, by.userId, at)
  }
  return (await q.oneQuestion(tx, threadId))! // locked above
}

async function leaseFrom(tx: BrandTx, at: Date): Promise<Date> {
  const { settings } = await brandOf(tx)
  return new Date(at.getTime() + settings.leaseMinutes * MINUTE)
}

const tell = (
  tx: BrandTx,
  kind: 'expert.asked' | 'expert.answered',
  { mentionId, threadId, memberId }: { mentionId: string; threadId: string; memberId: string },
  actor: string,
  at: Date,
): Promise<void> =>
  appendEvents(tx, [{ kind, mentionId, memberIds: [memberId], actor, data: { threadId, memberId }, at }])
