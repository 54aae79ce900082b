import { sql } from 'drizzle-orm'
import { unjudgedSince } from './classify/queries.ts'
import { type BrandTx, type Db, inBrand } from './db/client.ts'
import { silentBacktests } from './decide/backtest-queries.ts'
import { insertDecisions } from './decide/queries.ts'
import { type Clock, DAY, MINUTE, SECOND } from './domain/clock.ts'
import type { FaultPoint } from './domain/fault.ts'
import { reconcileLoads, returnExpired } from './feed/queries.ts'
import { dueSources, pruneBands, pruneDeliveries } from './ingest/queries.ts'
import { dueRechecks } from './ingest/recheck-queries.ts'
import { withdrawMentions } from './ingest/store.ts'
import { pruneTombstones, standingLost } from './ingest/tombstones.ts'
import { waitingForPlace, waitingSince } from './match/queries.ts'
import { allBrandIds, brandById } from './people/brands.ts'
import { PAGE } from './queue/jobs.ts'
import type { Queues } from './queue/queues.ts'
import { dueChecks, dueReplies } from './reply/queries.ts'
import { SILENT_MS } from './reply/send.ts'
import { pruneCounts } from './storm/queries.ts'
import { watchStorms } from './storm/run.ts'
import { analyseNew, overdue } from './sweep-queries.ts'
import { toStaff } from './triage.ts'

export type SweepDeps = {
  db: Db
  clock: Clock
  wake: Queues['wake']
  log: { warn: (about: object, message: string) => void; error: (about: object, message: string) => void }
  settings?: SweepSettings
  fault?: FaultPoint
}

export type SweepSettings = {
  /** A mention that nobody judged for so long is woken again. */
  unjudgedMs: number
  /** A waiting mention is matched again after so long. */
  rematchMs: number
  silentMs: number
}

export const SWEEP_SETTINGS: SweepSettings = { unjudgedMs: 10 * SECOND, rematchMs: 15 * SECOND, silentMs: SILENT_MS }

/** After so many tries a mention that cannot be judged is left to a person (L8). */
const MOST_TRIES = 6
const UNJUDGED = 'It could not be judged by the machine; a person has to look.'
const AT_ONCE = 2_000
/** Networks send again what was not answered for days, not for weeks. */
const PUSHES_KEPT = 30 * DAY
/** Longer than any transaction that stores a page. */
const LOST_AND_FOUND = 10 * MINUTE
const LOCK = 4_600_002

/**
 * Looks through the rows for whatever has not moved and should have: the queue may have been emptied, a worker
 * killed, a lease forgotten (I4). One process sweeps at a time; the rows say what is due, the queue only wakes.
 * @returns whether this process swept
 */
export async function sweep(deps: SweepDeps): Promise<boolean> {
  const { db } = deps
  return db.transaction(async (tx) => {
    const [held] = await tx.execute<{ mine: boolean }>(sql`select pg_try_advisory_xact_lock(${LOCK}) as mine`)
    if (!held?.mine) return false
    await wakeDue(deps)
    for (const brandId of await allBrandIds(db)) await sweepBrand(deps, brandId)
    await analyseNew(db)
    await pruneBands(db, new Date(deps.clock.now().getTime() - 2 * DAY))
    await pruneDeliveries(db, new Date(deps.clock.now().getTime() - PUSHES_KEPT))
    await pruneTombstones(db, new Date(deps.clock.now().getTime() - PUSHES_KEPT))
    await pruneCounts(db, new Date(deps.clock.now().getTime() - DAY))
    return true
  })
}

/** Wakes workers for sources to poll, mentions to judge or match, replies to send or to look at. */
export async function wakeDue({ db, clock, wake, settings = SWEEP_SETTINGS }: SweepDeps): Promise<void> {
  const now = clock.now()
  const before = (ms: number) => new Date(now.getTime() - ms)
  for (const source of await dueSources(db, now, AT_ONCE)) await wake('poll', source)

  for (const source of await dueRechecks(db, now, AT_ONCE)) await wake('recheck', source)

  const unjudged = await unjudgedSince(db, before(settings.unjudgedMs), AT_ONCE)
  const hopeful = unjudged.filter(({ attempts }) => attempts <= MOST_TRIES)
  // Once a page has failed twice its mentions go alone, so that a poison one spoils no other.
  const together = hopeful.filter(({ attempts }) => attempts <= 2)
  for (const page of pagesByBrand(together)) await wake('triage', page)
  for (const { brandId, id, attempts } of hopeful) if (attempts > 2) await wake('triage', { brandId, mentionIds: [id] })

  for (const page of pagesByBrand(await waitingSince(db, before(settings.rematchMs), AT_ONCE)))
    await wake('triage', page)
  for (const page of pagesByBrand(await waitingForPlace(db, PAGE))) await wake('triage', page)
  for (const reply of await dueReplies(db, now, before(settings.silentMs), AT_ONCE)) await wake('send', reply)
  for (const { brandId, replyIds } of await dueChecks(db, now, AT_ONCE)) {
    for (let n = 0; n < replyIds.length; n += PAGE)
      await wake('outcome', { brandId, replyIds: replyIds.slice(n, n + PAGE) })
  }
  for (const one of await silentBacktests(db, before(settings.silentMs), AT_ONCE)) await wake('backtest', one)
}

async function sweepBrand(deps: SweepDeps, brandId: string): Promise<void> {
  const brand = await brandById(deps.db, brandId)
  if (!brand) return
  const now = deps.clock.now()
  const alone = <T>(work: (tx: BrandTx) => Promise<T>) => inBrand(deps.db, brandId, work)
  // Each in its own transaction: members are locked in the order of their ids within one, and not across several.
  await alone(async (tx) =>
    withdrawMentions(tx, await standingLost(tx, new Date(now.getTime() - LOST_AND_FOUND), PAGE), now),
  )
  const returned = await alone((tx) => returnExpired(tx, now, AT_ONCE))
  await alone(async (tx) => {
    const late = await overdue(tx, now, MOST_TRIES, AT_ONCE)
    await toStaff(tx, brand, late.unanswered, 'Its time is nearly up and no member has answered it.', now)
    await toStaff(tx, brand, late.held, 'Its time is nearly up, and a storm keeps it from members.', now)
    await toStaff(tx, brand, late.unjudged, UNJUDGED, now)
    const decision = { destination: 'escalation', rule: null, reason: UNJUDGED } as const
    await insertDecisions(
      tx,
      late.unjudged.map((mentionId) => ({ mentionId, policyVersion: null, by: 'system', facts: {}, decision })),
      now,
    )
  })
  const drifted = await alone(reconcileLoads)
  if (drifted > 0) deps.log.error({ brandId, members: drifted }, 'loads differed from live offers and were put right')
  const freed = await watchStorms(deps.db, brandId, now, deps.fault)
  for (const page of pagesByBrand([...returned, ...freed].map((id) => ({ brandId, id }))))
    await deps.wake('triage', page)
}

function pagesByBrand(rows: readonly { brandId: string; id: string }[]): { brandId: string; mentionIds: string[] }[] {
  const byBrand = new Map<string, string[]>()
  for (const { brandId, id } of rows) byBrand.set(brandId, [...(byBrand.get(brandId) ?? []), id])
  return [...byBrand].flatMap(([brandId, ids]) =>
    Array.from({ length: Math.ceil(ids.length / PAGE) }, (_, n) => ({
      brandId,
      mentionIds: ids.slice(n * PAGE, (n + 1) * PAGE),
    })),
  )
}
