import { CONNECTORS } from '../../connectors/all.ts'
import type { Capabilities } from '../../connectors/connector.ts'
import type { BrandTx } from '../db/client.ts'
import { appendEvents } from '../db/events.ts'
import { HOUR } from '../domain/clock.ts'
import type { OwnTerms } from '../domain/own-terms.ts'
import type { BrandSettings } from '../people/brands.ts'
import { underTerms } from '../people/terms/terms.ts'
import * as q from './keep-queries.ts'

/** Forgotten so much earlier than the terms have it, so that a sweep that comes late is still in time. */
const IN_GOOD_TIME = 1 * HOUR

/**
 * Until when the words of a post that is stored now, and who wrote it, may lie here by its network's terms. Null: as long
 * as it stands.
 */
export const keptUntil = (capabilities: Pick<Capabilities, 'keepHours'> | null, now: Date): Date | null =>
  capabilities?.keepHours === undefined ? null : new Date(now.getTime() + keepMs(capabilities.keepHours))

const keepMs = (keepHours: number): number => keepHours * HOUR - IN_GOOD_TIME

/** Networks that bound how long words may be kept, by their own terms or by the brand's. */
const boundsUnder = (own: Readonly<Record<string, OwnTerms>>) =>
  Object.entries(CONNECTORS).flatMap(([network, { capabilities }]) => {
    const { keepHours } = underTerms(capabilities, own[network])
    return keepHours === undefined ? [] : [{ network, keepHours }]
  })

/** Items that could not be read as posts were kept whole; they go as posts do. */
export async function forgetRejected(
  tx: BrandTx,
  { terms = {} }: Pick<BrandSettings, 'terms'>,
  at: Date,
): Promise<void> {
  for (const { network, keepHours } of boundsUnder(terms))
    await q.forgetRejected(tx, network, new Date(at.getTime() - keepMs(keepHours)))
}

/**
 * Forgets a page of words that their network lets nobody keep any longer: text, author, what was learned from them, and whom
 * members avoid once no post of theirs is left. The post stands, here and there: its row stays where it is on its way, with its address, and so do labels, events and
 * figures. Whoever has to answer it reads it on its network. Safe to repeat, and by two at once.
 * @returns how many were forgotten
 */
export async function forgetPage(tx: BrandTx, limit: number, at: Date): Promise<number> {
  const forgotten = await q.forgetWords(tx, at, limit)
  await q.forgetCopies(
    tx,
    forgotten.map(({ id }) => id),
    at,
  )
  await q.forgetAvoided(tx, forgotten)
  const told = forgotten.filter(({ words }) => words)
  await appendEvents(
    tx,
    told.map(({ id }) => ({ kind: 'mention.forgotten' as const, mentionId: id, actor: 'system', at })),
  )
  return forgotten.length
}
