import { writeAudit } from '../db/audit.ts'
import type { BrandTx } from '../db/client.ts'
import { appendEvents, type EventKind } from '../db/events.ts'
import { DomainError } from '../domain/errors.ts'
import type { Circle } from '../live/audience.ts'
import { LOUNGE_RANKS } from './lounge.ts'
import * as q from './queries.ts'

type Guest = { userId: string; staff: boolean }
type Said = { text: string; key: string }

const NO_THREAD = 'There is no such thread; it may belong to another brand.'
const NO_MESSAGE = 'There is no such message; it may belong to another brand.'

/** Begins a thread with its first message; the same press twice is one thread. */
export async function beginThread(
  tx: BrandTx,
  { title, text, key }: Said & { title: string },
  by: Guest,
  at: Date,
): Promise<q.ThreadRow> {
  const { id, fresh } = await q.openThread(tx, { title, key, authorId: by.userId, at })
  if (fresh) {
    await q.addMessage(tx, { threadId: id, text, key, authorId: by.userId, fromStaff: by.staff, at })
    await tell(tx, 'lounge.said', { threadId: id }, by, at)
  }
  return (await q.threadBy(tx, id))! // opened now or before
}

/**
 * Says something in a thread; the same press twice is one message, even when the thread was closed in between.
 * @returns the id of the message
 * @throws DomainError `not-found`; `conflict` when the thread is closed
 */
export async function say(tx: BrandTx, threadId: string, { text, key }: Said, by: Guest, at: Date): Promise<string> {
  const thread = await q.lockThread(tx, threadId)
  if (!thread) throw new DomainError('not-found', NO_THREAD)
  const heard = await q.heardAs(tx, { threadId, authorId: by.userId, key })
  if (heard !== null) return heard
  if (thread.closed !== null) throw new DomainError('conflict', `Staff closed this thread: ${thread.closed}`)
  const id = await q.addMessage(tx, { threadId, text, key, authorId: by.userId, fromStaff: by.staff, at })
  await tell(tx, 'lounge.said', { threadId, messageId: id }, by, at)
  return id
}

/**
 * Staff close a thread. Whoever comes second is told why it is closed already.
 * @throws DomainError `not-found`, `conflict`
 */
export async function closeThread(tx: BrandTx, id: string, reason: string, by: Guest, at: Date): Promise<q.ThreadRow> {
  const thread = await q.lockThread(tx, id)
  if (!thread) throw new DomainError('not-found', NO_THREAD)
  if (thread.closed !== null) throw new DomainError('conflict', `This thread is closed already: ${thread.closed}`)
  await q.close(tx, id, reason)
  await writeAudit(tx, { actor: by.userId, act: 'lounge.closed', target: id, details: { reason }, at })
  await tell(tx, 'lounge.changed', { threadId: id }, by, at)
  return (await q.threadBy(tx, id))! // locked above
}

/**
 * Staff take a message away, and with the first of a thread its title. The words are not kept.
 * @throws DomainError `not-found`; `conflict` when it was taken away before
 */
export async function removeMessage(tx: BrandTx, id: string, reason: string, by: Guest, at: Date): Promise<void> {
  const removed = await q.remove(tx, id, reason)
  if (!removed) {
    if (await q.messageBy(tx, id)) throw new DomainError('conflict', 'This message was taken away already.')
    throw new DomainError('not-found', NO_MESSAGE)
  }
  const details = { reason, threadId: removed.threadId, author: removed.authorId }
  await writeAudit(tx, { actor: by.userId, act: 'lounge.removed', target: id, details, at })
  await tell(tx, 'lounge.changed', { threadId: removed.threadId, messageId: id }, by, at)
}

/**
 * Reports a message to staff. The first report tells them; a further one of the same message finds them told.
 * @throws DomainError `not-found`
 */
export async function reportMessage(tx: BrandTx, id: string, reason: string, by: Guest, at: Date): Promise<void> {
  if (!(await q.messageBy(tx, id))) throw new DomainError('not-found', NO_MESSAGE)
  const reported = await q.report(tx, id, { reason, by: by.userId, at })
  if (!reported?.first) return
  const data = { threadId: reported.threadId, messageId: id }
  await appendEvents(tx, [{ kind: 'lounge.reported', mentionId: null, memberIds: [], actor: by.userId, data, at }])
}

/**
 * Staff dismiss what was reported of a message, which stays. Whoever reported it is told, and may report it anew when it
 * comes to that.
 * @throws DomainError `not-found`; `forbidden` for one's own message; `conflict` when nothing waits any more
 */
export async function dismissReport(tx: BrandTx, id: string, reason: string, by: Guest, at: Date): Promise<void> {
  const message = await q.messageBy(tx, id)
  if (!message) throw new DomainError('not-found', NO_MESSAGE)
  if (message.authorId === by.userId)
    throw new DomainError('forbidden', 'This message is your own; a colleague decides about what was reported of it.')
  const dismissed = await q.dismiss(tx, id)
  if (!dismissed) throw new DomainError('conflict', 'Nothing is reported of this message any more.')
  const { threadId, by: userIds } = dismissed
  const details = { reason, threadId, reported: dismissed.reason }
  await writeAudit(tx, { actor: by.userId, act: 'lounge.dismissed', target: id, details, at })
  const memberIds = await q.membersOf(tx, userIds)
  const data = { threadId, messageId: id, userIds, reason }
  await appendEvents(tx, [{ kind: 'lounge.dismissed', mentionId: null, memberIds, actor: by.userId, data, at }])
}

/** The kinds of events that are for whoever may enter. */
type Told = Extract<EventKind, 'lounge.said' | 'lounge.changed'>

/** Tells staff, and the members who may read it: these are asked for when it is told (`loungeCircles`). */
async function tell(tx: BrandTx, kind: Told, data: Record<string, string>, by: Guest, at: Date): Promise<void> {
  await appendEvents(tx, [{ kind, mentionId: null, memberIds: [], actor: by.userId, data, at }])
}

const guests: Circle = (tx, memberIds) => q.guestsAmong(tx, memberIds, LOUNGE_RANKS)

/** Who of those that listen hears what is said in the lounge (I5). */
export const loungeCircles: Record<Told, Circle> = { 'lounge.said': guests, 'lounge.changed': guests }
