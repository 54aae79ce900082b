import { writeAudit } from '../../db/audit.ts'
import type { BrandTx } from '../../db/client.ts'
import { lockWithDuplicates } from '../../db/duplicates.ts'
import { appendEvents } from '../../db/events.ts'
import { DomainError } from '../../domain/errors.ts'
import { newId } from '../../domain/id.ts'
import { eraseMentions } from '../erase-queries.ts'
import { forgetCopies } from '../keep-queries.ts'
import { withdrawMentions } from '../store.ts'
import type { AuthorAccount, AuthorRows, Erasure } from './contract.ts'
import * as q from './queries.ts'
import { scrub, scrubElsewhere } from './scrub.ts'

type Account = { instance: string; authorId: string }
type Wish = {
  network: string
  handle: string
  accounts: Account[]
  typed: string
  userId: string
  press: string
  at: Date
}

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
  const about = chosenOf(network, await found(tx, network, handle), wish.accounts)
  const id = newId(at.getTime())
  if (await q.askErasure(tx, { id, about, press, by: userId, at }))
    // Without whom it was about: the audit is kept for ever.
    await writeAudit(tx, { actor: userId, act: 'author.erase', target: id, details: { network }, at })
  return (await q.erasureOf(tx, press))! // written a moment ago, here or by the same press
}

const LISTED = 50

/** Which accounts wrote under a handle, and what of those named lies here; of all, where none is named. */
export async function lookAt(
  tx: BrandTx,
  { network, handle, accounts }: { network: string; handle: string; accounts?: Account[] | undefined },
): Promise<{ accounts: AuthorAccount[]; rows: AuthorRows }> {
  const all = await found(tx, network, handle.replace(/^@/, ''))
  const rows = await q.rowsOf(tx, chosenOf(network, all, accounts ?? all))
  return { accounts: all.slice(0, LISTED).map(({ handles: _, ...one }) => one), rows }
}

/** @throws DomainError `invalid` for what networks write in place of names, `not-found` when nobody of it wrote here */
async function found(tx: BrandTx, network: string, handle: string) {
  if (q.standsIn(network, handle))
    throw new DomainError('invalid', 'The network writes this in place of many people’s names: it is nobody’s handle.')
  const accounts = await q.accountsBehind(tx, network, handle)
  if (accounts.length > 0) return accounts
  throw new DomainError(
    'not-found',
    `Nothing of an author of this handle on ${network} lies here. Write it as the posts have it.`,
  )
}

function chosenOf(network: string, all: Awaited<ReturnType<typeof found>>, accounts: readonly Account[]) {
  const about = q.chosen(network, all, accounts)
  if (about) return about
  throw new DomainError('invalid', 'One of these accounts did not write under this handle here; look again.')
}

/** Goes on with an erasure that failed. @throws DomainError `not-found`, `conflict` when it goes on already */
export async function eraseAgain(tx: BrandTx, id: string, userId: string, at: Date): Promise<Erasure> {
  const going = await q.askAgain(tx, id)
  const erasure = await q.erasureBy(tx, id)
  if (!erasure) throw new DomainError('not-found', 'There is no such erasure here.')
  if (!going) throw new DomainError('conflict', 'This erasure did not fail, or somebody asked for it again already.')
  await writeAudit(tx, { actor: userId, act: 'author.erase', target: id, details: { again: true }, at })
  return erasure
}

/** Of PostgreSQL: a deadlock, no room, no server. The next sweep tries again by itself. */
const PASSING = /^(08|40|53|55|57)/

/** Notes why an erasure stopped, without the words of the database, which may hold names. */
export async function stopErasure(tx: BrandTx, error: unknown): Promise<void> {
  const inner = error instanceof Error && error.cause instanceof Error ? error.cause : error
  const code = inner instanceof Error && 'code' in inner ? String(inner.code) : null
  if (code !== null && PASSING.test(code)) return
  await q.failErasure(tx, code ?? 'unknown')
}

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
    await scrubElsewhere(tx, about, at)
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
  await scrub(tx, ids, about)
  await q.countOn(tx, id, ids.length)
  const told = ids.filter((one) => !withdrawn.includes(one))
  await appendEvents(
    tx,
    told.map((mentionId) => ({ kind: 'mention.forgotten' as const, mentionId, actor: 'system', at })),
  )
  return true
}
