import { DEFAULT_LADDER, type LadderStep, LOOKS } from '../../rules/matching.ts'
import type { Wider } from './need.ts'

export type Rung = { go: 'staff' } | { go: 'offer'; steps: readonly LadderStep[] }

/**
 * Where a mention nobody holds goes next (M4): to staff once the community's share of the time has passed
 * (`deadlines`), before that up the ladder. `wave` counts the rounds of offers so far; the last step is repeated.
 * @returns the steps to try, in order, until one finds somebody
 */
export function nextRung(
  mention: { wave: number; handOverAt: Date },
  now: Date,
  ladder: readonly LadderStep[] = DEFAULT_LADDER,
): Rung {
  if (now >= mention.handOverAt) return { go: 'staff' }
  return { go: 'offer', steps: ladder.slice(Math.min(mention.wave, ladder.length - 1)) }
}

/** How widely a step looks, for `matchIn`. */
export const widthOf = ({ look }: LadderStep): Wider => LOOKS.indexOf(look) as Wider // three looks, three widths
