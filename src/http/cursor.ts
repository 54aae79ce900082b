import { DomainError } from '../domain/errors.ts'

/**
 * The place in a list after which the next page begins: the sort key of the last item shown and its id, which
 * settles ties. Opaque to clients, and unsigned, because forging one shows nothing that filters would not.
 */
export type Place = { key: string; id: string }

export const toCursor = ({ key, id }: Place): string => Buffer.from(JSON.stringify([key, id])).toString('base64url')

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** A cursor of a list in the order of time: its key is an instant, and the id a uuid, as SQL will take them. @throws DomainError `invalid` */
export function fromTimeCursor(cursor: string): Place {
  const place = fromCursor(cursor)
  if (UUID.test(place.id) && !Number.isNaN(Date.parse(place.key))) return place
  throw notOurs()
}

const notOurs = () => new DomainError('invalid', 'This cursor is not one of ours; begin again without it.')

/** @throws DomainError `invalid` for anything that `toCursor` did not write */
export function fromCursor(cursor: string): Place {
  try {
    const [key, id, ...rest] = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))
    if (typeof key === 'string' && typeof id === 'string' && rest.length === 0) return { key, id }
  } catch {
    // Told below, in the same words as a cursor of the wrong shape.
  }
  throw notOurs()
}

/**
 * The page out of `limit + 1` rows: the one too many only says that more follow.
 * `place` names the sort key of a row in the form the query compares with.
 */
export function toPage<Row>(
  rows: Row[],
  limit: number,
  place: (row: Row) => Place,
): { items: Row[]; nextCursor: string | null } {
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  return { items, nextCursor: last !== undefined && rows.length > limit ? toCursor(place(last)) : null }
}

/** A list is counted so far and no further. */
export const COUNTED = 50

/** What is told of a list that was counted up to one more than `COUNTED`. */
export const toCounted = (found: number): { count: number; more: boolean } => ({
  count: Math.min(found, COUNTED),
  more: found > COUNTED,
})
