import { type Features, wordFeatures } from './features.ts'
import { type LanguageGuess, languageOf, primaryTag } from './language.ts'
import type { Model } from './model.ts'
import { type Reading, read } from './read.ts'
import { JUDGED_LENGTH, tokenize } from './tokens.ts'

/** What a post is read with: a model without its skills, so that the rows of skills are read the same way. */
export type Readers = Pick<Model, 'languages' | 'vocabularies' | 'readable'>

/** A post once read. `readAs`: the language its words were looked up in; null: none that we can read. */
export type ReadingIn = { reading: Reading; guess: LanguageGuess; readAs: string | null }

/**
 * Reads the first 5 000 characters of a post and fills `into` with its words, without their pieces. `language` is the network's hint,
 * BCP-47. Never throws, whatever the text.
 */
export function readPost(
  post: { text: string; language?: string | null },
  readers: Readers,
  into: Features,
): ReadingIn {
  const text = post.text.length > JUDGED_LENGTH ? post.text.slice(0, JUDGED_LENGTH) : post.text
  const tokens = tokenize(text)
  const guess = languageOf(text, tokens, readers.languages, primaryTag(post.language))
  const readAs = readableTag(guess, readers)
  const reading = read(text, tokens, readAs === null ? null : (readers.vocabularies.get(readAs) ?? null))
  wordFeatures(reading, into)
  return { reading, guess, readAs }
}

/** The language to read in: the one told, else the best guess, else the brand's first. Null: none we can read. */
function readableTag({ tag, bestGuess }: LanguageGuess, { readable, languages }: Readers): string | null {
  if (tag !== 'und') return readable.has(tag) ? tag : null
  const candidates = [bestGuess, ...languages]
  return candidates.find((each) => each !== null && readable.has(each)) ?? null
}
