import type { MemberProfile } from '../domain/member.ts'
import { addLoad, holders, indexMembers, type MemberIndex, withAccount } from './members.ts'
import { accountKey, type Filter, type Need, type Ranked, speaks, type Weights, type Wider } from './need.ts'
import { isQuiet } from './quiet-hours.ts'
import { explain } from './why.ts'

/** How many to name at most, and how wide to look. */
export type Search = { most: number; wider?: Wider }

/**
 * The best members for one mention, best first; ties by id. Empty: nobody passes the filters of M1 at this width.
 * For more than one mention at the same instant use `matchPage`, which lays the members out once.
 */
export function match(
  need: Need,
  members: readonly MemberProfile[],
  at: Date,
  weights: Weights,
  search: Search,
): Ranked[] {
  return matchIn(indexMembers(members, at), need, weights, search)
}

/**
 * Matches a page of mentions in order, keeping a running copy of everybody's load: each member named takes a place,
 * so that one page overfills nobody. `needs[i]` is answered by the i-th list.
 */
export function matchPage(
  needs: readonly Need[],
  members: readonly MemberProfile[],
  at: Date,
  weights: Weights,
  search: Search,
): Ranked[][] {
  const index = indexMembers(members, at)
  return needs.map((need) => {
    const ranked = matchIn(index, need, weights, search)
    for (const { member } of ranked) addLoad(index, member, 1)
    return ranked
  })
}

/** As `match`, over members laid out before. Reads the index and does not change it. */
export function matchIn(index: MemberIndex, need: Need, weights: Weights, { most, wider = 0 }: Search): Ranked[] {
  const { awake, loads, capacities, ranks } = index
  const language = need.language === null ? null : speaks(need.language)
  const columns = need.skills.map(({ skill, weight }) => ({ weight, levels: index.skills.get(skill)?.levels }))
  const total = columns.reduce((sum, { weight }) => sum + weight, 0)
  const spoken = language === null ? undefined : index.spoken.get(language)
  const excluded = excludedBy(index, need)
  const best: Found[] = []
  for (const [at, list] of candidates(index, language, need, wider).entries()) {
    for (const position of list) {
      const load = loads[position] ?? 0
      const capacity = capacities[position] ?? 0
      if (awake[position] === 0 || load >= capacity || (ranks[position] ?? 0) < need.minimumRank) continue
      if (excluded?.has(position)) continue
      let fit = 0
      let held = 0
      let seen = false
      for (let column = 0; column < columns.length; column++) {
        const level = columns[column]?.levels?.[position] ?? 0
        if (level === 0) continue
        if (column < at) seen = true
        held++
        fit += (columns[column]?.weight ?? 0) * level
      }
      if (seen || (wider === 0 && held < columns.length)) continue
      const inputs = { load, capacity, rank: ranks[position] ?? 0, skillFit: total > 0 ? fit / total : 0 }
      keepBest(best, most, position, termsOf(inputs, spoken?.[position] ?? 0, weights))
    }
  }
  return best.flatMap(({ position, score, terms }) => {
    const member = index.members[position]
    return member
      ? [{ member: member.id, score, terms, why: explain(member, loads[position] ?? 0, language, need) }]
      : []
  })
}

type Found = { position: number; score: number; terms: Weights }

/** Keeps `best` sorted, best first, no longer than `most`. */
function keepBest(best: Found[], most: number, position: number, terms: Weights): void {
  const score = sum(terms)
  if (best.length >= most && isBefore(best.at(-1), score, position)) return
  let place = best.length
  while (place > 0 && !isBefore(best[place - 1], score, position)) place--
  best.splice(place, 0, { position, score, terms })
  if (best.length > most) best.pop()
}

/** Positions follow ids, so equal scores fall by id. */
const isBefore = (other: Found | undefined, score: number, position: number): boolean =>
  other !== undefined && (other.score > score || (other.score === score && other.position < position))

/**
 * The first filter that keeps a member from being offered a mention, null when none does. The same laws as `match`,
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
  if (author && member.handles.some((handle) => accountKey(handle) === accountKey(author))) return 'author'
  if (need.passed.includes(member.id)) return 'passed'
  if (need.blocked.includes(member.id)) return 'blocked'
  if (isQuiet(member.quiet, at)) return 'quiet hours'
  return member.load >= member.capacity ? 'capacity' : null
}

/**
 * Lists that together hold everybody who may pass the language and skill filters. At width 1 the lists are one per
 * skill, in the order of the skills, and a member may stand in several.
 */
function candidates(index: MemberIndex, language: string | null, need: Need, wider: Wider): (readonly number[])[] {
  if (wider === 2 || need.skills.length === 0)
    return [language === null ? index.everyone : (index.byLanguage.get(language) ?? [])]
  const lists = need.skills.map(({ skill }) => holders(index, skill, language))
  return wider === 1 ? lists : [lists.reduce((short, list) => (list.length < short.length ? list : short))]
}

function excludedBy(index: MemberIndex, { author, passed, blocked }: Need): Set<number> | null {
  const own = author ? withAccount(index, author) : []
  if (own.length + passed.length + blocked.length === 0) return null
  const excluded = new Set(own)
  for (const id of [...passed, ...blocked]) {
    const position = index.positions.get(id)
    if (position !== undefined) excluded.add(position)
  }
  return excluded
}

/**
 * The weighted terms of a score. Each is in [0,1] before weighting: skill level averaged by the weights asked for;
 * language 1 for a member’s first, 4/5 for the second, 4/6 for the third; free share of the capacity; rank r as r/(r+2), so that the
 * next rank always counts for less than the last; fairness 1/(1+load), so that the idle come first.
 */
function termsOf(
  { load, capacity, rank, skillFit }: { load: number; capacity: number; rank: number; skillFit: number },
  spoken: number,
  weights: Weights,
): Weights {
  return {
    skill: weights.skill * skillFit,
    language: spoken === 0 ? 0 : (weights.language * 4) / (3 + spoken),
    capacity: weights.capacity * (1 - load / capacity),
    reputation: (weights.reputation * rank) / (rank + 2),
    fairness: weights.fairness / (1 + load),
  }
}

const sum = ({ skill, language, capacity, reputation, fairness }: Weights): number =>
  skill + language + capacity + reputation + fairness

const holds = (member: MemberProfile, skill: string): boolean =>
  member.skills.some((one) => one.skill === skill && one.level > 0)
