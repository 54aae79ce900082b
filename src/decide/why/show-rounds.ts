import type { z } from 'zod'
import { iso } from '../../db/instants.ts'
import { type MatchRound, readRound } from '../../db/kept-rounds.ts'
import type { Why } from './contract.ts'
import type { DecisionRow } from './queries.ts'

type Shown = z.infer<typeof Why>['decisions'][number]['rounds'][number]

/** Each look for takers, with everybody compared by name, best first. */
export const showRounds = (rows: DecisionRow['rounds']): Shown[] =>
  rows.flatMap(({ at, rounds, names }) => rounds.map((round) => showRound(readRound(round), iso(at), names)))

function showRound(
  { policyVersion, unread, wave, wider, members, leftOut, offered, next }: MatchRound,
  at: string,
  names: object,
): Shown {
  const nameOf = new Map(Object.entries(names ?? {}))
  const compared = [
    ...offered.map((one) => ({ ...one, offered: true, explored: one.chance?.explored ?? false })),
    ...next.map((one) => ({ ...one, offered: false, explored: false })),
  ]
  const chances = offered.flatMap(({ chance }) => chance ?? [])
  const [first] = chances
  return {
    ...{ at, policyVersion, unread: unread ?? null, wave, wider, members },
    leftOut: Object.entries(leftOut).map(([filter, count]) => ({ filter, count })),
    compared: compared
      .sort((a, b) => b.score - a.score)
      .map(({ member, score, terms, offered, explored }) => ({
        ...{ member: String(nameOf.get(member) ?? 'somebody who has left'), score, offered, explored },
        terms: termsOf(terms),
      })),
    chance: first ? { seed: first.seed, share: first.share, draws: chances.map(({ draw }) => draw) } : null,
  }
}

/** The terms of a score that count anything, largest first. */
export const termsOf = (terms: Record<string, number>): { term: string; value: number }[] =>
  Object.entries(terms)
    .filter(([, value]) => value !== 0)
    .map(([term, value]) => ({ term, value }))
    .sort((a, b) => b.value - a.value)
