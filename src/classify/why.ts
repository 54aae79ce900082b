import type { Evidence } from '../domain/classification.ts'
import { DENSE, type Features, GROUP, MANNER, type Manner } from './features.ts'
import { OUTPUTS } from './heads.ts'
import type { Reading } from './read.ts'
import type { Scores } from './score.ts'
import { JUDGED_LENGTH, type Token } from './tokens.ts'

/** Reasons shown for one head: a reader wants the strongest words, not a list. */
const SHOWN = 3
/** Log odds smaller than this count but are not shown. */
const SHOWN_FROM = 0.08
const WORDS_LENGTH = 60

/** One output's log odds less the mean of others': "positive rather than negative"; `against` empty for one label. */
export type Question = { head: string; output: number; against: readonly number[] }

/** What a manner is called where no single word shows it. */
const SAID: readonly (readonly [feature: number, words: string])[] = (
  [
    ['exclamations', '[!]'],
    ['questions', '[?]'],
    ['questionAtEnd', '[?]'],
    ['capitals', '[capitals]'],
    ['stretched', '[stretched letters]'],
    ['handleFirst', '[addressed to an account]'],
    ['handles', '[accounts named]'],
    ['links', '[link]'],
    ['hashtags', '[hashtags]'],
    ['digits', '[digits]'],
    ['ellipsis', '[…]'],
  ] as const satisfies readonly (readonly [Manner, string])[]
).map(([manner, words]) => [MANNER[manner], words])

/**
 * Dense features that words of the post carry: the value of `feature` goes to the token it begins with, `share` to each
 * place. Entry i of each list; there are `count`. Written anew by each call.
 */
const carried = { count: 0, features: [0], tokens: [0], ends: [0], shares: [0] }
/** How many places each group of words was found at. */
const places = new Int32Array(DENSE.length)

/** The strongest reasons for one answer, strongest first: a token and its log odds, or -1 - a place of `SAID`. */
const strongest = { count: 0, tokens: new Int32Array(SHOWN), odds: new Float64Array(SHOWN) }
const byToken = new Float64Array(JUDGED_LENGTH + 1)

/**
 * The strongest reasons for each answer, strongest first: words with their place in the text, or what was said about
 * the whole in brackets. A push is how far the reason alone would move an even chance, tanh(log odds / 2), in [-1,1].
 */
export function reasonsFor(
  questions: readonly Question[],
  reading: Reading,
  features: Features,
  scores: Scores,
): Evidence[] {
  const { list } = reading.tokens
  findCarried(reading, features)
  const found: Evidence[] = []
  for (const question of questions) {
    weigh(question, list, scores)
    strongest.count = 0
    for (let t = 0; t < list.length; t++) keep(t, byToken[t]!)
    for (let said = 0; said < SAID.length; said++) {
      const [feature] = SAID[said]!
      const value = features.dense[feature]!
      if (value !== 0) keep(-1 - said, value * difference(scores.dense, feature * OUTPUTS, question))
    }
    for (let n = 0; n < strongest.count; n++) found.push(toEvidence(question.head, n, reading.text, list))
  }
  return found
}

/** Writes what each token says to the question into `byToken`. */
function weigh(question: Question, list: readonly Token[], scores: Scores): void {
  const K = OUTPUTS
  const { count, features, tokens, ends, shares } = carried
  for (let t = 0; t < list.length; t++) byToken[t] = difference(scores.byToken, t * K, question)
  for (let n = 0; n < count; n++) {
    byToken[tokens[n]!]! += shares[n]! * difference(scores.dense, features[n]! * K, question)
  }
  for (let n = 0; n < count; n++) gather(list, tokens[n]!, ends[n]!)
}

/** What the later words of a phrase brought counts for its first word, which is shown with all of them. */
function gather(list: readonly Token[], first: number, end: number): void {
  for (let t = first + 1; t < list.length && list[t]!.start < end; t++) {
    byToken[first]! += byToken[t]!
    byToken[t] = 0
  }
}

