import type { BrandTx } from './db/client.ts'
import { appendEvents, type NewEvent } from './db/events.ts'
import type { KeptRound } from './db/kept-rounds.ts'
import { newId } from './domain/id.ts'
import type { BrandKit, BrandKits, VersionMatching } from './kit.ts'
import { addLoad, setLoad } from './match/changes.ts'
import { nextRung } from './match/ladder.ts'
import { type MemberIndex, positionOf } from './match/members.ts'
import { choose, type Pick as Picked } from './match/offers.ts'
import { answeredBefore, avoidedBy, type Candidate, deliver, settlePage, type Waiting } from './match/queries.ts'
import type { Roster } from './match/roster.ts'
import { roundOf } from './match/round.ts'
import { insertRounds } from './match/round-queries.ts'
import { lockTakersAnd } from './people/offers.ts'
import type { Claim } from './reward/reward.ts'

/** Where the waiting mentions of a page go next: to staff when their time is nearly up, else to `candidates`. */
export type Ways = {
  late: readonly string[]
  offerable: readonly Waiting[]
  candidates: readonly Candidate[]
  versions: Versions
  rounds: Rounds
}

/** How the versions that decided the mentions of a page match, each with the members laid out for its weights. */
type Versions = ReadonlyMap<number, VersionMatching & { index: MemberIndex }>

/** What was looked for on this page, by mention, to be kept (R7). */
type Rounds = Map<string, KeptRound[]>

/** By mention: whoever was offered it, and until when. */
type Takers = Map<string, Map<string, Date>>

/** Whoever found somebody full looks for somebody else, so many times at once; after that when the mention is woken again. */
const ROUNDS = 3

/**
 * Matches the mentions of a page that wait, each under the version that decided it, against one copy of the members for
 * each weights there are (nearly always one), without a query a mention.
 */
export async function waysOf(
  tx: BrandTx,
  deps: { roster: Roster; kits: BrandKits },
  kit: BrandKit,
  waiting: readonly Waiting[],
  now: Date,
): Promise<Ways> {
  if (waiting.length === 0) return { late: [], offerable: [], candidates: [], versions: new Map(), rounds: new Map() }
  const versions = await versionsOf(tx, deps, kit, waiting)
  const isLate = (mention: Waiting) => nextRung(mention, now).go === 'staff'
  const before = await answeredBefore(
    tx,
    waiting.flatMap(({ id, inThread }) => (inThread ? [id] : [])),
  )
  const avoided = await avoidedBy(
    tx,
    waiting.map(({ id }) => id),
  )
  const offerable = waiting
    .filter((mention) => !isLate(mention))
    .map((mention) => {
      const [answered, blocked] = [before.get(mention.id), avoided.get(mention.id)]
      if (!answered && !blocked) return mention
      return { ...mention, need: { ...mention.need, answered: answered ?? [], blocked: blocked ?? [] } }
    })
  const rounds: Rounds = new Map()
  return {
    late: waiting.filter(isLate).map(({ id }) => id),
    offerable,
    candidates: offerable.flatMap((mention) => candidatesFor(mention, { versions, rounds }, kit, now)),
    versions,
    rounds,
  }
}

/** The versions of these mentions; weights that several share are laid out once. */
async function versionsOf(
  tx: BrandTx,
  { roster, kits }: { roster: Roster; kits: BrandKits },
  kit: BrandKit,
  waiting: readonly Waiting[],
): Promise<Versions> {
  const versions = new Map<number, VersionMatching & { index: MemberIndex }>()
  for (const decidedBy of new Set(waiting.map((mention) => versionOf(mention, kit)))) {
    const { version, matching } = await kits.matchingOf(tx, kit, decidedBy)
    versions.set(decidedBy, { version, matching, index: await roster.of(tx, kit.brand.id, matching.weights) })
  }
  return versions
}

const versionOf = ({ policyVersion }: Waiting, kit: BrandKit): number => policyVersion ?? kit.policyVersion

/** Each copy of the members once, however many versions share it. */
const indexesOf = (versions: Versions): Set<MemberIndex> => new Set([...versions.values()].map(({ index }) => index))

/** Locks every member the page will change, together. What is only offered is locked by the statement that offers. */
export async function holdMembers(tx: BrandTx, { late, candidates }: Ways, earned: readonly Claim[]): Promise<void> {
  if (late.length === 0 && earned.length === 0) return
  const memberIds = [...candidates, ...earned].map(({ memberId }) => memberId)
  await lockTakersAnd(tx, late, [...new Set(memberIds)])
}

