import { CLASSES, DIGIT, LETTER } from './characters.ts'
import { isForeign } from './script.ts'
import type { Entry, Vocabulary } from './vocabulary.ts'

/**
 * A word as posts use it, with what is always true of it. One object for all its occurrences as long as it is kept, so
 * that what a word costs to understand is paid once.
 */
export type Lexeme = {
  /** Counts up and is never given twice: what is kept of a word elsewhere is kept under it. */
  serial: number
  /** Lower case, composed (NFC), at most 40 characters; runs of three and more of a letter are cut to two. */
  word: string
  /** FNV-1a of the word; all numbers share that of "0". */
  hash: number
  /** A word or hashtag, whose letters say something; not a number or a sign. */
  spelled: boolean
  /** Turns what follows: "not". */
  negates: boolean
  /** The vocabulary it was last looked up in, and what that says of it; null: nothing. */
  vocabulary: Vocabulary | null
  entry: Entry | null
}

/**
 * A way to write a word is a form. What it shows besides the word are its traits: how many digits and letters it has, in
 * 13 bits each, and what is true of it.
 */
export const digitsOf = (traits: number): number => traits & MOST_LETTERS
export const lettersOf = (traits: number): number => (traits >> LETTERS_FROM) & MOST_LETTERS
const LETTERS_FROM = 13
const MOST_LETTERS = (1 << LETTERS_FROM) - 1
/** In capitals throughout, with at least two letters. */
export const CAPITALS = 1 << 26
/** Had a letter three times or more in a row: "soooo". */
export const STRETCHED = 1 << 27
/** Has a letter of another script than the Latin one. */
export const FOREIGN = 1 << 28

/** Enough for nearly all that people write in a day. Once full everything is forgotten, between two posts. */
export const MOST_WORDS = 65_536
const WORD_LENGTH = 40

const words = new Map<string, Lexeme>()
const numbers = new Map<string, Lexeme>()
let serial = 0

/**
 * An open hash table of forms, at most half full; four numbers a slot, which stand in one line of the processor's cache:
 * hash, where its letters stand (place · 64 + length), 1 + the place of its lexeme (0: the slot is free), traits.
 * Behind all others one slot for forms too long to keep.
 */
const SLOTS = MOST_WORDS * 2
const slots = new Int32Array((SLOTS + 1) * 4)
const lexemes: Lexeme[] = []
const letters = new Uint16Array(MOST_WORDS * 12)
let lettersKept = 0

/** Makes room for the words of one more post of `length` characters, if need be by forgetting all others. */
export function makeRoom(length: number): void {
  const most = MOST_WORDS - length
  if (lexemes.length > most || words.size + numbers.size > most || lettersKept > letters.length - length) forgetWords()
}

/** Forgets every word; no answer depends on it. */
export function forgetWords(): void {
  words.clear()
  numbers.clear()
  lexemes.length = 0
  lettersKept = 0
  slots.fill(0)
}

/**
 * Where the form is kept that stands from `from` to `to` in `text`, whose letters are `codes` and hash to `hash`: what `lexemeAt` and
 * `traitsAt` ask for, good until the next call. A form met for the first time is taken in.
 */
export function placeOf(
  text: string,
  codes: Uint16Array,
  from: number,
  to: number,
  hash: number,
  number: boolean,
): number {
  const length = to - from
  let slot = hash ^ (hash >>> 15)
  for (; ; slot++) {
    slot &= SLOTS - 1
    const at = slot * 4
    if (slots[at + 2] === 0) break
    const span = slots[at + 1]!
    if (slots[at] !== hash || (span & 63) !== length) continue
    const start = span >> 6
    let same = 0
    while (same < length && letters[start + same] === codes[from + same]) same++
    if (same === length) return at
  }
  return takeIn(text, codes, from, to, hash, number, slot * 4)
}

export const lexemeAt = (place: number): Lexeme => lexemes[slots[place + 2]! - 1]!
export const traitsAt = (place: number): number => slots[place + 3]!

