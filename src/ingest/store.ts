import type { Change } from '../../connectors/connector.ts'
import { type BrandTx, type Db, inBrand } from '../db/client.ts'
import { separateAll } from '../db/duplicates.ts'
import { appendEvents } from '../db/events.ts'
import { inHalves, isRefusalOfData } from '../db/in-halves.ts'
import { moveMentions } from '../db/move.ts'
import { type Clock, DAY } from '../domain/clock.ts'
import { deadlines } from '../domain/deadline.ts'
import { newId } from '../domain/id.ts'
import type { Brand } from '../people/brands.ts'
import { endOffers } from '../people/offers.ts'
import { cluster, printOf } from './cluster.ts'
import { forget } from './hidden-queries.ts'
import { type FreshMention, idsIn, type Known, type Post, type Sorted, sort } from './ingest.ts'
import { keptUntil } from './keep.ts'
import * as q from './queries.ts'
import { recheckAt } from './recheck.ts'
import { termsNow } from './terms/now.ts'
import { lostBefore, rememberLost } from './tombstones.ts'

const CLUSTER_WINDOW = 1 * DAY

/** What stands around a page in its transaction. `begin` null: it is not to be stored, such as a delivery that came before. */
type Around<T> = {
  begin: (tx: BrandTx) => Promise<T | null>
  end: (tx: BrandTx, begun: T, stored: number) => Promise<void>
}

/**
 * What becomes of the posts of a page that are fit to be stored. `fresh`: ids of those new here; `again`: how many of the
 * others are refused as duplicates.
 */
export type Keep = (
  tx: BrandTx,
  brand: Brand,
  source: q.SourceRow,
  posts: FreshMention[],
  now: Date,
) => Promise<{ fresh: string[]; again: number }>

/**
 * Stores a page whole; when the database refuses it, halves it until the one bad item stands alone, and keeps that aside
 * (L8). The transaction of `begin` and `end` is the one that stores the page, or the last of those it took.
 * @returns ids of the new mentions; null when `begin` said so
 */
export async function storePage<T>(
  { db, clock }: { db: Db; clock: Clock },
  brand: Brand,
  source: q.SourceRow,
  changes: readonly Change[],
  { begin, end }: Around<T>,
  keep: Keep = storeFresh,
): Promise<string[] | null> {
  const now = clock.now()
  const within = (work: (tx: BrandTx) => Promise<string[]>) =>
    inBrand(db, brand.id, async (tx) => {
      const begun = await begin(tx)
      if (begun === null) return null
      const stored = await work(tx)
      await end(tx, begun, stored.length)
      return stored
    })
  try {
    return await within((tx) => storeChanges(tx, brand, source, changes, now, keep))
  } catch (error) {
    if (!isRefusalOfData(error)) throw error
  }
  const stored = await inHalves(
    changes,
    (part) => inBrand(db, brand.id, (tx) => storeChanges(tx, brand, source, part, now, keep)),
    (raw) =>
      inBrand(db, brand.id, async (tx) => {
        await q.countRefusals(tx, source.id, new Map([['unreadable', 1]]), now)
        await q.keepRejected(tx, source.id, [{ reason: 'unreadable', raw }], now)
      }),
  )
  await within(async () => stored)
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
  keep: Keep = storeFresh,
): Promise<string[]> {
  const sorted = sort(changes, await knownFor(tx, brand, source, changes), now, newId)
  const lost = await lostBefore(tx, source.network, sorted.fresh)
  const fresh = sorted.fresh.filter((post) => !lost.has(post.id))
  if (lost.size > 0) sorted.refused.set('deleted', lost.size)
  const stored = await keep(tx, brand, source, fresh, now)
  await takeOverEdits(tx, sorted, now)
  await withdraw(tx, source.network, sorted.withdrawn, now)

  if (stored.again > 0) sorted.refused.set('duplicate', (sorted.refused.get('duplicate') ?? 0) + stored.again)
  await q.countRefusals(tx, source.id, sorted.refused, now)
  await q.keepRejected(tx, source.id, sorted.rejected, now)
  return stored.fresh
}

