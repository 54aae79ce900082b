/** How large a policy may be. Generous for people, small enough that no policy can make a mention wait. */
export const LIMITS = {
  policyCharacters: 200_000,
  rules: 200,
  /** Words and signs of a policy's YAML, and brackets or dashes inside one another: what parsing takes time for. */
  yamlTokens: 60_000,
  yamlDepth: 32,
  /** `all`, `any`, `not` and comparisons each count one level. */
  depth: 4,
  /** Looks at a variable while a policy is checked for what it says in vain; then nothing more is found out. */
  adviceSteps: 2_000_000,
  comparisonsPerRule: 20,
  listedValues: 500,
  /** Named lists of a brand, and what one of them may hold. */
  lists: 50,
  listEntries: 5_000,
  valueCharacters: 200,
  nameCharacters: 120,
  /** Further text of a mention is not searched for words. */
  textCharacters: 10_000,
  patternCharacters: 512,
  patternsOfPolicy: 100,
  /** Instructions of one compiled pattern, and of all patterns of a policy together: time is text times instructions. */
  patternSize: 600,
  patternSizeOfPolicy: 2_000,
  /** Further text of a mention is not seen by patterns. */
  patternTextCharacters: 5_000,
} as const
