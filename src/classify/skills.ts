import type { Evidence, SkillWords } from '../domain/classification.ts'
import { addPhrase, follows, type Phrases, withoutAccents } from './phrases.ts'
import type { Token } from './tokens.ts'

/** One brand's skill words, by the language they are for; `*` counts in every language. */
export type SkillIndex = Phrases<{ skill: string; tag: string; hit: number }>

/** What one word and one longer phrase are worth; distinct ones add up as a noisy-or. */
const WORD_HIT = 0.5
const PHRASE_HIT = 0.65

export function indexSkills(skills: SkillWords): SkillIndex {
  const index: SkillIndex = new Map()
  for (const [skill, byLanguage] of Object.entries(skills)) {
    for (const [tag, phrases] of Object.entries(byLanguage)) {
      for (const phrase of phrases) {
        const hit = /[\s-]/.test(phrase.trim()) ? PHRASE_HIT : WORD_HIT
        addPhrase(index, phrase, { skill, tag, hit })
        const plain = withoutAccents(phrase.toLowerCase(), tag)
        if (plain !== phrase.toLowerCase()) addPhrase(index, plain, { skill, tag, hit })
      }
    }
  }
  return index
}

/**
 * The skills a mention asks for, best first, weights in [0,1]; empty when no word points to any. `tag` null: the
 * language is not known, words of all languages count.
 */
export function skillsOf(
  tokens: Token[],
  index: SkillIndex,
  tag: string | null,
): { skill: string; weight: number; evidence: Evidence }[] {
  if (index.size === 0) return []
  let found: Hits | null = null
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at]!
    const starts = index.get(token.word) ?? (isPlural(token.word) ? index.get(singular(token.word)) : undefined)
    if (starts === undefined) continue
    found ??= { misses: new Map(), seen: new Set(), evidence: new Map() }
    const { misses, seen, evidence } = found
    for (const { rest, value } of starts) {
      if (tag !== null && value.tag !== '*' && value.tag !== tag) continue
      if (rest.length > 0 && !follows(rest, tokens, at)) continue
      const key = `${value.skill}/${singular(token.word)}/${rest.join(' ')}`
      if (seen.has(key)) continue
      seen.add(key)
      misses.set(value.skill, (misses.get(value.skill) ?? 1) * (1 - value.hit))
      if (!evidence.has(value.skill)) {
        const words = [token.word, ...rest].join(' ').slice(0, 60)
        evidence.set(value.skill, { head: `skill.${value.skill}`, words, push: value.hit, at: token.start })
      }
    }
  }
  return found === null ? [] : bestFirst(found)
}

/** By skill, the chance that it is not asked for and the first word that says it is; and what was counted already. */
type Hits = { misses: Map<string, number>; seen: Set<string>; evidence: Map<string, Evidence> }

function bestFirst({ misses, evidence }: Hits): { skill: string; weight: number; evidence: Evidence }[] {
  const found = [...misses].map(([skill, miss]) => ({
    skill,
    weight: Math.round((1 - miss) * 100) / 100,
    evidence: evidence.get(skill)!,
  }))
  return found.sort((a, b) => b.weight - a.weight || (a.skill < b.skill ? -1 : 1))
}

/** Plurals in -s, the commonest ending of the six languages; the index itself holds the words as written. */
const singular = (word: string): string => (isPlural(word) ? word.slice(0, -1) : word)
const isPlural = (word: string): boolean => word.length > 3 && word.charCodeAt(word.length - 1) === 115
