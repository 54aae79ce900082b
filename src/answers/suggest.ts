import { likenesses } from '../../rules/likeness.ts'

/** The post that wants an answer. `language` null: nobody could tell. */
export type Asked = { text: string; language: string | null; skills: readonly string[] }

/** An answer that stood: sent, and thanked for or approved by a reader. */
export type Earlier = {
  id: string
  question: string
  /** As its author wrote it, without what was added to the post; or what staff put in place of it. */
  text: string
  corrected: boolean
  name: string
  at: Date
  url: string | null
  thanked: boolean
}

export type Canned = { id: string; title: string; text: string; language: string | null; skills: readonly string[] }

export type Suggested = ({ kind: 'earlier'; answer: Earlier } | { kind: 'canned'; answer: Canned }) & {
  likeness: number
}

/** Less in common than this says nothing: of 2 posts in one language, small words alone reach about a tenth. */
export const LEAST_LIKENESS = 0.12
const THANKED = 1.25
const OF_THE_SKILL = 0.2
export const MOST_SUGGESTIONS = 5

/**
 * Answers to begin from, the best first and five at most (F1). Earlier answers count by how much their question has in
 * common with this post, those thanked for a quarter more; canned ones by what title and text have in common with it, and
 * more where they are of its skill. The same text is suggested once.
 */
export function suggest(asked: Asked, earlier: readonly Earlier[], canned: readonly Canned[]): Suggested[] {
  const fitting = canned.filter(({ language }) => fits(language, asked.language))
  const questions = earlier.map(({ question }) => question)
  const likeness = likenesses(asked.text, [...questions, ...fitting.map(({ title, text }) => `${title} ${text}`)])
  const known = earlier.map((answer, at): Suggested & { weight: number } => {
    const like = likeness[at]! // one for each text
    return { kind: 'earlier', answer, likeness: like, weight: like * (answer.thanked ? THANKED : 1) }
  })
  const ready = fitting.map((answer, at): Suggested & { weight: number } => {
    const like = likeness[questions.length + at]! // as above
    const ofSkill = answer.skills.some((skill) => asked.skills.includes(skill))
    return { kind: 'canned', answer, likeness: like, weight: like + (ofSkill ? OF_THE_SKILL : 0) }
  })
  const best = [...known, ...ready]
    .filter(({ weight }) => weight >= LEAST_LIKENESS)
    .sort((a, b) => b.weight - a.weight || (a.answer.id < b.answer.id ? -1 : 1))
  const said = new Set<string>()
  return best
    .filter(({ answer: { text } }) => !said.has(text) && said.add(text))
    .slice(0, MOST_SUGGESTIONS)
    .map(({ weight: _, ...suggested }) => suggested)
}

/** A regional variant serves the language and the other way round: pt and pt-BR, not pt-PT and pt-BR. */
function fits(of: string | null, asked: string | null): boolean {
  if (of === null || asked === null || of === asked) return true
  return of.startsWith(`${asked}-`) || asked.startsWith(`${of}-`)
}
