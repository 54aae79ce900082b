import { sql } from 'drizzle-orm'
import type { BrandTx } from '../db/client.ts'
import { appendEvents } from '../db/events.ts'
import { moveMentions } from '../db/move.ts'
import { DomainError } from '../domain/errors.ts'
import { endOffers } from '../people/offers.ts'
import { defaultTeam, priorityOf } from './escalate.ts'
import { BY_HAND, type InsertDecisions } from './hand-back.ts'
import { brandOf, caseStanding, lastAction, liveReply, lockMention, openCases } from './queries.ts'

type Sender = { memberId: string; userId: string }

/**
 * A member sends a mention they hold or were offered to staff (E2): everybody's offers of it end, and it counts as
 * passed by this member. Pressed again, or when staff have it already, it answers with the case there is.
 *
 * @throws DomainError `not-found` for a mention this member was never offered; `conflict` when somebody else holds it,
 *   it is no longer to be answered, or this member's own answer is on its way
 */
export async function sendToStaff(
  tx: BrandTx,
  mentionId: string,
  reason: string,
  by: Sender,
  at: Date,
  insertDecisions: InsertDecisions,
): Promise<{ escalationId: string }> {
  const mention = await lockMention(tx, mentionId)
  const offer = mention && (await offerTo(tx, mentionId, by.memberId))
  if (!mention || !offer) throw new DomainError('not-found', 'You were not offered such a mention.')
  if (mention.state === 'escalated') {
    const standing = await caseStanding(tx, { mentionId })
    if (standing) return { escalationId: standing.id }
  }
  if (mention.state === 'claimed' && mention.holderId !== by.memberId) throw await heldBy(tx, mention.holderId)
  if (!['open', 'claimed'].includes(offer.state) || !['offered', 'claimed'].includes(mention.state))
    throw new DomainError('conflict', `It is too late to send this to staff: the mention is ${mention.state}.`)
  if (await liveReply(tx, mentionId))
    throw new DomainError('conflict', 'Your answer is on its way; take it back before you send this to staff.')

  await moveMentions(tx, [mentionId], 'escalated', at)
  const ended = await endOffers(tx, [mentionId], 'taken', at)
  await markPassed(tx, mentionId, by.memberId)
  const team = defaultTeam((await brandOf(tx)).settings.teams)
  const asked: Record<string, unknown> = { ...(await lastAction(tx, mentionId)), team }
  const priority = priorityOf(asked.priority)
  const [opened] = await openCases(tx, [{ mentionId, team, priority, origin: 'member', reason }], at)
  const escalationId = opened!.id // one case in, one case out
  const decision = { ...asked, destination: 'escalation', rule: null, reason } as const
  await insertDecisions(tx, [{ ...BY_HAND, mentionId, by: by.userId, decision }], at)
  const data = { caseId: escalationId, team, priority, origin: 'member', reason }
  const memberIds = ended.map(({ memberId }) => memberId)
  await appendEvents(tx, [{ kind: 'mention.escalated', mentionId, memberIds, actor: by.userId, data, at }])
  return { escalationId }
}

async function offerTo(tx: BrandTx, mentionId: string, memberId: string): Promise<{ state: string } | null> {
  const [row] = await tx.execute<{ state: string }>(
    sql`select state from offer where mention_id = ${mentionId} and member_id = ${memberId}`,
  )
  return row ?? null
}

async function heldBy(tx: BrandTx, holderId: string | null): Promise<DomainError> {
  const [holder] = await tx.execute<{ name: string }>(sql`select name from member where id = ${holderId}`)
  const name = holder?.name ?? 'Somebody else'
  return new DomainError('conflict', `${name} holds this mention now and will answer it or give it back.`, {
    holder: { memberId: holderId, name },
  })
}

/** The offer has ended and been counted; this only says that the member asked for it (M1: not offered again). */
const markPassed = (tx: BrandTx, mentionId: string, memberId: string) =>
  tx.execute(sql`
    update offer set state = 'passed', pass_reason = 'to-staff' where mention_id = ${mentionId} and member_id = ${memberId}`)
