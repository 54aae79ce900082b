import { createHash } from 'node:crypto'
import { z } from 'zod'
import { ConnectorError, type Cursor } from '../connector.ts'

/**
 * Where a source stands. `since` is the newest time everything before which was drained; it moves only when a drain
 * ends. `page` and `top` belong to a drain under way. `seen` are the posts at or after `since` less the overlap,
 * given before, so that reading the overlap again repeats nothing. Times are ISO 8601.
 */
export const Place = z.object({
  v: z.literal(1),
  /** Of the query the place belongs to: a page token means nothing to another one. */
  query: z.string(),
  since: z.string(),
  top: z.string().nullable(),
  page: z.string().nullable(),
  changes: z.string().nullable(),
  seen: z.array(z.tuple([z.string(), z.string()])),
})
export type Place = z.infer<typeof Place>

/** An overlap of five minutes at a thousand posts a minute; beyond it posts are given twice, which the core's dedupe settles. */
const MOST_SEEN = 5_000

/** @throws ConnectorError `cursor-expired` when the cursor is of another make: never quietly begun anew. */
export function readCursor(cursor: Cursor): Place {
  try {
    return Place.parse(JSON.parse(cursor))
  } catch (cause) {
    throw new ConnectorError('cursor-expired', 'This cursor was not made by this version of the sandbox connector.', {
      cause,
    })
  }
}

/** `from`: ISO; what was seen before it can't come again. */
export function writeCursor(place: Place, from: string): Cursor {
  const seen = place.seen.filter(([, at]) => at >= from).sort((a, b) => (a[1] < b[1] ? -1 : 1))
  return JSON.stringify({ ...place, seen: seen.slice(-MOST_SEEN) })
}

export const fingerprint = (text: string): string => createHash('sha256').update(text).digest('base64url').slice(0, 22)
