import { rowOf } from './words.ts'

/** A phrase without its first word. */
type Entry = { rest: readonly string[]; id: number }

/** Finds which of many phrases a text says, in one pass over its words, however many the phrases are. */
export type WordIndex = (words: readonly string[], found: (id: number) => void) => void

/**
 * Lays out phrases as `foldPhrase` makes them, each known by its place in the list. Those that end with any ending, or
 * are of a script without spaces, are looked for one by one.
 */
export function wordIndex(phrases: readonly string[]): WordIndex {
  const byFirst = new Map<string, Entry[]>()
  const loose: { phrase: string; id: number }[] = []
  for (const [id, phrase] of phrases.entries()) {
    const [first = '', ...rest] = phrase.trim().split(' ')
    const isWhole = phrase.startsWith(' ') && phrase.endsWith(' ')
    if (!isWhole) loose.push({ phrase, id })
    else if (!byFirst.get(first)?.push({ rest, id })) byFirst.set(first, [{ rest, id }])
  }
  return (words, found) => {
    if (byFirst.size > 0)
      for (let at = 0; at < words.length; at++) {
        const entries = byFirst.get(words[at]!)
        if (entries) for (const { rest, id } of entries) if (follows(words, at, rest)) found(id)
      }
    if (loose.length === 0) return
    const row = rowOf(words)
    for (const { phrase, id } of loose) if (row.includes(phrase)) found(id)
  }
}

function follows(words: readonly string[], at: number, rest: readonly string[]): boolean {
  for (let nth = 0; nth < rest.length; nth++) if (words[at + 1 + nth] !== rest[nth]) return false
  return true
}
