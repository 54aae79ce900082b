import type { MatchingPolicy } from '../../rules/matching.ts'
import { DRAW_UNITS, type KeptRound, type MatchRound, TERM_UNITS, TERMS } from '../db/kept-rounds.ts'
import type { MemberProfile, Response } from '../domain/member.ts'
import { hoursAsked } from '../people/hours.ts'
import { refreshAll } from './cells.ts'
import { indexMembers } from './lay-out.ts'
import { leftOut } from './left-out.ts'
import { type MemberIndex, nthLanguage, positionOf, stand } from './members.ts'
import { type Need, speaks, type Weights } from './need.ts'
import { type Choice, choose, type Seeking, type Usual } from './offers.ts'

/** What is not in the mention itself. */
export type Terms = { policyVersion: number; decidedBy: number; usual: Usual; most: number | null }

/** What is kept of a choice. Call it before the places are taken in the running copy. @param choice null: nobody was found */
export function roundOf(
  { need, stakes, wave, handOverAt }: Seeking,
  index: MemberIndex,
  choice: Choice | null,
  { policyVersion, decidedBy, usual, most }: Terms,
): KeptRound {
  const { picks, next, compared, wider } = choice ?? NOBODY
  const scored = [...picks.map(({ ranked }) => ranked), ...next]
  const language = need.language === null ? null : (index.languageOf.get(speaks(need.language)) ?? -1)
  return {
    policyVersion,
    ...(decidedBy !== policyVersion && { unread: decidedBy }),
    wave,
    handOver: handOverAt.getTime(),
    usual: [usual.offerTo, usual.offerMinutes],
    most,
    language: need.language,
    skills: need.skills.map(({ skill, weight }) => [skill, weight]),
    stakes: [stakes.anger, stakes.needsExpert, stakes.flags, stakes.followers],
    rank: need.minimumRank,
    answered: need.answered ?? [],
    wider,
    members: index.size,
    leftOut: leftOut(index, need, wider ?? 2),
    ids: compared.map((position) => index.members[position]!.id), // found by a search of this index
    facts: compared.map((position) => factsOf(index, position, need, language)),
    offered: picks.length,
    until: picks[0]?.expiresAt.getTime() ?? null,
    scores: scored.map(({ terms }) => TERMS.map((term) => Math.round(terms[term] * TERM_UNITS))),
    chance: chanceOf(picks),
  }
}

const NOBODY = { picks: [], next: [], compared: [], wider: null }

function chanceOf(picks: Choice['picks']): KeptRound['chance'] {
  const [first] = picks
  if (!first?.chance) return null
  const { seed, share } = first.chance
  const draws = picks.map(({ chance }): [number, 0 | 1, number] => {
    const { draw, explored, propensity } = chance! // of all picks or of none
    return [draw * DRAW_UNITS, explored ? 1 : 0, propensity]
  })
  return { seed, share, draws }
}

/** In the order that `KeptRound` says. @param language by the index’s own number; null: none was asked for */
function factsOf(index: MemberIndex, position: number, { skills }: Need, language: number | null): number[] {
  const { capacity, rank, response, skills: own } = index.members[position]! // found by a search of this index
  const facts = [capacity, index.loads[position]!, rank, brief(index.timely[position]!), hoursAsked(response)]
  facts.push(language === null ? 0 : nthLanguage(index, position, language))
  for (const { skill } of skills) {
    const held = own.find((one) => one.skill === skill && one.level > 0)
    facts.push(held?.alpha ?? 0, held?.beta ?? 0)
  }
  return facts
}

/** A number of single precision as briefly as it is read back the same, where four places do: `timelyIn` gives no more. */
function brief(single: number): number {
  const rounded = Math.round(single * 1e4) / 1e4
  return Math.fround(rounded) === single ? rounded : single
}

const outcome = (choice: Choice | null): Pick<MatchRound, 'offered' | 'next'> => ({
  offered: (choice?.picks ?? []).map(({ ranked: { member, score, terms }, expiresAt, chance }) => ({
    ...{ member, score, terms, chance },
    until: expiresAt.toISOString(),
  })),
  next: choice?.next ?? [],
})

/** Of when a member is asked, that which a turn depends on; how likely an answer in time is, is kept by itself. */
const onlyAsked = (hours: number): Response => ({ community: NO_CLAIMS, pace: 1, own: Float32Array.of(0, 0, hours) })
const NO_CLAIMS = new Float32Array(168)

/** Makes the choice again among those who were compared: the same functions, the stored facts. */
export function again(
  round: MatchRound,
  mention: string,
  at: Date,
  policy: MatchingPolicy,
): Pick<MatchRound, 'offered' | 'next'> {
  const index = indexAgain(round, at, policy.weights)
  const need = { ...round.need, author: null, passed: [], blocked: [] }
  const seeking = { id: mention, need, stakes: round.stakes, wave: round.wave, handOverAt: new Date(round.handOverAt) }
  return outcome(choose(seeking, index, policy, round.usual, at, round.most ?? undefined))
}

/** Those who were compared, laid out as they were at that instant. */
export function indexAgain(round: MatchRound, at: Date, weights: Weights): MemberIndex {
  const rows = round.candidates.map(
    ({ timely: _, asked = 0, ...known }): MemberProfile => ({
      ...known,
      ...{ name: known.id, paused: false, quiet: null, handles: [], response: onlyAsked(asked) },
    }),
  )
  const index = indexMembers(rows, at, weights)
  for (const { id, timely } of round.candidates) {
    const position = positionOf(index, id)! // laid out above
    index.timely[position] = timely
    stand(index, position)
  }
  refreshAll(index)
  return index
}

/** Every place in which two plain values differ, by path: “offered.0.score: 0.61, now 0.62”. Empty: they are the same. */
export function differences(was: unknown, now: unknown, path = ''): string[] {
  if (Object.is(was, now)) return []
  const isTree = (one: unknown): one is Record<string, unknown> => typeof one === 'object' && one !== null
  if (!isTree(was) || !isTree(now)) return [`${path}: ${JSON.stringify(was)}, now ${JSON.stringify(now)}`]
  const keys = [...new Set([...Object.keys(was), ...Object.keys(now)])]
  return keys.flatMap((key) => differences(was[key], now[key], path ? `${path}.${key}` : key))
}
