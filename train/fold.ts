import { BUCKETS, DENSE } from '../src/classify/features.ts'
import { HEADS, type HeadName, OUTPUTS } from '../src/classify/heads.ts'
import { wordsOf } from '../src/classify/phrases.ts'
import type { Fitted } from './fit.ts'
import type { Knowledge } from './knowledge.ts'

/** All heads side by side, in the order of the weights file. */
export type Joined = { weights: Float32Array; known: Known; dense: number[][]; bias: number[] }
/** What the heads make of the words known by name: for each, its outputs as it stands and then as negated. */
export type Known = { words: string[]; weights: Float32Array }

/**
 * Puts the heads side by side and works out what each head makes of every known word, Σ known number · learned weight,
 * once as it stands and once negated. Words and pairs are named as the tokens of a post are.
 */
export function join(fitted: Record<HeadName, Fitted>, knowledge: Knowledge): Joined {
  const weights = new Float32Array(BUCKETS * OUTPUTS)
  const dense = DENSE.map(() => new Array<number>(OUTPUTS).fill(0))
  const bias = new Array<number>(OUTPUTS).fill(0)
  const ofKnown = new Float64Array(2 * knowledge.width * OUTPUTS)
  for (const { name, at, labels } of Object.values(HEADS)) {
    const head = fitted[name as HeadName]
    const K = labels.length
    for (let k = 0; k < K; k++) {
      for (let bucket = 0; bucket < BUCKETS; bucket++)
        weights[bucket * OUTPUTS + at + k] = head.weights[bucket * K + k]!
      for (let d = 0; d < DENSE.length; d++) dense[d]![at + k] = head.dense[d * K + k]!
      for (let d = 0; d < 2 * knowledge.width; d++)
        ofKnown[d * OUTPUTS + at + k] = head.dense[(DENSE.length + d) * K + k]!
      bias[at + k] = head.bias[k]!
    }
  }
  return { weights, known: fold(ofKnown, knowledge), dense, bias }
}

function fold(ofKnown: Float64Array, knowledge: Knowledge): Known {
  const named = new Set<string>()
  for (const entry of knowledge.words) {
    const words = wordsOf(entry)
    if (words.length === 1 || words.length === 2) named.add(words.join(' '))
  }
  const words = [...named]
  const weights = new Float32Array(words.length * 2 * OUTPUTS)
  const about = new Float64Array(knowledge.width)
  words.forEach((word, row) => {
    about.fill(0)
    knowledge.add(word, 1, about, 0)
    for (let d = 0; d < about.length; d++) {
      if (about[d] === 0) continue
      for (let k = 0; k < OUTPUTS; k++) {
        weights[row * 2 * OUTPUTS + k]! += about[d]! * ofKnown[d * OUTPUTS + k]!
        weights[(row * 2 + 1) * OUTPUTS + k]! += about[d]! * ofKnown[(about.length + d) * OUTPUTS + k]!
      }
    }
  })
  return { words, weights }
}

/** Weights as one signed byte each and the step of each output: its largest weight / 127, outliers cut at 1 in 20 000. */
export function quantize(weights: Float32Array): { bytes: Int8Array; steps: number[] } {
  const rows = weights.length / OUTPUTS
  const bytes = new Int8Array(weights.length)
  const steps = Array.from({ length: OUTPUTS }, (_, k) => {
    const sizes = new Float32Array(rows)
    for (let row = 0; row < rows; row++) sizes[row] = Math.abs(weights[row * OUTPUTS + k]!)
    sizes.sort()
    const step = Math.max(1e-9, sizes[Math.floor(rows * 0.99995)]! / 127)
    for (let row = 0; row < rows; row++) {
      const at = row * OUTPUTS + k
      bytes[at] = Math.max(-127, Math.min(127, Math.round(weights[at]! / step)))
    }
    return step
  })
  return { bytes, steps }
}
