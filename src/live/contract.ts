/**
 * What the stream at `GET /api/v1/stream` sends: ids and kinds only, never content; the client fetches, and
 * what it may see is decided again there. The event's `id:` goes back as `Last-Event-ID` after a break.
 */
export type LiveEvent = {
  kind: string
  mentionId: string | null
  at: string
}

/** Said when who is at which case has changed. It is no event of the log: it has no `id:`, and is not told again. */
export const PRESENCE_CHANGED = 'presence.changed'

/** The same of members who have a post open; only those hear it who have it in their own feed. */
export const NEARBY_CHANGED = 'nearby.changed'

/** What somebody at a case, or at a post, is seen doing. */
export const DOINGS = ['viewing', 'writing'] as const
export type Doing = (typeof DOINGS)[number]
