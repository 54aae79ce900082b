import { MOST_PIECES, piecesOf } from '../src/classify/language-model.ts'
import type { Token } from '../src/classify/tokens.ts'

/** A text as the learner sees it: its words, and the place of its language; null for names, which are of none. */
export type Lesson = { words: Token[]; language: number | null }
export type Fitted = { weights: Float32Array; bias: Float64Array; buckets: number; languages: number }

export const BUCKETS = 65_536
const EPOCHS = 6
const RATE = 0.3
/** Added to each count of a piece in a language before logarithms (Lidstone). */
const SMOOTHING = 0.02
/** Of each text's pieces so many are left out at random: a new post has few of the pieces seen here. */
const LEFT_OUT = 0.2
const STRIPPED = 0.1
/** How often a text gets a name, or if it is not English an English word, among its own. */
const INTRUDER = 0.2
/** What a text of names alone counts beside a text of a frequent language. */
const NAME_WEIGHT = 3
/** Stretches of one to four words cut from each text, for texts as short as many posts are. */
const STRETCHES = 3

/** Numbers in [0,1), the same for the same seed (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

/** As people write without the right keyboard: "não" → "nao", "große" → "grosse". */
function plain(token: Token): Token {
  const word = token.word.normalize('NFD').replace(/[\u0300-\u036f]/g, '')
  return { ...token, word: word.replaceAll('ß', 'ss').replaceAll('ı', 'i').replaceAll('ł', 'l').replaceAll('đ', 'd') }
}

/**
 * Multinomial logistic regression over hashed pieces of words, each worth 1/√(pieces of the text), by AdaGrad (Duchi
 * et al. 2011). It starts from naive Bayes, whose log ratios need few texts, and then sets right what that counts
 * twice. Some texts lose their accents, some get a name or
 * an English word. Names alone are to say that all languages are alike likely.
 */
export function fitLanguages(lessons: readonly Lesson[], languages: number, seed: number, english: number): Fitted {
  const shares = sharesOf(lessons, languages)
  const fitted = startFromCounts(lessons, languages)
  const { weights, bias } = fitted
  const squares = new Float32Array(weights.length).fill(1e-2)
  const biasSquares = new Float64Array(languages).fill(1)
  const random = randomFrom(seed)
  const pieces = new Int32Array(MOST_PIECES)
  const slopes = new Float64Array(languages)
  const intruders = intrudersOf(lessons, english)

  const learn = (words: Token[], language: number | null, rate: number): void => {
    let count = 0
    const all = piecesOf(words, BUCKETS, pieces)
    for (let at = 0; at < all; at++) if (random() >= LEFT_OUT) pieces[count++] = pieces[at]!
    if (count === 0) return
    const share = scoresInto(slopes, fitted, pieces, count)
    softmax(slopes)
    for (let k = 0; k < languages; k++) {
      const slope =
        language === null
          ? (slopes[k]! - 1 / languages) * NAME_WEIGHT
          : (slopes[k]! - (k === language ? 1 : 0)) * shares[language]!
      biasSquares[k]! += slope * slope
      bias[k]! -= (0.3 * rate * slope) / Math.sqrt(biasSquares[k]!)
      slopes[k] = slope * share
    }
    for (let at = 0; at < count; at++) {
      const row = pieces[at]! * languages
      for (let k = 0; k < languages; k++) {
        const slope = slopes[k]!
        if (slope > -1e-5 && slope < 1e-5) continue
        squares[row + k]! += slope * slope
        weights[row + k]! -= (rate * slope) / Math.sqrt(squares[row + k]!)
      }
    }
  }
  const changed = (words: Token[], language: number | null): Token[] => {
    const read = random() < STRIPPED ? words.map(plain) : words
    if (language === null || random() >= INTRUDER || read.length < 2) return read
    const place = Math.floor(random() * (read.length + 1))
    const from = language === english || random() < 0.6 ? intruders.names : intruders.english
    if (from.length === 0) return read
    return [...read.slice(0, place), from[Math.floor(random() * from.length)]!, ...read.slice(place)]
  }

  const order = lessons.map((_, at) => at)
  for (let epoch = 0; epoch < EPOCHS; epoch++) {
    shuffle(order, random)
    const rate = RATE * (1 - (0.9 * epoch) / EPOCHS)
    for (const which of order) {
      const { words, language } = lessons[which]!
      learn(changed(words, language), language, rate)
      if (words.length > 3) {
        for (let cut = 0; cut < STRETCHES; cut++) learn(changed(stretchOf(words, random), language), language, rate)
      } else if (words.length > 1 && random() < 0.5) {
        learn([words[Math.floor(random() * words.length)]!], language, rate)
      }
    }
  }
  return fitted
}

