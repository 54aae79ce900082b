import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { unrelatedPosts } from '../rules/skills.ts'
import { openReaders, openReading } from '../src/classify/model.ts'
import { openSkillModel } from '../src/classify/skill-model.ts'
import { NAMED_FROM, scoreSkills } from '../src/classify/skill-score.ts'
import { calibrationError } from './measures.ts'
import { randomFrom, shuffle } from './random.ts'

/** One figure: `ours` beside what naive Bayes over words says of the same posts (null: it cannot say). */
export type SkillFigure = { task: string; n: number; metric: string; ours: number; baseline: number | null }
type Row = { text: string; skill: string }

const SEED = 77
/** Every fifth row is held out. */
const HELD_OUT = 0.2

/**
 * How well skills are learned from rows, on parts held out by seed: banking77 with all other rows and with ten a skill,
 * clinc150 with a hundred and with ten, and how well its posts out of scope stay unknown. `data`: the folder of the
 * collections; one that is not there is left out.
 */
export function evaluateSkills(data: string): SkillFigure[] {
  const figures: SkillFigure[] = []
  const banking = join(data, 'banking77', 'train.csv')
  if (existsSync(banking)) {
    const mixed = shuffle(readBanking(banking), randomFrom(SEED))
    const held = mixed.slice(0, Math.round(mixed.length * HELD_OUT))
    const rest = mixed.slice(held.length)
    figures.push(...judge('banking77, all rows', rest, held, []))
    figures.push(...judge('banking77, 10 rows a skill', fewOf(rest, 10), held, []))
  }
  const clinc = join(data, 'clinc150', 'train-val.json')
  if (existsSync(clinc)) {
    const { train, val, unknown } = readClinc(clinc)
    figures.push(...judge('clinc150, 100 rows a skill', train, val, unknown))
    figures.push(...judge('clinc150, 10 rows a skill', fewOf(shuffle(train, randomFrom(SEED)), 10), val, unknown))
  }
  return figures
}

function judge(task: string, rows: Row[], held: Row[], unknown: string[]): SkillFigure[] {
  const read = openReading(openReaders(['en']))
  const model = openSkillModel({ words: {}, rows, unrelated: unrelatedPosts(), read, guesses: true })
  const best = (text: string): { skill: string | null; weight: number } => {
    const { features, reading, tag } = read(text)
    return scoreSkills(features, reading, model, tag)[0] ?? { skill: null, weight: 0 }
  }
  const said = held.map(({ text }) => best(text))
  const right = said.map(({ skill }, at) => skill === held[at]!.skill)
  const baseline = naiveBayes(rows)
  const rightBayes = held.filter(({ text, skill }) => baseline(text) === skill).length
  const n = held.length
  const figures: SkillFigure[] = [
    { task, n, metric: 'accuracy of the best guess', ours: share(right), baseline: rightBayes / n },
    {
      task,
      n,
      metric: 'share named',
      ours: share(said.map(({ weight }) => weight >= NAMED_FROM)),
      baseline: null,
    },
    {
      task,
      n,
      metric: 'accuracy of what is named',
      ours: share(right.filter((_, at) => said[at]!.weight >= NAMED_FROM)),
      baseline: null,
    },
  ]
  const weights = said.map(({ weight }) => weight)
  if (unknown.length === 0) {
    const ours = calibrationError(right, weights)
    return [...figures, { task, n, metric: 'calibration error, nothing out of scope', ours, baseline: null }]
  }
  const strange = unknown.map((text) => best(text).weight)
  // As often as there are posts in scope: weights are made for a stream of which half is about no skill.
  const repeated = held.map((_, at) => strange[at % strange.length]!)
  const mixed = [...right, ...repeated.map(() => false)]
  return [
    ...figures,
    {
      task,
      n: n + unknown.length,
      metric: 'calibration error, half out of scope',
      ours: calibrationError(mixed, [...weights, ...repeated]),
      baseline: null,
    },
    {
      task,
      n: unknown.length,
      metric: 'out of scope left unknown',
      ours: share(strange.map((weight) => weight < NAMED_FROM)),
      baseline: null,
    },
    {
      task,
      n: unknown.length,
      metric: 'area under the curve, in or out of scope',
      ours: areaUnderCurve(weights, strange),
      baseline: null,
    },
  ]
}

const share = (list: readonly boolean[]): number => list.filter(Boolean).length / Math.max(1, list.length)

/** How often a post in scope weighs more than one out of it; a tie counts half. */
function areaUnderCurve(inScope: readonly number[], outside: readonly number[]): number {
  let sum = 0
  for (const one of inScope) for (const other of outside) sum += one > other ? 1 : one === other ? 0.5 : 0
  return sum / (inScope.length * outside.length)
}

const readBanking = (file: string): Row[] => {
  // The header of the file names these columns.
  const rows = parse(readFileSync(file), { columns: true }) as { text: string; category: string }[]
  return rows.map(({ text, category }) => ({ text, skill: category }))
}

function readClinc(file: string): { train: Row[]; val: Row[]; unknown: string[] } {
  // Four lists of [text, intent].
  const parts = JSON.parse(readFileSync(file, 'utf8')) as Record<string, [string, string][]>
  const rows = (part: string): Row[] => parts[part]!.map(([text, skill]) => ({ text, skill }))
  const unknown = [...rows('oos_train'), ...rows('oos_val')].map(({ text }) => text)
  return { train: rows('train'), val: rows('val'), unknown }
}

/** The first `most` rows of each skill. */
function fewOf(rows: readonly Row[], most: number): Row[] {
  const taken = new Map<string, number>()
  return rows.filter(({ skill }) => {
    const count = (taken.get(skill) ?? 0) + 1
    taken.set(skill, count)
    return count <= most
  })
}

/** Multinomial naive Bayes over lower-case words with one added to each count: what every newcomer has to beat. */
function naiveBayes(rows: readonly Row[]): (text: string) => string {
  const wordsIn = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{N}']+/gu) ?? []
  const counts = new Map<string, { rows: number; total: number; words: Map<string, number> }>()
  const known = new Set<string>()
  for (const { text, skill } of rows) {
    const count = counts.get(skill) ?? { rows: 0, total: 0, words: new Map<string, number>() }
    counts.set(skill, count)
    count.rows++
    for (const word of wordsIn(text)) {
      known.add(word)
      count.total++
      count.words.set(word, (count.words.get(word) ?? 0) + 1)
    }
  }
  return (text) => {
    const words = wordsIn(text).filter((word) => known.has(word))
    let best = { skill: '', odds: -Infinity }
    for (const [skill, { rows: mine, total, words: found }] of counts) {
      let odds = Math.log(mine)
      for (const word of words) odds += Math.log(((found.get(word) ?? 0) + 1) / (total + known.size))
      if (odds > best.odds) best = { skill, odds }
    }
    return best.skill
  }
}
