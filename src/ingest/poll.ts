import { type Change, type Connector, ConnectorError, type PollResult } from '../../connectors/connector.ts'
import { type BrandTx, type Db, inBrand } from '../db/client.ts'
import { appendEvents } from '../db/events.ts'
import { inHalves, isRefusalOfData } from '../db/in-halves.ts'
import { moveMentions } from '../db/move.ts'
import { type Clock, DAY, MINUTE, SECOND } from '../domain/clock.ts'
import { deadlines } from '../domain/deadline.ts'
import { DomainError } from '../domain/errors.ts'
import type { FaultPoint } from '../domain/fault.ts'
import { newId } from '../domain/id.ts'
import type { Brand } from '../people/brands.ts'
import { endOffers } from '../people/offers.ts'
import { cluster, printOf } from './cluster.ts'
import { type FreshMention, idsIn, type Known, sort } from './ingest.ts'
import * as q from './queries.ts'

const ITEMS_A_POLL = 200
/** Then other sources have their turn. */
const PAGES_IN_A_ROW = 10
const CLUSTER_WINDOW = 1 * DAY
const LONGEST_WAIT = 15 * MINUTE

export type PollDeps = {
  db: Db
  clock: Clock
  /** In [0, 1); spreads retries so that sources do not come back all at once. */
  random: () => number
  connectorOf: (source: q.SourceRow) => Connector
  brandOf: (brandId: string) => Promise<Brand>
  /** Wakes triage for what was stored. */
  wake: (brandId: string, mentionIds: string[]) => Promise<unknown>
  fault: FaultPoint
  log: { error: (about: object, message: string) => void }
}

/**
 * Asks one source for what is new and stores it. Safe to run twice, at once, or to be killed anywhere: the cursor
 * moves in the transaction that stores its page, and a post that is stored already is not stored again (I1, L3).
 * A backlog is read on at once: one page each time the pulse beats would be a hundred posts a second.
 */
export function runPoll(deps: PollDeps) {
  return async ({ sourceId }: { sourceId: string }, signal: AbortSignal): Promise<void> => {
    for (let pages = 0; pages < PAGES_IN_A_ROW && !signal.aborted; pages++) {
      if (!(await pollPage(deps, sourceId, signal))) return
    }
  }
}

/** @returns whether more waits at the network */
async function pollPage(deps: PollDeps, sourceId: string, signal: AbortSignal): Promise<boolean> {
  const source = await q.sourceToPoll(deps.db, sourceId)
  if (!source) return false
  const brand = await deps.brandOf(source.brandId)
  try {
    const page = await askNetwork(deps, source, signal)
    deps.fault('poll.fetched')
    const stored = await storePage(deps, brand, source, page)
    deps.fault('poll.stored')
    await deps.wake(brand.id, stored)
    return page.state === 'more' && stored.length > 0
  } catch (error) {
    if (!(error instanceof ConnectorError)) throw error
    await inBrand(deps.db, brand.id, (tx) =>
      q.pollFailed(tx, source.id, deps.clock.now(), afterFailure(deps, source, error)),
    )
    return false
  }
}

/**
 * Whatever goes wrong between us and a network is the source's trouble and shown there, a connector's own bug too.
 * @throws ConnectorError
 */
async function askNetwork(deps: PollDeps, source: q.SourceRow, signal: AbortSignal): Promise<PollResult> {
  try {
    const { listen, cursor } = source
    return await deps.connectorOf(source).poll({ listen, cursor, maxItems: ITEMS_A_POLL, signal })
  } catch (error) {
    if (error instanceof ConnectorError) throw error
    deps.log.error({ err: error, sourceId: source.id }, 'a connector failed in a way it does not know')
    const words = error instanceof DomainError ? error.message : 'The connector failed unexpectedly; the log says how.'
    throw new ConnectorError('bad-response', words, { cause: error })
  }
}

/** Stores a page whole; when the database refuses it, halves it until the one bad item stands alone, and keeps that aside (L8). */
async function storePage(deps: PollDeps, brand: Brand, source: q.SourceRow, page: PollResult): Promise<string[]> {
  const now = deps.clock.now()
  const moveCursor = async (tx: BrandTx, stored: number) => {
    // A page with nothing new is in no hurry, or a network that gives the same again would be asked without a pause.
    const waitMs = page.state === 'more' && stored > 0 ? 0 : source.pollEverySeconds * SECOND
    const next = { cursor: page.cursor, at: new Date(now.getTime() + waitMs), gaps: page.gaps.length }
    await q.pollSucceeded(tx, source.id, now, { ...next, foundAny: page.changes.length > 0 })
  }
  // Locked first. Another worker polled meanwhile: its cursor stands, and what we bring is new or known as ever.
  const isUnmoved = async (tx: BrandTx) => (await q.lockCursor(tx, source.id)) === source.cursor
  const whole = async (tx: BrandTx) => {
    const unmoved = await isUnmoved(tx)
    const stored = await storeChanges(tx, brand, source, page.changes, now)
    if (unmoved) await moveCursor(tx, stored.length)
    return stored
  }
  try {
    return await inBrand(deps.db, brand.id, whole)
  } catch (error) {
    if (!isRefusalOfData(error)) throw error
  }
  const stored = await inHalves(
    page.changes,
    (part) => inBrand(deps.db, brand.id, (tx) => storeChanges(tx, brand, source, part, now)),
    (raw) =>
      inBrand(deps.db, brand.id, async (tx) => {
        await q.countRefusals(tx, source.id, new Map([['unreadable', 1]]), now)
        await q.keepRejected(tx, source.id, [{ reason: 'unreadable', raw }], now)
      }),
  )
  await inBrand(deps.db, brand.id, async (tx) => {
    if (await isUnmoved(tx)) await moveCursor(tx, stored.length)
  })
  return stored
}

