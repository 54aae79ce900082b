import type { Evidence } from '../domain/classification.ts'
import { type Features, pieceFeatures } from './features.ts'
import type { Reading } from './read.ts'
import { type Learned, pullOf, type SkillModel, SLOPE, weightOf } from './skill-model.ts'
import { skillsOf } from './skills.ts'
import { wordsAt } from './why.ts'

/** A skill is named from this weight on: a word of the brand's alone is enough, a likeness has to be a fair one. */
export const NAMED_FROM = 0.35
/** The least weight that is said, of a guess that is hardly one. */
const LEAST = 0.01

/** Reasons shown for one skill. */
const SHOWN = 3
const SHOWN_FROM = 0.1

/** A skill that a post asks for, with `weight` in [0,1] and what in the post speaks for it, strongest first. */
export type SkillScore = { skill: string; weight: number; evidence: Evidence[] }

/** Written anew by each call. */
let margins = new Float64Array(16)

/**
 * The skills a post asks for, best first; empty when none is likely enough to be named (unknown stays unknown). A skill
 * without rows goes by the brand's words alone. `features` gets the pieces of words added, if there is anything learned.
 * `tag` null: the language is not known, words of all languages count.
 */
export function scoreSkills(features: Features, reading: Reading, model: SkillModel, tag: string | null): SkillScore[] {
  const hits = skillsOf(reading.tokens.list, model.index, tag)
  const { learned } = model
  if (learned === null) return hits.map(({ skill, weight, evidence }) => ({ skill, weight, evidence: [evidence] }))
  const { skills, columns, shift } = learned
  pieceFeatures(reading, features)
  const known = addMargins(features, learned)
  const found: SkillScore[] = []
  for (const { skill, weight, evidence } of hits) {
    const k = columns.get(skill)
    if (k === undefined) found.push({ skill, weight, evidence: [evidence] })
    else margins[k]! += pullOf(weight, shift)
  }
  let best = 0
  for (let k = 0; k < skills.length; k++) {
    const weight = weightOf(margins[k]!, shift)
    if (weight >= NAMED_FROM) found.push({ skill: skills[k]!, weight, evidence: [] })
    else if (weight > weightOf(margins[best]!, shift)) best = k
  }
  if (found.length === 0 && model.guesses && known) {
    const weight = Math.max(LEAST, weightOf(margins[best]!, shift))
    found.push({ skill: skills[best]!, weight, evidence: [] })
  }
  found.sort((a, b) => b.weight - a.weight || (a.skill < b.skill ? -1 : 1))
  for (const score of found) {
    const k = columns.get(score.skill)
    const hit = hits.find(({ skill }) => skill === score.skill)
    if (k !== undefined) score.evidence = reasonsFor(score.skill, k, features, reading, learned, hit?.evidence ?? null)
    score.weight = Math.round(score.weight * 100) / 100
  }
  return found
}

/** Fills `margins`; false when nothing in the post was ever seen. */
function addMargins({ buckets, words, count, wordScale, pieceScale }: Features, { skills, fitted }: Learned): boolean {
  let known = false
  const width = skills.length
  if (margins.length < width) margins = new Float64Array(width)
  margins.set(fitted.bias)
  const { slots, weights } = fitted
  for (let i = 0; i < count; i++) {
    const slot = slots[buckets[i]!]!
    if (slot < 0) continue
    known = true
    const base = slot * width
    const scale = i < words ? wordScale : pieceScale
    for (let k = 0; k < width; k++) margins[k]! += scale * weights[base + k]!
  }
  return known
}

/** The words that spoke for a skill: what each alone would move an even chance; and the brand's own word, if there was one. */
function reasonsFor(
  skill: string,
  column: number,
  { buckets, owners, words, count, wordScale, pieceScale }: Features,
  { text, tokens }: Reading,
  { skills, fitted }: Learned,
  hit: Evidence | null,
): Evidence[] {
  const odds = new Float64Array(tokens.list.length)
  for (let i = 0; i < count; i++) {
    const slot = fitted.slots[buckets[i]!]!
    if (slot < 0) continue
    odds[owners[i]!]! += SLOPE * (i < words ? wordScale : pieceScale) * fitted.weights[slot * skills.length + column]!
  }
  const head = `skill.${skill}`
  const reasons = tokens.list.map(({ start, end }, at) => ({
    ...{ head, words: wordsAt(text, start, end), at: start },
    push: Math.round(Math.tanh(odds[at]! / 2) * 100) / 100,
  }))
  return reasons
    .filter(({ at, push }) => Math.abs(push) >= SHOWN_FROM && at !== hit?.at)
    .concat(hit === null ? [] : [hit as (typeof reasons)[number]])
    .sort((a, b) => Math.abs(b.push) - Math.abs(a.push) || a.at - b.at)
    .slice(0, SHOWN)
}
