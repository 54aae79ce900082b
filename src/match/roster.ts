import type { BrandTx } from '../db/client.ts'
import { type Clock, MINUTE, SECOND } from '../domain/clock.ts'
import type { Position } from '../live/position.ts'
import { readOn } from '../live/queries.ts'
import { memberProfiles } from '../people/members.ts'
import { confirmLoad, putMember, setTime } from './changes.ts'
import { indexMembers } from './lay-out.ts'
import type { MemberIndex } from './members.ts'
import type { Weights } from './need.ts'
import { loadsOf, takersOf } from './queries.ts'

/** Members of each brand laid out for matching, kept current; the statement that offers, not this, decides. */
export type Roster = {
  /** At the clock's time, laid out for these weights. Read through the transaction given, whose brand it is. */
  of: (tx: BrandTx, brandId: string, weights: Weights) => Promise<MemberIndex>
  /** Looks at the log next time, however young what is known is: something has just changed. */
  forget: (brandId: string) => void
}

type Kept = {
  index: MemberIndex
  upTo: Position
  laidAt: number
  tookMs: number
  lookedAt: number
  usedAt: number
  minute: number
}

/** What was read is good for so long without another look. */
const FRESH = 2 * SECOND
/** Laid out anew at least so often, for what no event tells; but no more than this part of the time is spent on it. */
const ANEW = 30 * SECOND
const SHARE = 1 / 20
/** Mentions in flight may still be matched by weights of an earlier version: laid out beside, and let go when idle. */
const MOST_WEIGHTS = 3
const IDLE = 2 * MINUTE
/** After so many events it is quicker to begin anew. */
const MANY_EVENTS = 5_000

/**
 * Each brand's members are read once and then followed by the event log: whoever an event names, and whoever held an
 * offer of a mention that moved, is read again. Places that this process gave away by itself are, too.
 */
export function openRoster(clock: Clock): Roster {
  const brands = new Map<string, Kept[]>()
  return {
    async of(tx, brandId, weights) {
      const now = clock.now()
      const known = brands.get(brandId)?.find(({ index }) => sameWeights(index, weights))
      const kept = (known && (await follow(tx, known, now))) ?? (await layOut(tx, now, weights))
      kept.usedAt = now.getTime()
      const others = (brands.get(brandId) ?? []).filter(
        ({ index, usedAt }) => !sameWeights(index, weights) && Math.abs(now.getTime() - usedAt) < IDLE,
      )
      brands.set(brandId, [kept, ...others].slice(0, MOST_WEIGHTS))
      return kept.index
    },
    forget: (brandId) => {
      for (const known of brands.get(brandId) ?? []) known.lookedAt = Number.NEGATIVE_INFINITY
    },
  }
}

async function layOut(tx: BrandTx, now: Date, weights: Weights): Promise<Kept> {
  const began = performance.now()
  // The place first: what happens while the members are read is read again.
  const { upTo } = await readOn(tx, null, 0)
  const index = indexMembers(await memberProfiles(tx, now), now, weights)
  const times = { laidAt: now.getTime(), lookedAt: now.getTime(), usedAt: now.getTime(), minute: minuteOf(now) }
  return { index, upTo, ...times, tookMs: performance.now() - began }
}

/** @returns null when it has to be laid out anew */
async function follow(tx: BrandTx, kept: Kept, now: Date): Promise<Kept | null> {
  const { index, laidAt, tookMs, lookedAt } = kept
  if (Math.abs(now.getTime() - laidAt) >= Math.max(ANEW, tookMs / SHARE)) return null
  if (Math.abs(now.getTime() - lookedAt) >= FRESH && !(await readAgain(tx, kept, now))) return null
  if (kept.minute !== minuteOf(now)) setTime(index, now)
  kept.minute = minuteOf(now)
  return kept
}

async function readAgain(tx: BrandTx, kept: Kept, now: Date): Promise<boolean> {
  const { index } = kept
  const { events, upTo, more } = await readOn(tx, kept.upTo, MANY_EVENTS)
  if (more) return false
  const changed = events.filter(({ kind }) => !QUIET_KINDS.includes(kind))
  const moved = changed.flatMap(({ kind, mentionId }) => (mentionId && kind !== OFFERED ? [mentionId] : []))
  const named = changed.flatMap(({ kind, memberIds }) => (kind === OFFERED ? [] : (memberIds ?? [])))
  const offered = changed.flatMap(({ kind, memberIds }) => (kind === OFFERED ? (memberIds ?? []) : []))
  const ids = new Set([...named, ...(await takersOf(tx, moved))])
  const loaded = [...new Set([...offered, ...index.guessed])].filter((id) => !ids.has(id))
  kept.upTo = upTo
  kept.lookedAt = now.getTime()
  return (await readMembers(tx, index, [...ids], now)) && (await readLoads(tx, index, loaded))
}

async function readMembers(tx: BrandTx, index: MemberIndex, ids: readonly string[], now: Date): Promise<boolean> {
  if (ids.length === 0) return true
  const community = index.members[0]?.response?.community
  const rows = await memberProfiles(tx, now, community && { ids, community })
  return rows.length >= ids.length && rows.every((row) => putMember(index, row))
}

/** Of whom something was only offered to, and those this process gave places to, nothing but the load can be another. */
async function readLoads(tx: BrandTx, index: MemberIndex, ids: readonly string[]): Promise<boolean> {
  const rows = await loadsOf(tx, ids)
  for (const { id, load } of rows) confirmLoad(index, id, load)
  return rows.length >= ids.length
}

/** Names whom something is offered to: they hold more, and nothing else of anybody is another. Whoever’s offer ended before is in the event of that. */
const OFFERED = 'mention.offered'
/** Events that change nothing of any member. */
const QUIET_KINDS = ['mention.received', 'mention.waiting', 'mention.ignored', 'mention.triage', 'mention.edited']

const minuteOf = (at: Date): number => Math.floor(at.getTime() / (60 * SECOND))

const sameWeights = ({ weights }: MemberIndex, others: Weights): boolean =>
  weights === others || JSON.stringify(weights) === JSON.stringify(others)
