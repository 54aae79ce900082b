import type { Wider } from './need.ts'

/** What of the time to answer may pass before staff take over (M4): they need the rest of it. */
export const COMMUNITY_SHARE = 0.75

export type Rung = { go: 'staff' } | { go: 'offer'; from: Wider }

/**
 * The next rung of the ladder (M4) for a mention nobody holds: exact skills, any of the skills, any speaker, and
 * staff once three quarters of the time to answer have passed. `wave` counts the rounds of offers made so far.
 */
export function nextRung(mention: { wave: number; receivedAt: Date; dueAt: Date }, now: Date): Rung {
  if (now >= handOverAt(mention)) return { go: 'staff' }
  return { go: 'offer', from: Math.min(mention.wave, 2) as Wider } // 0, 1 or 2
}

/** When a mention that no member has answered goes to staff. */
export function handOverAt({ receivedAt, dueAt }: { receivedAt: Date; dueAt: Date }): Date {
  return new Date(receivedAt.getTime() + (dueAt.getTime() - receivedAt.getTime()) * COMMUNITY_SHARE)
}
