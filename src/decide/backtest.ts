import type { CompiledPolicy } from '../../rules/evaluate.ts'
import { type Facts, FIELD_NAMES } from '../../rules/fields.ts'
import { DESTINATIONS, type Destination } from '../domain/roles.ts'
import { type Decision, decide, isByCosts } from './decide.ts'
import type { Held } from './held.ts'

/** Anger from here on, where it is known, counts as angry in a backtest; what `angry` means in the shipped policies. */
export const ANGRY = 0.6
/** So many of each way a mention may move are kept as a sample. */
const SAMPLED = 5

/** A mention as it was decided: the facts stored then, never judged anew. */
export type Past = { id: string; at: Date; mentionId: string; facts: Facts }
/** Where a policy sends it (`went`: the one in force, `goes`: the one that is tried). */
export type Both<T> = { went: T; goes: T }
export type Move = { past: Past } & Both<Decision>

/** What a backtest counts. Plain JSON; keys of maps have a prefix, because rules and teams may be called anything. */
export type Tally = {
  total: number
  /** Mentions by where they went and where they go: `community→escalation`. */
  matrix: Record<string, number>
  /** To staff under both, and to another team. */
  otherTeam: number
  /** To the same place with another priority, rank, skills, voice, tag, team told or word to ignore it by. */
  otherwise: number
  angryToCommunity: Both<number>
  /** Day of the brand's calendar → `community`, `triage`, `ignore` or `team:<name>` → mentions. */
  days: Record<string, Record<string, Both<number>>>
  /** `rule:<name>` → mentions that it decided. */
  rules: Record<string, Both<number>>
  /** Way → ids of decisions: those whose random bits are lowest, so that going on later draws the same. */
  sample: Record<string, string[]>
}

export const emptyTally = (): Tally => ({
  ...{ total: 0, matrix: {}, otherTeam: 0, otherwise: 0, angryToCommunity: { went: 0, goes: 0 } },
  ...{ days: {}, rules: {}, sample: {} },
})

/**
 * Facts as they were stored, made whole: a field that the product did not know then is one that nobody knew.
 * Changes the record it is given.
 */
export function asFacts(stored: Record<string, unknown>): Facts {
  for (const name of FIELD_NAMES) if (stored[name] === undefined) stored[name] = null
  return stored as unknown as Facts // every field is there now, and was written by `factsOf`
}

/**
 * Replays a page of what was decided under two policies, by the function that decides live, and counts it into `tally`.
 * @param dayOf the day of the brand's calendar an instant lies in
 * @returns the mentions that would go elsewhere, or to another team
 */
export function replayPage(
  page: readonly Past[],
  policies: Both<CompiledPolicy>,
  dayOf: (at: Date) => string,
  tally: Tally,
): Move[] {
  const moves: Move[] = []
  for (const past of page) {
    const went = decide(past.facts, policies.went)
    const goes = decide(past.facts, policies.goes)
    if (count(tally, past, { went, goes }, dayOf(past.at))) moves.push({ past, went, goes })
  }
  return moves
}

/** @returns whether it moves */
function count(tally: Tally, past: Past, { went, goes }: Both<Decision>, day: string): boolean {
  const way = wayOf(went.destination, goes.destination)
  tally.total++
  tally.matrix[way] = (tally.matrix[way] ?? 0) + 1
  if (isAngry(past.facts)) {
    if (went.destination === 'community') tally.angryToCommunity.went++
    if (goes.destination === 'community') tally.angryToCommunity.goes++
  }
  tally.days[day] ??= {}
  bump(tally.days[day], placeOf(went), 'went')
  bump(tally.days[day], placeOf(goes), 'goes')
  bump(tally.rules, whatDecided(past.facts, went), 'went')
  bump(tally.rules, whatDecided(past.facts, goes), 'goes')
  const moves = went.destination !== goes.destination
  if (moves) draw(tally, way, past.id)
  else if (went.team !== goes.team) tally.otherTeam++
  else if (differs(went, goes)) tally.otherwise++
  return moves || went.team !== goes.team
}

/** Under this the tally counts, beside the rules, what the costs of mistakes decided. */
export const COSTS_DECIDED = 'costs'

export const wayOf = (went: Destination, goes: Destination): string => `${went}→${goes}`

