import { writeAudit } from '../../db/audit.ts'
import type { BrandTx } from '../../db/client.ts'
import { lockWithDuplicates } from '../../db/duplicates.ts'
import { appendEvents } from '../../db/events.ts'
import { DomainError } from '../../domain/errors.ts'
import { newId } from '../../domain/id.ts'
import { eraseMentions } from '../erase-queries.ts'
import { forgetCopies } from '../keep-queries.ts'
import { withdrawMentions } from '../store.ts'
import type { Erasure } from './contract.ts'
import * as q from './queries.ts'

type Wish = { network: string; handle: string; typed: string; userId: string; press: string; at: Date }

/**
 * Asks for an author to be erased; the sweep does it, page by page. The same press again finds what it asked for.
 * @throws DomainError `invalid` when the handle was not typed as it is, `not-found` when nobody of it wrote here
 */
export async function askToErase(tx: BrandTx, wish: Wish): Promise<Erasure> {
  const { network, userId, press, at } = wish
  const before = await q.erasureOf(tx, press)
  if (before) return before
  const handle = wish.handle.replace(/^@/, '')
  if (wish.typed.replace(/^@/, '') !== handle)
    throw new DomainError('invalid', 'Type the handle as it stands there; what is erased does not come back.')
  const about = await q.authorBehind(tx, network, handle)
  if (!about) throw nobody(network)
  const id = newId(at.getTime())
  if (await q.askErasure(tx, { id, about, press, by: userId, at }))
    // Without whom it was about: the audit is kept for ever.
    await writeAudit(tx, { actor: userId, act: 'author.erase', target: id, details: { network }, at })
  return (await q.erasureOf(tx, press))! // written a moment ago, here or by the same press
}

export const nobody = (network: string) =>
  new DomainError(
    'not-found',
    `Nothing of an author of this handle on ${network} lies here. Write it as the posts have it.`,
  )

/**
 * Erases a page of an author's posts; after the last one, what names them elsewhere. Posts that wait for an answer are
 * withdrawn, others stand where they are, so that events and figures stay. Safe to be killed anywhere and to repeat: the rows
 * that are left say how far it is.
 * @returns whether there is more to do
 */
export async function eraseAuthorPage(tx: BrandTx, limit: number, at: Date): Promise<boolean> {
  const job = await q.lockErasure(tx)
  if (!job) return false
  const { id, about } = job
  const page = await q.left(tx, about, limit)
  if (page.length === 0) {
    await q.scrubElsewhere(tx, about)
    await q.endErasure(tx, id, at)
    await writeAudit(tx, { actor: 'system', act: 'author.erased', target: id, details: { mentions: job.mentions }, at })
    return true
  }
  const ids = page.map((one) => one.id)
  await lockWithDuplicates(tx, ids)
  const withdrawn = await withdrawMentions(
    tx,
    page.filter(({ open }) => open).map((one) => one.id),
    at,
  )
  await forgetCopies(tx, ids, at)
  await eraseMentions(tx, ids)
  await q.scrub(tx, ids, about.names)
  await q.countOn(tx, id, ids.length)
  const told = ids.filter((one) => !withdrawn.includes(one))
  await appendEvents(
    tx,
    told.map((mentionId) => ({ kind: 'mention.forgotten' as const, mentionId, actor: 'system', at })),
  )
  return true
}
