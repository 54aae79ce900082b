/** How large a policy may be. Generous for people, small enough that no policy can make a mention wait. */
export const LIMITS = {
  policyCharacters: 200_000,
  rules: 200,
  /** `all`, `any`, `not` and comparisons each count one level. */
  depth: 4,
  comparisonsPerRule: 20,
  listedValues: 500,
  valueCharacters: 200,
  nameCharacters: 120,
  /** Further text of a mention is not searched for words. */
  textCharacters: 10_000,
} as const
