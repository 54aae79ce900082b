import type { Emotion, Flag } from '../domain/classification.ts'

/** What a group of words can push. The first seven are heads or parts of one; `spam` becomes a flag. */
export type Head = 'anger' | 'urgency' | 'question' | 'problem' | 'idea' | 'praise' | 'expert' | 'employee' | 'spam'

export type Cue = {
  /** Added to the sentiment, in [-1,1]. */
  sentiment?: number
  /** How far one finding alone lifts each head from 0, in [0,1]; findings add up as a noisy-or. */
  heads?: Partial<Record<Head, number>>
  emotions?: Partial<Record<Emotion, number>>
  flag?: Flag
  /** "not rude", "no problem": a negation just before takes the finding away. */
  negatable?: boolean
  /** Counts only at the beginning of a sentence or clause: "what …", "is …". */
  opening?: boolean
}

/** The groups of words that each language's list fills, and what finding one of them means. */
export const CUES = {
  /** Thanks and applause. */
  thanks: { sentiment: 0.5, heads: { praise: 0.45 }, emotions: { joy: 0.3 }, negatable: true },
  /** Delight with the product or the people. */
  delight: { sentiment: 0.6, heads: { praise: 0.6 }, emotions: { joy: 0.5 }, negatable: true },
  good: { sentiment: 0.45, heads: { praise: 0.2 }, emotions: { joy: 0.25 }, negatable: true },
  bad: { sentiment: -0.45, heads: { problem: 0.15 }, emotions: { sadness: 0.1, anger: 0.1 }, negatable: true },
  /** Thanks that mean the opposite: "thanks for nothing". */
  sarcasm: { sentiment: -0.7, heads: { anger: 0.4, employee: 0.25, problem: 0.3 }, emotions: { anger: 0.3 } },
  /** Names called and scorn for the brand. */
  hostile: { sentiment: -0.6, heads: { anger: 0.45, employee: 0.15 }, emotions: { anger: 0.4 }, negatable: true },
  swearing: { sentiment: -0.2, heads: { anger: 0.3 }, emotions: { anger: 0.35 } },
  /** Someone at the end of their patience: "fed up", "livid". */
  fury: { sentiment: -0.6, heads: { anger: 0.6, employee: 0.25 }, emotions: { anger: 0.5 }, negatable: true },
  leaving: { sentiment: -0.5, heads: { anger: 0.4, employee: 0.4, problem: 0.3 }, emotions: { anger: 0.3 } },
  lawyer: { sentiment: -0.3, heads: { anger: 0.25, employee: 0.75, problem: 0.3 }, flag: 'legal' },
  /** Money to be given back or set right. */
  money: { sentiment: -0.25, heads: { employee: 0.55, problem: 0.45 } },
  /** Waiting and not being heard. */
  unheard: { sentiment: -0.45, heads: { employee: 0.5, problem: 0.45, anger: 0.25 }, emotions: { anger: 0.25 } },
  /** Bad service with something to put right: a cancelled flight, a lost parcel, rude staff. */
  service: { sentiment: -0.45, heads: { employee: 0.5, problem: 0.5 }, emotions: { sadness: 0.1 }, negatable: true },
  /** Things that do not work. */
  failure: { sentiment: -0.35, heads: { problem: 0.5, employee: 0.1, expert: 0.1 }, negatable: true },
  /** A service down for many. */
  outage: { sentiment: -0.35, heads: { problem: 0.5, urgency: 0.4, employee: 0.25, expert: 0.15 }, negatable: true },
  /** Their order, booking or account: only the brand can look it up. */
  account: { heads: { employee: 0.3 } },
  /** Asks for a person of the brand. */
  agent: { heads: { employee: 0.4 } },
  urgent: { heads: { urgency: 0.55, employee: 0.1 }, negatable: true },
  deadline: { heads: { urgency: 0.25 } },
  danger: { sentiment: -0.4, heads: { urgency: 0.7, employee: 0.7, problem: 0.4 }, flag: 'safety', negatable: true },
  technical: { heads: { expert: 0.35 } },
  /** Technical beyond doubt: an error code, a stack trace, a bootloader. */
  expert: { heads: { expert: 0.55 } },
  asks: { heads: { question: 0.5 } },
  interrogative: { heads: { question: 0.3 }, opening: true },
  idea: { sentiment: 0.05, heads: { idea: 0.6 }, emotions: { optimism: 0.2 } },
  hope: { sentiment: 0.15, emotions: { optimism: 0.45 }, negatable: true },
  sad: { sentiment: -0.4, emotions: { sadness: 0.5 }, negatable: true },
  solved: { sentiment: 0.4, heads: { praise: 0.3 }, emotions: { joy: 0.3 }, negatable: true },
  press: { heads: { employee: 0.4 }, flag: 'press' },
  selfHarm: { sentiment: -0.6, heads: { employee: 0.6, urgency: 0.6 }, emotions: { sadness: 0.7 }, flag: 'self-harm' },
  spam: { heads: { spam: 0.4 } },
} as const satisfies Record<string, Cue>

export type CueGroup = keyof typeof CUES

/** One language as its word file writes it; every entry is a list for `phrasesIn`. */
export type WordList = {
  /** Words so frequent that they tell the language. */
  common: string
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
