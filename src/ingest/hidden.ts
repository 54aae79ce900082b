import type { BrandTx } from '../db/client.ts'
import { appendEvents, type NewEvent } from '../db/events.ts'
import { endOffers } from '../people/offers.ts'
import * as q from './hidden-queries.ts'
import { withdrawMentions } from './store.ts'

/**
 * Hides mentions whose network says that they are gone, together with too many others: out of feeds and off screens at
 * once, erased only when the network has said so again (L7). The caller has locked them, in order.
 */
export async function hideMentions(tx: BrandTx, mentionIds: readonly string[], at: Date, until: Date): Promise<void> {
  const ids = await q.setAside(tx, mentionIds, at, until)
  const holders = await endOffers(tx, ids, 'withdrawn', at)
  await appendEvents(
    tx,
    ids.map((id) => ({
      ...of('mention.hidden', id, at),
      data: { offeredTo: holders.filter((row) => row.mentionId === id).length },
    })),
  )
}

/** They stand after all. The caller has locked them, in order. */
export async function showMentions(tx: BrandTx, mentionIds: readonly string[], at: Date): Promise<void> {
  const ids = await q.putBack(tx, mentionIds, at)
  await appendEvents(
    tx,
    ids.map((id) => of('mention.shown', id, at)),
  )
}

/** Withdraws some of what an admin said is gone. */
export const withdrawCertain = async (tx: BrandTx, limit: number, at: Date): Promise<string[]> =>
  withdrawMentions(tx, await q.certainlyGone(tx, limit), at)

/**
 * Takes the brake off the source, or with null off any, of which nothing is hidden any more. Sources are locked before
 * mentions: in a transaction that has locked mentions it may be called only for a source locked before them.
 */
export async function release(tx: BrandTx, sourceId: string | null, at: Date): Promise<void> {
  const sourceIds = await q.releaseBrakes(tx, sourceId)
  await appendEvents(
    tx,
    sourceIds.map((id) => ({
      ...{ kind: 'source.changed' as const, mentionId: null, actor: 'system', at },
      data: { sourceId: id, braked: false },
    })),
  )
}

const of = (kind: 'mention.hidden' | 'mention.shown', mentionId: string, at: Date): NewEvent => ({
  ...{ kind, mentionId, memberIds: null, actor: 'system', at },
})
