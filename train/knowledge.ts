import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { LEXICON_LANGUAGES, valencesOf } from '../src/classify/lexicon.ts'
import type { Token } from '../src/classify/tokens.ts'
import { EMOTIONS, type Emotion } from '../src/domain/classification.ts'
import type { Vectors } from './vectors.ts'

/**
 * What is known of words before any post was read: vectors, and lists of words with a feeling. In training a post
 * carries the sum over its words as further dense features; afterwards their weights are folded into the words'
 * own buckets (`fold.ts`), so that classifying needs no vectors and no lists.
 */
export type Knowledge = {
  /** How many numbers are known of a word; a post has twice as many, for a negated word counts apart. */
  width: number
  /** Adds what is known of `word`, or of a pair "not good", times `scale`, to `into` from `offset` on. */
  add: (word: string, scale: number, into: Float64Array, offset: number) => void
  /** Every word and pair something is known of, most frequent first. */
  words: readonly string[]
}

type List = Map<string, number>

/** An English word this frequent keeps its English feeling, whatever it means elsewhere. */
const COMMON_ENGLISH = 4_000

/**
 * A word is known the same in posts of all languages, because its bucket will be. Lists come as AFINN's, VADER's, our
 * English one and all others; of each the ups and the downs count apart. `vader` null: without VADER's.
 */
export function openKnowledge(vectors: Vectors, lexicons: string, vader: string | null): Knowledge {
  const own = ownLexicons(lexicons)
  const english = [valencesOf('en'), vader === null ? new Map() : vaderList(vader), own.get('en') ?? new Map()]
  const feelings: List[] = [...english, foreignList(own, new Set(vectors.words.slice(0, COMMON_ENGLISH)))]
  const emotions = emotionLists(lexicons)
  const afterFeelings = vectors.dimensions + 2 * feelings.length
  return {
    width: afterFeelings + EMOTIONS.length,
    add(word, scale, into, offset) {
      const vector = vectors.of(word)
      if (vector !== null) for (let d = 0; d < vector.length; d++) into[offset + d]! += vector[d]! * scale
      feelings.forEach((list, at) => {
        const valence = list.get(word)
        if (valence === undefined) return
        into[offset + vectors.dimensions + at * 2 + (valence > 0 ? 0 : 1)]! += Math.abs(valence) * scale
      })
      emotions.forEach((list, at) => {
        const strength = list.get(word)
        if (strength !== undefined) into[offset + afterFeelings + at]! += strength * scale
      })
    },
    words: [...new Set([...vectors.words, ...[...feelings, ...emotions].flatMap((list) => [...list.keys()])])],
  }
}

const rowsOf = (file: string): string[][] =>
  readFileSync(file, 'utf8')
    .split('\n')
    .slice(1)
    .filter(Boolean)
    .map((line) => line.split('\t'))

/** Our own lists by language; Hindi in both scripts is one. */
function ownLexicons(folder: string): Map<string, List> {
  const byLanguage = new Map<string, List>()
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.tsv') && !name.includes('emotion'))) {
    const language = file.slice(0, 2)
    const list = byLanguage.get(language) ?? new Map<string, number>()
    for (const [word, valence] of rowsOf(join(folder, file))) list.set(word!, Number(valence) / 4)
    byLanguage.set(language, list)
  }
  return byLanguage
}

/** Natural's lists and our own of all languages but English; a word of several has the mean of its valences. */
function foreignList(own: Map<string, List>, english: ReadonlySet<string>): List {
  const natural = LEXICON_LANGUAGES.filter((tag) => tag !== 'en').map((tag) => valencesOf(tag))
  const merged = mean([...natural, ...[...own].filter(([tag]) => tag !== 'en').map(([, list]) => list)])
  for (const word of english) merged.delete(word)
  return merged
}

function mean(lists: List[]): List {
  const sums = new Map<string, { sum: number; n: number }>()
  for (const list of lists) {
    for (const [word, valence] of list) {
      const known = sums.get(word)
      if (known === undefined) sums.set(word, { sum: valence, n: 1 })
      else {
        known.sum += valence
        known.n++
      }
    }
  }
  return new Map([...sums].map(([word, { sum, n }]) => [word, sum / n]))
}

function vaderList(file: string): List {
  const list: List = new Map()
  for (const line of readFileSync(file, 'utf8').split('\n')) {
    const [word, valence] = line.split('\t')
    if (valence !== undefined) list.set(word!, Number(valence) / 4)
  }
  return list
}

function emotionLists(folder: string): List[] {
  const lists: List[] = EMOTIONS.map(() => new Map())
  for (const [word, emotion, strength] of rowsOf(join(folder, 'en-emotion.tsv'))) {
    lists[EMOTIONS.indexOf(emotion as Emotion)]?.set(word!, Number(strength) / 3)
  }
  return lists
}

/** Calls `each` with every word and pair of neighbours of a post, and whether a negation turns it. */
export function wordsAndPairs(
  tokens: readonly Token[],
  negated: (at: number) => boolean,
  each: (word: string, negated: boolean) => void,
): void {
  tokens.forEach(({ word }, at) => {
    each(word, negated(at))
    if (at > 0) each(`${tokens[at - 1]!.word} ${word}`, false)
  })
}
