import { DEFAULT_MATCHING, type MatchingWeights } from '../../rules/matching.ts'

/** An account; `id`: the network's own, for those that tell apps nobody's handle. Absent or null: nobody knows it. */
export type Account = { network: string; handle: string; id?: string | null }

/** What one mention asks of whoever answers it. */
export type Need = {
  /** Primary language subtag; null: nobody can say, and any member may look. */
  language: string | null
  /** Weights in [0,1]; empty: no particular skill. */
  skills: readonly { skill: string; weight: number }[]
  minimumRank: number
  author: Account | null
  /** Ids of members who passed on it before. */
  passed: readonly string[]
  /** Ids of members who muted or blocked the author (F7). */
  blocked: readonly string[]
  /** Ids of members who were offered it a moment ago, on the same page. */
  asked?: readonly string[]
  /** Not for those who have had their share of angry mentions (P8). */
  angry?: boolean
  /** Ids of members who answered in this thread before. */
  answered?: readonly string[]
}

/**
 * How wide the search is (M4's ladder): 0 members who hold every skill asked for, 1 those who hold any of them,
 * 2 anybody who speaks the language.
 */
export type Wider = 0 | 1 | 2

/** What each term of a score counts for, or came to; the terms themselves are in [0,1]. Brands may set their own. */
export type Weights = MatchingWeights

export const DEFAULT_WEIGHTS: Weights = DEFAULT_MATCHING.weights

/** A member who may be offered the mention. `terms` are weighted and sum to `score`. */
export type Scored = { member: string; score: number; terms: Weights }
/** The same with the reasons in words. */
export type Ranked = Scored & { why: string }

/** The hard filters of M1, in the order they are asked. */
export const FILTERS = [
  'paused',
  'language',
  'skill',
  'rank',
  'author',
  'passed',
  'blocked',
  'asked',
  'mood',
  'quiet hours',
  'capacity',
  'limits',
] as const
export type Filter = (typeof FILTERS)[number]

/** What an account is known by: accounts that share one of these are the same. */
export function accountKeys({ network, handle, id }: Account): string[] {
  const at = network.toLowerCase()
  const named = `${at} @${foldHandle(handle)}`
  return id == null ? [named] : [named, `${at} #${id}`]
}

/** A handle with case folded, without the @. */
const foldHandle = (handle: string): string => (handle.startsWith('@') ? handle.slice(1) : handle).toLowerCase()

/** The first subtag of a BCP-47 tag, in lower case. */
export function speaks(tag: string): string {
  const end = tag.indexOf('-')
  return (end === -1 ? tag : tag.slice(0, end)).toLowerCase()
}

/** The weights of the skills a decision asks for: the classifier's where it found the skill, 1 where a rule named it. */
export function weighted(
  skills: readonly string[],
  found: readonly { skill: string; weight: number }[],
): { skill: string; weight: number }[] {
  return skills.map((skill) => ({ skill, weight: found.find((one) => one.skill === skill)?.weight ?? 1 }))
}
