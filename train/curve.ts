import { classify } from '../src/classify/classify.ts'
import { learn } from '../src/classify/learn.ts'
import { newLearned } from '../src/classify/learned.ts'
import type { Model } from '../src/classify/model.ts'
import { macroF1 } from './measures.ts'
import { type AirlinePost, airline } from './sources.ts'

/**
 * How a brand that the base has never seen fares after so many corrections: sentiment macro-F1 on all its later
 * posts. `frozen` is the base alone on the same posts. `brand` "mean" is the mean over the brands.
 */
export type CurveRow = { brand: string; corrections: number; macroF1: number; frozen: number; n: number }

export const STEPS = [0, 50, 200, 1000] as const

/** The learning curves of posts to airlines (`folder` holds `tweets.csv`), each airline in the order of time. */
export function learningCurve(folder: string, model: Model): CurveRow[] {
  const posts = airline(folder)
  const names = [...new Set(posts.map((post) => post.group))].sort()
  const rows = names.flatMap((name) => curveOf(name, inOrder(posts.filter((post) => post.group === name)), model))
  const mean = (corrections: number, of: (row: CurveRow) => number): number => {
    const at = rows.filter((row) => row.corrections === corrections)
    return at.reduce((sum, row) => sum + of(row), 0) / at.length
  }
  return [
    ...rows,
    ...STEPS.map((corrections) => ({
      brand: 'mean',
      corrections,
      macroF1: mean(corrections, (row) => row.macroF1),
      frozen: mean(corrections, (row) => row.frozen),
      n: Math.round(mean(corrections, (row) => row.n)),
    })),
  ]
}

function curveOf(brand: string, posts: readonly AirlinePost[], base: Model): CurveRow[] {
  const learned = newLearned(base.weights)
  const taught: Model = { ...base, learned }
  return STEPS.map((corrections) => {
    for (const { text, language, labels } of posts.slice(learned.corrections, corrections)) {
      learn(learned, { text, language, labels: { sentiment: labels.sentiment } }, taught)
    }
    const rest = posts.slice(corrections)
    return {
      ...{ brand, corrections, n: rest.length },
      macroF1: measure(rest, taught),
      frozen: measure(rest, { ...base, learned: null }),
    }
  })
}

const measure = (posts: readonly AirlinePost[], model: Model): number =>
  macroF1(
    posts.map(({ labels }) => labels.sentiment!),
    posts.map((post) => classify(post, model).sentiment.label),
  )

/** The file runs from the newest to the oldest, with times of day to the minute: "24-02-2015 11:39". */
function inOrder(posts: readonly AirlinePost[]): AirlinePost[] {
  const instant = ({ at }: AirlinePost): number => {
    const [day, month, year, hour, minute] = at.split(/[-: ]/).map(Number)
    return Date.UTC(year!, month! - 1, day, hour, minute)
  }
  return posts.toReversed().sort((a, b) => instant(a) - instant(b))
}
