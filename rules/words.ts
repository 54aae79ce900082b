import { LIMITS } from './limits.ts'

/** Scripts that put no spaces between words: there a phrase is looked for as it stands. */
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}]/u
const NOT_A_WORD = /[^\p{L}\p{N}\p{M}]+/gu

/** Text as a row of words with spaces around each; case and compatibility forms folded (NFKC), apostrophes part words. */
export function foldText(text: string): string {
  const folded = text.slice(0, LIMITS.textCharacters).normalize('NFKC').toLowerCase()
  return ` ${folded.replace(NOT_A_WORD, ' ')} `
}

/**
 * A phrase made ready for `foldText`'s rows: found by one substring search, so it costs time linear in the text.
 * A `*` at the end lets any ending follow. Null: nothing is left of the phrase once punctuation is gone.
 */
export function foldPhrase(phrase: string): string | null {
  const core = foldText(phrase).trim()
  if (core === '') return null
  if (UNSPACED.test(core)) return core
  return phrase.trimEnd().endsWith('*') ? ` ${core}` : ` ${core} `
}

/** Tags, handles and names of skills as they are compared: case folded, without a leading @. */
export const foldTag = (tag: string): string => (tag.startsWith('@') ? tag.slice(1) : tag).toLowerCase()
