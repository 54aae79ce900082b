import type { BrandTx } from '../../db/client.ts'
import { lockWithDuplicates } from '../../db/duplicates.ts'
import { caseDueAt, caseWarnAt } from '../../domain/case-clock.ts'
import { DomainError } from '../../domain/errors.ts'
import type { Priority } from '../../domain/roles.ts'
import { closeCase, noteCase, record, STAFF_ONLY, type Worker } from '../act.ts'
import { wakesAt } from '../escalate.ts'
import { handBack, type InsertDecisions } from '../hand-back.ts'
import { brandOf } from '../queries.ts'
import { macroActs } from '../tools/queries.ts'
import type { CaseAct } from './contract.ts'
import * as q from './queries.ts'

type On = { tx: BrandTx; one: q.LockedCase; by: Worker; at: Date; insertDecisions: InsertDecisions }

/**
 * Does several things to one case, all or (by throwing) none.
 * @param version the one that was looked at; undefined: whatever stands
 * @throws DomainError `not-found`; `conflict` when somebody changed or has the case, or it has ended
 */
export async function actOnCase(
  tx: BrandTx,
  caseId: string,
  { acts, version }: { acts: readonly CaseAct[]; version?: number | undefined },
  by: Worker,
  at: Date,
  insertDecisions: InsertDecisions,
): Promise<void> {
  // Its duplicates wait again: all are locked together, in the order everybody does.
  if (handsBack(acts)) await lockWithDuplicates(tx, await q.mentionsOf(tx, [caseId]))
  const first = await lockedCase(tx, caseId)
  if (version !== undefined && version !== first.version) throw await overtaken(tx, first)
  // Each act sees what the one before it did.
  for (const act of acts) await perform({ tx, one: await lockedCase(tx, caseId), by, at, insertDecisions }, act)
}

export async function lockedCase(tx: BrandTx, caseId: string): Promise<q.LockedCase> {
  const one = (await q.lockCases(tx, [caseId])).get(caseId)
  if (one) return one
  throw new DomainError('not-found', 'There is no such case; it may belong to another brand.')
}

async function perform(on: On, act: CaseAct): Promise<void> {
  const { tx, one, by, at } = on
  switch (act.kind) {
    case 'assign':
      return assign(on, act.to === 'me' ? by.userId : act.to)
    case 'priority':
      return prioritise(on, act.priority)
    case 'label':
      return relabel(on, await q.putLabel(tx, one.id, act.labelId), false)
    case 'unlabel':
      return relabel(on, await q.takeLabel(tx, one.id, act.labelId), true)
    case 'note':
      return noteCase(tx, one.id, { text: act.text, mentions: [], key: null }, by, at)
    case 'snooze':
      return snooze(on, act.until === null ? null : new Date(act.until))
    case 'wake':
      return wake(on)
    case 'close':
      return closeCase(tx, one.id, act.reason, by, at)
    case 'hand-back':
      await handBack(tx, one.id, { memberId: null, guidance: act.guidance }, by, at, on.insertDecisions)
      return
    case 'macro':
      return runMacro(on, act.macroId)
  }
}

/** Whether the community gets something to do, so that whoever matches has to look. */
export const handsBack = (acts: readonly CaseAct[]): boolean => acts.some(({ kind }) => kind === 'hand-back')

async function assign(on: On, to: string | null): Promise<void> {
  const { tx, one, by } = on
  mustWait(one)
  if (one.assigneeId === to) return
  mustBeFree(one, by)
  const name = to === null ? null : await q.colleagueName(tx, to)
  if (to !== null && name === null)
    throw new DomainError('conflict', 'This person takes no cases: they are no longer staff here, or suspended.')
  await q.setAssignee(tx, one.id, to)
  await tell(on, 'case.assigned', { assigneeId: to, assigneeName: name, userIds: to === null ? [] : [to] })
}