/** Words that are listened for no longer replace the old ones (L7); what is not known is counted. */
async function takeOverEdits(tx: BrandTx, { unheard, refused }: Sorted, now: Date): Promise<void> {
  const edited = await q.storeEdits(
    tx,
    unheard.map(({ post }) => post),
  )
  await tellEdited(tx, edited, now)
  const taken = new Set(edited.map(keyOf))
  for (const { post, reason } of unheard)
    if (!taken.has(keyOf(post))) refused.set(reason, (refused.get(reason) ?? 0) + 1)
}

const tellEdited = (tx: BrandTx, edited: readonly { id: string }[], at: Date) =>
  appendEvents(
    tx,
    edited.map(({ id }) => ({ kind: 'mention.edited' as const, mentionId: id, actor: 'system', at })),
  )

async function knownFor(tx: BrandTx, brand: Brand, source: q.SourceRow, changes: readonly Change[]): Promise<Known> {
  return {
    handles: new Set(brand.settings.handles.map((handle) => handle.toLowerCase())),
    blockedAuthors: new Set(brand.settings.blockedAuthors.map((handle) => handle.toLowerCase())),
    exclude: source.listen.exclude,
    ...(await q.knownReplies(tx, source.network, idsIn(changes))),
  }
}

/** They are heard now: their clocks run, and they join the crowd they are part of. */
async function storeFresh(tx: BrandTx, brand: Brand, source: q.SourceRow, fresh: FreshMention[], now: Date) {
  // A follow-up is part of a conversation already and no post of a crowd.
  const alone = fresh.filter((post) => post.answersReplyId === null).map(printOf)
  const heads = await q.headsWithBands(
    tx,
    alone.flatMap(({ bands }) => bands),
    new Date(now.getTime() - CLUSTER_WINDOW),
  )
  const clusters = cluster(alone, heads)
  const can = await termsNow(tx, source)
  const stored = await q.storeMentions(tx, fresh, {
    sourceId: source.id,
    now,
    recheckAt: recheckAt(can, now, now),
    keptUntil: keptUntil(can, now),
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
  await appendEvents(
    tx,
    inserted.map((post) => ({
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
  )
  await tellEdited(
    tx,
    stored.filter((row) => !row.inserted),
    now,
  )
  return { fresh: inserted.map((post) => post.id), again: fresh.length - stored.length }
}

/** Posts are gone at their network, whether we have heard of them yet or not (L7). */
export async function withdraw(tx: BrandTx, network: string, posts: readonly Post[], now: Date): Promise<void> {
  if (posts.length === 0) return
  const known = await q.mentionsAt(tx, network, posts)
  const heardOf = new Set(known.map(keyOf))
  await rememberLost(
    tx,
    network,
    posts.filter((post) => !heardOf.has(keyOf(post))),
    now,
  )
  await withdrawMentions(
    tx,
    known.map(({ id }) => id),
    now,
  )
}

const keyOf = ({ instance, nativeId }: Post) => `${instance} ${nativeId}`

/**
 * Their leases end, feeds and drafts blank, what was not sent stays unsent (L7). The caller has locked them
 * and duplicates merged into their cases (`lockWithDuplicates`), which wait for staff again.
 * @returns ids of those that were not withdrawn before
 */
export async function withdrawMentions(tx: BrandTx, mentionIds: readonly string[], now: Date): Promise<string[]> {
  const ids = await moveMentions(tx, mentionIds, 'withdrawn', now)
  if (ids.length === 0) return ids
  const holders = await endOffers(tx, ids, 'withdrawn', now)
  await separateAll(tx, ids, 'system', now)
  await q.blank(tx, ids, now)
  await forget(tx, ids)
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
  return ids
}
