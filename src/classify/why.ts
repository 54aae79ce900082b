import type { Evidence } from '../domain/classification.ts'
import { type Features, GROUP, MANNER, type Manner } from './features.ts'
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

/** A dense feature that words of the post carry: its value goes to the token it begins with, `share` to each place. */
type Carried = { feature: number; token: number; end: number; share: number }
type Reason = { token: number; words: string; odds: number }

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
  const K = OUTPUTS
  const { list } = reading.tokens
  const carried = carriedBy(reading, features)
  const found: Evidence[] = []
  for (const { head, output, against } of questions) {
    const strongest: Reason[] = []
    for (let t = 0; t < list.length; t++) byToken[t] = difference(scores.byToken, t * K, output, against)
    for (const { feature, token, share } of carried) {
      byToken[token]! += share * difference(scores.dense, feature * K, output, against)
    }
    for (const { token, end } of carried) gather(list, token, end)
    for (let t = 0; t < list.length; t++) keep(strongest, t, '', byToken[t]!)
    for (const [feature, words] of SAID) {
      const value = features.dense[feature]!
      if (value !== 0) keep(strongest, -1, words, value * difference(scores.dense, feature * K, output, against))
    }
    for (const reason of strongest) found.push(toEvidence(head, reason, reading.text, list, carried))
  }
  return found
}

/** What the later words of a phrase brought counts for its first word, which is shown with all of them. */
function gather(list: readonly Token[], first: number, end: number): void {
  for (let t = first + 1; t < list.length && list[t]!.start < end; t++) {
    byToken[first]! += byToken[t]!
    byToken[t] = 0
  }
}

function difference(values: Float64Array, row: number, output: number, against: readonly number[]): number {
  if (against.length === 0) return values[row + output]!
  let other = 0
  for (let at = 0; at < against.length; at++) other += values[row + against[at]!]!
  return values[row + output]! - other / against.length
}

/** Puts a reason among the strongest found so far; of equal ones the earlier stays. */
function keep(strongest: Reason[], token: number, words: string, odds: number): void {
  const size = Math.abs(odds)
  if (size < SHOWN_FROM) return
  let place = strongest.length
  while (place > 0 && Math.abs(strongest[place - 1]!.odds) < size) place--
  if (place >= SHOWN) return
  strongest.splice(place, 0, { token, words, odds })
  if (strongest.length > SHOWN) strongest.pop()
}

/** Groups of words and signs belong to their words, feelings to the words that carry them. */
function carriedBy(reading: Reading, { dense }: Features): Carried[] {
  const { tokens, findings, feelings, signs } = reading
  const carried: Carried[] = []
  const add = (feature: number, places: readonly { start: number; end: number }[]): void => {
    for (const { start, end } of places) {
      const token = tokenAt(tokens.list, start)
      if (token >= 0) carried.push({ feature, token, end, share: dense[feature]! / places.length })
    }
  }
  for (let at = 0; at < findings.length; at++) {
    const { group } = findings[at]!
    if (findings.findIndex((each) => each.group === group) === at) {
      add(
        GROUP[group],
        findings.filter((each) => each.group === group),
      )
    }
  }
  for (const sign of signs) add(MANNER[sign.kind], [sign])
  if (feelings.length > 0) {
    add(
      MANNER.feelingUp,
      feelings.filter(({ valence }) => valence > 0),
    )
    add(
      MANNER.feelingDown,
      feelings.filter(({ valence }) => valence < 0),
    )
    add(MANNER.lastFeeling, feelings.slice(-1))
  }
  return carried
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

function toEvidence(
  head: string,
  { token, words, odds }: Reason,
  text: string,
  list: readonly Token[],
  carried: readonly Carried[],
): Evidence {
  const push = Math.round(Math.tanh(odds / 2) * 100) / 100
  if (token < 0) return { head, words, push }
  const { start } = list[token]!
  let { end } = list[token]!
  // A phrase that begins here is shown whole.
  for (const each of carried) if (each.token === token && each.end > end) end = each.end
  return { head, words: wordsAt(text, start, end), push, at: start }
}

/** Controls and halves of characters between the words of a phrase could not be stored or shown (L8). */
export function wordsAt(text: string, start: number, end: number): string {
  return text.slice(start, Math.min(end, start + WORDS_LENGTH)).replace(/[\p{Cc}\p{Cs}]/gu, ' ')
}
