import type { DeclaredSkill } from '../db/schema/people.ts'
import { isLanguage } from '../domain/language-tags.ts'

/** How well a declared skill is held when nobody says. */
export const DECLARED = 0.6

/** Tags of languages that there are, of two or three letters, each once; `odd` is the first that is none. */
export function languagesIn(parts: readonly string[]): { tags: string[] } | { odd: string } {
  const tags = parts.map((tag) => tag.toLowerCase())
  const odd = tags.find((tag) => !isLanguage(tag))
  return odd === undefined ? { tags: [...new Set(tags)] } : { odd }
}

/** Skills as `name` or `name:level`; of one that is there twice the last counts. `odd` is the first that is none. */
export function skillsIn(parts: readonly string[]): { skills: DeclaredSkill[] } | { odd: string } {
  const skills = new Map<string, number>()
  for (const part of parts) {
    const [skill = '', given] = part.split(':').map((word) => word.trim())
    const level = given === undefined ? DECLARED : Number(given)
    if (skill === '' || !(level >= 0 && level <= 1) || given === '') return { odd: part }
    skills.set(skill, level)
  }
  return { skills: [...skills].map(([skill, level]) => ({ skill, level })) }
}
