import { ConnectorError, type PollResult } from '../../connectors/connector.ts'
import { type BrandTx, type Db, inBrand } from '../db/client.ts'
import { appendEvents } from '../db/events.ts'
import { type Clock, DAY, MINUTE } from '../domain/clock.ts'
import type { FaultPoint } from '../domain/fault.ts'
import type { Brand } from '../people/brands.ts'
import { type AskDeps, askNetwork } from './ask.ts'
import { afterFailure, type BackfillRow, inStretch, spareAllowance, spentSentence, stepOf } from './backfill.ts'
import * as b from './backfill-queries.ts'
import { afterReset, type Money, openMeter, type Spent, type Taken, withRefusal } from './budget.ts'
import { settleBudget, takeBudget } from './budget-queries.ts'
import { entryOf } from './entry.ts'
import type { FreshMention } from './ingest.ts'
import { keptUntil } from './keep.ts'
import * as q from './queries.ts'
import { recheckAt } from './recheck.ts'
import { storePage } from './store.ts'
import { termsNow } from './terms/now.ts'

/** Stores posts of the past, fit to be stored, as history. @returns ids of those new here */
export type KeepPast = (
  tx: BrandTx,
  brand: Brand,
  source: q.SourceRow,
  posts: readonly FreshMention[],
  about: { recheckAt: Date | null; keptUntil: () => Date | null; now: Date },
) => Promise<ReadonlySet<string>>

export type BackfillDeps = AskDeps & {
  db: Db
  clock: Clock
  random: () => number
  brandOf: (brandId: string) => Promise<Brand>
  keepPast: KeepPast
  fault: FaultPoint
}

const ITEMS_A_PAGE = 100
/** Then other backfills have their turn. */
const PAGES_IN_A_ROW = 5
/** A worker that has said nothing for so long is taken for dead. */
const LEASE_MS = 3 * MINUTE

/** A page under way: what it is of, what it may ask, and until when it is ours. */
type Begun = { source: q.SourceRow; row: BackfillRow; taken: Taken; lease: Date }

/**
 * Goes on with a backfill, a few pages at a time: older posts of a source, kept as history (L3). Safe to run twice, at
 * once, or to be killed anywhere: one worker has it for a while, and cursor and progress move in the transaction of
 * their page. Listening goes first: it has a cursor and a queue of its own, and the better half of the budget.
 */
export function runBackfill(deps: BackfillDeps) {
  return async (job: { brandId: string; backfillId: string }, signal: AbortSignal): Promise<void> => {
    for (let pages = 0; pages < PAGES_IN_A_ROW && !signal.aborted; pages++) {
      if (!(await backfillPage(deps, job, signal))) return
    }
  }
}

/** @returns whether it can go on at once */
async function backfillPage(
  deps: BackfillDeps,
  { brandId, backfillId }: { brandId: string; backfillId: string },
  signal: AbortSignal,
): Promise<boolean> {
  const begun = await inBrand(deps.db, brandId, (tx) => begin(tx, deps, backfillId))
  if (!begun) return false
  const { row, source, taken } = begun
  const { meter, spent } = openMeter()
  try {
    const { cursor, since } = row
    const asked = { cursor, since, maxItems: ITEMS_A_PAGE, maxRequests: taken.ask, signal }
    const page = await askNetwork(deps, source, meter, asked)
    deps.fault('backfill.fetched')
    const { used } = withRefusal(page.cut, spent(), source, deps.clock.now())
    return await keepPage(deps, begun, page, used)
  } catch (error) {
    if (!(error instanceof ConnectorError)) throw error
    await writeFailure(deps, begun, spent(), error)
    return false
  }
}

/** Takes the next page and what the budget has for it; null: there is nothing to do on it now. */
async function begin(tx: BrandTx, { clock, random }: BackfillDeps, id: string): Promise<Begun | null> {
  const now = clock.now()
  const known = await b.backfillById(tx, id)
  const source = known && (await q.sourceById(tx, known.sourceId))
  if (source?.state !== 'on' || source.trouble !== null || source.putOff !== null) return null
  const lease = new Date(now.getTime() + LEASE_MS)
  const row = await b.takeUp(tx, id, now, lease)
  if (!row) return null
  const own = ownMoney(row)
  const spent = spentSentence(own, now)
  if (spent !== null) {
    await b.endBackfill(tx, source.id, { state: 'stopped', trouble: spent, at: now })
    await tell(tx, source.id, 'stopped', now)
    return null
  }
  const perDay = (await b.usualCosts(tx, now)).get(source.id) ?? 0
  const usualMicroUsd = perDay * daysLeftInMonth(now)
  const allowed = await takeBudget(tx, source, entryOf(source)?.allows ?? [], now, (windows, month) =>
    spareAllowance(windows, { month, usualMicroUsd }, own, now),
  )
  if ('windows' in allowed) return { source, row, taken: allowed, lease }
  await b.putOffBackfill(tx, id, { why: allowed.why, nextAt: afterReset(allowed.until, random()) })
  return null
}