function difference(values: Float64Array, row: number, { output, against }: Question): number {
  const { length } = against
  if (length === 0) return values[row + output]!
  let other = 0
  for (let at = 0; at < length; at++) other += values[row + against[at]!]!
  return values[row + output]! - other / length
}

/** Puts a reason among the strongest found so far; of equal ones the earlier stays. */
function keep(token: number, odds: number): void {
  const size = Math.abs(odds)
  if (size < SHOWN_FROM) return
  const { tokens, odds: kept } = strongest
  let place = strongest.count
  while (place > 0 && Math.abs(kept[place - 1]!) < size) place--
  if (place >= SHOWN) return
  if (strongest.count < SHOWN) strongest.count++
  for (let at = strongest.count - 1; at > place; at--) {
    tokens[at] = tokens[at - 1]!
    kept[at] = kept[at - 1]!
  }
  tokens[place] = token
  kept[place] = odds
}

/** Groups of words and signs belong to their words, feelings to the words that carry them. */
function findCarried({ tokens: { list }, findings, feelings, signs }: Reading, { dense }: Features): void {
  carried.count = 0
  if (findings.length > 0) places.fill(0)
  for (const { group } of findings) places[GROUP[group]]!++
  for (const { group, start, end } of findings) carry(list, GROUP[group], start, end, dense, places[GROUP[group]]!)
  for (const { kind, start, end } of signs) carry(list, MANNER[kind], start, end, dense, 1)
  let up = 0
  let down = 0
  for (const { valence } of feelings) {
    if (valence > 0) up++
    else if (valence < 0) down++
  }
  for (let at = 0; at < feelings.length; at++) {
    const { valence, start, end } = feelings[at]!
    if (valence > 0) carry(list, MANNER.feelingUp, start, end, dense, up)
    else if (valence < 0) carry(list, MANNER.feelingDown, start, end, dense, down)
    if (at === feelings.length - 1) carry(list, MANNER.lastFeeling, start, end, dense, 1)
  }
}

/** Notes that the words from `start` to `end` carry a feature that stands at `among` places. */
function carry(
  list: readonly Token[],
  feature: number,
  start: number,
  end: number,
  dense: Float64Array,
  among: number,
): void {
  const token = tokenAt(list, start)
  if (token < 0) return
  const at = carried.count++
  carried.features[at] = feature
  carried.tokens[at] = token
  carried.ends[at] = end
  carried.shares[at] = dense[feature]! / among
}

/** The token at a place, by halving; -1 where none begins at or before it. */
function tokenAt(list: readonly Token[], start: number): number {
  let low = 0
  let high = list.length - 1
  while (low <= high) {
    const middle = (low + high) >> 1
    if (list[middle]!.start <= start) low = middle + 1
    else high = middle - 1
  }
  return high
}

function toEvidence(head: string, n: number, text: string, list: readonly Token[]): Evidence {
  const token = strongest.tokens[n]!
  const push = Math.round(Math.tanh(strongest.odds[n]! / 2) * 100) / 100
  if (token < 0) return { head, words: SAID[-1 - token]![1], push }
  const { start } = list[token]!
  let { end } = list[token]!
  // A phrase that begins here is shown whole.
  for (let at = 0; at < carried.count; at++) {
    if (carried.tokens[at] === token && carried.ends[at]! > end) end = carried.ends[at]!
  }
  return { head, words: wordsAt(text, start, end), push, at: start }
}

/** Controls and halves of characters between the words of a phrase could not be stored or shown (L8). */
export function wordsAt(text: string, start: number, end: number): string {
  const last = Math.min(end, start + WORDS_LENGTH)
  const words = text.slice(start, last)
  for (let at = start; at < last; at++) if (isUnshown(text.charCodeAt(at))) return words.replace(UNSHOWN, ' ')
  return words
}

const UNSHOWN = /[\p{Cc}\p{Cs}]/gu
const isUnshown = (code: number): boolean =>
  code < 32 || (code >= 127 && code < 160) || (code >= 0xd800 && code < 0xe000)
