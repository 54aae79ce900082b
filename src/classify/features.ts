import type { CueGroup } from './cues.ts'
import { CUES } from './cues.ts'
import { EMOJI } from './emoji.ts'
import type { Reading } from './read.ts'
import type { Tokens } from './tokens.ts'

/** Buckets of words and pairs of words, and after them those of pieces of words. */
export const WORD_BUCKETS = 1 << 17
export const PIECE_BUCKETS = 1 << 17
export const BUCKETS = WORD_BUCKETS + PIECE_BUCKETS

/** What a group of words found counts: more than one word among thirty, so that it is learned first. */
const SAID = 2

/** What is said about a post beside its words: how it is written, and which groups of cues were found. */
const MANNERS = [
  'exclamations',
  'questions',
  'questionAtEnd',
  'capitals',
  'stretched',
  'handleFirst',
  'handles',
  'links',
  'hashtags',
  'digits',
  'short',
  'long',
  'emojiUp',
  'emojiDown',
  'feelingUp',
  'feelingDown',
  'lastFeeling',
  'ellipsis',
  'errorCode',
  'version',
] as const
export type Manner = (typeof MANNERS)[number]
const GROUPS = Object.keys(CUES) as CueGroup[]

/** Names of the dense features, in their order. */
export const DENSE: readonly string[] = [...MANNERS, ...GROUPS]
export const MANNER = Object.fromEntries(MANNERS.map((name, at) => [name, at])) as Record<Manner, number>
export const GROUP = Object.fromEntries(GROUPS.map((name, at) => [name, MANNERS.length + at])) as Record<
  CueGroup,
  number
>

/** A post as the heads see it. One object is used again and again by `featuresOf`: read it before the next call. */
export type Features = {
  /** Buckets found; `owners[i]` is the token that bucket i came from. */
  buckets: Int32Array
  owners: Int32Array
  /** 1 for each token that a negation turns. */
  negated: Uint8Array
  /** How many: words and pairs first (`words`), then pieces up to `count`. */
  words: number
  count: number
  /** What one word and one piece count: 1 / √ their number, so that long posts do not shout. */
  wordScale: number
  pieceScale: number
  dense: Float64Array
}

/** More than 5 000 characters can have: two a word and three a letter. */
const MOST = 24_000

export const newFeatures = (): Features => ({
  buckets: new Int32Array(MOST),
  owners: new Int32Array(MOST),
  negated: new Uint8Array(MOST),
  words: 0,
  count: 0,
  wordScale: 1,
  pieceScale: 1,
  dense: new Float64Array(DENSE.length),
})

const NEGATION_REACH = 3
const NEGATED = 0x5bd1e995

/** Makes the low bits depend on all others. */
function mix(hash: number): number {
  let mixed = hash ^ (hash >>> 15)
  mixed = Math.imul(mixed, 0x2c1b3c6d)
  return mixed ^ (mixed >>> 13)
}

export const wordBucket = (hash: number, negated: boolean): number =>
  mix(negated ? hash ^ NEGATED : hash) & (WORD_BUCKETS - 1)
export const pairBucket = (first: number, second: number): number =>
  mix(Math.imul(first, 0x9e3779b1) ^ second) & (WORD_BUCKETS - 1)
const pieceBucket = (hash: number): number => WORD_BUCKETS + (mix(hash) & (PIECE_BUCKETS - 1))

const FEWEST = 4
const LONGEST = 5
/** Before the first word. */
const BEGINNING = 0x1234567

/**
 * Fills `into` with what `reading` says: each word (otherwise where a negation stands within three words before it),
 * each pair of neighbours, each run of 4 or 5 letters within a word and its borders, and how it is written.
 */
export function featuresOf(reading: Reading, into: Features): void {
  wordFeatures(reading, into)
  pieceFeatures(reading, into)
}

/** Adds the pieces of words to what `wordFeatures` found. */
export function pieceFeatures(reading: Reading, into: Features): void {
  const { list } = reading.tokens
  let count = into.words
  for (let at = 0; at < list.length; at++) {
    const { lexeme } = list[at]!
    if (lexeme.spelled) count = addPieces(lexeme.word, at, into, count)
  }
  into.count = count
  into.pieceScale = scaleOf(count - into.words)
}

/** What one of `count` words or pieces counts. */
export const scaleOf = (count: number): number => 1 / Math.sqrt(Math.max(1, count))

