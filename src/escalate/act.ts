import { writeAudit } from '../db/audit.ts'
import type { BrandTx } from '../db/client.ts'
import { appendEvents, type NewEvent } from '../db/events.ts'
import { moveMentions } from '../db/move.ts'
import { DomainError } from '../domain/errors.ts'
import * as q from './queries.ts'

/** Somebody at work in the inbox. */
export type Worker = { userId: string; isAdmin: boolean }

/** Ids of no members: an event of the inbox is on nobody's feed. */
export const STAFF_ONLY: string[] = []

/**
 * Takes a case; taking one's own again changes nothing.
 * @throws DomainError `conflict` naming who has it, `not-found`
 */
export async function takeCase(tx: BrandTx, caseId: string, by: Worker, at: Date): Promise<void> {
  const mentionId = await q.assign(tx, caseId, by.userId)
  if (mentionId === null) {
    const standing = await mustStand(tx, caseId)
    if (standing.state === 'assigned' && standing.assigneeId === by.userId) return
    throw lost(standing)
  }
  await record(tx, { kind: 'case.taken', mentionId, memberIds: STAFF_ONLY, data: { caseId } }, by, at)
}

/**
 * Keeps a note among colleagues. Whoever it names with an @ hears of it; names of others are only words. The same press
 * (`key`) again keeps nothing and tells nobody; null: an act on cases, which has a key of its own.
 * @throws DomainError `not-found`; `conflict` when the key kept other words
 */
export async function noteCase(
  tx: BrandTx,
  caseId: string,
  { text, mentions, key }: { text: string; mentions: readonly string[]; key: string | null },
  by: Worker,
  at: Date,
): Promise<void> {
  const userIds = await q.staffAmong(tx, mentions)
  const noted = await q.addNote(tx, caseId, { by: by.userId, text, mentions: userIds, key, at })
  if (noted === null) throw noSuchCase()
  if (!noted.fresh) return mustBeKept(tx, caseId, { text, key }, by)
  const { mentionId } = noted
  await record(tx, { kind: 'case.noted', mentionId, memberIds: STAFF_ONLY, data: { caseId, userIds } }, by, at)
}

/** The answer to the first press was lost, and what is pressed now may say something else. */
async function mustBeKept(
  tx: BrandTx,
  caseId: string,
  { text, key }: { text: string; key: string | null },
  by: Worker,
): Promise<void> {
  if (key === null || (await q.keptNote(tx, caseId, by.userId, key)) === text) return
  throw new DomainError(
    'conflict',
    'Your note was kept as you first wrote it; these words were not. Look at it, and keep these too if need be.',
  )
}

/**
 * Closes a case without an answer, and its mention with it.
 * @throws DomainError `conflict` when somebody else has it, it has ended, or an answer is on its way; `not-found`
 */
export async function closeCase(tx: BrandTx, caseId: string, reason: string, by: Worker, at: Date): Promise<void> {
  const mention = await beginEnding(tx, caseId)
  await end(tx, caseId, { state: 'closed', reason }, by, at)
  const [moved] = await moveMentions(tx, [mention.id], 'closed', at, ['escalated'])
  await record(
    tx,
    { kind: 'case.closed', mentionId: mention.id, memberIds: STAFF_ONLY, data: { caseId, reason } },
    by,
    at,
  )
  if (!moved) return
  const closed = { kind: 'mention.closed', mentionId: mention.id, memberIds: STAFF_ONLY, data: { reason } } as const
  await appendEvents(tx, [{ ...closed, actor: by.userId, at }])
}

/**
 * The first step of ending a case: its mention, locked.
 * @throws DomainError `not-found`; `conflict` while an answer may still go out, because it would go out after the end
 */
export async function beginEnding(tx: BrandTx, caseId: string): Promise<q.LockedMention> {
  const mention = await q.lockMentionOfCase(tx, caseId)
  if (!mention) throw noSuchCase()
  const reply = await q.liveReply(tx, mention.id)
  if (reply !== null && reply !== 'sent')
    throw new DomainError('conflict', 'An answer is on its way; take it back first, or wait until it has arrived.')
  return mention
}

/** @throws DomainError `conflict` naming who has it, or saying how it ended */
export async function end(
  tx: BrandTx,
  caseId: string,
  ending: { state: 'handed-back' | 'closed'; reason: string | null },
  by: Worker,
  at: Date,
): Promise<void> {
  if (await q.endCase(tx, caseId, ending, { userId: by.userId, overrule: by.isAdmin }, at)) return
  throw lost(await mustStand(tx, caseId))
}

/** The event of what staff did, and its line in the audit. */
export async function record(
  tx: BrandTx,
  event: Pick<NewEvent, 'kind' | 'data' | 'memberIds'> & { mentionId: string; data: { caseId: string } },
  by: Worker,
  at: Date,
): Promise<void> {
  const { caseId, ...details } = event.data
  await appendEvents(tx, [{ ...event, actor: by.userId, at }])
  await writeAudit(tx, { actor: by.userId, act: event.kind, target: caseId, details, at })
}

async function mustStand(tx: BrandTx, caseId: string): Promise<q.Standing> {
  const standing = await q.caseStanding(tx, { caseId })
  if (!standing) throw noSuchCase()
  return standing
}

function lost({ state, assigneeId, assigneeName }: q.Standing): DomainError {
  if (state === 'assigned')
    return new DomainError('conflict', `${assigneeName ?? 'Somebody else'} has this case; ask them, or pick another.`, {
      holder: { userId: assigneeId, name: assigneeName },
    })
  return new DomainError('conflict', ENDED[state], { state })
}

const ENDED = {
  open: 'This case has just been given back; look again.',
  answered: 'This case has been answered already.',
  'handed-back': 'This case has been handed back to the community already.',
  closed: 'This case is closed already.',
}

const noSuchCase = () => new DomainError('not-found', 'There is no such case; it may belong to another brand.')
