import type { MatchingPolicy } from '../../rules/matching.ts'
import type { MemberProfile, Response } from '../domain/member.ts'
import { hoursAsked } from '../people/hours.ts'
import { refreshAll } from './cells.ts'
import type { Chance, Stakes } from './explore.ts'
import { indexMembers } from './lay-out.ts'
import { type LeftOut, leftOut } from './left-out.ts'
import { type MemberIndex, positionOf, stand } from './members.ts'
import type { Need, Scored, Wider } from './need.ts'
import { type Choice, choose, type Seeking, type Usual } from './offers.ts'

/**
 * One look for takers of a mention, as it is kept (R7): what it was made from, whom it was between, and what came of it.
 * Plain JSON. Made again from this, the mention’s id, the instant and the policy version, it gives the same (I7).
 */
export type MatchRound = {
  policyVersion: number
  wave: number
  handOverAt: string
  usual: Usual
  /** Only so many were wanted still; null: as many as the step says. */
  most: number | null
  /** Without ids of those left out, who are counted in `leftOut`. */
  need: Pick<Need, 'language' | 'skills' | 'minimumRank'> & { answered: readonly string[] }
  stakes: Stakes
  /** How wide the look was that found somebody; null: none did. */
  wider: Wider | null
  /** How many members there were, and how many each filter left out. */
  members: number
  leftOut: LeftOut
  /** Whoever was offered it, the next few, and the newcomers who contended for a chance. */
  candidates: Stored[]
  offered: (Scored & { until: string; chance: Chance | null })[]
  next: Scored[]
}

/** A candidate, as far as a score depends on them, at that instant; `skills` of those asked for. */
type Stored = Pick<MemberProfile, 'id' | 'languages' | 'skills' | 'capacity' | 'load' | 'rank'> & {
  timely: number
  /** Hours that offers stood open with them, for whose turn it is among newcomers. */
  asked?: number
}

/** What is not in the mention itself. */
export type Terms = { policyVersion: number; usual: Usual; most: number | null }

/** What is kept of a choice. Call it before the places are taken in the running copy. @param choice null: nobody was found */
export function roundOf(
  { need, stakes, wave, handOverAt }: Seeking,
  index: MemberIndex,
  choice: Choice | null,
  { policyVersion, usual, most }: Terms,
): MatchRound {
  const { picks = [], next = [], contenders = [], wider = null } = choice ?? {}
  const named = [...picks.map(({ ranked }) => ranked.member), ...next.map(({ member }) => member), ...contenders]
  const { language, skills, minimumRank, answered = [] } = need
  return {
    ...{ policyVersion, wave, most, stakes, wider },
    handOverAt: handOverAt.toISOString(),
    usual: { offerTo: usual.offerTo, offerMinutes: usual.offerMinutes },
    need: { language, skills, minimumRank, answered },
    members: index.size,
    leftOut: leftOut(index, need, wider ?? 2),
    candidates: [...new Set(named)].map((id) => stored(index, id, need)),
    ...outcome(choice),
  }
}

const outcome = (choice: Choice | null): Pick<MatchRound, 'offered' | 'next'> => ({
  offered: (choice?.picks ?? []).map(({ ranked, expiresAt, chance }) => ({
    ...scored(ranked),
    until: expiresAt.toISOString(),
    chance,
  })),
  next: choice?.next ?? [],
})

const scored = ({ member, score, terms }: Scored): Scored => ({ member, score, terms })

function stored(index: MemberIndex, id: string, need: Need): Stored {
  const position = positionOf(index, id)! // named by a search of this index
  const { languages, skills, capacity, rank, response } = index.members[position]!
  return {
    ...{ id, languages, capacity, rank },
    skills: skills
      .filter(({ skill }) => need.skills.some((asked) => asked.skill === skill))
      .map(({ skill, level, alpha, beta }) => ({ skill, level, alpha, beta })),
    load: index.loads[position]!,
    timely: index.timely[position]!,
    asked: hoursAsked(response),
  }
}

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
  const rows = round.candidates.map(
    ({ timely, asked = 0, ...known }): MemberProfile => ({
      ...known,
      ...{ name: known.id, paused: false, quiet: null, handles: [], response: onlyAsked(asked) },
    }),
  )
  const index = indexMembers(rows, at, policy.weights)
  for (const { id, timely } of round.candidates) {
    const position = positionOf(index, id)! // laid out above
    index.timely[position] = timely
    stand(index, position)
  }
  refreshAll(index)
  const need = { ...round.need, author: null, passed: [], blocked: [] }
  const seeking = { id: mention, need, stakes: round.stakes, wave: round.wave, handOverAt: new Date(round.handOverAt) }
  return outcome(choose(seeking, index, policy, round.usual, at, round.most ?? undefined))
}

/** Every place in which two plain values differ, by path: “offered.0.score: 0.61, now 0.62”. Empty: they are the same. */
export function differences(was: unknown, now: unknown, path = ''): string[] {
  if (Object.is(was, now)) return []
  const isTree = (one: unknown): one is Record<string, unknown> => typeof one === 'object' && one !== null
  if (!isTree(was) || !isTree(now)) return [`${path}: ${JSON.stringify(was)}, now ${JSON.stringify(now)}`]
  const keys = [...new Set([...Object.keys(was), ...Object.keys(now)])]
  return keys.flatMap((key) => differences(was[key], now[key], path ? `${path}.${key}` : key))
}
