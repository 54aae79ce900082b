import { z } from 'zod'

const Share = z.number().min(0).max(1)

/** What each term of a member's score counts for (M2), 0 to 1. They need not sum to one. */
const Weights = z.strictObject({
  /** How well the skills asked for are held. */
  skill: Share,
  /** The language is the member's first, second … */
  language: Share,
  /** How likely they answer in time at this hour of the week. */
  timely: Share,
  reputation: Share,
  /** The free share of their places. */
  capacity: Share,
  /** They answered in this thread before. */
  continuity: Share,
  /** Fewer offers held counts for more. */
  fairness: Share,
})
export type MatchingWeights = z.infer<typeof Weights>

/** How newcomers get their chance (M3), and from where on a mention is no matter to learn on. */
const Exploration = z.strictObject({
  /** Of the offers of mentions that may be learnt on, how many go to newcomers; 0 for none. */
  share: Share,
  /** Mentions as angry as this or angrier are left out. */
  anger: Share,
  /** Those as technical. */
  needsExpert: Share,
  /** Those whose authors have as many followers or more. */
  followers: z.int().min(0),
})
export type Exploration = z.infer<typeof Exploration>

export const DEFAULT_MATCHING: { weights: MatchingWeights; exploration: Exploration } = {
  weights: {
    ...{ skill: 0.35, language: 0.12, timely: 0.2, reputation: 0.08 },
    ...{ capacity: 0.08, continuity: 0.15, fairness: 0.17 },
  },
  exploration: { share: 0.1, anger: 0.4, needsExpert: 0.5, followers: 10_000 },
}

/** How members are compared; whatever is left out is as shipped. */
export const Matching = z.strictObject({
  weights: Weights.partial().optional(),
  exploration: Exploration.partial().optional(),
})

/** How widely a step of the ladder looks: those who hold every skill asked for, any of them, anybody who speaks the language. */
export const LOOKS = ['all-skills', 'any-skill', 'any-speaker'] as const
export type Look = (typeof LOOKS)[number]

/**
 * The steps of offers to ever more people (M4), in order; the last is repeated until staff take over. A step that
 * finds nobody goes on to the next at once.
 */
export const Ladder = z
  .array(
    z.strictObject({
      look: z.enum(LOOKS),
      /** How long the offers of this step stand; left out: as long as the brand's offers do. */
      minutes: z.int().min(1).max(1_440).optional(),
      /** To how many at once; left out: as many as the brand offers to. */
      offers: z.int().min(1).max(10).optional(),
    }),
  )
  .min(1)
  .max(10)
export type LadderStep = z.infer<typeof Ladder>[number]

export const DEFAULT_LADDER: readonly LadderStep[] = LOOKS.map((look) => ({ look }))

/** How a brand matches: a policy's own, completed by what ships. */
export type MatchingPolicy = { weights: MatchingWeights; exploration: Exploration; ladder: readonly LadderStep[] }

export const matchingOf = (policy: {
  matching?: z.infer<typeof Matching> | undefined
  ladder?: readonly LadderStep[] | undefined
}): MatchingPolicy => ({
  weights: completed(DEFAULT_MATCHING.weights, policy.matching?.weights),
  exploration: completed(DEFAULT_MATCHING.exploration, policy.matching?.exploration),
  ladder: policy.ladder ?? DEFAULT_LADDER,
})

function completed<T extends Record<string, number>>(
  shipped: T,
  own: { [name in keyof T]?: number | undefined } = {},
): T {
  const named = Object.entries(shipped).map(([name, value]) => [name, own[name] ?? value])
  return Object.fromEntries(named) as T // the same names, and numbers for numbers
}
