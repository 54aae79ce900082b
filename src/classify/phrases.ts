import { type Token, tokenize } from './tokens.ts'

/** Phrases by their first word, longest first; `_` in `rest` stands for any one word. */
export type Phrases<T> = Map<string, { rest: string[]; value: T }[]>

/**
 * The phrases a list means. Lists are written as people read them: commas between phrases, `(a|b|)` for
 * alternatives, `_` for any one word: `cancel(led|ed) _ flight(s|)` is four phrases.
 */
export function phrasesIn(list: string): string[] {
  return list
    .split(',')
    .flatMap((phrase) => expand(phrase))
    .map((phrase) => phrase.replace(/\s+/g, ' ').trim())
    .filter(Boolean)
}

/** Innermost brackets first, so that they may nest. */
function expand(phrase: string): string[] {
  const close = phrase.indexOf(')')
  const open = phrase.lastIndexOf('(', close < 0 ? phrase.length : close)
  if (close < 0 && open < 0) return [phrase]
  if (close < 0 || open < 0) throw new Error(`A bracket stands alone in a word list: ${phrase}`)
  const choices = phrase.slice(open + 1, close).split('|')
  return choices.flatMap((choice) => expand(phrase.slice(0, open) + choice + phrase.slice(close + 1)))
}

/** A phrase cut into words as posts are. */
export const wordsOf = (phrase: string): string[] => tokenize(phrase).list.map((token) => token.word)

/** Adds a phrase, cut into words as posts are, so that the two always meet. */
export function addPhrase<T>(phrases: Phrases<T>, phrase: string, value: T): void {
  const words = wordsOf(phrase)
  const [first, ...rest] = words
  if (first === undefined || first === '_') return
  const starts = phrases.get(first)
  if (starts === undefined) phrases.set(first, [{ rest, value }])
  else {
    starts.push({ rest, value })
    starts.sort((a, b) => b.rest.length - a.rest.length)
  }
}

/** Does `rest` stand right after token `at`? */
export function follows(rest: string[], tokens: Token[], at: number): boolean {
  if (at + rest.length >= tokens.length) return false
  for (let step = 0; step < rest.length; step++) {
    const want = rest[step]
    if (want !== '_' && tokens[at + 1 + step]?.word !== want) return false
  }
  return true
}

const FOLDS: Record<string, string> = { ä: 'ae', ö: 'oe', ü: 'ue', ß: 'ss' }

/** How people without the right keyboard write it: "cancelación" → "cancelacion", German "ü" → "ue". */
export function withoutAccents(word: string, tag: string): string {
  const base = tag === 'de' ? word.replace(/[äöüß]/g, (letter) => FOLDS[letter] ?? letter) : word
  return base
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .replaceAll('ß', 'ss')
}
