import type { Classification } from '../domain/classification.ts'
import { type Labels, LEARNING } from './correction.ts'

/** A correction that was held out, with what the base and the brand's model say of its post. */
export type Measured = { labels: Labels; before: Classification; after: Classification }

type Head = (typeof LEARNING)[number]
export type Figures = { accuracy: number; macroF1: number }
/** `before` and `after` are null below `FEWEST` posts. */
export type HeadEffect = { head: Head; n: number; before: Figures | null; after: Figures | null }

/** Fewer posts say nothing. */
export const FEWEST = 20
/** From here on a score is a yes. */
const YES = 0.5

/** What learning is worth on corrections that were never learned, for each head that somebody named. */
export function effectOf(measured: readonly Measured[]): HeadEffect[] {
  return LEARNING.flatMap((head) => {
    const about = measured.filter(({ labels }) => labels[head] !== undefined && labels[head] !== 'none')
    if (about.length === 0) return []
    const truth = about.map(({ labels }) => classOf(labels[head]!))
    const figures = (said: (each: Measured) => Classification): Figures | null =>
      about.length < FEWEST
        ? null
        : compare(
            truth,
            about.map(said).map((found) => answerOf(found, head)),
          )
    return [{ head, n: about.length, before: figures(({ before }) => before), after: figures(({ after }) => after) }]
  })
}

const classOf = (value: string | number): string => (typeof value === 'string' ? value : value >= YES ? 'yes' : 'no')

function answerOf(found: Classification, head: Head): string {
  const value = found[head]
  return classOf(typeof value === 'number' ? value : value.label)
}

/** Accuracy, and the mean over the classes that occur of F1 = 2·hits ÷ (posts of the class + posts called so). */
function compare(truth: readonly string[], said: readonly string[]): Figures {
  const hits = (label?: string): number =>
    truth.filter((each, at) => each === said[at] && (label === undefined || each === label)).length
  const classes = [...new Set(truth)]
  const scores = classes.map((label) => {
    const of = truth.filter((each) => each === label).length
    const called = said.filter((each) => each === label).length
    return (2 * hits(label)) / (of + called)
  })
  return {
    accuracy: hits() / truth.length,
    macroF1: scores.reduce((sum, score) => sum + score, 0) / classes.length,
  }
}