/**
 * One page, in the transaction given: new mentions, edits, withdrawals, refusals, clusters and their events.
 * @returns ids of the new mentions
 */
export async function storeChanges(
  tx: BrandTx,
  brand: Brand,
  source: q.SourceRow,
  changes: readonly Change[],
  now: Date,
): Promise<string[]> {
  const sorted = sort(changes, await knownFor(tx, brand, source, changes), now, newId)
  const stored = await storeFresh(tx, brand, source, sorted.fresh, now)
  await withdraw(tx, source.network, sorted.withdrawn, now)

  const duplicates = sorted.fresh.length - stored.touched
  if (duplicates > 0) sorted.refused.set('duplicate', (sorted.refused.get('duplicate') ?? 0) + duplicates)
  await q.countRefusals(tx, source.id, sorted.refused, now)
  await q.keepRejected(tx, source.id, sorted.rejected, now)
  return stored.fresh
}

async function knownFor(tx: BrandTx, brand: Brand, source: q.SourceRow, changes: readonly Change[]): Promise<Known> {
  return {
    handles: new Set(brand.settings.handles.map((handle) => handle.toLowerCase())),
    blockedAuthors: new Set(brand.settings.blockedAuthors.map((handle) => handle.toLowerCase())),
    exclude: source.listen.exclude,
    ...(await q.knownReplies(tx, source.network, idsIn(changes))),
  }
}

async function storeFresh(tx: BrandTx, brand: Brand, source: q.SourceRow, fresh: FreshMention[], now: Date) {
  // A follow-up is part of a conversation already and no post of a crowd.
  const alone = fresh.filter((post) => post.answersReplyId === null).map(printOf)
  const heads = await q.headsWithBands(
    tx,
    alone.flatMap(({ bands }) => bands),
    new Date(now.getTime() - CLUSTER_WINDOW),
  )
  const clusters = cluster(alone, heads)
  const stored = await q.storeMentions(tx, fresh, {
    sourceId: source.id,
    now,
    ...deadlines(now, brand.settings.responseMinutes),
    // A head is its own cluster from the start: marking it when it gets company waited for whoever judges it, and
    // held it so that triage passed it over.
    clusterOf: new Map([...clusters.joins, ...clusters.heads.map(({ id }) => [id, id] as const)]),
  })

  const insertedIds = new Set(stored.filter((row) => row.inserted).map((row) => row.id))
  const inserted = fresh.filter((post) => insertedIds.has(post.id))
  await q.storeBands(
    tx,
    clusters.heads.filter((head) => insertedIds.has(head.id)),
    now,
  )
  await appendEvents(tx, [
    ...inserted.map((post) => ({
      kind: 'mention.received' as const,
      mentionId: post.id,
      actor: 'system',
      data: {
        network: post.network,
        addressed: post.addressed,
        followUp: post.answersReplyId !== null,
        sourceId: source.id,
      },
      at: now,
    })),
    ...stored
      .filter((row) => !row.inserted)
      .map((row) => ({ kind: 'mention.edited' as const, mentionId: row.id, actor: 'system', at: now })),
  ])
  return { fresh: inserted.map((post) => post.id), touched: stored.length }
}

/** A post is gone at its network: leases end, feeds and drafts blank, what was not sent stays unsent (L7). */
export async function withdraw(tx: BrandTx, network: string, nativeIds: readonly string[], now: Date): Promise<void> {
  const ids = await moveMentions(tx, await q.mentionsAt(tx, network, nativeIds), 'withdrawn', now)
  if (ids.length === 0) return
  const holders = await endOffers(tx, ids, 'withdrawn', now)
  await q.blank(tx, ids, now)
  await appendEvents(
    tx,
    ids.map((id) => ({
      kind: 'mention.withdrawn' as const,
      mentionId: id,
      memberIds: null,
      actor: 'system',
      data: { offeredTo: holders.filter((row) => row.mentionId === id).length },
      at: now,
    })),
  )
}

function afterFailure(deps: PollDeps, source: q.SourceRow, error: ConnectorError) {
  const now = deps.clock.now().getTime()
  const backOff = Math.min(LONGEST_WAIT, source.pollEverySeconds * SECOND * 2 ** Math.min(source.failures, 10))
  // Full jitter over the upper half: sources of one account do not return in step.
  const waitMs = Math.max(backOff * (0.5 + deps.random() / 2), (error.retryAt?.getTime() ?? 0) - now)
  const needsAuthorisation = error.kind === 'auth'
  return {
    trouble: needsAuthorisation
      ? `${error.message} Re-authorise this source to go on from where it stopped.`
      : error.message,
    nextAt: new Date(now + waitMs),
    needsAuthorisation,
    forgetCursor: error.kind === 'cursor-expired',
  }
}
