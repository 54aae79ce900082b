import type { SkillWords } from '../domain/classification.ts'
import { type FitRow, type Fitted, fitSkills, UNKNOWN } from './skill-fit.ts'
import { type LearnedPost, type Lesson, learnedPost, lessonsOf, type PostReader, type SkillRow } from './skill-rows.ts'
import { indexSkills, type SkillIndex } from './skills.ts'

/** What one brand's skills are recognised by. Never changed: learning makes a new one. */
export type SkillModel = {
  index: SkillIndex
  /** Null: there are no rows, and a post's words decide alone, at no cost. */
  learned: Learned | null
  /** Also says a best guess that is not good enough to be named. */
  guesses: boolean
  source: Source
}

/** Skills of which a row is known, in the order of the columns of `fitted`; `shift` is their calibration. */
export type Learned = { skills: string[]; columns: ReadonlyMap<string, number>; fitted: Fitted; shift: number }

type Source = SkillSource & { posts: ReadonlyMap<string, LearnedPost> }

export type SkillSource = {
  words: SkillWords
  /**
   * What people said of posts: examples of the taxonomy, corrections, what was answered well or passed on. A skill that
   * only a row names is one of the brand's too.
   */
  rows: readonly SkillRow[]
  /** Posts about nothing of the brand's, so that talk is not taken for a topic: `unrelatedPosts()` of `rules/skills.ts`. */
  unrelated: readonly string[]
  /** How `classify` reads a post, so that rows are read no differently. */
  read: PostReader
  /** Whether posts get their best guess when no skill is likely enough to be named. */
  guesses?: boolean
}

/**
 * Weight = σ(SLOPE · margin + LEVEL - ln(posts a skill / 10)), fitted on what two public collections of requests
 * hold out, for 4 to 150 skills of 4 to 40 posts, where half of what comes is about none of them. The more posts a
 * skill is learned from, the further apart the margins.
 */
export const SLOPE = 6
const LEVEL = 1.15
const FEWEST_POSTS = 3
const MOST_POSTS = 150
/** However many of the brand's words a post has. */
const SUREST = 0.99

/** The model of a brand's words and rows. The same rows in the same order give the same model to the bit. */
export function openSkillModel(source: SkillSource): SkillModel {
  return build({ ...source, posts: new Map() })
}

/**
 * The model with one more row, in force at once. As if it had been opened with it: what is learned can be forgotten
 * without a trace by opening a model without the row.
 */
export function learn({ source }: SkillModel, row: SkillRow): SkillModel {
  return build({ ...source, rows: [...source.rows, row] })
}

function build(source: Source): SkillModel {
  const index = indexSkills(source.words)
  const guesses = source.guesses ?? false
  const lessons = lessonsOf(source.rows)
  const skills = [
    ...new Set(lessons.flatMap(({ said }) => [...said].filter(([, holds]) => holds).map(([skill]) => skill))),
  ]
  if (skills.length === 0) return { index, learned: null, guesses, source }
  for (const text of source.unrelated) {
    lessons.push({ text, said: new Map(), complete: true, weight: 1 })
  }
  const posts = new Map<string, LearnedPost>()
  for (const { text } of lessons) {
    posts.set(text, source.posts.get(text) ?? learnedPost(source.read(text), index))
  }
  const taught = lessons.reduce((sum, { said }) => sum + [...said.values()].filter(Boolean).length, 0)
  const shift = shiftFor(taught / skills.length)
  const fitted = fitSkills(
    lessons.map((lesson) => fitRow(lesson, posts.get(lesson.text)!, skills, shift)),
    skills.length,
  )
  const columns = new Map(skills.map((skill, k) => [skill, k]))
  return { index, learned: { skills, columns, fitted, shift }, guesses, source: { ...source, posts } }
}

function shiftFor(posts: number): number {
  return LEVEL - Math.log(Math.min(MOST_POSTS, Math.max(FEWEST_POSTS, posts)) / 10)
}

function fitRow({ said, complete, weight }: Lesson, post: LearnedPost, skills: string[], shift: number): FitRow {
  const targets = Int8Array.from(skills, (skill) => {
    const holds = said.get(skill)
    if (holds === undefined) return complete ? -1 : 0
    return holds ? 1 : -1
  })
  const pulls = Float64Array.from(skills, (skill) => pullOf(post.hits.get(skill) ?? 0, shift))
  return { post, targets, pulls, weight }
}

/** How far the brand's words move a post from `UNKNOWN`: so far that they alone give it the weight they always gave. */
export function pullOf(hit: number, shift: number): number {
  if (hit === 0) return 0
  const weight = Math.min(hit, SUREST)
  return (Math.log(weight / (1 - weight)) - shift) / SLOPE - UNKNOWN
}

/** The weight in [0,1] of a skill whose judge puts a post at `margin`. */
export const weightOf = (margin: number, shift: number): number => 1 / (1 + Math.exp(-(SLOPE * margin + shift)))
