import { iso } from '../db/instants.ts'
import type { Place } from '../http/cursor.ts'
import type { FoundRow } from './queries.ts'

type Counting = {
  /** A page of fewer rows is the last. */
  pageSize: number
  /** Counted no further than one more than this. */
  most: number
  /** Whether a row's words can be seen: what was blanked is not counted either, or counting would tell it (U7). */
  isFound: (row: FoundRow) => boolean
}

/** How many of what `next` goes through are found; it is asked for page after page, as far as that is needed. */
export async function countFound(
  next: (after: Place | null) => Promise<FoundRow[]>,
  { pageSize, most, isFound }: Counting,
): Promise<number> {
  let found = 0
  for (let after: Place | null = null; ; ) {
    const rows: FoundRow[] = await next(after)
    found += rows.filter(isFound).length
    const last = rows.at(-1)
    if (found > most || !last || rows.length < pageSize) return Math.min(found, most + 1)
    after = placeAt(last)
  }
}

/** Where a row stands in its order; an offer has its own id in the order of offers. */
export const placeAt = ({ at, id, offer_id }: FoundRow): Place => ({ key: iso(at), id: offer_id ?? id })
