export const SENTIMENTS = ['negative', 'neutral', 'positive'] as const
export type Sentiment = (typeof SENTIMENTS)[number]
export const EMOTIONS = ['anger', 'joy', 'optimism', 'sadness'] as const
export type Emotion = (typeof EMOTIONS)[number]
export const INTENTS = ['question', 'problem', 'idea', 'praise', 'other'] as const
export type Intent = (typeof INTENTS)[number]
export const FLAGS = ['spam', 'personal-data', 'legal', 'safety', 'self-harm', 'press', 'offensive'] as const
export type Flag = (typeof FLAGS)[number]

/** The heads whose label or score may be named in `unsure`: rules then treat it as unknown (R6). */
export const JUDGED_HEADS = [
  'language',
  'sentiment',
  'emotion',
  'intent',
  'anger',
  'urgency',
  'needsExpert',
  'needsEmployee',
] as const
export type JudgedHead = (typeof JUDGED_HEADS)[number]

/**
 * A piece of evidence: `words` of the text, which begin `at` a place in it (UTF-16 units), pushed `head` by `push`:
 * how far they alone would move an even chance, in [-1,1]. Without `at`, something said about the whole, in brackets:
 * `[capitals]`.
 */
export type Evidence = { head: string; words: string; push: number; at?: number }

/**
 * What we understood of one mention (U1). Numbers are in [0,1] except `sentiment.score` and pushes, in [-1,1].
 * Labels are always the best guess; a head listed in `unsure` is below its threshold and rules treat it as unknown.
 */
export type Classification = {
  /** BCP-47 tag, `und` when nobody can say. */
  language: { tag: string; confidence: number }
  sentiment: { label: Sentiment; score: number; confidence: number }
  emotion: { label: Emotion; scores: Record<Emotion, number> }
  anger: number
  urgency: number
  intent: { label: Intent; confidence: number }
  skills: { skill: string; weight: number }[]
  /** A technical matter. */
  needsExpert: number
  /** Someone who can act for the brand has to take it. */
  needsEmployee: number
  flags: Flag[]
  unsure: string[]
  why: Evidence[]
}

/** From here on a post counts as angry, where people are told of it or spared it; rules draw their own lines. */
export const ANGRY_FROM = 0.5

/** Anger from here on is taken for abuse even where no flag was raised: hardly a post is so angry without insults. */
const ABUSIVE_FROM = 0.95

/** Whether people are spared the words until they ask for them (P8). Null: nobody has judged it. */
export const isAbusive = ({ flags, anger }: { flags: readonly Flag[] | null; anger: number | null }): boolean =>
  (flags ?? []).includes('offensive') || (anger ?? 0) >= ABUSIVE_FROM

/** A brand's skills: name → words that point to it, by language tag (`*` for all languages). */
export type SkillWords = Record<string, Record<string, string[]>>
