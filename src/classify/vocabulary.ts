import type { CueGroup, WordList } from './cues.ts'
import { valencesOf } from './lexicon.ts'
import { addPhrase, type Phrases, phrasesIn, withoutAccents } from './phrases.ts'

/** What a phrase does to its sentence: brings in findings, or changes the words around it. */
export type Mark = {
  groups: CueGroup[]
  role: 'negator' | 'booster' | 'damper' | 'contrast' | null
}

/** What one word begins and means: our phrases, longest first, and natural's valence in [-1,1]. */
export type Entry = { starts: { rest: string[]; value: Mark }[]; valence: number | null }

/** One language, ready for reading a post with one look-up a word. */
export type Vocabulary = ReadonlyMap<string, Entry>

const ROLES = ['negator', 'booster', 'damper', 'contrast'] as const

/** Builds the look-ups of one language: natural's valences, and our own lists, which win where both know a word. */
export function vocabularyOf(tag: string, list: WordList): Vocabulary {
  const marksByPhrase = new Map<string, Mark>()
  const markFor = (phrase: string): Mark => {
    const mark = marksByPhrase.get(phrase) ?? { groups: [], role: null }
    marksByPhrase.set(phrase, mark)
    return mark
  }
  for (const role of ROLES) {
    const phrases = role === 'contrast' ? list.contrast : list[`${role}s`]
    for (const phrase of phrasesIn(phrases)) markFor(phrase).role = role
  }
  // Object.entries forgets the keys' type; the lists are closed by WordList.
  for (const [group, phrases] of Object.entries(list.cues) as [CueGroup, string][]) {
    for (const phrase of phrasesIn(phrases)) {
      const { groups } = markFor(phrase)
      if (!groups.includes(group)) groups.push(group)
    }
  }
  for (const [phrase, mark] of [...marksByPhrase]) {
    const plain = withoutAccents(phrase, tag)
    if (!marksByPhrase.has(plain)) marksByPhrase.set(plain, mark)
  }
  const marks: Phrases<Mark> = new Map()
  for (const [phrase, mark] of marksByPhrase) addPhrase(marks, phrase, mark)
  const vocabulary = new Map<string, Entry>()
  for (const [word, starts] of marks) vocabulary.set(word, { starts, valence: null })
  const neutral = new Set(phrasesIn(list.neutral))
  for (const [phrase, valence] of valencesOf(tag)) {
    if (neutral.has(phrase)) continue
    for (const word of new Set([phrase, withoutAccents(phrase, tag)])) {
      const entry = vocabulary.get(word)
      if (entry === undefined) vocabulary.set(word, { starts: [], valence })
      else entry.valence ??= valence
    }
  }
  return vocabulary
}
