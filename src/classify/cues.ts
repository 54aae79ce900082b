import type { Flag } from '../domain/classification.ts'

export type Cue = {
  /** What finding it says of the sentiment, in [-1,1]. */
  sentiment?: number
  flag?: Flag
  /** "not rude", "no problem": a negation just before takes the finding away. */
  negatable?: boolean
  /** Counts only at the beginning of a sentence or clause: "what …", "is …". */
  opening?: boolean
}

/** The groups of words that each language's list fills, and what finding one of them means. */
export const CUES = {
  /** Thanks and applause. */
  thanks: { sentiment: 0.5, negatable: true },
  /** Delight with the product or the people. */
  delight: { sentiment: 0.6, negatable: true },
  good: { sentiment: 0.45, negatable: true },
  bad: { sentiment: -0.45, negatable: true },
  /** Thanks that mean the opposite: "thanks for nothing". */
  sarcasm: { sentiment: -0.7 },
  /** Names called and scorn for the brand. */
  hostile: { sentiment: -0.6, negatable: true },
  swearing: { sentiment: -0.2 },
  /** Someone at the end of their patience: "fed up", "livid". */
  fury: { sentiment: -0.6, negatable: true },
  leaving: { sentiment: -0.5 },
  lawyer: { sentiment: -0.3, flag: 'legal' },
  /** Money to be given back or set right. */
  money: { sentiment: -0.25 },
  /** Waiting and not being heard. */
  unheard: { sentiment: -0.45 },
  /** Bad service with something to put right: a cancelled flight, a lost parcel, rude staff. */
  service: { sentiment: -0.45, negatable: true },
  /** Things that do not work. */
  failure: { sentiment: -0.35, negatable: true },
  /** A service down for many. */
  outage: { sentiment: -0.35, negatable: true },
  /** Their order, booking or account: only the brand can look it up. */
  account: {},
  /** Asks for a person of the brand. */
  agent: {},
  urgent: { negatable: true },
  deadline: {},
  danger: { sentiment: -0.4, flag: 'safety', negatable: true },
  technical: {},
  /** Technical beyond doubt: an error code, a stack trace, a bootloader. */
  expert: {},
  asks: {},
  interrogative: { opening: true },
  idea: { sentiment: 0.05 },
  hope: { sentiment: 0.15, negatable: true },
  sad: { sentiment: -0.4, negatable: true },
  solved: { sentiment: 0.4, negatable: true },
  press: { flag: 'press' },
  selfHarm: { sentiment: -0.6, flag: 'self-harm' },
  spam: {},
} as const satisfies Record<string, Cue>

export type CueGroup = keyof typeof CUES

/** One language as its word file writes it; every entry is a list for `phrasesIn`. */
export type WordList = {
  /** Words that natural's valences overrate in posts to a brand: "like", "help", "united". */
  neutral: string
  negators: string
  /** Makes the next words count more, or less. */
  boosters: string
  dampers: string
  /** "but": what follows counts more than what came before. */
  contrast: string
  cues: Record<CueGroup, string>
}
