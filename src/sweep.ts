import { sql } from 'drizzle-orm'
import { unjudgedSince } from './classify/queries.ts'
import { type BrandTx, type Db, inBrand } from './db/client.ts'
import { silentBacktests } from './decide/backtest-queries.ts'
import { insertDecisions } from './decide/queries.ts'
import { type Clock, DAY, MINUTE, SECOND } from './domain/clock.ts'
import type { FaultPoint } from './domain/fault.ts'
import { pruneBulkActs } from './escalate/acts/queries.ts'
import { wakeDue as wakeDueCases } from './escalate/acts/wake.ts'
import { warnCases } from './escalate/warn.ts'
import { reconcileLoads, returnExpired } from './feed/queries.ts'
import { dueBackfills } from './ingest/backfill-queries.ts'
import { eraseAuthorPage, stopErasure } from './ingest/data/erase-author.ts'
import { erasePage } from './ingest/erase.ts'
import { release, withdrawCertain } from './ingest/hidden.ts'
import { forgetPage, forgetRejected } from './ingest/keep.ts'
import { unansweredInTime } from './ingest/keep-queries.ts'
import { dueSources, pruneBands, pruneDeliveries } from './ingest/queries.ts'
import { dueRechecks } from './ingest/recheck-queries.ts'
import { pruneRefusedPushes } from './ingest/refused-pushes.ts'
import { withdrawMentions } from './ingest/store.ts'
import { pruneTombstones, standingLost } from './ingest/tombstones.ts'
import { waitingForPlace, waitingSince } from './match/queries.ts'
import { forgetApplications } from './people/applying/queries.ts'
import { allBrandIds, type Brand, brandById } from './people/brands.ts'
import { forgetInvited } from './people/joining/forget.ts'
import { dueMails, pruneMails } from './people/mails.ts'
import { pruneProofs } from './people/proofs.ts'
import { dueTargets, pruneWebhookDeliveries } from './people/webhooks/queries.ts'
import { spreadEvents } from './people/webhooks/spread.ts'
import { PAGE } from './queue/jobs.ts'
import type { Queues } from './queue/queues.ts'
import { dueChecks, dueReplies } from './reply/due-queries.ts'
import { prunePictures } from './reply/pictures/queries.ts'
import { SILENT_MS } from './reply/speak.ts'
import { pruneCounts } from './storm/queries.ts'
import { watchStorms } from './storm/run.ts'
import { analyseNew, overdue } from './sweep-queries.ts'
import { pruneSystem } from './system/queries.ts'
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
const FORGOTTEN = 'Its words may be kept no longer, and nobody has answered it: read it on its network.'
const AT_ONCE = 2_000
/** Networks send again what was not answered for days, not for weeks. */
const PUSHES_KEPT = 30 * DAY
/** Longer than any transaction that stores a page. */
const LOST_AND_FOUND = 10 * MINUTE
/** Pages of posts to erase or to forget; the next sweep goes on. */
const ERASED_AT_ONCE = 10
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
    for (const brandId of await allBrandIds(db)) {
      try {
        await sweepBrand(deps, brandId)
      } catch (error) {
        // One brand's fault stops no other's work; what it left comes again.
        deps.log.error({ err: error, brandId }, 'the sweep of a brand failed; it comes again')
      }
    }
    await analyseNew(db)
    await pruneBands(db, new Date(deps.clock.now().getTime() - 2 * DAY))
    await pruneDeliveries(db, new Date(deps.clock.now().getTime() - PUSHES_KEPT))
    await pruneRefusedPushes(db, new Date(deps.clock.now().getTime() - PUSHES_KEPT))
    await pruneTombstones(db, new Date(deps.clock.now().getTime() - PUSHES_KEPT))
    await pruneCounts(db, new Date(deps.clock.now().getTime() - DAY))
    await pruneBulkActs(db, new Date(deps.clock.now().getTime() - DAY))
    await prunePictures(db, deps.clock.now())
    await pruneMails(db, deps.clock.now())
    await pruneProofs(db, deps.clock.now())
    await pruneWebhookDeliveries(db, deps.clock.now())
    await pruneSystem(db, deps.clock.now())
    return true
  })
}

