import { type Features, piecesOf, scaleOf } from './features.ts'
import { OUTPUTS } from './heads.ts'
import type { Token } from './tokens.ts'
import type { KnownWords, Weights } from './weights.ts'
import { openWordSums, rowOf, type WordSums } from './word-sums.ts'

/**
 * The log odds of every output, and what each token brought of them: `byToken[t * OUTPUTS + k]`; `dense` are the
 * weights that dense features were given. One object is used again and again: read it before the next call.
 */
export type Scores = { odds: Float64Array; byToken: Float64Array; dense: Float64Array }

/** More words than 5 000 characters can hold. */
export const MOST_TOKENS = 5_001

export const newScores = (): Scores => ({
  odds: new Float64Array(OUTPUTS),
  byToken: new Float64Array(MOST_TOKENS * OUTPUTS),
  dense: new Float64Array(0),
})

/** By token: the row of its sums, and of what is known of the pair it makes with the word before; -1: nothing. */
const rows = new Int32Array(MOST_TOKENS)
const pairRows = new Int32Array(MOST_TOKENS)
const NOTHING = -1

/** What is kept by word, each one number an output: the sum of its pieces first, what is known of it, of it negated. */
const KNOWN = 1
const NEGATED = 2
const PARTS = 3

/**
 * Adds up the weights of a post (one linear model an output, Σ weight · scale): 1 / √words for words, pairs and what
 * is known of them, 1 / √pieces for pieces, and the dense features with weights of their own. `features` needs no
 * pieces: their sums are kept by word.
 */
export function score(features: Features, tokens: readonly Token[], weights: Weights, into: Scores): void {
  // A local name: module exports are looked up anew at each turn of a loop by some loaders.
  const K = OUTPUTS
  const { odds, byToken } = into
  const { bytes, known } = weights
  const { buckets, negated, wordScale, dense } = features
  const sums = wordSumsOf(weights)
  const { values } = sums
  const pieceScale = scaleOf(findRows(tokens, sums, known))
  into.dense = weights.dense
  for (let k = 0; k < K; k++) {
    wordStep[k] = weights.wordSteps[k]! * wordScale
    knownStep[k] = known.steps[k]! * wordScale
    pieceStep[k] = weights.pieceSteps[k]! * pieceScale
    odds[k] = weights.bias[k]!
  }
  for (let t = 0; t < tokens.length; t++) {
    const word = buckets[2 * t]! * K
    const pair = buckets[2 * t + 1]! * K
    const piece = rows[t]! * PARTS * K
    const about = piece + (negated[t] === 1 ? NEGATED : KNOWN) * K
    const pieces = hasPieces(tokens[t]!) ? 1 : 0
    const to = t * K
    for (let k = 0; k < K; k++) {
      const brought =
        (bytes[word + k]! + bytes[pair + k]!) * wordStep[k]! +
        values[about + k]! * knownStep[k]! +
        pieces * values[piece + k]! * pieceStep[k]!
      byToken[to + k] = brought
      odds[k] = odds[k]! + brought
    }
    if (pairRows[t]! >= 0) addPair(t, pairRows[t]! * 2 * K, wordScale, known, into)
  }
  for (let d = 0; d < dense.length; d++) {
    const value = dense[d]!
    if (value === 0) continue
    for (let k = 0; k < K; k++) odds[k]! += value * weights.dense[d * K + k]!
  }
}

const wordStep = new Float64Array(OUTPUTS)
const knownStep = new Float64Array(OUTPUTS)
const pieceStep = new Float64Array(OUTPUTS)

const hasPieces = ({ kind }: Token): boolean => kind === 'word' || kind === 'hashtag'

function addPair(token: number, row: number, scale: number, known: KnownWords, { odds, byToken }: Scores): void {
  for (let k = 0; k < OUTPUTS; k++) {
    const brought = known.bytes[row + k]! * known.steps[k]! * scale
    byToken[token * OUTPUTS + k]! += brought
    odds[k]! += brought
  }
}

/** Notes the row of each token's sums and of each known pair, and returns how many pieces the post has. */
function findRows(tokens: readonly Token[], sums: WordSums, known: KnownWords): number {
  let count = 0
  let begins = false
  for (let t = 0; t < tokens.length; t++) {
    const token = tokens[t]!
    const row = rowOf(token.word, sums)
    rows[t] = row
    if (hasPieces(token)) count += sums.counts[row]!
    pairRows[t] = begins ? (known.rows.get(`${tokens[t - 1]!.word} ${token.word}`) ?? NOTHING) : NOTHING
    begins = sums.marks[row] === 1
  }
  return count
}

const kept = new WeakMap<Weights, WordSums>()

function wordSumsOf(weights: Weights): WordSums {
  const opened = kept.get(weights)
  if (opened !== undefined) return opened
  const sums = openWordSums(
    PARTS * OUTPUTS,
    (word, values, at) => addWord(word, weights, values, at),
    (word) => weights.known.firsts.has(word),
  )
  kept.set(weights, sums)
  return sums
}

const scratch = new Int32Array(256)

/** Adds up a word's pieces and copies what is known of it; returns how many pieces it has. */
function addWord(word: string, { bytes, known }: Weights, values: Int16Array, from: number): number {
  const K = OUTPUTS
  const count = piecesOf(word, scratch, 0)
  for (let i = 0; i < count; i++) {
    const base = scratch[i]! * K
    for (let k = 0; k < K; k++) values[from + k]! += bytes[base + k]!
  }
  const row = known.rows.get(word)
  if (row !== undefined) for (let k = 0; k < 2 * K; k++) values[from + K + k] = known.bytes[row * 2 * K + k]!
  return count
}
