import type { Wider } from './need.ts'

export type Rung = { go: 'staff' } | { go: 'offer'; from: Wider }

/**
 * The next rung of the ladder (M4) for a mention nobody holds: exact skills, any of the skills, any speaker, and
 * staff once the community's share of the time has passed (`deadlines`). `wave` counts the rounds of offers so far.
 */
export function nextRung(mention: { wave: number; handOverAt: Date }, now: Date): Rung {
  if (now >= mention.handOverAt) return { go: 'staff' }
  return { go: 'offer', from: Math.min(mention.wave, 2) as Wider } // 0, 1 or 2
}
