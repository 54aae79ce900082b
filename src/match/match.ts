import type { MemberProfile } from '../domain/member.ts'
import { type Found, type Hunt, hunt, huntEverywhere } from './hunt.ts'
import { type MemberIndex, positionOf, withAccount } from './members.ts'
import { accountKeys, type Filter, type Need, type Ranked, type Scored, speaks, type Wider } from './need.ts'
import { isQuiet } from './quiet-hours.ts'
import { fromUnits, languageUnits, skillUnits, standingTerms, units } from './score.ts'
import { explain } from './why.ts'

/** How many to name at most, how wide to look, and whether at newcomers only: members of the lowest rank. */
export type Search = { most: number; wider?: Wider; newcomers?: boolean }

/**
 * The best members for one mention, best first; ties by id. Empty: nobody passes the filters of M1 at this width. Reads
 * the index and does not change it. Exact: the same as `scanIn`.
 */
export function matchIn(index: MemberIndex, need: Need, search: Search): Ranked[] {
  const found = findIn(index, need, search)
  return found.best.map((one) => rankedOf(found, one, need))
}

/** The same by looking at every member: what `matchIn` is held to, and measured beside. */
export function scanIn(index: MemberIndex, need: Need, search: Search): Ranked[] {
  const asked = askOf(index, need, search)
  huntEverywhere(asked)
  return asked.best.map((one) => rankedOf(asked, one, need))
}

/** As `matchIn`, for whoever needs the terms or the words of a few of those found: both cost more than finding them. */
export function findIn(index: MemberIndex, need: Need, search: Search): Hunt {
  const asked = askOf(index, need, search)
  hunt(asked)
  return asked
}

function askOf(index: MemberIndex, need: Need, { most, wider = 0, newcomers = false }: Search): Hunt {
  const total = need.skills.reduce((sum, { weight }) => sum + weight, 0)
  const idOf = (skill: string) => (skill === '' ? undefined : index.skillOf.get(skill)) ?? -1
  const excluded = [
    ...(need.author ? withAccount(index, need.author) : []),
    ...positionsOf(index, need.passed),
    ...positionsOf(index, need.blocked),
    ...positionsOf(index, need.asked ?? []),
  ]
  return {
    index,
    most,
    wider,
    newcomers,
    minimumRank: need.minimumRank,
    language: need.language === null ? null : (index.languageOf.get(speaks(need.language)) ?? -1),
    skills: need.skills.map(({ skill }) => idOf(skill)),
    shares: need.skills.map(({ weight }) => (total > 0 ? weight / total : 0)),
    excluded: excluded.length > 0 ? new Set(excluded) : null,
    onlyCalm: need.angry ? index.onlyCalm : null,
    answered: positionsOf(index, need.answered ?? []),
    continuity: units(index.weights.continuity),
    widest: index.languageTerms[1]! + skillUnits(1, index.weights),
    best: [],
  }
}

const positionsOf = (index: MemberIndex, ids: readonly string[]): readonly number[] =>
  ids.length === 0 ? NONE : ids.flatMap((id) => positionOf(index, id) ?? [])
const NONE: readonly number[] = []

/** What the score of one of those found is made of. */
export function scoredOf({ index, answered, continuity }: Hunt, { position, score, fit, nth }: Found): Scored {
  const [load, capacity] = [index.loads[position]!, index.capacities[position]!] // a position that was found
  const [rank, timely] = [index.ranks[position]!, index.timely[position]!]
  const standing = standingTerms({ load, capacity, rank, timely }, index.weights)
  return {
    member: index.members[position]!.id,
    score: fromUnits(score),
    terms: {
      skill: fromUnits(skillUnits(fit, index.weights)),
      language: fromUnits(languageUnits(nth, index.weights)),
      timely: fromUnits(standing.timely),
      reputation: fromUnits(standing.reputation),
      capacity: fromUnits(standing.capacity),
      continuity: answered.includes(position) ? fromUnits(continuity) : 0,
      fairness: fromUnits(standing.fairness),
    },
  }
}

/** The same with the reasons in words. */
export function rankedOf(asked: Hunt, found: Found, need: Need): Ranked {
  const { index } = asked
  const language = need.language === null ? null : speaks(need.language)
  const why = explain(index.members[found.position]!, index.loads[found.position]!, language, need)
  const { member, score, terms } = scoredOf(asked, found)
  return { member, score, terms, why }
}

/**
 * The first filter that keeps a member from being offered a mention, null when none does. The same laws as `matchIn`,
 * asked one by one, so that “why not me?” has an answer (R7); a test holds the two together.
 */
export function whyNot(member: MemberProfile, need: Need, at: Date, wider: Wider = 0): Filter | null {
  if (member.paused) return 'paused'
  if (need.language !== null && !member.languages.some((tag) => speaks(tag) === speaks(need.language ?? '')))
    return 'language'
  if (wider < 2 && need.skills.length > 0) {
    const held = need.skills.filter(({ skill }) => holds(member, skill)).length
    if (held < (wider === 0 ? need.skills.length : 1)) return 'skill'
  }
  if (member.rank < need.minimumRank) return 'rank'
  const { author } = need
  const own = member.handles.flatMap(accountKeys)
  if (author && accountKeys(author).some((key) => own.includes(key))) return 'author'
  if (need.passed.includes(member.id)) return 'passed'
  if (need.blocked.includes(member.id)) return 'blocked'
  if (need.asked?.includes(member.id)) return 'asked'
  if (need.angry && member.onlyCalm) return 'mood'
  if (isQuiet(member.quiet, at)) return 'quiet hours'
  if (member.load >= member.capacity) return 'capacity'
  return member.restingUntil && member.restingUntil > at ? 'limits' : null
}

const holds = (member: MemberProfile, skill: string): boolean =>
  member.skills.some((one) => one.skill === skill && one.level > 0)