const ownMoney = ({ microUsd, requests, capMicroUsd }: BackfillRow): Money => ({ microUsd, requests, capMicroUsd })

const daysLeftInMonth = (now: Date) => (Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1) - now.getTime()) / DAY

/** A page, its progress and its bill, in one transaction. @returns whether more is to be read */
async function keepPage(deps: BackfillDeps, begun: Begun, page: PollResult, spent: Spent): Promise<boolean> {
  const { db, clock, keepPast, fault } = deps
  const { source, row, lease, taken } = begun
  const now = clock.now()
  const brand = await deps.brandOf(source.brandId)
  const changes = inStretch(page.changes, row)
  // By id, so that a page which is stored in halves after all counts each post once.
  const [known, fresh] = [new Set<string>(), new Set<string>()]
  const step = stepOf(row, page, now)
  const stored = await storePage(
    deps,
    brand,
    source,
    changes,
    {
      begin: async (tx) => ((await b.isHeld(tx, row.id, lease)) ? q.holdSource(tx, source.id) : null),
      end: async (tx) => {
        const counts = { found: countFound(changes), stored: fresh.size, known: known.size }
        const { requests, microUsd } = spent
        await b.keepStep(tx, row.id, { ...step, ...counts, oldestAt: oldestOf(changes), requests, microUsd }, now)
        if (step.ends) await tell(tx, source.id, step.ends, now)
        await settleBudget(tx, source, taken, { ...spent, mentions: 0 }, now)
      },
    },
    async (tx, _brand, _source, posts) => {
      const can = await termsNow(tx, source)
      const about = { recheckAt: recheckAt(can, row.until, now), keptUntil: () => keptUntil(can, now), now }
      const ids = await keepPast(tx, brand, source, posts, about)
      for (const post of posts) (ids.has(post.id) ? fresh : known).add(`${post.instance} ${post.nativeId}`)
      return { fresh: [...ids], again: 0 }
    },
  )
  // It was cancelled, or given to another, while we asked.
  if (stored === null)
    await inBrand(db, source.brandId, (tx) => settleBudget(tx, source, taken, { ...spent, mentions: 0 }, now))
  fault('backfill.stored')
  return stored !== null && step.ends === undefined && step.failures === 0
}

const countFound = (changes: PollResult['changes']) => changes.filter(({ type }) => type !== 'delete').length

function oldestOf(changes: PollResult['changes']): Date | null {
  const times = changes.flatMap((change) => (change.type === 'upsert' ? [change.mention.createdAt.getTime()] : []))
  return times.length === 0 ? null : new Date(Math.min(...times))
}

/** Whatever an admin has to see to stops the source itself at its next poll; here it waits with it. */
async function writeFailure(deps: BackfillDeps, begun: Begun, spent: Spent, error: ConnectorError): Promise<void> {
  const { db, clock, random } = deps
  const { source, row, taken, lease } = begun
  const now = clock.now()
  const { used, until } = withRefusal(error, spent, source, now)
  const isOver = error.kind === 'refused' || error.kind === 'gone'
  const step = afterFailure(row, error.message, until && afterReset(until, random()), now, isOver)
  const { requests, microUsd } = spent
  await inBrand(db, source.brandId, async (tx) => {
    if (await b.isHeld(tx, row.id, lease)) {
      // A cursor of no use any more: from the start again, where all that is here already is known.
      const anew = error.kind === 'cursor-expired' ? { cursor: null } : {}
      await b.keepStep(tx, row.id, { ...step, ...anew, requests, microUsd }, now)
      if ('ends' in step) await tell(tx, source.id, step.ends, now)
    }
    await settleBudget(tx, source, taken, { ...used, mentions: 0 }, now)
  })
}

/** Live pages hear that it ended. */
const tell = (tx: BrandTx, sourceId: string, backfill: 'done' | 'stopped', at: Date) =>
  appendEvents(tx, [{ kind: 'source.changed', mentionId: null, actor: 'system', data: { sourceId, backfill }, at }])
