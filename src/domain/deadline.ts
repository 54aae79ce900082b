import { MINUTE } from './clock.ts'

/** What of the time to answer may pass before staff take over from the community (M4): they need the rest of it. */
const COMMUNITY_SHARE = 0.75

/** A mention's clock, from when it begins to run: by when the author should have an answer, and when staff take over. */
export function deadlines(from: Date, responseMinutes: number): { dueAt: Date; handOverAt: Date } {
  const whole = responseMinutes * MINUTE
  return { dueAt: new Date(from.getTime() + whole), handOverAt: new Date(from.getTime() + whole * COMMUNITY_SHARE) }
}
