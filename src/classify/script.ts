import type { Tokens } from './tokens.ts'

/** A language that only one script can mean, and those that share its script and a network's hint may name instead. */
type Script = { tag: string; also: string[] }

const RANGES: [from: number, to: number, script: Script][] = [
  [0x370, 0x3ff, { tag: 'el', also: [] }],
  [0x400, 0x52f, { tag: 'ru', also: ['uk', 'bg', 'sr', 'mk', 'be', 'kk', 'mn'] }],
  [0x530, 0x58f, { tag: 'hy', also: [] }],
  [0x590, 0x5ff, { tag: 'he', also: ['yi'] }],
  [0x600, 0x77f, { tag: 'ar', also: ['fa', 'ur', 'ps', 'ckb'] }],
  [0x900, 0x97f, { tag: 'hi', also: ['mr', 'ne'] }],
  [0x980, 0x9ff, { tag: 'bn', also: ['as'] }],
  [0xb80, 0xbff, { tag: 'ta', also: [] }],
  [0xe00, 0xe7f, { tag: 'th', also: [] }],
  [0x10a0, 0x10ff, { tag: 'ka', also: [] }],
  [0x1100, 0x11ff, { tag: 'ko', also: [] }],
  [0x3040, 0x30ff, { tag: 'ja', also: [] }],
  [0x4e00, 0x9fff, { tag: 'zh', also: ['ja'] }],
  [0xac00, 0xd7af, { tag: 'ko', also: [] }],
]
/** Letters that tell neighbours in one script apart. */
const TELLING: Record<string, string> = {
  і: 'uk',
  ї: 'uk',
  є: 'uk',
  ґ: 'uk',
  پ: 'fa',
  چ: 'fa',
  گ: 'fa',
  ژ: 'fa',
  ٹ: 'ur',
  ڈ: 'ur',
  ے: 'ur',
}

/** How many letters are looked at: the script of a post shows early. */
const SAMPLE = 200
const LATIN = 255
const NONE = 254

/** Which range each UTF-16 unit is in, so that the loop does one look-up a letter. */
const PLACES = new Uint8Array(65_536).fill(NONE)
for (let code = 0; code < 0x250; code++) {
  if ((code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code >= 0xc0) PLACES[code] = LATIN
}
PLACES.fill(LATIN, 0x1e00, 0x1f00)
for (const [place, [from, to]] of RANGES.entries()) PLACES.fill(place, from, to + 1)
const counts = new Uint16Array(RANGES.length)

/** Is it a letter of a script that tells its language? */
export const isForeign = (code: number): boolean => PLACES[code]! < NONE

/**
 * The language that the script alone tells, with the share of letters in it as confidence (0.6–0.98), or null when
 * most letters are Latin or there are none. Kana anywhere makes Han Japanese. Words and hashtags are looked at; links,
 * handles and digits are not.
 */
export function languageByScript(
  text: string,
  { list, foreign }: Tokens,
  hint: string | null,
): { tag: string; confidence: number } | null {
  if (!foreign) return null
  counts.fill(0)
  let latin = 0
  let others = 0
  let telling: string | null = null
  for (let which = 0; which < list.length && latin + others < SAMPLE; which++) {
    const token = list[which]!
    if (token.kind !== 'word' && token.kind !== 'hashtag') continue
    for (let at = token.start; at < token.end && latin + others < SAMPLE; at++) {
      const code = text.charCodeAt(at)
      const place = PLACES[code]!
      if (place === LATIN) latin++
      else if (place !== NONE) {
        counts[place]!++
        others++
        telling ??= code < 0x700 ? (TELLING[text[at] ?? ''] ?? null) : null
      }
    }
  }
  // Han and Hangul say more with one sign than Latin with three letters.
  if (others === 0 || others * 2 < latin) return null
  const confidence = Math.round(Math.min(0.98, Math.max(0.6, others / (others + latin))) * 100) / 100
  const script = scriptOf(others)
  if (hint !== null && script.also.includes(hint)) return { tag: hint, confidence }
  return { tag: telling !== null && script.also.includes(telling) ? telling : script.tag, confidence }
}

/** The script of most of the `others` letters counted; kana among Han outvote it. */
function scriptOf(others: number): Script {
  let best = 0
  let kana: Script | null = null
  for (let place = 0; place < counts.length; place++) {
    if (counts[place]! > counts[best]!) best = place
    const script = RANGES[place]![2]
    if (script.tag === 'ja' && counts[place]! * 20 >= others) kana = script
  }
  return kana ?? RANGES[best]![2]
}
