/** Where something asked for stands in a text, in UTF-16 units; end exclusive. */
export type Found = { start: number; end: number }

// Marks over and under letters, and signs of scripts without spaces: as `search_words` of the database has them.
const MARKS =
  // biome-ignore lint/suspicious/noMisleadingCharacterClass: marks alone are meant, on whatever they stand
  /[\u0300-\u036f\u0591-\u05bd\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\u3099\u309a\ufe20-\ufe2f]+/g
const UNSPACED = /^[\u3041-\u3096\u30a1-\u30fa\u30fc\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]+$/
const WORD = /[\p{L}\p{N}\p{M}]+/gu
const RUN =
  /[\u3041-\u3096\u30a1-\u30fa\u30fc\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]+|[^\u3041-\u3096\u30a1-\u30fa\u30fc\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]+/g

const fold = (word: string): string => word.normalize('NFKD').replace(MARKS, '').toLowerCase()

/** Words where they stand; a run of a script without spaces is one, whatever it touches. */
function wordsOf(text: string): { word: string; at: number }[] {
  return [...text.matchAll(WORD)].flatMap((match) =>
    [...match[0].matchAll(RUN)].map((run) => ({ word: run[0], at: match.index + run.index })),
  )
}

/** What is looked for, folded, each once. Empty: nothing of what was asked is a word. */
export const termsOf = (asked: string): string[] => [...new Set(wordsOf(asked).flatMap(({ word }) => fold(word) || []))]

/** Whether a word is meant by a term: begins with it, or holds it where scripts have no spaces. One sign is meant exactly. */
function meets(word: string, term: string): boolean {
  if (UNSPACED.test(term)) return word.includes(term)
  return term.length > 1 ? word.startsWith(term) : word === term
}

/** Whether all terms are in what is shown: what was blanked in it cannot be found out by asking (U7). */
export function isShown(texts: readonly string[], terms: readonly string[]): boolean {
  const words = texts.flatMap((text) => wordsOf(text).map(({ word }) => fold(word)))
  return terms.every((term) => words.some((word) => meets(word, term)))
}

/** The words of a text that were looked for, in their order, at most `most`. */
export function findIn(text: string, terms: readonly string[], most = 50): Found[] {
  const found: Found[] = []
  for (const { word, at } of wordsOf(text)) {
    const folded = fold(word)
    if (terms.some((term) => meets(folded, term))) found.push({ start: at, end: at + word.length })
    if (found.length === most) break
  }
  return found
}

const BEFORE = 80
const LENGTH = 400

/**
 * The part of a long text around the first thing found, cut between words and never within a character; `…` says
 * where something was left out. Short texts stay whole.
 */
export function excerpt(text: string, terms: readonly string[]): { text: string; found: Found[] } {
  if (text.length <= LENGTH) return { text, found: findIn(text, terms) }
  const first = findIn(text, terms, 1)[0]?.start ?? 0
  const from = first <= BEFORE ? 0 : wholeFrom(text, first - BEFORE)
  const to = Math.min(text.length, wholeFrom(text, from + LENGTH))
  const cut = `${from > 0 ? '…' : ''}${text.slice(from, to)}${to < text.length ? '…' : ''}`
  return { text: cut, found: findIn(cut, terms) }
}

/** The next place at which a text may be cut: after a space not far off, else between two characters. */
function wholeFrom(text: string, at: number): number {
  const space = text.slice(at, at + 30).search(/\s/)
  if (space !== -1) return at + space + 1
  const unit = text.charCodeAt(at)
  return unit >= 0xdc00 && unit <= 0xdfff ? at + 1 : at
}
