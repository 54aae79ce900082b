import { CUES, type Cue, type CueGroup } from './cues.ts'
import { EMOJI } from './emoji.ts'
import { shorten } from './lexemes.ts'
import { follows } from './phrases.ts'
import { type TechnicalSign, technicalSigns } from './technical.ts'
import type { Token, Tokens } from './tokens.ts'
import type { Entry, Mark, Vocabulary } from './vocabulary.ts'

/** Something the post says: a group of words found at `start`–`end`. */
export type Finding = { group: CueGroup; cue: Cue; start: number; end: number }

/** A feeling found: `valence` in [-1,1] after negation, boosters and "but". */
export type Feeling = { valence: number; start: number; end: number }

/** The post once read: everything that the heads are computed from. */
export type Reading = {
  text: string
  tokens: Tokens
  findings: Finding[]
  feelings: Feeling[]
  signs: TechnicalSign[]
}

/** A negation reaches this many words on and leaves this share of the feeling, turned round: "not good" is no "bad". */
const NEGATION_REACH = 3
const NEGATED = -0.6
const BOOSTED = 1.35
const DAMPED = 0.6
const SHOUTED = 1.25
/** What stands before a "but" counts less, after it more. */
const BEFORE_CONTRAST = 0.6
const AFTER_CONTRAST = 1.25

/** What changes the words that follow; reset by the end of a sentence. */
type State = { negatedUntil: number; factor: number; factorUntil: number; contrast: number }

/**
 * Reads the tokens once with the words of one language (null: emoji only). The longest phrase at a place wins and
 * its words are not counted again.
 */
export function read(text: string, tokens: Tokens, vocabulary: Vocabulary | null): Reading {
  const reading: Reading = { text, tokens, findings: [], feelings: [], signs: technicalSigns(text, tokens) }
  const state: State = { negatedUntil: -1, factor: 1, factorUntil: -1, contrast: 1 }
  const { list } = tokens
  for (let at = 0; at < list.length; at++) {
    const token = list[at]!
    if (token.opens !== null) state.negatedUntil = -1
    if (token.kind === 'emoji') {
      const valence = EMOJI.get(token.word)
      if (valence !== undefined) reading.feelings.push({ valence, start: token.start, end: token.end })
    } else if (vocabulary !== null) at = readWord(reading, vocabulary, state, at)
  }
  return reading
}

/** Reads what begins at token `at`; returns the last token it took. */
function readWord(reading: Reading, vocabulary: Vocabulary, state: State, at: number): number {
  const { list } = reading.tokens
  const token = list[at]!
  const entry = entryOf(token, vocabulary)
  if (entry === null) return at
  for (const { rest, value } of entry.starts) {
    if (rest.length > 0 && !follows(rest, list, at)) continue
    const last = at + rest.length
    apply(reading, state, value, at, last, rest.length === 0 ? entry.valence : null)
    return last
  }
  if (entry.valence !== null) feel(reading, state, at, at, entry.valence)
  return at
}

/** What a vocabulary says of a word, or of the word without its stretched letters; null: nothing. */
function entryOf({ lexeme, stretched }: Token, vocabulary: Vocabulary): Entry | null {
  if (lexeme.vocabulary !== vocabulary) {
    lexeme.vocabulary = vocabulary
    lexeme.entry = vocabulary.get(lexeme.word) ?? null
  }
  if (lexeme.entry !== null || !stretched) return lexeme.entry
  return vocabulary.get(shorten(lexeme.word, 1)) ?? null
}

/** Takes in the phrase at tokens `at`–`last`; of its own and natural's valence the stronger counts. */
function apply(reading: Reading, state: State, mark: Mark, at: number, last: number, valence: number | null): void {
  const { list } = reading.tokens
  const token = list[at]!
  const negated = at <= state.negatedUntil
  let felt = 0
  for (const group of mark.groups) {
    const cue: Cue = CUES[group]
    if (cue.opening && token.opens === null) continue
    if (cue.sentiment !== undefined && Math.abs(cue.sentiment) > Math.abs(felt)) felt = cue.sentiment
    if (negated && cue.negatable) continue
    reading.findings.push({ group, cue, start: token.start, end: list[last]!.end })
  }
  if (mark.role !== null) turn(reading, state, mark.role, last)
  else {
    if (valence !== null && Math.abs(valence) > Math.abs(felt) && valence * felt >= 0) felt = valence
    if (felt !== 0) feel(reading, state, at, last, felt)
  }
}

function turn(reading: Reading, state: State, role: NonNullable<Mark['role']>, at: number): void {
  if (role === 'negator') state.negatedUntil = at + NEGATION_REACH
  else if (role === 'contrast') {
    for (const feeling of reading.feelings) feeling.valence *= BEFORE_CONTRAST
    state.contrast = AFTER_CONTRAST
    state.negatedUntil = -1
  } else {
    state.factor = role === 'booster' ? BOOSTED : DAMPED
    state.factorUntil = at + 2
  }
}

function feel(reading: Reading, state: State, from: number, last: number, valence: number): void {
  const first = reading.tokens.list[from]!
  let felt = valence * state.contrast
  if (from <= state.factorUntil) felt *= state.factor
  if (from <= state.negatedUntil) felt *= NEGATED
  if (first.capitals || first.stretched) felt *= SHOUTED
  const bounded = Math.max(-1, Math.min(1, felt))
  reading.feelings.push({ valence: bounded, start: first.start, end: reading.tokens.list[last]!.end })
}
