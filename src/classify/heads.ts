import { EMOTIONS, INTENTS, SENTIMENTS } from '../domain/classification.ts'

/** One thing judged: exactly one of `labels` holds (softmax), or, with one label, it holds more or less (logistic). */
export type Head = { name: string; labels: readonly string[]; at: number }

const LABELS = {
  sentiment: SENTIMENTS,
  emotion: [...EMOTIONS, 'none'],
  intent: INTENTS,
  anger: ['anger'],
  urgency: ['urgency'],
  needsExpert: ['needsExpert'],
  needsEmployee: ['needsEmployee'],
  offensive: ['offensive'],
  spam: ['spam'],
  safety: ['safety'],
  selfHarm: ['selfHarm'],
} as const satisfies Record<string, readonly string[]>

export type HeadName = keyof typeof LABELS

/** The heads by name; `at` is the first of a head's outputs among all outputs of the weights. */
export const HEADS = layOut()
/** How many outputs the heads have together. */
export const OUTPUTS = Object.values(HEADS).reduce((sum, { labels }) => sum + labels.length, 0)

function layOut(): Record<HeadName, Head> {
  const heads: Partial<Record<HeadName, Head>> = {}
  let at = 0
  // Object.keys forgets that the table is closed.
  for (const name of Object.keys(LABELS) as HeadName[]) {
    heads[name] = { name, labels: LABELS[name], at }
    at += LABELS[name].length
  }
  // Each name of the table was laid out above.
  return heads as Record<HeadName, Head>
}

/** Turns the log odds of a head into probabilities after dividing them by `temperature`. Allocates its answer. */
export function probabilitiesOf(odds: Float64Array, head: Head, temperature: number, shift = 0): Float64Array {
  const found = new Float64Array(head.at + head.labels.length)
  writeProbabilities(odds, head, temperature, shift, found)
  return found.subarray(head.at)
}

/** The same into `found`, at the places of the head's outputs. */
export function writeProbabilities(
  odds: Float64Array,
  { at, labels }: Head,
  temperature: number,
  shift: number,
  found: Float64Array,
): void {
  const end = at + labels.length
  if (end === at + 1) {
    found[at] = 1 / (1 + Math.exp(-(odds[at]! / temperature + shift)))
    return
  }
  let top = -Infinity
  for (let k = at; k < end; k++) top = Math.max(top, odds[k]! / temperature)
  let total = 0
  for (let k = at; k < end; k++) total += found[k] = Math.exp(odds[k]! / temperature - top)
  for (let k = at; k < end; k++) found[k] = found[k]! / total
}
