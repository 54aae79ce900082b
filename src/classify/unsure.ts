import { JUDGED_HEADS, type JudgedHead } from '../domain/classification.ts'

/** A language below this confidence is called `und`. */
export const LANGUAGE_SURE_FROM = 0.4

/** The heads whose confidence lies below what is asked of them, in the order of `JUDGED_HEADS`. */
export function unsureHeads(
  confidences: Record<JudgedHead, number>,
  sureFrom: Record<JudgedHead, number>,
): JudgedHead[] {
  const unsure: JudgedHead[] = []
  for (const head of JUDGED_HEADS) if (confidences[head] < sureFrom[head]) unsure.push(head)
  return unsure
}

/**
 * Confidence of a score in [0,1] taken as yes or no: max(p, 1 - p). Where the words could not be read (`understood`
 * false) a score is no evidence: one half.
 */
export function confidenceOf(score: number, understood: boolean): number {
  return understood ? Math.max(score, 1 - score) : 0.5
}
