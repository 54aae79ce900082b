import { unrelatedPosts } from '../../../rules/skills.ts'
import type { SkillRow } from '../../classify/skill-rows.ts'
import type { SkillWords } from '../../domain/classification.ts'
import type { BrandSettings } from './settings.ts'
import { readSkillRows, type SkillRows } from './skill-rows.ts'

/** What the skills of a run are recognised by, as `openModel` takes it, and the lines that could not be used. */
export type RunTaxonomy = {
  skills: SkillWords
  examples: readonly SkillRow[]
  unrelated: readonly string[]
  guesses: boolean
  faults: SkillRows['faults']
}

/**
 * The skills of a run: the brand's, or with a file of labelled posts those that stand in it, with the brand's words for
 * them if it has any. From a file every post gets its best guess, however small its weight.
 * @throws StartError when the file cannot be used.
 */
export async function openTaxonomy(brand: BrandSettings, file: string | null): Promise<RunTaxonomy> {
  const unrelated = unrelatedPosts()
  if (file === null) return { skills: brand.skills, examples: brand.examples, unrelated, guesses: false, faults: [] }
  const { rows, faults } = await readSkillRows(file)
  const named = new Set(rows.map(({ skill }) => skill))
  const skills = Object.fromEntries(Object.entries(brand.skills).filter(([skill]) => named.has(skill)))
  return { skills, examples: rows, unrelated, guesses: true, faults }
}