async function prioritise(on: On, priority: Priority): Promise<void> {
  const { tx, one, at } = on
  mustWait(one)
  if (one.priority === priority) return
  const { settings, timeZone } = await brandOf(tx)
  const [opened, of, office] = [new Date(one.openedAt), { team: one.team, priority }, { ...settings, timeZone }]
  const clock = { dueAt: caseDueAt(opened, of, office), warnAt: caseWarnAt(opened, of, office) }
  await q.setPriority(tx, one.id, priority, clock)
  await sleepNoLonger(tx, one.id, at)
  await tell(on, 'case.prioritised', { before: one.priority, priority })
}

async function relabel(on: On, label: { name: string; changed: boolean } | null, removed: boolean): Promise<void> {
  if (!label) throw new DomainError('not-found', 'There is no such label; it may have been removed.')
  if (label.changed) await tell(on, 'case.labelled', { label: label.name, removed })
}

/** A case out of sight until a time, or until its author writes; its clock runs on. */
async function snooze(on: On, asked: Date | null): Promise<void> {
  const { tx, one, by, at } = on
  mustWait(one)
  mustBeFree(one, by)
  if (asked !== null && asked <= at) throw new DomainError('invalid', 'Choose a time that is still to come.')
  const until = wakesAt(at, asked, new Date(one.dueAt))
  await q.setSleep(tx, one.id, { until, asked, by: by.userId })
  await tell(on, 'case.snoozed', { until: until.toISOString(), asked: asked?.toISOString() ?? null })
}

async function wake(on: On): Promise<void> {
  if (on.one.snoozedUntil === null) return
  await q.setSleep(on.tx, on.one.id, null)
  await tell(on, 'case.woken', { why: 'person', userIds: [] })
}

/** After its clock became earlier a case may have to wake earlier too. */
export async function sleepNoLonger(tx: BrandTx, caseId: string, at: Date): Promise<void> {
  const one = await lockedCase(tx, caseId)
  if (one.snoozedUntil === null) return
  await q.wakeEarlier(tx, caseId, wakesAt(at, new Date(one.snoozedUntil), new Date(one.dueAt)))
}

async function runMacro(on: On, macroId: string): Promise<void> {
  const macro = await macroActs(on.tx, macroId)
  if (!macro) throw new DomainError('not-found', 'There is no such macro; it may have been removed.')
  for (const act of macro.acts) {
    // It goes into the composer of whoever runs the macro, and is sent by them.
    if (act.kind === 'insert') continue
    await perform({ ...on, one: await lockedCase(on.tx, on.one.id) }, act)
  }
}

const tell = (
  { tx, one, by, at }: On,
  kind: 'case.assigned' | 'case.prioritised' | 'case.labelled' | 'case.snoozed' | 'case.woken',
  data: Record<string, unknown>,
): Promise<void> =>
  record(tx, { kind, mentionId: one.mentionId, memberIds: STAFF_ONLY, data: { caseId: one.id, ...data } }, by, at)

/** @throws DomainError `conflict` when the case has ended */
export function mustWait({ state }: q.LockedCase): void {
  if (state === 'open' || state === 'assigned') return
  throw new DomainError('conflict', ENDED[state], { state })
}

/** @throws DomainError `conflict` when somebody else has it; an admin overrules */
export function mustBeFree({ assigneeId, assigneeName }: q.LockedCase, by: Worker): void {
  if (assigneeId === null || assigneeId === by.userId || by.isAdmin) return
  throw new DomainError('conflict', `${assigneeName ?? 'Somebody else'} has this case; ask them, or an admin.`, {
    holder: { userId: assigneeId, name: assigneeName },
  })
}

const ENDED = {
  answered: 'This case has been answered already.',
  'handed-back': 'This case has been handed back to the community already.',
  closed: 'This case is closed already.',
}

async function overtaken(tx: BrandTx, one: q.LockedCase): Promise<DomainError> {
  const name = (await q.lastHand(tx, one.mentionId)) ?? 'Somebody'
  return new DomainError('conflict', `${name} has changed this case meanwhile; look at it and press again.`, {
    version: one.version,
  })
}
