/** What a stretch of text is to the judges. Handles and links are counted and skipped. */
export type TokenKind = 'word' | 'number' | 'hashtag' | 'emoji'

export type Token = {
  kind: TokenKind
  /** Lower case, composed (NFC), at most 40 characters; runs of three and more of a letter are cut to two. */
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
  /** Words of four letters and more, and how many of those were all capitals. */
  longWords: number
  longCapitals: number
}

/** Texts are judged by this many characters at most, so that the cost of one post is bounded. */
export const JUDGED_LENGTH = 5_000
const WORD_LENGTH = 40

const SPACE = 0
const LETTER = 1
const DIGIT = 2
const STOP = 3
const CLAUSE = 4
const OTHER = 5
const HIGH = 6

/** Class of each ASCII character; a table look-up is three times as fast here as a regular expression. */
const ASCII = new Uint8Array(128).fill(OTHER)
for (let code = 0; code <= 32; code++) ASCII[code] = SPACE
for (let code = 48; code <= 57; code++) ASCII[code] = DIGIT
for (let code = 97; code <= 122; code++) ASCII[code] = ASCII[code - 32] = LETTER
ASCII[95] = LETTER
for (const stop of '.!?\n\r') ASCII[stop.charCodeAt(0)] = STOP
for (const clause of ',;:()"') ASCII[clause.charCodeAt(0)] = CLAUSE

/** Signs among the letters from U+00C0 on: × ÷, the Arabic comma, semicolon, question mark and full stop, the danda. */
const MARKS: ReadonlyMap<number, number> = new Map([
  [0xd7, OTHER],
  [0xf7, OTHER],
  [0x60c, CLAUSE],
  [0x61b, CLAUSE],
  [0x61f, STOP],
  [0x6d4, STOP],
  [0x964, STOP],
  [0x965, STOP],
])

function classOf(code: number): number {
  if (code < 128) return ASCII[code]!
  if (code < 0xc0) return code === 0xa0 ? SPACE : code === 0xaa || code === 0xba ? LETTER : OTHER
  if (code < 0x2000) return MARKS.get(code) ?? LETTER
  if (code < 0x2c00) {
    if (code <= 0x200a || code === 0x2028 || code === 0x2029) return SPACE
    return code === 0x2026 || code === 0x203c || code === 0x2049 ? STOP : code >= 0x2190 ? HIGH : CLAUSE
  }
  if (code < 0x3040) return code === 0x3002 ? STOP : code >= 0x3000 ? CLAUSE : LETTER
  if (code < 0xd800) return LETTER
  if (code < 0xe000) return HIGH
  if (code === 0xff01 || code === 0xff1f) return STOP
  return (code >= 0xf900 && code < 0xfe00) || (code >= 0xfe70 && code < 0xfeff) || code >= 0xff21 ? LETTER : OTHER
}

const isLetter = (code: number): boolean => classOf(code) === LETTER
const isWordlike = (code: number): boolean => classOf(code) === LETTER || classOf(code) === DIGIT
const isApostrophe = (code: number): boolean => code === 39 || code === 0x2019 || code === 0x02bc
const CONTRACTIONS = new Set(['t', 's', 'm', 'd', 're', 've', 'll'])

/** Cuts `text` into tokens in one pass. Never throws: lone surrogates, controls and marks are just not words. */
export function tokenize(text: string): Tokens {
  const list: Token[] = []
  const found: Tokens = {
    list,
    exclamations: 0,
    questions: 0,
    handles: 0,
    links: 0,
    digits: 0,
    longWords: 0,
    longCapitals: 0,
  }
  const end = Math.min(text.length, JUDGED_LENGTH)
  let opens: Token['opens'] = 'sentence'
  let at = 0
  while (at < end) {
    const code = text.charCodeAt(at)
    const kind = classOf(code)
    if (kind === SPACE) {
      at++
    } else if (kind === LETTER || kind === DIGIT) {
      at = readWord(text, at, end, kind === LETTER ? 'word' : 'number', opens, found)
      opens = null
    } else if (code === 35 && at + 1 < end && isWordlike(text.charCodeAt(at + 1))) {
      at = readWord(text, at + 1, end, 'hashtag', opens, found)
    } else if (code === 64 && at + 1 < end && isWordlike(text.charCodeAt(at + 1))) {
      found.handles++
      at = handleEnd(text, at + 1, end)
    } else {
      const next = readSign(text, at, end, kind, opens, found)
      if (kind === STOP) opens = 'sentence'
      else if (opens === null && (kind === CLAUSE || (code === 45 && text.charCodeAt(at + 1) === 32))) opens = 'clause'
      at = next
    }
  }
  return found
}

