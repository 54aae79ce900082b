import type { MatchingPolicy } from '../../rules/matching.ts'
import type { MatchRound } from '../db/kept-rounds.ts'
import type { MemberProfile } from '../domain/member.ts'
import { indexMembers } from './lay-out.ts'
import { matchIn, whyNot } from './match.ts'
import type { Filter, Need, Ranked, Weights } from './need.ts'
import { indexAgain } from './round.ts'
import { FILTER_WORDS } from './why.ts'

/** Somebody about whom it is asked why a look for takers did not find them. */
export type Then = {
  id: string
  name: string
  /** What by the log left them out at that instant; null: nothing that the log tells of. */
  logged: 'joined later' | 'passed' | 'blocked' | 'paused' | null
  /** As of today but for what the log and the offers tell of that instant: a break, and `load`. Null: suspended, or gone. */
  profile: MemberProfile | null
}

/** `kept`: it follows from what was kept of the look and from the log. `today`: what the member’s rows are now had to stand in. */
export type Basis = 'kept' | 'today'

export type Answer = {
  answer: 'offered' | 'compared' | 'left-out' | 'outscored' | 'changed'
  filter: Filter | 'joined later' | 'suspended' | null
  score: number | null
  terms: Weights | null
  /** Among those who passed the filters, by score; the first and the last it can have been. */
  place: { from: number; to: number } | null
  basis: Basis
  /** One sentence, the name first. */
  words: string
}

/**
 * Why a look did not come to somebody, or that it did (R7). Whoever was compared is in what was kept. Everybody else was
 * left out by a filter or came after all who were compared, because the search is exact; which of the two, and the
 * score, is judged again by the functions that match.
 */
export function whyNotIn(
  round: MatchRound,
  then: Then,
  author: Need['author'],
  at: Date,
  { weights }: Pick<MatchingPolicy, 'weights'>,
): Answer {
  const compared = [...round.offered, ...round.next].sort((a, b) => b.score - a.score)
  const own = compared.findIndex(({ member }) => member === then.id)
  const passed = round.members - Object.values(round.leftOut).reduce((sum, count) => sum + count, 0)
  if (own !== -1)
    return knownPlace(
      round,
      then,
      { from: own + 1, to: drawn(round).includes(then.id) ? passed : own + 1 },
      compared[own]!,
    )
  const { filter, basis } = filterOf(round, then, author, at)
  if (filter) return leftOut(then.name, filter, basis)
  const known = new Set([...compared.map(({ member }) => member), ...round.candidates.map(({ id }) => id)])
  if (!known.has(then.id) && passed <= known.size) return changed(then.name)
  const index = known.has(then.id) ? indexAgain(round, at, weights) : indexMembers([then.profile!], at, weights) // no filter spoke: there is one
  const found = matchIn(index, needOf(round, null), { most: index.size, wider: round.wider ?? 2 })
  const ranked = found.find(({ member }) => member === then.id)
  if (!ranked) return changed(then.name)
  // Whoever got a newcomer’s place by a draw may have less than others who were not compared.
  const chosen = compared.filter(({ member }) => !drawn(round).includes(member))
  const place = { from: chosen.length + 1, to: passed }
  return outscored(then.name, ranked, chosen.at(-1)?.score ?? 1, place, known.has(then.id) ? 'kept' : 'today')
}

const drawn = ({ offered }: MatchRound): string[] =>
  offered.filter(({ chance }) => chance?.explored).map(({ member }) => member)

const needOf = ({ need }: MatchRound, author: Need['author']): Need => ({ ...need, author, passed: [], blocked: [] })

/** What the log tells is certain, so it is asked before what has to be judged by rows of today. */
function filterOf(
  round: MatchRound,
  { id, profile, logged }: Then,
  author: Need['author'],
  at: Date,
): { filter: Answer['filter']; basis: Basis } {
  if (logged || round.candidates.some((one) => one.id === id)) return { filter: logged, basis: 'kept' }
  if (!profile) return { filter: 'suspended', basis: 'today' }
  return { filter: whyNot(profile, needOf(round, author), at, round.wider ?? 2), basis: 'today' }
}

function knownPlace(
  { offered }: MatchRound,
  { id, name }: Then,
  place: { from: number; to: number },
  { score, terms }: { score: number; terms: Weights },
): Answer {
  const was = offered.some(({ member }) => member === id)
  return {
    ...{
      answer: was ? 'offered' : 'compared',
      filter: null,
      score,
      terms,
      place,
      basis: 'kept',
    },
    words: was
      ? `${name} was offered it: place ${place.from} of those compared.`
      : `${name} was compared and came to place ${place.from}; those before were offered it.`,
  }
}

const WORDS: Record<string, string> = {
  ...FILTER_WORDS,
  'joined later': 'joined only later',
  suspended: 'is suspended, or has left',
}

const leftOut = (name: string, filter: NonNullable<Answer['filter']>, basis: Basis): Answer => ({
  ...{ answer: 'left-out', filter, score: null, terms: null, place: null, basis },
  words: `${name} was left out: ${WORDS[filter]}${basis === 'today' ? ', by their data of today' : ''}.`,
})

const changed = (name: string): Answer => ({
  ...{ answer: 'changed', filter: null, score: null, terms: null, place: null, basis: 'today' },
  words: `A filter left ${name} out, for everybody who passed was compared; by their data of today none would, so that something of theirs has changed.`,
})

function outscored(
  name: string,
  { score, terms }: Ranked,
  last: number,
  place: { from: number; to: number },
  basis: Basis,
): Answer {
  const where = place.from === place.to ? `place ${place.from}` : `places ${place.from} to ${place.to}`
  const came = `${name} passed the filters and came after those with the best scores, on ${where} of ${place.to}`
  const by = basis === 'kept' ? 'with a score of' : 'by their data of today with a score of'
  const since = score > last ? '; that is more than the last of them had, so that something of theirs has changed' : ''
  return {
    answer: 'outscored',
    filter: null,
    score,
    terms,
    place,
    basis,
    words: `${came}, ${by} ${score.toFixed(3)}${since}.`,
  }
}
