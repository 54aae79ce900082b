import { CLASSES, CLAUSE, DIGIT, HIGH, isApostrophe, isLetter, isWordlike, LETTER, SPACE, STOP } from './characters.ts'
import {
  CAPITALS,
  digitsOf,
  FOREIGN,
  type Lexeme,
  lettersOf,
  lexemeAt,
  lexemeOf,
  makeRoom,
  placeOf,
  STRETCHED,
  traitsAt,
} from './lexemes.ts'

/** What a stretch of text is to the judges. Handles and links are counted and skipped. */
export type TokenKind = 'word' | 'number' | 'hashtag' | 'emoji'

export type Token = {
  kind: TokenKind
  lexeme: Lexeme
  /** The word of the lexeme. */
  word: string
  /** Where it stands in the text, in UTF-16 units, end exclusive. */
  start: number
  end: number
  /** In capitals throughout, with at least two letters. */
  capitals: boolean
  /** Had a letter three times or more in a row: "soooo". */
  stretched: boolean
  /** First of a sentence, or of a part of one set off by a comma, semicolon, colon or dash. */
  opens: 'sentence' | 'clause' | null
}

export type Tokens = {
  list: Token[]
  exclamations: number
  questions: number
  handles: number
  links: number
  digits: number
  hashtags: number
  stretched: number
  /** Emoji and emoticons. */
  signs: number
  /** Words of four letters and more, and how many of those were all capitals. */
  longWords: number
  longCapitals: number
  /** Has a word or hashtag with letters that are not Latin. */
  foreign: boolean
}

/** Texts are judged by this many characters at most, so that the cost of one post is bounded. */
export const JUDGED_LENGTH = 5_000

const CONTRACTIONS = new Set(['t', 's', 'm', 'd', 're', 've', 'll'])

/** The text being cut, and some zeros behind it; written anew by each call. */
const codes = new Uint16Array(JUDGED_LENGTH + 4)

/** Cuts `text` into tokens in one pass. Never throws: lone surrogates, controls and marks are just not words. */
export function tokenize(text: string): Tokens {
  const found: Tokens = {
    list: [],
    exclamations: 0,
    questions: 0,
    handles: 0,
    links: 0,
    digits: 0,
    hashtags: 0,
    stretched: 0,
    signs: 0,
    longWords: 0,
    longCapitals: 0,
    foreign: false,
  }
  const end = Math.min(text.length, JUDGED_LENGTH)
  for (let at = 0; at < end; at++) codes[at] = text.charCodeAt(at)
  for (let at = end; at < end + 4; at++) codes[at] = at < text.length ? text.charCodeAt(at) : 0
  makeRoom(end)
  let opens: Token['opens'] = 'sentence'
  let at = 0
  while (at < end) {
    const code = codes[at]!
    const kind = CLASSES[code]!
    if (kind === SPACE) {
      at++
    } else if (kind === LETTER || kind === DIGIT) {
      at = readWord(text, at, end, kind === LETTER ? 'word' : 'number', opens, found)
      opens = null
    } else if (code === 35 && at + 1 < end && isWordlike(codes[at + 1]!)) {
      at = readWord(text, at + 1, end, 'hashtag', opens, found)
    } else if (code === 64 && at + 1 < end && isWordlike(codes[at + 1]!)) {
      found.handles++
      at = handleEnd(at + 1, end)
    } else {
      const next = readSign(text, at, end, kind, opens, found)
      if (kind === STOP) opens = 'sentence'
      else if (opens === null && (kind === CLAUSE || (code === 45 && codes[at + 1] === 32))) opens = 'clause'
      at = next
    }
  }
  return found
}

/** Emoji, emoticons and punctuation; returns where to go on. */
function readSign(text: string, at: number, end: number, kind: number, opens: Token['opens'], found: Tokens): number {
  const code = codes[at]!
  if (kind === HIGH) return readEmoji(text, at, end, opens, found)
  if (code === 33 || code === 0xff01 || code === 0xa1) found.exclamations += code === 0xa1 ? 0 : 1
  else if (code === 63 || code === 0x61f || code === 0xff1f) found.questions++
  else if (code === 58 || code === 59 || code === 61 || code === 60) {
    const face = emoticonAt(text, at)
    if (face > 0) {
      pushSign(text.slice(at, at + face).replace('-', ''), at, at + face, opens, found)
      return at + face
    }
  }
  return at + 1
}

/** Length of `:)`, `:-(`, `;)`, `:D`, `:/`, `=)` or `<3` at `at`; 0 when there is none. */
function emoticonAt(text: string, at: number): number {
  if (codes[at] === 60) return codes[at + 1] === 51 && !isWordlike(codes[at + 2]!) ? 2 : 0
  const nose = codes[at + 1] === 45 ? 1 : 0
  const mouth = text[at + 1 + nose]
  if (mouth === ')' || mouth === '(' || mouth === '|') return 2 + nose
  const loose = mouth === 'D' || mouth === 'P' || (mouth === '/' && text[at + 2 + nose] !== '/')
  return loose && !isWordlike(codes[at + 2 + nose]!) ? 2 + nose : 0
}

