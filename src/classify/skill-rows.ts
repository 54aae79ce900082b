import { type Features, pieceFeatures } from './features.ts'
import type { Reading } from './read.ts'
import { type SkillIndex, skillsOf } from './skills.ts'

/**
 * A labelled post that skills are learned from. `skill` null: it asks for none of the brand's skills. `holds` false:
 * it does not ask for this one, and nothing is said of the others. `weight`: what it counts beside others.
 */
export type SkillRow = { text: string; skill: string | null; holds?: boolean; weight?: number }

/** What a row counts by where it comes from: somebody who corrects us has looked, a good answer is only a hint. */
export const ROW_WEIGHTS = { example: 1, correction: 2, answered: 0.5, passed: 0.5 } as const

/** A post as `classify` reads it; `tag` null: nobody can say in which language. Good until the next post is read. */
export type PostRead = { reading: Reading; features: Features; tag: string | null }
export type PostReader = (text: string) => PostRead

/** What is kept of a post that is learned from: `hits` are the skills that the brand's words point to. */
export type LearnedPost = {
  buckets: Int32Array
  words: number
  wordScale: number
  pieceScale: number
  hits: ReadonlyMap<string, number>
}

export function learnedPost({ reading, features, tag }: PostRead, index: SkillIndex): LearnedPost {
  pieceFeatures(reading, features)
  const { words, count, wordScale, pieceScale } = features
  const hits = new Map(skillsOf(reading.tokens.list, index, tag).map(({ skill, weight }) => [skill, weight]))
  return { buckets: features.buckets.slice(0, count), words, wordScale, pieceScale, hits }
}

/** One text with everything that was said of it. */
export type Lesson = { text: string; said: Map<string, boolean>; complete: boolean; weight: number }

/**
 * Rows put together by text, in the order in which each text first came. Of what is said twice about a text and a
 * skill the last counts; `null` takes back all that was said before. `complete`: skills not named do not hold.
 */
export function lessonsOf(rows: readonly SkillRow[]): Lesson[] {
  const lessons = new Map<string, Lesson>()
  for (const { text, skill, holds = true, weight = ROW_WEIGHTS.example } of rows) {
    let lesson = lessons.get(text)
    if (lesson === undefined) {
      lesson = { text, said: new Map(), complete: false, weight }
      lessons.set(text, lesson)
    }
    if (skill === null) lesson.said.clear()
    else lesson.said.set(skill, holds)
    lesson.complete ||= holds
    lesson.weight = Math.max(lesson.weight, weight)
  }
  return [...lessons.values()]
}
