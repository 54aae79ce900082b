import { makeRow } from './buckets.ts'
import { type Correction, LEARNING, targetOf } from './correction.ts'
import { DENSE, type Features, newFeatures } from './features.ts'
import { HEADS, type Head, OUTPUTS, probabilitiesOf } from './heads.ts'
import { addLearned, DENSE_SHARE, type Learned, type LearnedHead } from './learned.ts'
import type { Model } from './model.ts'
import { readPost } from './read-post.ts'
import { MOST_TOKENS, newScores, score } from './score.ts'
import type { Weights } from './weights.ts'

/** Step of AdaGrad, and what its sums of squares begin with: a word does not leap at its first sight. */
const RATE = 0.15
const FIRST_SQUARE = 1e-2
/** Corrections each label is given beforehand when a rare label is weighed against a frequent one. */
const PSEUDO = 5

const features = newFeatures()
const scores = newScores()
/** The rows of the buckets of one post, in their order. */
const rows = new Int32Array(2 * MOST_TOKENS)

/**
 * Learns one correction on top of the base, in place: one step of logistic regression by AdaGrad (Duchi et al. 2011)
 * for each head the person named, on the slope of what base and learned say together. Rare labels count more, by
 * √(mean count ÷ count of the label), as in training: people mostly correct one kind of mistake, and the others shall
 * not be forgotten for it. Deterministic: the same corrections in the same order give the same bits.
 */
export function learn(learned: Learned, correction: Correction, model: Model): void {
  const { weights } = model
  const { reading } = readPost(correction, model, features)
  score(features, reading.tokens.list, weights, scores)
  addLearned(features, learned, weights, scores)
  let found = false
  for (const name of LEARNING) {
    const target = targetOf(HEADS[name], correction.labels[name])
    if (target === null) continue
    if (!found) makeRows(learned)
    found = true
    descend(headOf(learned, HEADS[name], weights), features, target, learned, weights)
  }
  learned.corrections++
}

function makeRows(learned: Learned): void {
  for (let i = 0; i < features.words; i++) rows[i] = makeRow(learned.buckets, features.buckets[i]!)
  for (const state of learned.heads) makeRoom(state, learned.buckets.capacity)
}

function headOf(learned: Learned, head: Head, { header }: Weights): LearnedHead {
  const known = learned.heads.find((state) => state.head === head)
  if (known !== undefined) return known
  const { temperature, shift } = header.calibration[head.name]!
  const wide = head.labels.length
  const state = {
    ...{ head, temperature, shift, weights: new Float32Array(0), squares: new Float32Array(0) },
    dense: new Float32Array(DENSE.length * wide),
    denseSquares: new Float32Array(DENSE.length * wide).fill(FIRST_SQUARE),
    counts: new Float64Array(Math.max(2, wide)),
  }
  makeRoom(state, learned.buckets.capacity)
  learned.heads.push(state)
  return state
}

function makeRoom(state: LearnedHead, capacity: number): void {
  const length = capacity * state.head.labels.length
  const { weights, squares } = state
  if (weights.length === length) return
  state.weights = new Float32Array(length)
  state.squares = new Float32Array(length).fill(FIRST_SQUARE)
  state.weights.set(weights)
  state.squares.set(squares)
}

/** One step of one head; `scores` holds what base and learned say, `rows` where the buckets of the post are kept. */
function descend(
  state: LearnedHead,
  { words, wordScale, dense }: Features,
  target: Float64Array,
  learned: Learned,
  weights: Weights,
): void {
  const { head, temperature, shift } = state
  const wide = head.labels.length
  const slopes = probabilitiesOf(scores.odds, head, temperature, shift)
  const weight = weightOf(state, target)
  for (let k = 0; k < wide; k++) slopes[k] = (slopes[k]! - target[k]!) * weight
  for (let i = 0; i < words; i++) {
    const row = rows[i]! * wide
    if (row < 0) continue
    for (let k = 0; k < wide; k++) move(state.weights, state.squares, row + k, slopes[k]! * wordScale)
  }
  for (let d = 0; d < DENSE.length; d++) {
    const value = dense[d]! * DENSE_SHARE
    if (value === 0) continue
    for (let k = 0; k < wide; k++) {
      move(state.dense, state.denseSquares, d * wide + k, slopes[k]! * value)
      const place = d * OUTPUTS + head.at + k
      learned.dense[place] = weights.dense[place]! + state.dense[d * wide + k]! * DENSE_SHARE * temperature
    }
  }
}

function move(weights: Float32Array, squares: Float32Array, at: number, slope: number): void {
  squares[at]! += slope * slope
  weights[at]! -= (RATE * slope) / Math.sqrt(squares[at]!)
}

/** Counts the label said, and tells how much it weighs beside those said so far. */
function weightOf({ counts }: LearnedHead, target: Float64Array): number {
  const said = target.length > 1 ? target : [target[0]!, 1 - target[0]!]
  let total = 0
  for (let k = 0; k < counts.length; k++) total += counts[k]! += said[k]!
  const mean = total / counts.length + PSEUDO
  let weight = 0
  for (let k = 0; k < counts.length; k++) weight += said[k]! * Math.sqrt(mean / (counts[k]! + PSEUDO))
  return weight
}
