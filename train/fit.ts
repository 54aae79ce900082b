import { BUCKETS } from '../src/classify/features.ts'
import type { Encoded } from './encode.ts'
import { randomFrom, shuffle } from './random.ts'

/** One post to learn a head from: what each output should be in [0,1], and how much the post counts. */
export type Target = { at: number; values: Float32Array; weight: number; source: number }

/** One head as learned, before its bytes are packed: weights by bucket and output, dense feature and output. */
export type Fitted = { outputs: number; weights: Float32Array; dense: Float32Array; bias: Float32Array }

export type FitOptions = {
  outputs: number
  epochs: number
  /** Step of AdaGrad, falling to a tenth over the epochs. */
  rate: number
  sources: number
  seed: number
}

/** What AdaGrad's sum of squares begins with: a rare word does not leap at its first sight. */
const FIRST_SQUARE = 1e-2

/**
 * Multinomial logistic regression, or logistic for one output, by AdaGrad (Duchi et al. 2011) over shuffled posts.
 * Each source has a bias of its own, which is not kept: sources differ in what they call neutral and in how often
 * each label occurs.
 */
export function fit(data: Encoded, targets: readonly Target[], options: FitOptions): Fitted {
  const { outputs: K, epochs, rate, seed, sources } = options
  const learned: Fitted = {
    outputs: K,
    weights: new Float32Array(BUCKETS * K),
    dense: new Float32Array(data.width * K),
    bias: new Float32Array(K * (sources + 1)),
  }
  const squares: Fitted = {
    outputs: K,
    weights: new Float32Array(BUCKETS * K).fill(FIRST_SQUARE),
    dense: new Float32Array(data.width * K).fill(FIRST_SQUARE),
    bias: new Float32Array(K * (sources + 1)).fill(FIRST_SQUARE),
  }
  const random = randomFrom(seed)
  const order = [...targets]
  const slopes = new Float64Array(K)
  for (let epoch = 0; epoch < epochs; epoch++) {
    shuffle(order, random)
    const step = rate * (1 - (0.9 * epoch) / epochs)
    for (const target of order) {
      const said = answer(data, target.at, learned, target.source)
      for (let k = 0; k < K; k++) slopes[k] = (said[k]! - target.values[k]!) * target.weight
      descend(data, target, learned, squares, slopes, step)
    }
  }
  return learned
}

function descend(
  data: Encoded,
  target: Target,
  { weights, dense, bias, outputs: K }: Fitted,
  squares: Fitted,
  slopes: Float64Array,
  step: number,
): void {
  const text = target.at
  const middle = data.wordEnds[text]!
  const end = data.starts[text + 1]!
  for (let i = data.starts[text]!; i < end; i++) {
    const scale = data.scales[text * 2 + (i < middle ? 0 : 1)]!
    const base = data.buckets[i]! * K
    for (let k = 0; k < K; k++) move(weights, squares.weights, base + k, slopes[k]! * scale, step)
  }
  const row = text * data.width
  for (let d = 0; d < data.width; d++) {
    const value = data.dense[row + d]!
    if (value !== 0) for (let k = 0; k < K; k++) move(dense, squares.dense, d * K + k, slopes[k]! * value, step)
  }
  for (let k = 0; k < K; k++) {
    move(bias, squares.bias, k, slopes[k]!, step)
    move(bias, squares.bias, K * (target.source + 1) + k, slopes[k]!, step)
  }
}

function move(weights: Float32Array, squares: Float32Array, at: number, slope: number, step: number): void {
  squares[at]! += slope * slope
  weights[at]! -= (step * slope) / Math.sqrt(squares[at]!)
}

/** The log odds of a post, without the bias of any source unless one is named. */
export function oddsOf(data: Encoded, text: number, fitted: Fitted, source = -1): Float64Array {
  const { weights, dense, bias, outputs: K } = fitted
  const odds = new Float64Array(K)
  for (let k = 0; k < K; k++) odds[k] = bias[k]! + (source < 0 ? 0 : bias[K * (source + 1) + k]!)
  const middle = data.wordEnds[text]!
  const end = data.starts[text + 1]!
  for (let i = data.starts[text]!; i < end; i++) {
    const scale = data.scales[text * 2 + (i < middle ? 0 : 1)]!
    const base = data.buckets[i]! * K
    for (let k = 0; k < K; k++) odds[k]! += scale * weights[base + k]!
  }
  const row = text * data.width
  for (let d = 0; d < data.width; d++) {
    const value = data.dense[row + d]!
    if (value !== 0) for (let k = 0; k < K; k++) odds[k]! += value * dense[d * K + k]!
  }
  return odds
}

/** Log odds as probabilities: softmax, or with one output the logistic function. In place. */
export function squash(odds: Float64Array): Float64Array {
  if (odds.length === 1) {
    odds[0] = 1 / (1 + Math.exp(-odds[0]!))
    return odds
  }
  const top = Math.max(...odds)
  let total = 0
  for (let k = 0; k < odds.length; k++) total += odds[k] = Math.exp(odds[k]! - top)
  for (let k = 0; k < odds.length; k++) odds[k]! /= total
  return odds
}

const answer = (data: Encoded, text: number, fitted: Fitted, source: number): Float64Array =>
  squash(oddsOf(data, text, fitted, source))
