import {
  type Capabilities,
  type Connector,
  ConnectorError,
  type Meter,
  type Network,
} from '../../connectors/connector.ts'
import { standingOfEach } from '../../connectors/standing.ts'
import { type BrandTx, type Db, inBrand } from '../db/client.ts'
import { appendEvents } from '../db/events.ts'
import { type Clock, HOUR, MINUTE } from '../domain/clock.ts'
import type { FaultPoint } from '../domain/fault.ts'
import { ownTerms } from '../people/terms/queries.ts'
import { underTerms } from '../people/terms/terms.ts'
import { afterReset, openMeter, type Spent, type Taken, windowOfRefusal } from './budget.ts'
import { settleBudget, takeBudget } from './budget-queries.ts'
import { entryOf } from './entry.ts'
import { hideMentions, release, showMentions } from './hidden.ts'
import { countAnswers, hiddenAmong, putBrakeOn } from './hidden-queries.ts'
import * as q from './queries.ts'
import { areTooMany, askHiddenAt, hiddenForMs, LOOKED_AT_TOGETHER, recheckAt } from './recheck.ts'
import * as due from './recheck-queries.ts'
import { withdrawMentions } from './store.ts'

export type RecheckDeps = {
  db: Db
  clock: Clock
  random: () => number
  connectorOf: (source: q.SourceRow, meter: Meter) => Connector | Promise<Connector>
  capabilitiesOf: (network: string) => Capabilities | null
  fault: FaultPoint
}

/** As many as one request asks after at most; a network that takes one a request costs as many requests. */
const AT_ONCE = 100
const PAGES_IN_A_ROW = 10
/** After a failure that says nothing of when. */
const AGAIN_MS = 10 * MINUTE

/**
 * Asks a network that does not tell of deletions whether stored posts still stand (L7). What is gone goes here as if it
 * had told; what it cannot say anything of stays and is asked after again. Safe to repeat and to be killed anywhere: the
 * rows say what is due.
 */
export function runRecheck(deps: RecheckDeps) {
  return async (job: { brandId: string; sourceId: string }, signal: AbortSignal): Promise<void> => {
    for (let pages = 0; pages < PAGES_IN_A_ROW && !signal.aborted; pages++) {
      if (!(await recheckPage(deps, job, signal))) return
    }
  }
}

/** @returns whether more may be due */
async function recheckPage(
  deps: RecheckDeps,
  { brandId, sourceId }: { brandId: string; sourceId: string },
  signal: AbortSignal,
): Promise<boolean> {
  const begun = await inBrand(deps.db, brandId, async (tx) => {
    const now = deps.clock.now()
    const source = await q.sourceById(tx, sourceId)
    if (!source || (source.recheckAfter && source.recheckAfter > now)) return null
    const mentions = await due.dueMentions(tx, sourceId, now, AT_ONCE)
    if (mentions.length === 0) return null
    // In which windows such questions are counted nobody has noted: all of the network's are obeyed.
    const allowed = await takeBudget(tx, { ...source, windows: null }, entryOf(source)?.allows ?? [], now)
    if ('windows' in allowed) return { source, taken: allowed, mentions: mentions.slice(0, allowed.ask) }
    await due.waitUntil(tx, sourceId, afterReset(allowed.until, deps.random()))
    return null
  })
  if (!begun) return false
  const { source, taken, mentions } = begun
  const { meter, spent } = openMeter()
  try {
    const connector = await deps.connectorOf(source, meter)
    const refs = mentions.map(({ instance, nativeId, url }) => ({
      ...{ network: source.network as Network, instance, id: nativeId }, // written from a network we know
      ...(url !== null && { url }),
    }))
    const standings = await standingOfEach(connector, refs, signal)
    deps.fault('recheck.fetched')
    const said = new Map(
      standings.map(({ ref, gone }) => [`${ref.instance} ${ref.id}`, gone ? 'gone' : 'stands'] as const),
    )
    await settle(deps, source, taken, spent(), mentions, ({ instance, nativeId }) =>
      said.get(`${instance} ${nativeId}`),
    )
    deps.fault('recheck.stored')
    return true
  } catch (error) {
    if (!(error instanceof ConnectorError)) throw error
    await postpone(deps, source, taken, spent(), error)
    return false
  }
}