/** Offers what waits to those it was matched with (M4). @returns whether an offer found no room */
export async function offer(tx: BrandTx, kit: BrandKit, ways: Ways, now: Date): Promise<boolean> {
  const { offerable, candidates, versions, rounds } = ways
  if (offerable.length === 0) return false
  const takers: Takers = new Map()
  const missed = await deliverAll(tx, kit, { offerable, candidates, versions, rounds }, takers, now)
  await insertRounds(tx, worthKeeping(offerable, rounds), now)
  await settlePage(
    tx,
    offerable.map(({ id, wave }) => ({
      id,
      state: takers.has(id) ? 'offered' : 'triaged',
      // A round in which nobody was asked is none: waking a mention again takes it no further up.
      wave: takers.has(id) ? Math.min(wave + 1, MOST_WAVES) : wave,
    })),
    now,
  )
  await appendEvents(
    tx,
    offerable.flatMap((mention) => handedOver(mention, takers.get(mention.id) ?? null, now)),
  )
  return missed
}

const MOST_WAVES = 1_000

/**
 * Delivers, and where a member had no room after all, matches again with what that taught, in the same transaction. Later
 * rounds pass over members that another transaction holds, for these have locked some already.
 */
async function deliverAll(
  tx: BrandTx,
  kit: BrandKit,
  { offerable, candidates, versions, rounds }: Omit<Ways, 'late'>,
  takers: Takers,
  now: Date,
): Promise<boolean> {
  let asked = candidates
  for (let round = 0; round < ROUNDS && asked.length > 0; round++) {
    const made = new Set((await deliver(tx, asked, now, round === 0 ? 'wait' : 'skip')).map(pairOf))
    for (const one of asked.filter((one) => made.has(pairOf(one)))) {
      const ofMention = takers.get(one.mentionId) ?? new Map<string, Date>()
      takers.set(one.mentionId, ofMention.set(one.memberId, one.expiresAt))
    }
    const lost = asked.filter((one) => !made.has(pairOf(one)))
    if (lost.length === 0) return round > 0
    for (const index of indexesOf(versions)) for (const { memberId } of lost) fill(index, memberId)
    asked = offerable.flatMap((mention) => {
      const missing = lost.filter(({ mentionId }) => mentionId === mention.id).length
      if (missing === 0) return []
      const need = { ...mention.need, asked: [...(takers.get(mention.id)?.keys() ?? [])] }
      return candidatesFor({ ...mention, need }, { versions, rounds }, kit, now, missing)
    })
  }
  return candidates.length > 0
}

const pairOf = ({ mentionId, memberId }: { mentionId: string; memberId: string }): string => `${mentionId} ${memberId}`

/** As far as this process knows the member has no room, until they are read again. */
function fill(index: MemberIndex, memberId: string): void {
  const position = positionOf(index, memberId)
  if (position !== null) setLoad(index, memberId, Math.max(index.loads[position]!, index.capacities[position]!))
}

/** A mention that waits is looked at again and again: that still nobody could be found is known from the first time. */
const worthKeeping = (offerable: readonly Waiting[], rounds: Rounds) =>
  offerable.flatMap(({ id, fresh }) => {
    const kept = (rounds.get(id) ?? []).filter(({ offered }) => fresh || offered > 0)
    return kept.length > 0 ? [{ mentionId: id, rounds: kept }] : []
  })

function candidatesFor(
  mention: Waiting,
  { versions, rounds }: Pick<Ways, 'versions' | 'rounds'>,
  kit: BrandKit,
  now: Date,
  most?: number,
): Candidate[] {
  const usual = kit.brand.settings
  const decidedBy = versionOf(mention, kit)
  const { version, matching, index } = versions.get(decidedBy)! // of every mention of the page
  const choice = choose(mention, index, matching, usual, now, most)
  const terms = { policyVersion: version, decidedBy, usual, most: most ?? null }
  rounds.set(mention.id, [...(rounds.get(mention.id) ?? []), roundOf(mention, index, choice, terms)])
  const picks = choice?.picks ?? []
  // A place taken under one version is gone under all.
  for (const other of indexesOf(versions)) for (const { ranked } of picks) addLoad(other, ranked.member, 1)
  return picks.map((pick, nth) => toCandidate(mention, pick, nth, now))
}

const toCandidate = (mention: Waiting, { ranked, chance, expiresAt }: Picked, nth: number, now: Date): Candidate => ({
  id: newId(now.getTime()),
  fresh: mention.fresh,
  mentionId: mention.id,
  memberId: ranked.member,
  nth,
  why: chance
    ? { score: ranked.score, terms: ranked.terms, words: ranked.why, chance }
    : { score: ranked.score, terms: ranked.terms, words: ranked.why },
  guidance: mention.guidance,
  expiresAt,
})

/** One event a mention: offered to whom, or (the first time only) that it waits. */
function handedOver(mention: Waiting, takers: ReadonlyMap<string, Date> | null, at: Date): NewEvent[] {
  const { id: mentionId, wave, fresh } = mention
  const actor = 'policy'
  if (takers) {
    const data = { wave, to: takers.size, until: [...takers.values()] }
    return [{ kind: 'mention.offered', mentionId, memberIds: [...takers.keys()], actor, data, at }]
  }
  return fresh ? [{ kind: 'mention.waiting', mentionId, actor, at }] : []
}
