import { type Features, piecesOf, scaleOf, wordBucket } from './features.ts'
import { OUTPUTS } from './heads.ts'
import { type Lexeme, MOST_WORDS } from './lexemes.ts'
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

/** What is kept by word, each one number an output: what it brings as it stands, what negated, what its pieces bring. */
const NEGATED = 1
const PIECES = 2
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
  const { bytes, wordSteps } = weights
  const { buckets, negated, wordScale, dense } = features
  const kept = keptOf(weights)
  const { values } = kept.sums
  const pieceScale = scaleOf(findRows(tokens, kept))
  into.dense = weights.dense
  for (let k = 0; k < K; k++) odds[k] = weights.bias[k]!
  for (let t = 0; t < tokens.length; t++) {
    const row = rows[t]! * PARTS * K
    const word = negated[t] === 1 ? row + NEGATED * K : row
    const piece = row + PIECES * K
    const pair = buckets[2 * t + 1]! * K
    const to = t * K
    for (let k = 0; k < K; k++) {
      const brought =
        (values[word + k]! + bytes[pair + k]! * wordSteps[k]!) * wordScale + values[piece + k]! * pieceScale
      byToken[to + k] = brought
      odds[k] = odds[k]! + brought
    }
    if (pairRows[t]! >= 0) addPair(t, pairRows[t]! * 2 * K, wordScale, weights.known, into)
  }
  for (let d = 0; d < dense.length; d++) {
    const value = dense[d]!
    if (value === 0) continue
    for (let k = 0; k < K; k++) odds[k] = odds[k]! + value * weights.dense[d * K + k]!
  }
}

function addPair(token: number, row: number, scale: number, known: KnownWords, { odds, byToken }: Scores): void {
  for (let k = 0; k < OUTPUTS; k++) {
    const brought = known.bytes[row + k]! * known.steps[k]! * scale
    byToken[token * OUTPUTS + k]! += brought
    odds[k]! += brought
  }
}

/** Notes the row of each token's sums and of each known pair, and returns how many pieces the post has. */
function findRows(tokens: readonly Token[], { sums, seconds }: Kept): number {
  let count = 0
  let pairs: Seconds | null = null
  for (let t = 0; t < tokens.length; t++) {
    const { lexeme } = tokens[t]!
    const row = rowOf(lexeme, sums)
    rows[t] = row
    count += sums.counts[row]!
    pairRows[t] = pairs === null ? NOTHING : (pairs.get(lexeme.word) ?? NOTHING)
    pairs = seconds[row]!
  }
  return count
}

/** By the second word of a known pair: its row. */
type Seconds = ReadonlyMap<string, number>
/** What is kept of words: their sums, and by row the pairs that a word begins; null: none. */
type Kept = { sums: WordSums<Float32Array>; seconds: (Seconds | null)[] }
const keptByWeights = new WeakMap<Weights, Kept>()

function keptOf(weights: Weights): Kept {
  const opened = keptByWeights.get(weights)
  if (opened !== undefined) return opened
  const width = PARTS * OUTPUTS
  const seconds: (Seconds | null)[] = new Array(MOST_WORDS).fill(null)
  const pairs = pairsOf(weights.known)
  const sums = openWordSums<Float32Array>(width, new Float32Array(MOST_WORDS * width), (lexeme, values, at) => {
    seconds[at / width] = pairs.get(lexeme.word) ?? null
    return addWord(lexeme, weights, values, at)
  })
  const kept = { sums, seconds }
  keptByWeights.set(weights, kept)
  return kept
}

/** The rows of known pairs by their first word and then their second. */
function pairsOf({ rows }: KnownWords): Map<string, Map<string, number>> {
  const pairs = new Map<string, Map<string, number>>()
  for (const [words, row] of rows) {
    const space = words.indexOf(' ')
    if (space < 0) continue
    const first = words.slice(0, space)
    const seconds = pairs.get(first) ?? new Map<string, number>()
    pairs.set(first, seconds.set(words.slice(space + 1), row))
  }
  return pairs
}

const scratch = new Int32Array(256)
const pieceSums = new Int32Array(OUTPUTS)

/** Adds up what a word brings and what its pieces bring, before scales; returns how many pieces it has. */
function addWord(lexeme: Lexeme, weights: Weights, values: Float32Array, from: number): number {
  const K = OUTPUTS
  const { bytes, known, wordSteps, pieceSteps } = weights
  const count = lexeme.spelled ? piecesOf(lexeme.word, scratch, 0) : 0
  const plain = wordBucket(lexeme.hash, false) * K
  const negated = wordBucket(lexeme.hash, true) * K
  const row = (known.rows.get(lexeme.word) ?? NOTHING) * 2 * K
  pieceSums.fill(0)
  for (let i = 0; i < count; i++) {
    const piece = scratch[i]! * K
    for (let k = 0; k < K; k++) pieceSums[k]! += bytes[piece + k]!
  }
  for (let k = 0; k < K; k++) {
    values[from + PIECES * K + k] = pieceSums[k]! * pieceSteps[k]!
    const step = known.steps[k]!
    values[from + k] = bytes[plain + k]! * wordSteps[k]! + (row < 0 ? 0 : known.bytes[row + k]! * step)
    values[from + NEGATED * K + k] =
      bytes[negated + k]! * wordSteps[k]! + (row < 0 ? 0 : known.bytes[row + K + k]! * step)
  }
  return count
}
