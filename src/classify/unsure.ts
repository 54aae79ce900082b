/**
 * How sure a head must be for rules to rely on it (R6); below, the label stands as the best guess and the head is
 * named in `unsure`. Confidence of a label is its share among the labels; of a score p in [0,1] it is max(p, 1 - p).
 * A language below its threshold is called `und`.
 */
export const SURE_ENOUGH = {
  language: 0.4,
  sentiment: 0.5,
  emotion: 0.35,
  intent: 0.4,
  anger: 0.55,
  urgency: 0.55,
  needsExpert: 0.55,
  needsEmployee: 0.55,
} as const satisfies Record<string, number>

export type JudgedHead = keyof typeof SURE_ENOUGH

// Object.keys forgets that the table is closed.
const HEADS = Object.keys(SURE_ENOUGH) as JudgedHead[]

/** The heads whose confidence lies below their threshold, in the order of the table. */
export function unsureHeads(confidences: Record<JudgedHead, number>): JudgedHead[] {
  return HEADS.filter((head) => confidences[head] < SURE_ENOUGH[head])
}

/**
 * Confidence of a score in [0,1] taken as yes or no. Where the words could not be read (`understood` false) a low
 * score is no evidence of absence: then half.
 */
export function sureness(score: number, understood: boolean): number {
  return understood || score > 0.5 ? Math.max(score, 1 - score) : 0.5
}

/**
 * The likeliest of three or more labels and its share: softmax of `scores` (each in [0,1]) at the given `sharpness`.
 * Of equal scores the first wins, so that the answer never depends on anything but the text.
 */
export function likeliest<Label extends string>(
  scores: Record<Label, number>,
  sharpness: number,
): { label: Label; confidence: number } {
  // A record's keys are its labels; Object.keys only knows them as strings.
  const labels = Object.keys(scores) as Label[]
  let label = labels[0]!
  let total = 0
  for (const each of labels) {
    total += Math.exp(sharpness * scores[each])
    if (scores[each] > scores[label]) label = each
  }
  return { label, confidence: Math.exp(sharpness * scores[label]) / total }
}

/**
 * Ordered logit over negative < neutral < positive for a score in [-1,1]: P(negative) = σ((-cut - score)/width),
 * P(positive) = σ((score - cut)/width), neutral has the rest. Cut and width were set by hand on our own examples
 * and looked at on public tweets.
 */
export function sentimentLabel(score: number): { label: 'negative' | 'neutral' | 'positive'; confidence: number } {
  const cut = 0.2
  const width = 0.16
  const negative = 1 / (1 + Math.exp((cut + score) / width))
  const positive = 1 / (1 + Math.exp((cut - score) / width))
  const neutral = Math.max(0, 1 - negative - positive)
  if (neutral >= negative && neutral >= positive) return { label: 'neutral', confidence: neutral }
  return negative > positive ? { label: 'negative', confidence: negative } : { label: 'positive', confidence: positive }
}