/** Emoji, emoticons and punctuation; returns where to go on. */
function readSign(text: string, at: number, end: number, kind: number, opens: Token['opens'], found: Tokens): number {
  const code = text.charCodeAt(at)
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
  if (text.charCodeAt(at) === 60) return text.charCodeAt(at + 1) === 51 && !isWordlike(text.charCodeAt(at + 2)) ? 2 : 0
  const nose = text.charCodeAt(at + 1) === 45 ? 1 : 0
  const mouth = text[at + 1 + nose]
  if (mouth === ')' || mouth === '(' || mouth === '|') return 2 + nose
  const loose = mouth === 'D' || mouth === 'P' || (mouth === '/' && text[at + 2 + nose] !== '/')
  return loose && !isWordlike(text.charCodeAt(at + 2 + nose)) ? 2 + nose : 0
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
  found.list.push({ kind: 'emoji', word, start, end, capitals: false, stretched: false, opens })
}

/** What follows "example" in "example.com", or "bit" in "bit.ly/x"; "refund.it was" is a missing space. */
const DOMAIN_TAIL = /^\.(?:com|net|org|io|ly|gg|xyz|top|shop|site|info|me)(?![\p{L}\d])|^(?:\.[a-z\d-]{2,24}){1,3}\//iu

/** Is the word `start`–`at`, with what stands right behind it, the beginning of a link? */
function isLink(text: string, start: number, at: number): boolean {
  const next = text.charCodeAt(at)
  if (next === 58) return text.startsWith('://', at) && /^https?$/i.test(text.slice(start, at))
  if (next !== 46 || !isWordlike(text.charCodeAt(at + 1))) return false
  return DOMAIN_TAIL.test(text.slice(at, at + 80)) || (at - start === 3 && /^www$/i.test(text.slice(start, at)))
}

function linkEnd(text: string, at: number, end: number): number {
  let next = at
  while (next < end && text.charCodeAt(next) > 32 && classOf(text.charCodeAt(next)) !== SPACE) next++
  return next
}

function handleEnd(text: string, at: number, end: number): number {
  let next = at
  while (
    next < end &&
    (isWordlike(text.charCodeAt(next)) || (text[next] === '.' && isWordlike(text.charCodeAt(next + 1))))
  )
    next++
  return next
}

function readWord(
  text: string,
  start: number,
  end: number,
  kind: TokenKind,
  opens: Token['opens'],
  found: Tokens,
): number {
  let at = start
  let upper = 0
  let lower = 0
  let digits = 0
  let run = 1
  let previous = 0
  let stretched = false
  let marks = false
  for (; at < end; at++) {
    const code = text.charCodeAt(at)
    const type = classOf(code)
    if (type === DIGIT) digits++
    else if (type === LETTER) {
      if (code >= 65 && (code <= 90 || (code >= 0xc0 && code <= 0xde))) upper++
      else lower++
      if (code >= 0x300 && code < 0x370) marks = true
    } else if (code === 46 && classOf(previous) === DIGIT && classOf(text.charCodeAt(at + 1)) === DIGIT) continue
    else if (!(isApostrophe(code) && joins(text, at))) break
    run = code === previous ? run + 1 : 1
    if (run >= 3 && type === LETTER) stretched = true
    previous = code
  }
  if (kind === 'word' && isLink(text, start, at)) {
    found.links++
    return linkEnd(text, at, end)
  }
  let word = text.slice(start, Math.min(at, start + WORD_LENGTH)).toLowerCase()
  if (stretched) word = shorten(word, 2)
  if (marks) word = word.normalize('NFC').slice(0, WORD_LENGTH)
  if (word.includes('\u2019')) word = word.replaceAll('\u2019', "'")
  found.digits += digits
  const capitals = upper >= 2 && lower === 0
  if (upper + lower >= 4) {
    found.longWords++
    if (capitals) found.longCapitals++
  }
  found.list.push({ kind, word, start, end: at, capitals, stretched, opens })
  const elided = isApostrophe(text.charCodeAt(at)) ? 1 : 0
  return at + elided
}

/** "don't" and "it's" stay one word; "l'avion" and "dell'aereo" become two. */
function joins(text: string, at: number): boolean {
  const one = text.charCodeAt(at + 1)
  if (!isLetter(one)) return false
  const two = text.charCodeAt(at + 2)
  const length = !isLetter(two) ? 1 : !isLetter(text.charCodeAt(at + 3)) ? 2 : 0
  return length > 0 && CONTRACTIONS.has(text.slice(at + 1, at + 1 + length).toLowerCase())
}

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
