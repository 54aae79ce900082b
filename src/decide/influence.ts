import type { Priority } from '../domain/roles.ts'

/** Up to here everybody counts as ordinary; a thousand times as many followers is the most that counts. */
const ORDINARY = 1_000
const DECADES = 3
/** From this weight on a priority is raised. */
const RAISES_FROM = 0.5

/**
 * How far an author reaches, bounded (R9): log₁₀(followers / 1,000) / 3 within [0,1], in hundredths. 0 for up to a
 * thousand followers, 0.5 for some 31,600, 1 for a million and for everybody beyond. Null: the network does not say.
 */
export function influenceOf(followers: number | null): number | null {
  if (followers === null || !Number.isFinite(followers)) return null
  const decades = Math.log10(Math.max(followers, ORDINARY) / ORDINARY) / DECADES
  return Math.round(Math.min(1, decades) * 100) / 100
}

/** What influence may make of a priority: one step and no more, and never the highest, which is for what is grave. */
const ONE_STEP: Record<Priority, Priority> = { low: 'normal', normal: 'high', high: 'high', urgent: 'urgent' }

/** The priority with influence. Unknown influence changes nothing; what ordinary people have as urgent stays first. */
export const withInfluence = (priority: Priority, influence: number | null | undefined): Priority =>
  (influence ?? 0) >= RAISES_FROM ? ONE_STEP[priority] : priority
