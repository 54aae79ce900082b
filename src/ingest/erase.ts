import { writeAudit } from '../db/audit.ts'
import type { BrandTx } from '../db/client.ts'
import { appendEvents } from '../db/events.ts'
import * as q from './erase-queries.ts'
import { withdrawMentions } from './store.ts'

/**
 * Erases a page of what came in through sources whose account was disconnected with the wish that it be erased: as when
 * its author took it back, and beyond that who wrote it, where it stands and the answers that were never sent. Rows, events
 * and figures stay. Safe to be killed anywhere: the source says how far it is.
 * @returns whether there is more to do
 */
export async function erasePage(tx: BrandTx, limit: number, at: Date): Promise<boolean> {
  const source = await q.lockErasing(tx)
  if (!source) return false
  const page = await q.toErase(tx, source, limit)
  await withdrawMentions(tx, page.ids, at)
  await q.eraseMentions(tx, page.ids)
  const oldest = page.ids.length < limit ? null : page.oldest
  await q.eraseOn(tx, source.id, oldest)
  if (oldest !== null) return true
  await q.eraseRejected(tx, source.id)
  await writeAudit(tx, { actor: 'system', act: 'source.erased', target: source.id, at })
  const data = { sourceId: source.id }
  await appendEvents(tx, [{ kind: 'source.changed', mentionId: null, actor: 'system', data, at }])
  return true
}
