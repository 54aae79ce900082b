import { wordIndex } from './word-index.ts'
import { foldedWords, foldPhrase, foldTag } from './words.ts'

/** What a list holds: words and phrases looked for in the text, or handles compared with the author's. */
export const LIST_KINDS = ['words', 'handles'] as const
export type ListKind = (typeof LIST_KINDS)[number]

/** A list kept by admins, such as competitors or VIPs, that rules ask about by its name. */
export type NamedList = { name: string; kind: ListKind; entries: readonly string[] }

/** A brand's lists made ready: the names of those that a mention falls in, sorted. */
export type ListIndex = (mention: { text: string; handle: string | null }) => string[]

/**
 * Lays out all lists of a brand together, so that a mention is looked up once for all of them. Words are whole words as
 * in `contains`, with `*` for any ending; handles are compared with case folded, with or without the @.
 */
export function indexLists(lists: readonly NamedList[]): ListIndex {
  const phrases: string[] = []
  const listOf: string[] = []
  const listsOfHandle = new Map<string, string[]>()
  for (const { name, kind, entries } of lists) {
    for (const entry of entries) {
      if (kind === 'handles') {
        const handle = foldTag(entry)
        listsOfHandle.set(handle, [...(listsOfHandle.get(handle) ?? []), name])
        continue
      }
      const phrase = foldPhrase(entry)
      if (phrase === null) continue
      phrases.push(phrase)
      listOf.push(name)
    }
  }
  const index = wordIndex(phrases)
  return ({ text, handle }) => {
    const found = new Set(handle === null ? [] : listsOfHandle.get(foldTag(handle)))
    if (phrases.length > 0) index(foldedWords(text), (id) => found.add(listOf[id]!)) // one for each phrase
    return [...found].sort()
  }
}

/** Of a brand that keeps none. */
export const NO_LISTS: ListIndex = () => []
