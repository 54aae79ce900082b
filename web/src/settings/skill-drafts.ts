import type { BrandProfile } from '../../../src/people/brand/contract.ts'
import type { BrandBody } from './queries.ts'

/** A skill as it is typed: words of a language on one line, with commas between them. */
export type SkillDraft = { key: number; name: string; words: Record<string, string> }

let lastKey = 0

export const newSkill = (): SkillDraft => ({ key: ++lastKey, name: '', words: {} })

export const skillDrafts = (skills: BrandProfile['skills']): SkillDraft[] =>
  skills.map(({ name, words }) => ({
    ...{ key: ++lastKey, name },
    words: Object.fromEntries(Object.entries(words).map(([language, all]) => [language, all.join(', ')])),
  }))

/** Each word once, in the order it was typed; a language without words is left out. */
export const wordsIn = (line: string): string[] => [
  ...new Set(
    line
      .split(/[,\n]/)
      .map((word) => word.trim())
      .filter((word) => word !== ''),
  ),
]

export const skillsOf = (drafts: readonly SkillDraft[]): BrandBody['skills'] =>
  drafts.map(({ name, words }) => ({
    name: name.trim(),
    words: Object.fromEntries(
      Object.entries(words).flatMap(([language, line]) => {
        const all = wordsIn(line)
        return all.length > 0 ? [[language, all]] : []
      }),
    ),
  }))
