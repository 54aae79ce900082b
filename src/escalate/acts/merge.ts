import type { BrandTx } from '../../db/client.ts'
import { openSeparated } from '../../db/duplicates.ts'
import { appendEvents } from '../../db/events.ts'
import { moveMentions } from '../../db/move.ts'
import { caseWarnAt } from '../../domain/case-clock.ts'
import { DomainError } from '../../domain/errors.ts'
import { beginEnding, record, STAFF_ONLY, type Worker } from '../act.ts'
import { brandOf } from '../queries.ts'
import { mustBeFree, mustWait, sleepNoLonger } from './acts.ts'
import * as m from './merge-queries.ts'
import { type LockedCase, lockCases } from './queries.ts'

/**
 * Merges a duplicate into another case. The duplicate closes, and its post with it, unanswered, as reports count it; the
 * other case answers to the earlier of the two clocks.
 * @throws DomainError `not-found`; `conflict` when one has ended, somebody else has the duplicate, an answer to it is on
 *   its way, or others were merged into it
 */
export async function mergeCase(tx: BrandTx, caseId: string, into: string, by: Worker, at: Date): Promise<void> {
  if (caseId === into) throw new DomainError('invalid', 'A case cannot be merged into itself; choose another.')
  const both = await lockCases(tx, [caseId, into])
  const [one, other] = [both.get(caseId), both.get(into)]
  if (!one || !other) throw new DomainError('not-found', 'There is no such case; it may belong to another brand.')
  if (one.mergedInto === into) return
  mustWait(one)
  mustWait(other)
  mustBeFree(one, by)
  if (await m.hasMerged(tx, caseId))
    throw new DomainError('conflict', 'Others were merged into this case already; merge the other one into it instead.')
  const mention = await beginEnding(tx, caseId)
  // No name of an author: what was forgotten or erased must stand in no reason, event or audit either.
  const reason = 'Merged into another case.'
  await m.closeMerged(tx, caseId, into, reason, at)
  await m.shareClock(tx, into, null)
  await sleepNoLonger(tx, into, at)
  const moved = await moveMentions(tx, [mention.id], 'closed', at, ['escalated'])
  const data = { caseId, into }
  await record(tx, { kind: 'case.merged', mentionId: mention.id, memberIds: STAFF_ONLY, data }, by, at)
  if (moved.length === 0) return
  const closed = { kind: 'mention.closed', mentionId: mention.id, memberIds: STAFF_ONLY, data: { reason } } as const
  await appendEvents(tx, [{ ...closed, actor: by.userId, at }])
}

/**
 * Undoes a merge: the duplicate waits again, with the clock it had, and the other case has its own back.
 * @throws DomainError `not-found`; `conflict` when it is not merged, or its post is gone
 */
export async function separateCase(tx: BrandTx, caseId: string, by: Worker, at: Date): Promise<void> {
  const mergedInto = await m.whereMerged(tx, caseId)
  if (mergedInto === undefined)
    throw new DomainError('not-found', 'There is no such case; it may belong to another brand.')
  if (mergedInto === null) throw new DomainError('conflict', 'This case is not merged into another.')
  const both = await lockCases(tx, [caseId, mergedInto])
  const [one, other] = [both.get(caseId), both.get(mergedInto)]
  if (one?.mergedInto !== mergedInto) throw new DomainError('conflict', 'Somebody has just separated it; look again.')
  const [opened] = await openSeparated(tx, [{ ...one, from: mergedInto }], by.userId, at)
  if (!opened) throw new DomainError('conflict', 'Its post waits for no answer any more, so the case cannot be opened.')
  if (other && ['open', 'assigned'].includes(other.state))
    await m.shareClock(tx, mergedInto, await ownWarnAt(tx, other))
}

async function ownWarnAt(tx: BrandTx, one: LockedCase): Promise<Date> {
  const { settings, timeZone } = await brandOf(tx)
  return caseWarnAt(new Date(one.openedAt), one, { ...settings, timeZone })
}
