import type { WordList } from './cues.ts'
import { type Vocabulary, vocabularyOf } from './vocabulary.ts'
import { ar } from './words/ar.ts'
import { de } from './words/de.ts'
import { en } from './words/en.ts'
import { es } from './words/es.ts'
import { fr } from './words/fr.ts'
import { hi } from './words/hi.ts'
import { it } from './words/it.ts'
import { pt } from './words/pt.ts'

const LISTS: Record<string, WordList> = { en, es, fr, de, pt, it, ar, hi }

/** The words of each language by primary tag; undefined for a language we have none for. */
export type Vocabularies = { get: (tag: string) => Vocabulary | undefined }

const built = new Map<string, Vocabulary>()

/**
 * The vocabularies of all languages we have words for. One is built when the first post in its language comes, in 20
 * to 180 ms, and shared by all brands of the process.
 */
export const VOCABULARIES: Vocabularies = {
  get(tag) {
    const list = LISTS[tag]
    if (list === undefined) return undefined
    const known = built.get(tag)
    if (known !== undefined) return known
    const vocabulary = vocabularyOf(tag, list)
    built.set(tag, vocabulary)
    return vocabulary
  },
}

/** Builds them all, in half a second: for a server, which should not stop for it when the first Arabic post comes. */
export function buildVocabularies(): void {
  for (const tag of Object.keys(LISTS)) VOCABULARIES.get(tag)
}
