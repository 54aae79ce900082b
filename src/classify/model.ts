import type { SkillWords } from '../domain/classification.ts'
import type { WordList } from './cues.ts'
import { COMMON_WORD, type CommonWords, LISTED_WORD, primaryTag } from './language.ts'
import { phrasesIn } from './phrases.ts'
import { indexSkills, type SkillIndex } from './skills.ts'
import { type Vocabulary, vocabularyOf } from './vocabulary.ts'
import { de } from './words/de.ts'
import { en } from './words/en.ts'
import { es } from './words/es.ts'
import { fr } from './words/fr.ts'
import { it } from './words/it.ts'
import { OTHER_COMMON } from './words/other-common.ts'
import { pt } from './words/pt.ts'

const LISTS: Record<string, WordList> = { en, es, fr, de, pt, it }

/** Everything `classify` looks things up in. Never changed after `openModel`: any number of posts may share one. */
export type Model = {
  /** The brand's languages, best first, as primary tags. */
  languages: string[]
  commonWords: CommonWords
  vocabularies: ReadonlyMap<string, Vocabulary>
  skills: SkillIndex
}

/** Vocabularies and common words do not depend on the brand, so all brands of a process share them. */
const shared = new Map<string, Vocabulary>()
let sharedWords: CommonWords | null = null

/**
 * Builds the look-ups for one brand; about a third of a second the first time in a process, well under a millisecond
 * after that. Every language we have words for is read, also those the brand does not list: they only
 * tip the scales of the language guess.
 */
export function openModel({ languages, skills }: { languages: string[]; skills: SkillWords }): Model {
  for (const [tag, list] of Object.entries(LISTS)) if (!shared.has(tag)) shared.set(tag, vocabularyOf(tag, list))
  sharedWords ??= commonWords()
  const tags = languages.map((tag) => primaryTag(tag)).filter((tag) => tag !== null)
  return { languages: tags, commonWords: sharedWords, vocabularies: shared, skills: indexSkills(skills) }
}

/** Words that tell a language: the common ones, and at less weight the single words of our lists. */
function commonWords(): CommonWords {
  const words: CommonWords = new Map()
  const learn = (tag: string, list: string, nats: number): void => {
    for (const word of phrasesIn(list)) {
      const known = words.get(word)
      if (known === undefined) words.set(word, { tags: [tag], nats })
      else if (!known.tags.includes(tag)) known.tags.push(tag)
    }
  }
  for (const [tag, { common }] of Object.entries(LISTS)) learn(tag, common, COMMON_WORD)
  for (const [tag, common] of Object.entries(OTHER_COMMON)) learn(tag, common, COMMON_WORD)
  for (const [tag, { cues }] of Object.entries(LISTS)) {
    for (const list of Object.values(cues)) learn(tag, list, LISTED_WORD)
  }
  return words
}
