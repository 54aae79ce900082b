import { DEFAULT_MATCHING, type MatchingWeights } from '../../rules/matching.ts'
import type { OfferWhy } from './schema/offer.ts'

/**
 * One look for takers of a mention (R7): what it was made from, whom it was between, and what came of it. Plain JSON.
 * Made again from this, the mention’s id, the instant and the policy version, it gives the same (I7).
 */
export type MatchRound = {
  /** How the takers were looked for. */
  policyVersion: number
  /** The version that decided the mention, where its text could no longer be read and another counted in its place. */
  unread?: number
  wave: number
  handOverAt: string
  /** What the brand says where the ladder does not. */
  usual: { offerTo: number; offerMinutes: number }
  /** Only so many were wanted still; null: as many as the step says. */
  most: number | null
  /** Without ids of those left out, who are counted in `leftOut`. */
  need: {
    language: string | null
    skills: { skill: string; weight: number }[]
    minimumRank: number
    answered: readonly string[]
  }
  stakes: { anger: number | null; needsExpert: number | null; flags: readonly string[]; followers: number | null }
  /** How wide the look was that found somebody; null: none did. */
  wider: 0 | 1 | 2 | null
  /** How many members there were, and how many each filter left out. */
  members: number
  leftOut: Record<string, number>
  /** Whoever was offered it, the next few, and the newcomers who contended for a chance. */
  candidates: RoundCandidate[]
  offered: (RoundScore & { until: string; chance: NonNullable<OfferWhy['chance']> | null })[]
  next: RoundScore[]
}

type RoundScore = { member: string; score: number; terms: MatchingWeights }

/** As far as a score depends on them, at that instant; `skills` of those asked for. */
export type RoundCandidate = {
  id: string
  languages: string[]
  skills: { skill: string; level: number; alpha: number; beta: number }[]
  capacity: number
  load: number
  rank: number
  timely: number
  /** Hours that offers stood open with them, for whose turn it is among newcomers. */
  asked?: number
}

/**
 * The same as it is stored: places in arrays instead of names, a quarter of the size. Instants in ms since 1970, terms
 * in millionths in the order of `TERMS`. `ids` are the candidates, first those it was offered, then the next.
 */
export type KeptRound = {
  policyVersion: number
  unread?: number
  wave: number
  handOver: number
  usual: [offerTo: number, offerMinutes: number]
  most: number | null
  language: string | null
  skills: [skill: string, weight: number][]
  rank: number
  answered: readonly string[]
  stakes: [anger: number | null, needsExpert: number | null, flags: readonly string[], followers: number | null]
  wider: MatchRound['wider']
  members: number
  leftOut: Record<string, number>
  ids: string[]
  /** Of each candidate: capacity, load, rank, timely, hours asked, which of their languages it is (0: none was asked
   * for), then alpha and beta of each skill asked for, 0 where they do not hold it. */
  facts: number[][]
  /** How many of `ids` were offered it, and until when. */
  offered: number
  until: number | null
  /** Of those offered it, and of the next. */
  scores: number[][]
  /** Of each who was offered it: the draw in 2^-32, whether it went to a newcomer (1), how likely that was. Null: no draws were made. */
  chance: { seed: number; share: number; draws: [draw: number, explored: 0 | 1, propensity: number][] } | null
}

/** The terms of a score, in the order in which they are stored. New ones go to the end. */
export const TERMS = Object.keys(DEFAULT_MATCHING.weights) as (keyof MatchingWeights)[]
/** Terms are whole numbers of this part of one. */
export const TERM_UNITS = 1_000_000
export const DRAW_UNITS = 2 ** 32

/** A round as it was before it was stored. The first ones were stored with all names, and are read as they are. */
export function readRound(kept: KeptRound | MatchRound): MatchRound {
  if (!('facts' in kept)) return kept
  const {
    policyVersion,
    wave,
    handOver,
    usual,
    most,
    language,
    skills,
    rank,
    answered,
    stakes,
    wider,
    members,
    leftOut,
  } = kept
  const [offerTo, offerMinutes] = usual
  const [anger, needsExpert, flags, followers] = stakes
  const scores = kept.scores.map((terms, at) => readScore(kept.ids[at]!, terms)) // the first ids are of the scores
  const { chance } = kept
  return {
    ...{ policyVersion, wave, most, wider, members, leftOut },
    ...(kept.unread !== undefined && { unread: kept.unread }),
    handOverAt: new Date(handOver).toISOString(),
    usual: { offerTo, offerMinutes },
    need: { language, skills: skills.map(([skill, weight]) => ({ skill, weight })), minimumRank: rank, answered },
    stakes: { anger, needsExpert, flags, followers },
    candidates: kept.ids.map((id, at) => readCandidate(id, kept.facts[at]!, kept)), // one for each
    offered: scores.slice(0, kept.offered).map((score, at) => ({
      ...score,
      until: new Date(kept.until!).toISOString(), // where something was offered
      chance: chance && readChance(chance, at),
    })),
    next: scores.slice(kept.offered),
  }
}

function readScore(member: string, stored: readonly number[]): RoundScore {
  const sum = stored.reduce((all, one) => all + one, 0)
  const terms = Object.fromEntries(TERMS.map((term, at) => [term, (stored[at] ?? 0) / TERM_UNITS]))
  return { member, score: sum / TERM_UNITS, terms: terms as MatchingWeights } // one for each term
}

function readChance({ seed, share, draws }: NonNullable<KeptRound['chance']>, at: number) {
  const [draw, explored, propensity] = draws[at]! // one for each that was offered
  return { seed, draw: draw / DRAW_UNITS, share, explored: explored === 1, propensity }
}

function readCandidate(id: string, stored: readonly number[], { language, skills }: KeptRound): RoundCandidate {
  const [capacity, load, rank, timely, asked, nth] = stored.slice(0, 6) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ]
  const beliefs = stored.slice(6)
  return {
    ...{ id, capacity, load, rank, timely, asked },
    // Which others they speak is not kept, only that they come first.
    languages: language === null ? [] : [...Array.from({ length: nth - 1 }, (_, n) => `x${n}`), language],
    skills: skills.flatMap(([skill], at) => {
      const [alpha = 0, beta = 0] = beliefs.slice(2 * at)
      return alpha > 0 ? [{ skill, level: 1, alpha, beta }] : []
    }),
  }
}
