import { type Buckets, findRows, newBuckets } from './buckets.ts'
import { DENSE, type Features } from './features.ts'
import { type Head, OUTPUTS } from './heads.ts'
import { MOST_TOKENS, type Scores } from './score.ts'
import type { Weights } from './weights.ts'

/**
 * What a brand's corrections have taught: for each head corrected so far a sparse linear model over the same words,
 * pairs and dense features as the base, whose log odds are added to the base's (in units after calibration). `learn` changes
 * it in place. Memory: for each bucket seen 8 bytes an output of each head corrected and 16 for the look-up, in doubling
 * steps up to 65 536 buckets: at most 10 MB a brand; 1 000 short posts with a sentiment each take 0.7 MB.
 */
export type Learned = {
  buckets: Buckets
  /** In the order of their first correction. */
  heads: LearnedHead[]
  /** The base's weights of dense features with what was learned on top. */
  dense: Float64Array
  /** Corrections learned. */
  corrections: number
}

export type LearnedHead = {
  head: Head
  temperature: number
  shift: number
  /** By row and label; `squares` are AdaGrad's sums. */
  weights: Float32Array
  squares: Float32Array
  dense: Float32Array
  denseSquares: Float32Array
  /** How often each label was said; of a head of one label, yes and no. */
  counts: Float64Array
}

/** What a dense feature counts when it is learned: it says less about a post than the base took from it. */
export const DENSE_SHARE = 0.3

/** Nothing learned yet. */
export const newLearned = (weights: Weights): Learned => ({
  buckets: newBuckets(),
  heads: [],
  dense: weights.dense.slice(),
  corrections: 0,
})

/** Places of the buckets of one post that something was learned about, and their rows. */
const places = new Int32Array(2 * MOST_TOKENS)
const rows = new Int32Array(2 * MOST_TOKENS)

/** Adds what was learned to the scores of a post, by token as well, so that reasons include it. */
export function addLearned(features: Features, learned: Learned, weights: Weights, into: Scores): void {
  const known = findRows(features, learned.buckets, places, rows)
  for (const state of learned.heads) addHead(state, features, known, into)
  addDense(features.dense, learned, weights, into)
}

function addHead({ head, weights, temperature }: LearnedHead, features: Features, known: number, into: Scores): void {
  const { owners } = features
  const scale = features.wordScale * temperature
  const { odds, byToken } = into
  const { at, labels } = head
  const wide = labels.length
  // A local name: module exports are looked up anew at each turn of a loop by some loaders.
  const K = OUTPUTS
  for (let n = 0; n < known; n++) {
    const i = places[n]!
    const row = rows[n]! * wide
    const token = owners[i]! * K + at
    for (let k = 0; k < wide; k++) {
      const brought = weights[row + k]! * scale
      odds[at + k]! += brought
      byToken[token + k]! += brought
    }
  }
}

function addDense(dense: Float64Array, learned: Learned, weights: Weights, into: Scores): void {
  for (let d = 0; d < DENSE.length; d++) {
    const value = dense[d]!
    if (value === 0) continue
    for (const { head } of learned.heads) {
      for (let at = head.at; at < head.at + head.labels.length; at++) {
        const place = d * OUTPUTS + at
        into.odds[at]! += value * (learned.dense[place]! - weights.dense[place]!)
      }
    }
  }
  into.dense = learned.dense
}
