/**
 * A place in the event log. Events are read in the order of (xid, id), where xid is the transaction that wrote them:
 * ids alone are given out before commit, so that a reader going by them would skip what commits late.
 */
export type Position = { xid: bigint; id: bigint }

/** The same as an event's `id:`, which the browser sends back as `Last-Event-ID`. */
export const toEventId = ({ xid, id }: Position): string => `${xid}-${id}`

/** Null for anything that `toEventId` did not write. Fewer digits than the types hold, so that no cast overflows. */
export function fromEventId(text: string): Position | null {
  const [, xid, id] = /^(\d{1,19})-(\d{1,18})$/.exec(text) ?? []
  return xid === undefined || id === undefined ? null : { xid: BigInt(xid), id: BigInt(id) }
}

export const isAfter = (a: Position, b: Position): boolean => a.xid > b.xid || (a.xid === b.xid && a.id > b.id)

export const earliest = (places: readonly [Position, ...Position[]]): Position =>
  places.reduce((first, place) => (isAfter(first, place) ? place : first))

/** Index of the first of these, which are in order, that comes after a place; their number when none does. */
export function firstAfter(ordered: readonly { at: Position }[], place: Position): number {
  let [low, high] = [0, ordered.length]
  while (low < high) {
    const middle = (low + high) >> 1
    const there = ordered[middle]
    if (there && isAfter(there.at, place)) high = middle
    else low = middle + 1
  }
  return low
}
