import type { Capabilities } from './connector.ts'
import { weightedLength } from './x/weighted-length.ts'

export type LengthUnit = NonNullable<Capabilities['reply']>['lengthUnit']

const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' })

/** Length as the network counts it (F2). */
export function lengthOf(text: string, unit: LengthUnit): number {
  if (unit === 'characters') return [...text].length
  if (unit === 'weighted') return weightedLength(text)
  let count = 0
  for (const _ of graphemes.segment(text)) count++
  return count
}