/** Every cell of the matrix, empty ones too, in the order of the destinations. */
export const cellsOf = ({ matrix }: Pick<Tally, 'matrix'>): { went: Destination; goes: Destination; count: number }[] =>
  DESTINATIONS.flatMap((went) => DESTINATIONS.map((goes) => ({ went, goes, count: matrix[wayOf(went, goes)] ?? 0 })))

/** Mentions that go elsewhere. */
export const movedOf = (tally: Pick<Tally, 'matrix'>): number =>
  cellsOf(tally).reduce((sum, { went, goes, count }) => (went === goes ? sum : sum + count), 0)

const isAngry = ({ anger, unsure }: Facts): boolean => anger !== null && anger >= ANGRY && !unsure?.includes('anger')

const placeOf = ({ destination, team }: Decision): string =>
  destination === 'escalation' ? `team:${team ?? ''}` : destination

/** The rule, or what mistakes cost, which no rule can be called. */
const whatDecided = (facts: Facts, decision: Decision): string =>
  isByCosts(facts, decision) ? COSTS_DECIDED : `rule:${decision.rule}`

function bump(counts: Record<string, Both<number>>, key: string, of: 'went' | 'goes'): void {
  counts[key] ??= { went: 0, goes: 0 }
  counts[key][of]++
}

const LISTS = ['skills', 'tags', 'notify'] as const
const VALUES = ['priority', 'minimumRank', 'voice', 'ignoredAs'] as const

const differs = (a: Decision, b: Decision): boolean =>
  VALUES.some((key) => a[key] !== b[key]) ||
  LISTS.some((key) => a[key].length !== b[key].length || a[key].some((one, n) => one !== b[key][n]))

/** The last digits of our ids are random (RFC 9562), so the lowest few of them are a fair draw in any order. */
function draw(tally: Tally, way: string, id: string): void {
  const key = (one: string) => one.slice(-12)
  tally.sample[way] ??= []
  const kept = tally.sample[way]
  if (kept.length === SAMPLED && key(id) >= key(kept[SAMPLED - 1] ?? '')) return
  kept.push(id)
  kept.sort((a, b) => (key(a) < key(b) ? -1 : 1))
  kept.length = Math.min(kept.length, SAMPLED)
}

type MemberLoads = { offered: number; nobody: number; members: { id: string; offers: number; busiestDay: number }[] }

/**
 * What is expected rather than counted. `loads`: who would have been offered how much of the latest `mentions` of the
 * period, which lie on `days` days, with `members` members to choose from; `names` of those that are listed.
 */
export type Outlook = {
  loads: { mentions: number; days: number; members: number } & Both<MemberLoads>
  breaches: Breaches | null
  /** Which rules of the version tried held; backtests of before this was counted have none. */
  held?: Held
  names: Record<string, string>
}

/** How often the clock ran out where mentions went, by place as in `Tally.days`; only those whose time is over. */
export type Kept = { place: string; of: number; breached: number }
export type Breaches = { went: number; goes: number; known: Kept[]; overall: number }

/** From so many on a place speaks for itself. */
const ENOUGH = 20

/**
 * Breaches of the clock to expect: Σ over places of mentions there × the share of those decided to go there in the
 * same days that had no answer in time. A place with fewer than 20 such mentions takes the share of all; nobody waits
 * for an answer to what is ignored. Null: no time has run out yet, so nothing can be said.
 */
export function expectBreaches(tally: Pick<Tally, 'days'>, known: readonly Kept[]): Breaches | null {
  const of = known.reduce((sum, one) => sum + one.of, 0)
  if (of === 0) return null
  const overall = known.reduce((sum, one) => sum + one.breached, 0) / of
  const shares = new Map(known.filter((one) => one.of >= ENOUGH).map((one) => [one.place, one.breached / one.of]))
  const sums = { went: 0, goes: 0 }
  for (const places of Object.values(tally.days))
    for (const [place, { went, goes }] of Object.entries(places)) {
      if (place === 'ignore') continue
      const share = shares.get(place) ?? overall
      sums.went += went * share
      sums.goes += goes * share
    }
  return { went: Math.round(sums.went), goes: Math.round(sums.goes), known: [...known], overall }
}
