import type { SkillWords } from '../domain/classification.ts'
import { newFeatures } from './features.ts'
import { primaryTag } from './language.ts'
import { languageModel } from './language-model.ts'
import type { Learned } from './learned.ts'
import { type Readers, readPost } from './read-post.ts'
import { openSkillModel, type SkillModel } from './skill-model.ts'
import type { PostReader, SkillRow } from './skill-rows.ts'
import { VOCABULARIES, type Vocabularies } from './vocabularies.ts'
import { readWeights, type Weights } from './weights.ts'

/** Everything `classify` looks things up in. Only `learn` changes one, and of it nothing but `learned`. */
export type Model = {
  /** The brand's languages, best first, as primary tags. */
  languages: string[]
  vocabularies: Vocabularies
  skills: SkillModel
  weights: Weights
  /** Languages that the weights were trained to read. */
  readable: ReadonlySet<string>
  /** What the brand's corrections have taught; null: none yet. */
  learned: Learned | null
}

/** The weights that ship: trained only on what may ship (docs/model-card.md). */
const SHIPPED = new URL('./weights/clean.bin', import.meta.url)
const READABLE = new Set(['en', 'es', 'fr', 'de', 'pt', 'it', 'hi', 'ar'])

/**
 * `examples`: labelled posts that skills are learned from, and `unrelated` posts that ask for none; both may be left
 * out. `guesses`: say the best guess of a skill even where it is not likely enough to be named. `file`: weights to use
 * instead of those that ship.
 */
export type ModelOptions = {
  languages: string[]
  skills: SkillWords
  examples?: readonly SkillRow[]
  unrelated?: readonly string[]
  guesses?: boolean
  file?: string | null | undefined
}

const opened = new Map<string, Weights>()

function weightsOf(file: string | URL): Weights {
  const known = opened.get(String(file))
  if (known !== undefined) return known
  const weights = readWeights(file)
  opened.set(String(file), weights)
  return weights
}

/**
 * Builds the look-ups for one brand; about a fifth of a second the first time in a process, well under a millisecond
 * after that, and with examples what it takes to learn from them: 25 ms for a hundred, half a second for 3 000. Every
 * language we have words for is read, also those the brand does not list.
 */
export function openModel({ languages, skills, examples = [], unrelated = [], guesses, file }: ModelOptions): Model {
  const readers = openReaders(languages)
  const learning = { words: skills, rows: examples, unrelated, read: openReading(readers), guesses: guesses ?? false }
  return { ...readers, weights: weightsOf(file ?? SHIPPED), skills: openSkillModel(learning), learned: null }
}

/** What posts of a brand are read with: everything but what is learned. */
export function openReaders(languages: readonly string[]): Readers {
  languageModel()
  const tags = languages.map((tag) => primaryTag(tag)).filter((tag) => tag !== null)
  return { languages: tags, vocabularies: VOCABULARIES, readable: READABLE }
}

/** Reads posts as `classify` does, for skills to learn from. What it answers is good until the next post is read. */
export function openReading(readers: Readers): PostReader {
  const features = newFeatures()
  return (text) => {
    const { reading, guess } = readPost({ text }, readers, features)
    return { reading, features, tag: guess.tag === 'und' ? null : guess.tag }
  }
}
