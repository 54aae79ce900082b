import type { BrandTx } from '../db/client.ts'
import { lockWithDuplicates, separateAll } from '../db/duplicates.ts'
import { appendEvents } from '../db/events.ts'
import { moveMentions, restartClock } from '../db/move.ts'
import type { BrandSettings } from '../db/schema/brand.ts'
import { MINUTE } from '../domain/clock.ts'
import { DomainError } from '../domain/errors.ts'
import type { Destination } from '../domain/roles.ts'
import { endOffers } from '../people/offers.ts'
import { beginEnding, end, record, STAFF_ONLY, type Worker } from './act.ts'
import { giveTo } from './hand-back-queries.ts'
import { brandOf, caseStanding, lastAction, liveReply } from './queries.ts'

/** A person's decision, as the room that keeps decisions stores it (R7). */
export type HandDecision = {
  mentionId: string
  policyVersion: null
  by: string
  facts: Record<string, never>
  /** Beside these three, what it asks for: skills, rank, priority, guidance. */
  decision: Record<string, unknown> & { destination: Destination; rule: null; reason: string }
}

export type InsertDecisions = (tx: BrandTx, rows: readonly HandDecision[], at: Date) => Promise<unknown>

/** To whom: one member, or null for whoever fits. `guidance` may be empty. */
export type HandBack = { memberId: string | null; guidance: string }

/**
 * Hands a case's mention back (E3). A named member holds it at once, on a lease, with the guidance on the offer. With
 * nobody named it waits for a member again, and the guidance stands in the decision for the offers to come. Either way
 * its clock begins anew, or the sweep would send it straight back. Duplicates merged into the case wait for staff again.
 *
 * @throws DomainError `conflict` when somebody else has the case, it has ended or been answered, or the member has no
 *   room; `not-found`
 */
export async function handBack(
  tx: BrandTx,
  caseId: string,
  to: HandBack,
  by: Worker,
  at: Date,
  insertDecisions: InsertDecisions,
): Promise<{ mentionId: string }> {
  const standing = await caseStanding(tx, { caseId })
  if (standing) await lockWithDuplicates(tx, [standing.mentionId])
  const mention = await beginEnding(tx, caseId)
  await separateAll(tx, [mention.id], by.userId, at)
  await end(tx, caseId, { state: 'handed-back', reason: to.guidance || null }, by, at)
  if (mention.state !== 'escalated' || (await liveReply(tx, mention.id)))
    throw new DomainError('conflict', 'This mention has its answer already; close the case instead.')
  const { settings } = await brandOf(tx)
  await restartClock(tx, mention.id, at, settings.responseMinutes)
  await endOffers(tx, [mention.id], 'taken', at)
  const given = to.memberId === null ? null : await give(tx, mention.id, to.memberId, to.guidance, at, settings)
  if (given === null) await moveMentions(tx, [mention.id], 'triaged', at, ['escalated'])

  const { guidance } = to
  const asked = { ...(await lastAction(tx, mention.id)), team: null, guidance: guidance || null }
  const decision = { ...asked, destination: 'community', rule: null, reason: 'Handed back by staff.' } as const
  await insertDecisions(tx, [{ ...BY_HAND, mentionId: mention.id, by: by.userId, decision }], at)
  const memberIds = given ? [given.id] : STAFF_ONLY
  const memberName = given?.name ?? null
  await record(
    tx,
    { kind: 'case.handed-back', mentionId: mention.id, memberIds, data: { caseId, guidance, memberName } },
    by,
    at,
  )
  const moved = given
    ? { kind: 'mention.claimed' as const, data: { memberId: given.id, memberName } }
    : { kind: 'mention.waiting' as const }
  await appendEvents(tx, [{ ...moved, mentionId: mention.id, memberIds, actor: by.userId, at }])
  return { mentionId: mention.id }
}

export const BY_HAND = { policyVersion: null, facts: {} } as const

async function give(
  tx: BrandTx,
  mentionId: string,
  memberId: string,
  guidance: string,
  at: Date,
  { leaseMinutes }: BrandSettings,
): Promise<{ id: string; name: string }> {
  const leaseUntil = new Date(at.getTime() + leaseMinutes * MINUTE)
  const name = await giveTo(tx, { mentionId, memberId, guidance: guidance || null, at, leaseUntil })
  if (name !== null) return { id: memberId, name }
  throw new DomainError(
    'conflict',
    'This member cannot take it now: paused, suspended, no room left, the author, or somebody who does not want posts of the author.',
  )
}
