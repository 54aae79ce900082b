/** What a character is to a reader of posts, by its UTF-16 unit. */
export const SPACE = 0
export const LETTER = 1
export const DIGIT = 2
export const STOP = 3
export const CLAUSE = 4
export const OTHER = 5
export const HIGH = 6

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

/** The class of each UTF-16 unit; a table look-up is three times as fast here as a regular expression. */
export const CLASSES = Uint8Array.from({ length: 65_536 }, (_, code) => classOf(code))

export const isLetter = (code: number): boolean => CLASSES[code] === LETTER
export const isWordlike = (code: number): boolean => CLASSES[code] === LETTER || CLASSES[code] === DIGIT
export const isApostrophe = (code: number): boolean => code === 39 || code === 0x2019 || code === 0x02bc
