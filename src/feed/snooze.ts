import { sql } from 'drizzle-orm'
import type { BrandTx } from '../db/client.ts'
import { appendEvents } from '../db/events.ts'
import { MINUTE } from '../domain/clock.ts'
import { DomainError } from '../domain/errors.ts'
import type { Helper } from './claim.ts'
import { whyOfferEnded } from './feed.ts'
import { lockMentionOf, standingOf } from './queries.ts'

/**
 * Puts an open offer out of its member's open view for so many minutes; 0 takes it up again (F7). Nothing else changes:
 * others have it still, and its time runs on, so that it may not be put off beyond its end.
 * @throws DomainError `conflict` when it ended meanwhile, or would by then; `not-found`
 */
export async function snoozeOffer(tx: BrandTx, offerId: string, by: Helper, minutes: number, at: Date): Promise<void> {
  await lockMentionOf(tx, offerId, by.memberId)
  const standing = await standingOf(tx, offerId, by.memberId)
  if (!standing) throw new DomainError('not-found', 'There is no such offer in your feed.')
  if (standing.state !== 'open') throw whyOfferEnded(standing)
  const until = minutes === 0 ? null : new Date(at.getTime() + minutes * MINUTE).toISOString()
  const put = await tx.execute(sql`
    update offer set snoozed_until = ${until}::timestamptz
    where id = ${offerId} and coalesce(${until}::timestamptz, '-infinity') < expires_at returning id`)
  if (put.length === 0)
    throw new DomainError('conflict', 'This offer ends before that; put it off for less, or pass it on.')
  const { mentionId } = standing
  const data = { memberId: by.memberId, until }
  await appendEvents(tx, [{ kind: 'mention.snoozed', mentionId, memberIds: [by.memberId], actor: by.userId, data, at }])
}
