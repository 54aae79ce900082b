import type { Capabilities } from '../../connectors/connector.ts'
import { writeAudit } from '../db/audit.ts'
import { type BrandTx, type Db, inBrand } from '../db/client.ts'
import { appendEvents } from '../db/events.ts'
import type { Clock } from '../domain/clock.ts'
import { DomainError } from '../domain/errors.ts'
import { newId } from '../domain/id.ts'
import { stretchOf } from './backfill.ts'
import { endBackfill, insertBackfill } from './backfill-queries.ts'
import { liveSource } from './source-queries.ts'

type Deps = { db: Db; clock: Clock; capabilitiesOf: (network: string) => Capabilities | null }

/** `since`: a day of UTC. `capUsd` null: no cap of its own. */
export type BackfillWish = { sourceId: string; since: string; capUsd: number | null }

/**
 * Asks for the older posts of a source, back to a day; workers do it from then on.
 * @param by whoever asks, as the audit names them
 * @returns its id
 * @throws DomainError `not-found`; `invalid` when it cannot be done; `conflict` while another is under way
 */
export async function askBackfill(
  { db, clock, capabilitiesOf }: Deps,
  brandId: string,
  { sourceId, since: day, capUsd }: BackfillWish,
  by: string,
): Promise<string> {
  return inBrand(db, brandId, async (tx) => {
    const at = clock.now()
    const source = (await liveSource(tx, sourceId)) ?? absent()
    const can = capabilitiesOf(source.network)
    const { since, until } = stretchOf(day, source, can, at)
    if (can?.costTier === 'paid' && capUsd === null)
      throw new DomainError('invalid', 'Its network charges by the post; say what this may cost at most.', {
        at: 'capUsd',
      })
    const capMicroUsd = capUsd === null ? null : Math.round(capUsd * 1e6)
    const id = newId(at.getTime())
    if (!(await insertBackfill(tx, { id, sourceId, since, until, capMicroUsd, by, askedAt: at })))
      throw new DomainError(
        'conflict',
        'A backfill of this source is under way already; wait for it, or cancel it first.',
      )
    await note(tx, { by, act: 'source.backfill', sourceId, details: { since: day, capUsd }, at })
    return id
  })
}

/** Ends the one under way; what came stays. @throws DomainError `not-found` when there is none */
export async function cancelBackfill(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  brandId: string,
  sourceId: string,
  by: string,
): Promise<void> {
  await inBrand(db, brandId, async (tx) => {
    const at = clock.now()
    if ((await endBackfill(tx, sourceId, { state: 'cancelled', trouble: null, at })) === null)
      throw new DomainError('not-found', 'No backfill of this source is under way.')
    await note(tx, { by, act: 'source.backfill-cancelled', sourceId, details: {}, at })
  })
}

type Note = { by: string; act: string; sourceId: string; details: Record<string, unknown>; at: Date }

async function note(tx: BrandTx, { by, act, sourceId, details, at }: Note): Promise<void> {
  await writeAudit(tx, { actor: by, act, target: sourceId, details, at })
  await appendEvents(tx, [{ kind: 'source.changed', mentionId: null, actor: by, data: { sourceId }, at }])
}

function absent(): never {
  throw new DomainError('not-found', 'There is no such source.')
}