function intrudersOf(lessons: readonly Lesson[], english: number): { names: Token[]; english: Token[] } {
  const wordsIn = (place: number | null): Token[] =>
    lessons.filter(({ language }) => language === place).flatMap(({ words }) => words)
  return { names: wordsIn(null), english: wordsIn(english).filter(({ word }) => word.length >= 4) }
}

/** One to four words in a row. */
export function stretchOf(words: Token[], random: () => number): Token[] {
  const length = Math.min(words.length, 1 + Math.floor(random() * 4))
  const from = Math.floor(random() * (words.length - length + 1))
  return words.slice(from, from + length)
}

/** What a text counts by language: the root of how rare the language is, at most 3, so that none drowns. */
function sharesOf(lessons: readonly Lesson[], languages: number): number[] {
  const words = new Array<number>(languages).fill(0)
  for (const lesson of lessons) if (lesson.language !== null) words[lesson.language]! += lesson.words.length
  const mean = words.reduce((sum, each) => sum + each, 0) / languages
  return words.map((each) => Math.min(3, Math.sqrt(mean / Math.max(1, each))))
}

/** Naive Bayes: the log of a piece's share in a language, less its mean over the languages. */
function startFromCounts(lessons: readonly Lesson[], languages: number): Fitted {
  const counts = new Float64Array(BUCKETS * languages)
  const totals = new Float64Array(languages)
  const pieces = new Int32Array(MOST_PIECES)
  for (const { words, language } of lessons) {
    if (language === null) continue
    const count = piecesOf(words, BUCKETS, pieces)
    for (let at = 0; at < count; at++) counts[pieces[at]! * languages + language]!++
    totals[language]! += count
  }
  const weights = new Float32Array(counts.length)
  const logs = new Float64Array(languages)
  for (let row = 0; row < counts.length; row += languages) {
    let mean = 0
    for (let k = 0; k < languages; k++) {
      logs[k] = Math.log((counts[row + k]! + SMOOTHING) / (totals[k]! + SMOOTHING * BUCKETS))
      mean += logs[k]! / languages
    }
    for (let k = 0; k < languages; k++) weights[row + k] = logs[k]! - mean
  }
  return { weights, bias: new Float64Array(languages), buckets: BUCKETS, languages }
}

/** Scores before any temperature; returns what one piece is worth. */
export function scoresInto(scores: Float64Array, fitted: Fitted, pieces: Int32Array, count: number): number {
  const { weights, bias, languages } = fitted
  const share = 1 / Math.sqrt(count)
  scores.fill(0)
  for (let at = 0; at < count; at++) {
    const row = pieces[at]! * languages
    for (let k = 0; k < languages; k++) scores[k]! += weights[row + k]!
  }
  for (let k = 0; k < languages; k++) scores[k] = scores[k]! * share + bias[k]!
  return share
}

function softmax(scores: Float64Array): void {
  let top = -Infinity
  for (const score of scores) if (score > top) top = score
  let total = 0
  for (let k = 0; k < scores.length; k++) total += scores[k] = Math.exp(scores[k]! - top)
  for (let k = 0; k < scores.length; k++) scores[k]! /= total
}

function shuffle(order: number[], random: () => number): void {
  for (let at = order.length - 1; at > 0; at--) {
    const other = Math.floor(random() * (at + 1))
    const kept = order[at]!
    order[at] = order[other]!
    order[other] = kept
  }
}
