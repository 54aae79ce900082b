import { writeAudit } from '../db/audit.ts'
import { type BrandTx, type Db, inBrand } from '../db/client.ts'
import { appendEvents } from '../db/events.ts'
import { moveMentions } from '../db/move.ts'
import { type FaultPoint, noFaults } from '../domain/fault.ts'
import { endOffers } from '../people/offers.ts'
import * as q from './queries.ts'
import { heldEvent } from './record.ts'
import {
  CALM_MS,
  calmSince,
  isOver,
  type Look,
  learn,
  learnNothing,
  look,
  SLOT_LAG_MS,
  SLOT_MS,
  SNOOZE_MS,
  usualIn,
  usualOfCluster,
  WARM_UP_MS,
  WINDOW_MS,
} from './storm.ts'
import { ALL, nameOf, type Topic, topicNamed } from './topics.ts'

/** Mentions taken from members at a time. */
const AT_ONCE = 500
/** Nobody learns further back than this: a brand that was away so long begins where it is. */
const MOST_SLOTS = 288

/**
 * Looks whether storms begin or end for a brand, and takes their posts from members' feeds. Whatever a killed worker
 * left undone the next look does: rows say which storms last, and which posts of them are still at large.
 * @returns mentions that are free again, to be matched
 */
export async function watchStorms(db: Db, brandId: string, now: Date, fault: FaultPoint = noFaults): Promise<string[]> {
  const { storms, begun, freed } = await inBrand(db, brandId, async (tx) => {
    await learnUpTo(tx, now)
    return { ...(await beginAndEnd(tx, now)), storms: await q.openStorms(tx) }
  })
  if (begun > 0) fault('storm.begun')
  for (const storm of storms) {
    let taken: number
    do {
      taken = await inBrand(db, brandId, (tx) => takeBack(tx, storm, now))
    } while (taken === AT_ONCE)
  }
  return freed
}

/** Learns from the slots that are over what is usual of each topic (never of clusters, which have no past). */
async function learnUpTo(tx: BrandTx, now: Date): Promise<void> {
  const known = await q.whatIsUsual(tx)
  const first = known.get(ALL)?.until ?? (await q.firstCount(tx))
  if (!first) return
  const from = new Date(floor(first.getTime()))
  const slots = Math.floor((now.getTime() - SLOT_LAG_MS - from.getTime()) / SLOT_MS)
  if (slots < 1) return
  const skipped = Math.max(0, slots - MOST_SLOTS)
  const start = new Date(from.getTime() + skipped * SLOT_MS)
  const until = new Date(from.getTime() + slots * SLOT_MS)
  const rows = await q.countsBySlot(tx, start, until, SLOT_MS)
  const counts = new Map(rows.map(({ topic, slot, posts }) => [`${slot} ${topic}`, posts]))
  const topics = new Set([ALL, ...known.keys(), ...rows.map(({ topic }) => topic)])
  const learned = new Map(
    [...topics].map((topic) => {
      const before = known.get(topic)
      let usual = before ? learnNothing(before, skipped) : null
      for (let slot = 0; slot < slots - skipped; slot++) usual = learn(usual, counts.get(`${slot} ${topic}`) ?? 0)
      return [topic, { ...usual!, since: before?.since ?? from }] as const // at least one slot was learned
    }),
  )
  await q.keepUsual(tx, learned, until)
}

const floor = (ms: number): number => ms - (ms % SLOT_MS)

/** `freed`: mentions that what ended held back. */
async function beginAndEnd(tx: BrandTx, now: Date): Promise<{ begun: number; freed: string[] }> {
  const seen = await q.countsIn(tx, new Date(now.getTime() - WINDOW_MS), now)
  const open = await q.openStorms(tx)
  if (seen.size === 0 && open.length === 0) return { begun: 0, freed: [] }
  const known = await q.whatIsUsual(tx)
  const lookAt = (topic: Topic): Look => {
    const name = nameOf(topic)
    const usual = topic.kind === 'cluster' ? usualOfCluster(seen.get(ALL) ?? 0) : usualIn(known.get(name) ?? null)
    return look(seen.get(name) ?? 0, usual)
  }
  const lasting = new Set(open.map(nameOf))
  const warm = (known.get(ALL)?.since.getTime() ?? Number.POSITIVE_INFINITY) + WARM_UP_MS <= now.getTime()
  let begun = 0
  for (const name of [...seen.keys()].sort()) {
    const topic = topicNamed(name)
    if (!topic || lasting.has(name) || (topic.kind !== 'cluster' && !warm)) continue
    const found = lookAt(topic)
    if (found.stormy && (await begin(tx, topic, found, now)) !== null) begun++
  }
  const freed: string[] = []
  for (const storm of open) {
    const since = calmSince(storm.calmSince, lookAt(storm), now)
    if (isOver(since, now)) freed.push(...((await endStorm(tx, storm, 'system', now)) ?? []))
    else if (since?.getTime() !== storm.calmSince?.getTime()) await q.setCalm(tx, storm.id, since)
  }
  return { begun, freed }
}

/** Begins a storm and tells everybody; null when another worker did, or a person has just ended it. */
export async function begin(tx: BrandTx, topic: Topic, found: Look, at: Date): Promise<string | null> {
  const id = await q.insertStorm(tx, topic, found, at, new Date(at.getTime() - SNOOZE_MS))
  if (id === null) return null
  await q.gatherEarlier(tx, { ...topic, id }, new Date(at.getTime() - CALM_MS))
  const data = { stormId: id, ...topic, ...found }
  await appendEvents(tx, [{ kind: 'storm.began', mentionId: null, actor: 'system', data, at }])
  return id
}

/** Takes posts of a storm out of members' feeds; what somebody holds already stays with them. @returns how many */
async function takeBack(tx: BrandTx, storm: q.OpenStorm, at: Date): Promise<number> {
  const rows = await q.lockAtLarge(tx, storm, AT_ONCE)
  if (rows.length === 0) return 0
  const offered = rows.filter(({ state }) => state === 'offered').map(({ id }) => id)
  const ended = await endOffers(tx, offered, 'withdrawn', at)
  await moveMentions(tx, offered, 'triaged', at, ['offered'])
  await q.setStorm(
    tx,
    rows.map(({ id }) => ({ mentionId: id, stormId: storm.id })),
  )
  const of = (id: string) => ended.filter(({ mentionId }) => mentionId === id).map(({ memberId }) => memberId)
  await appendEvents(
    tx,
    rows.map(({ id }) => heldEvent(id, storm, of(id), at)),
  )
  return rows.length
}

/**
 * Ends a storm: by itself (`by` is `system`) or by hand. What it held is free to be matched at once, as far as no other
 * storm that lasts holds it too.
 * @returns the mentions to wake; null: it had ended already
 */
export async function endStorm(
  tx: BrandTx,
  storm: Topic & { id: string },
  by: string,
  at: Date,
): Promise<string[] | null> {
  if (!(await q.closeStorm(tx, storm.id, by, at))) return null
  const held = await q.heldIn(tx, storm.id)
  const kept = new Set<string>()
  for (const other of await q.openStorms(tx)) {
    const left = held.filter((id) => !kept.has(id))
    for (const id of await q.takeOver(tx, other, left)) kept.add(id)
  }
  const data = { stormId: storm.id, kind: storm.kind, key: storm.key, held: held.length }
  await appendEvents(tx, [{ kind: 'storm.ended', mentionId: null, actor: by, data, at }])
  if (by !== 'system') await writeAudit(tx, { actor: by, act: 'storm.ended', target: storm.id, details: data, at })
  return held.filter((id) => !kept.has(id))
}