async function settle(
  { db, clock, capabilitiesOf, fault }: RecheckDeps,
  source: q.SourceRow,
  taken: Taken,
  spent: Spent,
  asked: readonly due.DueMention[],
  said: (one: due.DueMention) => 'gone' | 'stands' | undefined,
): Promise<void> {
  const isGone = (one: due.DueMention) => said(one) === 'gone'
  const can = capabilitiesOf(source.network)
  await inBrand(db, source.brandId, async (tx) => {
    const capabilities = can && underTerms(can, (await ownTerms(tx))[source.network])
    const hiddenMs = hiddenForMs(capabilities ?? { deleteWithinHours: null })
    const now = clock.now()
    const braked = await brake(
      tx,
      source,
      asked.filter((one) => !one.hidden && said(one)),
      isGone,
      now,
    )
    const standing = await due.lockStanding(
      tx,
      asked.map(({ id }) => id),
    )
    const known = asked.filter(({ id }) => standing.has(id))
    const hidden = await hiddenAmong(
      tx,
      known.map(({ id }) => id),
    )
    const until = (one: due.DueMention) => hidden.get(one.id) ?? (braked ? new Date(now.getTime() + hiddenMs) : now)
    const lost = known.filter(isGone)
    const held = lost.filter((one) => until(one) > now)
    const ids = (rows: readonly due.DueMention[]) => rows.map(({ id }) => id)
    await due.askAgain(tx, [
      ...held.map((one) => ({ id: one.id, at: askHiddenAt(now, until(one), hiddenMs) })),
      ...known
        .filter((one) => !isGone(one))
        .map(({ id, receivedAt }) => ({ id, at: recheckAt(capabilities, receivedAt, now) })),
    ])
    await showMentions(tx, ids(known.filter((one) => hidden.has(one.id) && said(one) === 'stands')), now)
    await hideMentions(tx, ids(held.filter((one) => !hidden.has(one.id))), now, new Date(now.getTime() + hiddenMs))
    await withdrawMentions(tx, ids(lost.filter((one) => until(one) <= now)), now)
    if (braked) await release(tx, source.id, now)
    await settleBudget(tx, source, taken, { ...spent, mentions: 0 }, now)
    fault('recheck.before-commit')
  })
}

/** @returns whether the network says of too many at once that they are gone, now or since a while (L7) */
async function brake(
  tx: BrandTx,
  source: q.SourceRow,
  asked: readonly due.DueMention[],
  isGone: (one: due.DueMention) => boolean,
  now: Date,
): Promise<boolean> {
  const counts = { asked: asked.length, gone: asked.filter(isGone).length }
  const from = new Date(now.getTime() - LOOKED_AT_TOGETHER)
  const answered = await countAnswers(tx, source.id, counts, { from, now })
  if (answered.brakedAt !== null) return true
  if (counts.gone === 0 || !areTooMany(answered)) return false
  await putBrakeOn(tx, source.id, now)
  const data = { sourceId: source.id, braked: true, asked: answered.asked, gone: answered.gone }
  await appendEvents(tx, [{ kind: 'source.changed', mentionId: null, actor: 'system', data, at: now }])
  return true
}

/** Nothing is taken for gone because its network did not answer. */
async function postpone(
  { db, clock, random }: RecheckDeps,
  source: q.SourceRow,
  taken: Taken,
  spent: Spent,
  error: ConnectorError,
): Promise<void> {
  const now = clock.now()
  const refusal = windowOfRefusal(error, spent, source.accountId === null ? 'app' : 'account', now)
  const later = new Date(now.getTime() + (error.kind === 'auth' || error.kind === 'scope' ? HOUR : AGAIN_MS))
  const until = refusal?.resetAt ?? error.retryAt
  await inBrand(db, source.brandId, async (tx) => {
    await due.waitUntil(tx, source.id, until ? afterReset(until, random()) : later)
    const rates = refusal ? [...spent.rates, refusal] : spent.rates
    await settleBudget(tx, source, taken, { ...spent, rates, mentions: 0 }, now)
  })
}
