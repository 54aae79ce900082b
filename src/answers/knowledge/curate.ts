import { writeAudit } from '../../db/audit.ts'
import type { BrandTx } from '../../db/client.ts'
import { appendEvents } from '../../db/events.ts'
import { DomainError } from '../../domain/errors.ts'
import * as q from './curate-queries.ts'
import { knownAnswers } from './queries.ts'

const NO_ANSWER = 'There is no such answer among those the brand knows; it may have been taken back or removed.'
const NO_PROPOSAL = 'There is no such suggestion; it may belong to another brand.'

type Proposed = { wrong: string; better: string | null; key: string }

/**
 * Says what is wrong with an answer, for staff to decide. The same press twice is one proposal.
 * @throws DomainError `not-found`; `conflict` while one of theirs about this answer waits
 */
export async function propose(tx: BrandTx, answerId: string, proposed: Proposed, by: string, at: Date): Promise<void> {
  const [known] = await knownAnswers(tx, [answerId], by)
  if (!known) throw new DomainError('not-found', NO_ANSWER)
  const made = await q.addProposal(tx, { answerId, userId: by, ...proposed, at })
  if (made === 'again') return
  if (made === 'open')
    throw new DomainError('conflict', 'You suggested a correction of this answer already; staff will look at it.')
  const data = { answerId, proposalId: made }
  await appendEvents(tx, [{ kind: 'knowledge.proposed', mentionId: null, memberIds: [], actor: by, data, at }])
}

/**
 * Takes a proposal. With words the answer is offered in these from now on, without any no longer.
 * @returns the id of the answer
 * @throws DomainError `not-found`; `conflict` when somebody decided before, or changed the answer since `version`
 */
export async function takeProposal(
  tx: BrandTx,
  id: string,
  { better, version }: { better: string | null; version: string },
  by: string,
  at: Date,
): Promise<string> {
  const proposal = await openProposal(tx, id)
  const { answerId } = proposal
  const held = await hold(tx, answerId, version)
  if (better === null) await q.setRetired(tx, answerId, proposal.wrong, { by, at })
  else if (held.wordsVersion === null) await q.setBetter(tx, answerId, better, { by, at })
  else {
    const text = { text: better, version: held.wordsVersion }
    if (!(await q.rewordCanned(tx, answerId, text, { by, at }))) throw overtaken(held)
    if (held.retired !== null) await q.setRetired(tx, answerId, null, { by, at })
  }
  await q.decide(tx, id, { state: 'taken', reason: null, by, at })
  const details = { proposalId: id, by: proposal.userId, wrong: proposal.wrong, better }
  await changed(tx, better === null ? 'knowledge.retired' : 'knowledge.corrected', { answerId, details }, by, at)
  await tellProposer(tx, proposal, { outcome: 'taken' }, by, at)
  return answerId
}

/** Declines a proposal with a reason, which whoever made it hears. @throws DomainError `not-found`, `conflict` */
export async function declineProposal(tx: BrandTx, id: string, reason: string, by: string, at: Date): Promise<void> {
  const proposal = await openProposal(tx, id)
  await q.decide(tx, id, { state: 'declined', reason, by, at })
  const details = { answerId: proposal.answerId, by: proposal.userId, wrong: proposal.wrong, reason }
  await writeAudit(tx, { actor: by, act: 'knowledge.declined', target: id, details, at })
  await tellProposer(tx, proposal, { outcome: 'declined', reason }, by, at)
}

/** Offers an answer no longer. @throws DomainError `not-found`, `conflict` */
export async function retire(
  tx: BrandTx,
  answerId: string,
  { reason, version }: { reason: string; version: string },
  by: string,
  at: Date,
): Promise<void> {
  const { retired } = await hold(tx, answerId, version)
  if (retired !== null) throw new DomainError('conflict', `This answer is offered no longer already: ${retired}`)
  await q.setRetired(tx, answerId, reason, { by, at })
  await changed(tx, 'knowledge.retired', { answerId, details: { reason } }, by, at)
}

/** Offers an answer again. @throws DomainError `not-found`, `conflict` */
export async function restore(tx: BrandTx, answerId: string, version: string, by: string, at: Date): Promise<void> {
  const { retired } = await hold(tx, answerId, version)
  if (retired === null) throw new DomainError('conflict', 'This answer is offered already.')
  await q.setRetired(tx, answerId, null, { by, at })
  await changed(tx, 'knowledge.restored', { answerId, details: { was: retired } }, by, at)
}

async function openProposal(tx: BrandTx, id: string): Promise<q.ProposalRow> {
  const proposal = await q.lockProposal(tx, id)
  if (!proposal) throw new DomainError('not-found', NO_PROPOSAL)
  if (proposal.state === 'open') return proposal
  const outcome = proposal.state === 'taken' ? 'took' : 'declined'
  throw new DomainError('conflict', `${proposal.decidedBy ?? 'Somebody'} ${outcome} this suggestion meanwhile.`)
}

async function hold(tx: BrandTx, answerId: string, version: string): Promise<q.Held> {
  const held = await q.holdAnswer(tx, answerId)
  if (!held) throw new DomainError('not-found', NO_ANSWER)
  if (held.version !== version) throw overtaken(held)
  return held
}

const overtaken = ({ changedBy }: q.Held): DomainError =>
  new DomainError('conflict', `${changedBy ?? 'Somebody'} changed this answer meanwhile; look at it and decide again.`)

type Changed = { answerId: string; details: Record<string, unknown> }

/** Everybody of the brand may have it on screen. */
async function changed(tx: BrandTx, act: string, { answerId, details }: Changed, by: string, at: Date): Promise<void> {
  await writeAudit(tx, { actor: by, act, target: answerId, details, at })
  await appendEvents(tx, [
    { kind: 'knowledge.changed', mentionId: null, memberIds: null, actor: by, data: { answerId }, at },
  ])
}

type Outcome = { outcome: 'taken' } | { outcome: 'declined'; reason: string }

async function tellProposer(
  tx: BrandTx,
  { id, answerId, userId }: q.ProposalRow,
  outcome: Outcome,
  by: string,
  at: Date,
) {
  const memberIds = await q.memberOf(tx, userId)
  const data = { proposalId: id, answerId, userIds: [userId], ...outcome }
  await appendEvents(tx, [{ kind: 'knowledge.decided', mentionId: null, memberIds, actor: by, data, at }])
}