/** The same without the pieces of words: `count` is `words`. */
export function wordFeatures(reading: Reading, into: Features): void {
  const { list } = reading.tokens
  let count = 0
  let negatedUntil = -1
  let previous = BEGINNING
  for (let at = 0; at < list.length; at++) {
    const token = list[at]!
    if (token.opens !== null) negatedUntil = -1
    const { hash, negates } = token.lexeme
    const negated = at <= negatedUntil
    into.negated[at] = negated ? 1 : 0
    into.buckets[count] = wordBucket(hash, negated)
    into.owners[count++] = at
    into.buckets[count] = pairBucket(previous, hash)
    into.owners[count++] = at
    previous = hash
    if (negates) negatedUntil = at + NEGATION_REACH
  }
  into.words = count
  into.count = count
  into.wordScale = scaleOf(count)
  into.pieceScale = 1
  describe(reading, into.dense)
}

function addPieces(word: string, owner: number, into: Features, from: number): number {
  const count = from + piecesOf(word, into.buckets, from)
  into.owners.fill(owner, from, count)
  return count
}

/** Writes the buckets of a word's pieces into `into` from `from` on, as far as there is room; returns how many. */
export function piecesOf(word: string, into: Int32Array, from: number): number {
  let count = from
  const { length } = word
  // The word with its borders: position -1 and `length` are the border sign.
  for (let start = -1; start <= length + 1 - FEWEST && count < into.length - LONGEST; start++) {
    let hash = 0x811c9dc5
    const end = Math.min(start + LONGEST, length + 1)
    for (let at = start; at < end; at++) {
      const code = at < 0 || at === length ? 0x20 : word.charCodeAt(at)
      hash = Math.imul(hash ^ code, 0x01000193)
      if (at - start >= FEWEST - 1) into[count++] = pieceBucket(hash)
    }
  }
  return count - from
}

function describe(reading: Reading, dense: Float64Array): void {
  dense.fill(0)
  const { tokens, text } = reading
  dense[MANNER.exclamations] = bounded(tokens.exclamations, 3)
  dense[MANNER.questions] = bounded(tokens.questions, 2)
  dense[MANNER.questionAtEnd] = endsInQuestion(text) ? 1 : 0
  dense[MANNER.capitals] = tokens.longWords >= 3 ? tokens.longCapitals / tokens.longWords : 0
  dense[MANNER.handleFirst] = text.charCodeAt(0) === 64 ? 1 : 0
  dense[MANNER.handles] = bounded(tokens.handles, 2)
  dense[MANNER.links] = bounded(tokens.links, 1)
  dense[MANNER.digits] = bounded(tokens.digits, 8)
  dense[MANNER.short] = tokens.list.length <= 6 ? 1 : 0
  dense[MANNER.long] = tokens.list.length >= 25 ? 1 : 0
  dense[MANNER.ellipsis] = text.includes('..') || text.includes('…') ? 1 : 0
  describeTokens(tokens, dense)
  let up = 0
  let down = 0
  for (const { valence } of reading.feelings) {
    if (valence > 0) up += valence
    else down -= valence
  }
  dense[MANNER.feelingUp] = Math.min(1, up / 2)
  dense[MANNER.feelingDown] = Math.min(1, down / 2)
  dense[MANNER.lastFeeling] = reading.feelings.at(-1)?.valence ?? 0
  for (const { group } of reading.findings) dense[GROUP[group]] = SAID
  for (const { kind } of reading.signs) dense[MANNER[kind]] = SAID
}

function describeTokens({ list, hashtags, stretched, signs }: Tokens, dense: Float64Array): void {
  dense[MANNER.hashtags] = bounded(hashtags, 3)
  dense[MANNER.stretched] = bounded(stretched, 1)
  if (signs === 0) return
  for (const token of list) {
    if (token.kind !== 'emoji') continue
    const feeling = EMOJI.get(token.word) ?? 0
    if (feeling > 0) dense[MANNER.emojiUp] = Math.max(dense[MANNER.emojiUp]!, feeling)
    else if (feeling < 0) dense[MANNER.emojiDown] = Math.max(dense[MANNER.emojiDown]!, -feeling)
  }
}

const bounded = (count: number, most: number): number => Math.min(count, most) / most

function endsInQuestion(text: string): boolean {
  for (let at = text.length - 1; at >= 0 && at > text.length - 30; at--) {
    const code = text.charCodeAt(at)
    if (code === 63 || code === 0x61f || code === 0xff1f) return true
    if (code > 64) return false
  }
  return false
}
