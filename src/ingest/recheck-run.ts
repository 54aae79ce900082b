import {
  type Capabilities,
  type Connector,
  ConnectorError,
  type Meter,
  type Network,
} from '../../connectors/connector.ts'
import { type Db, inBrand } from '../db/client.ts'
import { type Clock, HOUR, MINUTE } from '../domain/clock.ts'
import type { FaultPoint } from '../domain/fault.ts'
import { afterReset, openMeter, type Spent, type Taken, windowOfRefusal } from './budget.ts'
import { settleBudget, takeBudget } from './budget-queries.ts'
import { entryOf } from './entry.ts'
import * as q from './queries.ts'
import { recheckAt } from './recheck.ts'
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
    const standings = await connector.standing(refs, signal)
    deps.fault('recheck.fetched')
    const gone = new Set(standings.filter((one) => one.gone).map(({ ref }) => `${ref.instance} ${ref.id}`))
    await settle(deps, source, taken, spent(), mentions, gone)
    deps.fault('recheck.stored')
    return true
  } catch (error) {
    if (!(error instanceof ConnectorError)) throw error
    await postpone(deps, source, taken, spent(), error)
    return false
  }
}

async function settle(
  { db, clock, capabilitiesOf }: RecheckDeps,
  source: q.SourceRow,
  taken: Taken,
  spent: Spent,
  asked: readonly due.DueMention[],
  gone: ReadonlySet<string>,
): Promise<void> {
  await inBrand(db, source.brandId, async (tx) => {
    const now = clock.now()
    const standing = await due.lockStanding(
      tx,
      asked.map(({ id }) => id),
    )
    const known = asked.filter(({ id }) => standing.has(id))
    const isGone = ({ instance, nativeId }: due.DueMention) => gone.has(`${instance} ${nativeId}`)
    const capabilities = capabilitiesOf(source.network)
    await due.askAgain(
      tx,
      known
        .filter((one) => !isGone(one))
        .map(({ id, receivedAt }) => ({ id, at: recheckAt(capabilities, receivedAt, now) })),
    )
    await withdrawMentions(
      tx,
      known.filter(isGone).map(({ id }) => id),
      now,
    )
    await settleBudget(tx, source, taken, { ...spent, mentions: 0 }, now)
  })
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