function takeIn(
  whole: string,
  codes: Uint16Array,
  from: number,
  to: number,
  hash: number,
  number: boolean,
  free: number,
): number {
  const text = whole.slice(from, to)
  const traits = traitsOf(text, number)
  const lexeme = lexemeOf(wordOf(text, traits), number ? 'number' : 'word')
  const kept = text.length <= WORD_LENGTH
  const at = kept ? free : SLOTS * 4
  if (kept) {
    for (let n = 0; n < text.length; n++) letters[lettersKept + n] = codes[from + n]!
    slots[at + 1] = lettersKept * 64 + text.length
    lettersKept += text.length
  }
  slots[at] = hash
  slots[at + 2] = lexemes.push(lexeme)
  slots[at + 3] = traits
  return at
}

function traitsOf(text: string, number: boolean): number {
  let [upper, lower, digits, run, previous, traits] = [0, 0, 0, 1, 0, 0]
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    const type = CLASSES[code]
    // The point of 2.14.
    if (code === 46) continue
    if (type === DIGIT) digits++
    else if (type === LETTER) {
      if (code >= 65 && (code <= 90 || (code >= 0xc0 && code <= 0xde))) upper++
      else lower++
    }
    if (!number && isForeign(code)) traits |= FOREIGN
    run = code === previous ? run + 1 : 1
    if (run >= 3 && type === LETTER) traits |= STRETCHED
    previous = code
  }
  if (upper >= 2 && lower === 0) traits |= CAPITALS
  return traits | ((upper + lower) << LETTERS_FROM) | digits
}

/** The word of a form as `Lexeme` writes it. */
function wordOf(form: string, traits: number): string {
  let word = form.slice(0, WORD_LENGTH).toLowerCase()
  if (traits & STRETCHED) word = shorten(word, 2)
  if (!WIDE.test(form)) return word
  if (ACCENT.test(form)) word = word.normalize('NFC').slice(0, WORD_LENGTH)
  return word.replaceAll('\u2019', "'")
}
const ACCENT = /[\u0300-\u036f]/

/** The lexeme of a word that is written as `Lexeme` says. */
export function lexemeOf(word: string, kind: 'word' | 'number' | 'sign'): Lexeme {
  const known = kind === 'number' ? numbers : words
  const found = known.get(word)
  if (found !== undefined) return found
  serial = (serial + 1) | 0
  const lexeme: Lexeme = {
    serial,
    word: ownCopy(word),
    hash: hashWord(kind === 'number' ? '0' : word),
    spelled: kind === 'word',
    negates: NEGATORS.has(word),
    vocabulary: null,
    entry: null,
  }
  known.set(lexeme.word, lexeme)
  return lexeme
}

/** FNV-1a over UTF-16 units. */
export function hashWord(word: string): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < word.length; at++) hash = Math.imul(hash ^ word.charCodeAt(at), 0x01000193)
  return hash
}

/** A part of a text, unless it is short, keeps the whole text in memory as long as it lives (V8); a copy does not. */
function ownCopy(word: string): string {
  if (word.length < 13) return word
  const encoding = WIDE.test(word) ? 'utf16le' : 'latin1'
  return Buffer.from(word, encoding).toString(encoding)
}
const WIDE = /[^\0-\xff]/

/** Cuts every run of one character longer than `keep` down to `keep`: ("soooo", 1) → "so". */
export function shorten(word: string, keep: number): string {
  let short = ''
  let run = 0
  for (let at = 0; at < word.length; at++) {
    run = at > 0 && word[at] === word[at - 1] ? run + 1 : 1
    if (run <= keep) short += word[at]
  }
  return short
}

/** Negations of all languages we read; a word that means something else in another language is left out. */
const NEGATORS = new Set(
  `not no never don't doesn't didn't isn't wasn't aren't weren't can't cannot couldn't won't wouldn't shouldn't haven't
  hasn't hadn't ain't dont doesnt didnt isnt wasnt cant wont wouldnt nothing nobody neither without hardly barely nor
  ni nunca jamás jamas nadie nada sin tampoco pas jamais rien aucun aucune sans nicht kein keine keinen keiner nie
  niemals nichts ohne não nao nem ninguém sem non mai niente nessuno senza neanche nahi nahin nhi nai
  नहीं नही मत ना بدون لا ليس ليست مش مو ما لم لن موش`.split(/\s+/),
)
