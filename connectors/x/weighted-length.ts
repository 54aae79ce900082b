/**
 * What X makes a link of: an address with its scheme, or a bare name under a well-known top-level domain. X knows all of
 * them; a rare one without a scheme is counted by its letters here.
 */
export const URL_IN_TEXT =
  /https?:\/\/[^\s<>"]+|(?<![\w@.-])(?:[a-z0-9-]+\.)+(?:com|org|net|edu|gov|info|biz|io|co|app|dev|ai|me|tv|eu|de|at|ch|fr|es|it|pt|nl|be|uk|ie|us|ca|br|mx|in|jp|au)\b(?:\/[^\s<>"]*)?/giu

/** Every link is shortened to t.co, which is so long. */
const URL_WEIGHT = 23
const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' })
/** Latin and its neighbours, and general punctuation: half the weight of everything else. */
const LIGHT: readonly (readonly [number, number])[] = [
  [0, 4351],
  [8192, 8205],
  [8208, 8223],
  [8242, 8247],
]

/**
 * Length of a post as X counts it, of 280: links 23, emoji 2, Latin and its neighbours 1, everything else 2. After
 * docs.x.com, "Counting characters".
 */
export function weightedLength(text: string): number {
  const words = text.normalize('NFC')
  let length = 0
  for (const _ of words.matchAll(URL_IN_TEXT)) length += URL_WEIGHT
  for (const { segment } of graphemes.segment(words.replace(URL_IN_TEXT, ''))) length += weightOf(segment)
  return length
}

function weightOf(grapheme: string): number {
  if (/\p{Extended_Pictographic}|\p{Regional_Indicator}|\u20e3/u.test(grapheme) && !/^[\d#*©®™]$/u.test(grapheme))
    return 2
  let weight = 0
  for (const character of grapheme) weight += isLight(character.codePointAt(0) ?? 0) ? 1 : 2
  return weight
}

const isLight = (code: number) => LIGHT.some(([first, last]) => code >= first && code <= last)
