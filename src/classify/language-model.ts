import { readFileSync } from 'node:fs'
import { MOST_WORDS } from './lexemes.ts'
import type { Token } from './tokens.ts'
import { openWordSums, rowOf, type WordSums } from './word-sums.ts'

/** The first lines of the weights file; written by `train/language.ts`. */
export type LanguageHeader = {
  version: 1
  /** Primary tags in the order of the weights; `und` stands for every other language in Latin letters. */
  languages: string[]
  /** Rows of weights; a power of two. */
  buckets: number
  /** A weight is its byte times this. */
  scale: number
  bias: number[]
  /** Confidence is softmax(z / T) with T = factor · n^power for n pieces. */
  temperature: { factor: number; power: number }
  provenance: { sources: string; data: string; texts: number; seed: number }
}

export type LanguageModel = { header: LanguageHeader; weights: Int8Array }

/** Letters looked at: the language of a post shows early, and the cost of one post stays bounded. */
const LETTERS_READ = 240
const LONGEST_PIECE = 5
/** A letter begins at most five pieces, and the edge before a word four. */
export const MOST_PIECES = (LETTERS_READ + 40) * 6
const EDGE = 32
const letters = new Uint16Array(LETTERS_READ + 2)

/**
 * Hashes the pieces of one to five letters of each word, its edges counted as letters, into `into`, and returns how
 * many there are. Only words in Latin letters count: digits, signs, links and handles say nothing of a language, and
 * hashtags are read only where there are no words. FNV-1a over UTF-16 units, mixed once more.
 */
export function piecesOf(tokens: readonly Token[], buckets: number, into: Int32Array): number {
  const found = piecesOfKind(tokens, 'word', buckets, into)
  return found > 0 ? found : piecesOfKind(tokens, 'hashtag', buckets, into)
}

function piecesOfKind(tokens: readonly Token[], kind: 'word' | 'hashtag', buckets: number, into: Int32Array): number {
  let count = 0
  let room = LETTERS_READ
  for (let at = 0; at < tokens.length && room > 0; at++) {
    const token = tokens[at]!
    if (token.kind !== kind) continue
    count = piecesOfText(token.word, LETTERS_READ, buckets, into, count)
    room -= token.word.length
  }
  return count
}

/** Appends the pieces of a word, of each stretch of Latin letters in it, to `into` from `from` on. */
function piecesOfText(word: string, most: number, buckets: number, into: Int32Array, from: number): number {
  let count = from
  let room = most
  let length = 1
  letters[0] = EDGE
  for (let at = 0; at <= word.length && room > 0; at++) {
    const code = at < word.length ? word.charCodeAt(at) : 0
    if (isLatin(code)) {
      letters[length++] = code
      room--
      if (at < word.length && room > 0) continue
    }
    if (length === 1) continue
    letters[length++] = EDGE
    count = piecesOfWord(length, buckets - 1, into, count)
    length = 1
  }
  return count
}

const isLatin = (code: number): boolean =>
  (code >= 97 && code <= 122) ||
  (code >= 0xdf && code < 0x250 && code !== 0xf7) ||
  code === 39 ||
  (code >= 0x1e00 && code < 0x1f00)

function piecesOfWord(length: number, mask: number, into: Int32Array, from: number): number {
  let count = from
  for (let start = 0; start < length; start++) {
    const end = Math.min(length, start + LONGEST_PIECE)
    let hash = 0x811c9dc5
    for (let at = start; at < end; at++) {
      hash = Math.imul(hash ^ letters[at]!, 0x01000193)
      if (at === start && (start === 0 || start === length - 1)) continue
      const mixed = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d)
      into[count++] = (mixed ^ (mixed >>> 13)) & mask
    }
  }
  return count
}

const pieces = new Int32Array(MOST_PIECES)
const sums = new Int32Array(32)
const kept = new WeakMap<LanguageModel, WordSums<Int16Array>>()

/** Sums of the weights of each word's pieces; each word is read by itself, so its sums never change. */
function wordSumsOf(model: LanguageModel): WordSums<Int16Array> {
  const known = kept.get(model)
  if (known !== undefined) return known
  const width = model.header.languages.length
  const opened = openWordSums<Int16Array>(width, new Int16Array(MOST_WORDS * width), ({ word }, values, from) => {
    const count = piecesOfText(word, LETTERS_READ, model.header.buckets, pieces, 0)
    for (let at = 0; at < count; at++) {
      const row = pieces[at]! * width
      for (let each = 0; each < width; each++) values[from + each]! += model.weights[row + each]!
    }
    return count
  })
  kept.set(model, opened)
  return opened
}

/**
 * Log odds by language, in the header's order, into `scores`: z(l) / T with z(l) = bias(l) + Σ weights(piece, l) / √n.
 * Returns n, the number of pieces; with 0 the scores are all 0.
 */
export function scoreLanguages(model: LanguageModel, tokens: readonly Token[], scores: Float64Array): number {
  const { header } = model
  const width = header.languages.length
  scores.fill(0)
  sums.fill(0)
  const words = wordSumsOf(model)
  const count = addWords(tokens, 'word', words) || addWords(tokens, 'hashtag', words)
  if (count === 0) return 0
  const share = header.scale / Math.sqrt(count)
  const heat = header.temperature.factor * count ** header.temperature.power
  for (let each = 0; each < width; each++) scores[each] = (sums[each]! * share + header.bias[each]!) / heat
  return count
}

function addWords(tokens: readonly Token[], kind: 'word' | 'hashtag', words: WordSums<Int16Array>): number {
  const { width, values, counts } = words
  let count = 0
  let room = LETTERS_READ
  for (let at = 0; at < tokens.length && room > 0; at++) {
    const token = tokens[at]!
    if (token.kind !== kind) continue
    const row = rowOf(token.lexeme, words)
    for (let each = 0; each < width; each++) sums[each]! += values[row * width + each]!
    count += counts[row]!
    room -= token.word.length
  }
  return count
}

/** A weights file: four bytes with the length of the header (little endian), the header as JSON, the weights as int8. */
export function decodeLanguageModel(bytes: Uint8Array): LanguageModel {
  const size = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(0, true)
  const header = JSON.parse(new TextDecoder().decode(bytes.subarray(4, 4 + size))) as LanguageHeader
  const weights = new Int8Array(bytes.buffer, bytes.byteOffset + 4 + size, bytes.byteLength - 4 - size)
  if (header.version !== 1 || weights.length !== header.buckets * header.languages.length) {
    throw new Error('the language weights are not of a form this version reads; train them again')
  }
  return { header, weights }
}

export function encodeLanguageModel({ header, weights }: LanguageModel): Uint8Array {
  const text = new TextEncoder().encode(JSON.stringify(header))
  const bytes = new Uint8Array(4 + text.length + weights.length)
  new DataView(bytes.buffer).setUint32(0, text.length, true)
  bytes.set(text, 4)
  bytes.set(new Uint8Array(weights.buffer, weights.byteOffset, weights.length), 4 + text.length)
  return bytes
}

let shipped: LanguageModel | null = null

/** The model shipped with the product; read once in a process, in a few milliseconds. */
export function languageModel(): LanguageModel {
  shipped ??= decodeLanguageModel(readFileSync(new URL('./weights/language.bin', import.meta.url)))
  return shipped
}