function readEmoji(text: string, at: number, end: number, opens: Token['opens'], found: Tokens): number {
  const point = text.codePointAt(at) ?? 0
  const size = point > 0xffff ? 2 : 1
  const isSkinTone = point >= 0x1f3fb && point <= 0x1f3ff
  const isSymbol = (point >= 0x1f300 && point <= 0x1faff && !isSkinTone) || (point >= 0x2190 && point <= 0x2bff)
  if (isSymbol && at + size <= end) pushSign(text.slice(at, at + size), at, at + size, opens, found)
  return at + size
}

function pushSign(word: string, start: number, end: number, opens: Token['opens'], found: Tokens): void {
  const lexeme = lexemeOf(word, 'sign')
  found.signs++
  found.list.push({ kind: 'emoji', lexeme, word, start, end, capitals: false, stretched: false, opens })
}

/** What follows "example" in "example.com", or "bit" in "bit.ly/x"; "refund.it was" is a missing space. */
const DOMAIN_TAIL = /^\.(?:com|net|org|io|ly|gg|xyz|top|shop|site|info|me)(?![\p{L}\d])|^(?:\.[a-z\d-]{2,24}){1,3}\//iu

/** Is the word `start`–`at`, with what stands right behind it, the beginning of a link? */
function isLink(text: string, start: number, at: number): boolean {
  const next = codes[at]
  if (next === 58) return text.startsWith('://', at) && /^https?$/i.test(text.slice(start, at))
  if (next !== 46 || !isWordlike(codes[at + 1]!)) return false
  return DOMAIN_TAIL.test(text.slice(at, at + 80)) || (at - start === 3 && /^www$/i.test(text.slice(start, at)))
}

function linkEnd(at: number, end: number): number {
  let next = at
  while (next < end && codes[next]! > 32 && CLASSES[codes[next]!] !== SPACE) next++
  return next
}

function handleEnd(at: number, end: number): number {
  let next = at
  while (next < end && (isWordlike(codes[next]!) || (codes[next] === 46 && isWordlike(codes[next + 1]!)))) next++
  return next
}

/** FNV-1a over the letters of a form; a number begins otherwise, as it is another form than the hashtag of the same. */
const WORD_SEED = 0x811c9dc5
const NUMBER_SEED = 0x4e554d42
const PRIME = 0x01000193

/** Reads the word at `start`, or the link that it begins; returns where to go on. */
function readWord(
  text: string,
  start: number,
  end: number,
  kind: TokenKind,
  opens: Token['opens'],
  found: Tokens,
): number {
  const number = kind === 'number'
  let hash = number ? NUMBER_SEED : WORD_SEED
  let at = start
  for (; at < end; at++) {
    const code = codes[at]!
    const type = CLASSES[code]!
    if (type !== LETTER && type !== DIGIT && !joins(text, code, at)) break
    hash = Math.imul(hash ^ code, PRIME)
  }
  if (kind === 'word' && isLink(text, start, at)) {
    found.links++
    return linkEnd(at, end)
  }
  const place = placeOf(text, codes, start, at, hash, number)
  const lexeme = lexemeAt(place)
  const traits = traitsAt(place)
  const capitals = (traits & CAPITALS) !== 0
  const stretched = (traits & STRETCHED) !== 0
  found.digits += digitsOf(traits)
  if (lettersOf(traits) >= 4) {
    found.longWords++
    if (capitals) found.longCapitals++
  }
  if (traits & FOREIGN) found.foreign = true
  if (stretched) found.stretched++
  if (kind === 'hashtag') found.hashtags++
  found.list.push({ kind, lexeme, word: lexeme.word, start, end: at, capitals, stretched, opens })
  return isApostrophe(codes[at]!) ? at + 1 : at
}

/** Does a sign belong to the word around it: the point of "2.14", or an apostrophe? */
function joins(text: string, code: number, at: number): boolean {
  if (code === 46) return at > 0 && CLASSES[codes[at - 1]!] === DIGIT && CLASSES[codes[at + 1]!] === DIGIT
  return isApostrophe(code) && contracts(text, at)
}

/** "don't" and "it's" stay one word; "l'avion" and "dell'aereo" become two. */
function contracts(text: string, at: number): boolean {
  const one = codes[at + 1]!
  if (!isLetter(one)) return false
  const two = codes[at + 2]!
  const length = !isLetter(two) ? 1 : !isLetter(codes[at + 3]!) ? 2 : 0
  return length > 0 && CONTRACTIONS.has(text.slice(at + 1, at + 1 + length).toLowerCase())
}
