import { foldedWords } from './words.ts'

/** Words of a text that say something of it: short ones and numbers' fragments tell little, and are left out. */
const MIN_CHARACTERS = 3
/** Scripts without spaces make one long word of a sentence; pairs of their characters serve as words. */
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u

/** The distinct words by which texts are compared. */
export function termsOf(text: string): Set<string> {
  const terms = new Set<string>()
  for (const word of foldedWords(text)) {
    if (UNSPACED.test(word)) for (const pair of pairsOf(word)) terms.add(pair)
    else if (word.length >= MIN_CHARACTERS) terms.add(word)
  }
  return terms
}

function pairsOf(word: string): string[] {
  const characters = [...word]
  return characters.length < 2 ? characters : characters.slice(1).map((second, at) => characters[at] + second)
}

/**
 * How much `text` has in common with each of `others`, 0–1: the cosine of their vectors of words, each word weighted by
 * its smoothed inverse document frequency among all of them, ln((1 + n) / (1 + n_w)) + 1 (Spärck Jones 1972; smoothed
 * as is usual). A word counts once a text, for posts are short. Work grows with the words of all texts together.
 */
export function likenesses(text: string, others: readonly string[]): number[] {
  const documents = [text, ...others].map(termsOf)
  const holding = new Map<string, number>()
  for (const terms of documents) for (const term of terms) holding.set(term, (holding.get(term) ?? 0) + 1)
  const squared = (term: string) => (Math.log((1 + documents.length) / (1 + holding.get(term)!)) + 1) ** 2 // counted above
  const lengthOf = (terms: Set<string>) => Math.sqrt([...terms].reduce((sum, term) => sum + squared(term), 0))
  const [own, ...theirs] = documents as [Set<string>, ...Set<string>[]] // `text` is the first
  const ownLength = lengthOf(own)
  return theirs.map((terms) => {
    const both = [...own].filter((term) => terms.has(term)).reduce((sum, term) => sum + squared(term), 0)
    return both === 0 ? 0 : Math.min(1, both / (ownLength * lengthOf(terms)))
  })
}