/** Wakes workers for sources to poll, mentions to judge or match, replies to send or to look at. */
export async function wakeDue({ db, clock, wake, settings = SWEEP_SETTINGS }: SweepDeps): Promise<void> {
  const now = clock.now()
  const before = (ms: number) => new Date(now.getTime() - ms)
  for (const source of await dueSources(db, now, AT_ONCE)) await wake('poll', source)

  for (const source of await dueRechecks(db, now, AT_ONCE)) await wake('recheck', source)

  for (const one of await dueBackfills(db, now, AT_ONCE)) await wake('backfill', one)

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
  for (const mailId of await dueMails(db, now, AT_ONCE)) await wake('mail', { mailId })
  for (const target of await dueTargets(db, now, AT_ONCE)) await wake('webhook', target)
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
  await alone((tx) => withdrawCertain(tx, PAGE, now))
  await alone((tx) => release(tx, null, now))
  for (let pages = 0; pages < ERASED_AT_ONCE; pages++) if (!(await alone((tx) => erasePage(tx, PAGE, now)))) break
  await eraseAuthors(deps, brandId, alone, now)
  await alone((tx) => forgetInvited(tx, now))
  await forgetDue(alone, brand, now)
  await alone((tx) => forgetApplications(tx, now))
  const returned = await alone((tx) => returnExpired(tx, now, AT_ONCE))
  await alone(async (tx) => {
    const late = await overdue(tx, now, MOST_TRIES, AT_ONCE)
    await toStaff(tx, brand, late.unanswered, 'Its time is nearly up and no member has answered it.', now)
    await toStaff(tx, brand, late.held, 'Its time is nearly up, and a storm keeps it from members.', now)
    await leaveUnjudged(tx, brand, late.unjudged, UNJUDGED, now)
  })
  await alone((tx) => wakeDueCases(tx, now, AT_ONCE))
  await alone((tx) => warnCases(tx, now, AT_ONCE))
  const drifted = await alone(reconcileLoads)
  if (drifted > 0) deps.log.error({ brandId, members: drifted }, 'loads differed from live offers and were put right')
  const freed = await watchStorms(deps.db, brandId, now, deps.fault)
  for (const page of pagesByBrand([...returned, ...freed].map((id) => ({ brandId, id }))))
    await deps.wake('triage', page)
  // Last, so that it finds what this sweep did.
  for (const targetId of await alone((tx) => spreadEvents(tx, now))) await deps.wake('webhook', { brandId, targetId })
}

type Alone = <T>(work: (tx: BrandTx) => Promise<T>) => Promise<T>

/** An erasure that fails stands still and says so; the rest of the sweep goes on. */
async function eraseAuthors({ log }: SweepDeps, brandId: string, alone: Alone, now: Date): Promise<void> {
  try {
    for (let pages = 0; pages < ERASED_AT_ONCE; pages++)
      if (!(await alone((tx) => eraseAuthorPage(tx, PAGE, now)))) break
  } catch (error) {
    log.error({ err: error, brandId }, 'an author could not be erased')
    await alone((tx) => stopErasure(tx, error))
  }
}

/**
 * Words that their network lets nobody keep go, whatever state their post is in. Members cannot judge what they cannot
 * read: what nobody has answered or holds goes to staff first, who read it on its network. A holder goes on.
 */
async function forgetDue(alone: Alone, brand: Brand, now: Date): Promise<void> {
  await alone(async (tx) => {
    const { unanswered, unjudged } = await unansweredInTime(tx, now, AT_ONCE)
    await toStaff(tx, brand, unanswered, FORGOTTEN, now)
    await leaveUnjudged(tx, brand, unjudged, FORGOTTEN, now)
    await forgetRejected(tx, brand.settings, now)
  })
  for (let pages = 0; pages < ERASED_AT_ONCE; pages++)
    if ((await alone((tx) => forgetPage(tx, PAGE, now))) < PAGE) break
}

/** A person has to look at what the machine never understood. */
async function leaveUnjudged(tx: BrandTx, brand: Brand, ids: readonly string[], reason: string, now: Date) {
  await toStaff(tx, brand, ids, reason, now)
  const decision = { destination: 'escalation', rule: null, reason } as const
  await insertDecisions(
    tx,
    ids.map((mentionId) => ({ mentionId, policyVersion: null, by: 'system', facts: {}, decision })),
    now,
  )
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
