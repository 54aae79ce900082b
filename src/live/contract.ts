/**
 * What the stream at `GET /api/v1/stream` sends: ids and kinds only, never content; the client fetches, and
 * what it may see is decided again there. The event's `id:` goes back as `Last-Event-ID` after a break.
 */
export type LiveEvent = {
  kind: string
  mentionId: string | null
  at: string
}
