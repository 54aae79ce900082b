import type { Features } from './features.ts'

/**
 * Rows for the few buckets among many that something was learned about: an open hash table from bucket to row, in the
 * order of their first sight. Grows by doubling up to `MOST_ROWS` and then takes no new ones.
 */
export type Buckets = {
  /** Bucket + 1 at its place, 0 for a free place; a power of two long, at most half full. */
  keys: Int32Array
  rows: Int32Array
  count: number
  /** How many rows there is room for, here and in what is kept beside it. */
  capacity: number
}

const FIRST_ROWS = 1 << 10
/** About the words and pairs of 9 000 posts. */
export const MOST_ROWS = 1 << 16

export const newBuckets = (): Buckets => ({
  keys: new Int32Array(FIRST_ROWS * 2),
  rows: new Int32Array(FIRST_ROWS * 2),
  count: 0,
  capacity: FIRST_ROWS,
})

/** The row of a bucket, or -1. */
function rowOf({ keys, rows }: Buckets, bucket: number): number {
  const last = keys.length - 1
  for (let at = placeOf(bucket, last); ; at = (at + 1) & last) {
    const key = keys[at]!
    if (key === bucket + 1) return rows[at]!
    if (key === 0) return -1
  }
}

/** Multiplied, because the lowest bits of a bucket are few (Knuth's multiplicative hash). */
const placeOf = (bucket: number, last: number): number => (Math.imul(bucket, 0x9e3779b1) >>> 7) & last

/** Writes which buckets of a post have a row (`places`) and which it is (`found`); returns how many. */
export function findRows(features: Features, { keys, rows }: Buckets, places: Int32Array, found: Int32Array): number {
  const { buckets, words } = features
  const last = keys.length - 1
  let known = 0
  for (let i = 0; i < words; i++) {
    const wanted = buckets[i]! + 1
    let at = placeOf(wanted - 1, last)
    let key = keys[at]!
    while (key !== wanted && key !== 0) {
      at = (at + 1) & last
      key = keys[at]!
    }
    if (key === 0) continue
    places[known] = i
    found[known++] = rows[at]!
  }
  return known
}

/** The row of a bucket, made when there is none; -1 once all rows are taken. */
export function makeRow(buckets: Buckets, bucket: number): number {
  const known = rowOf(buckets, bucket)
  if (known >= 0 || buckets.count === MOST_ROWS) return known
  if (buckets.count === buckets.capacity) grow(buckets)
  put(buckets, bucket, buckets.count)
  return buckets.count++
}

function put({ keys, rows }: Buckets, bucket: number, row: number): void {
  const last = keys.length - 1
  let at = placeOf(bucket, last)
  while (keys[at] !== 0) at = (at + 1) & last
  keys[at] = bucket + 1
  rows[at] = row
}

function grow(buckets: Buckets): void {
  const { keys, rows } = buckets
  buckets.capacity *= 2
  buckets.keys = new Int32Array(buckets.capacity * 2)
  buckets.rows = new Int32Array(buckets.capacity * 2)
  for (let at = 0; at < keys.length; at++) if (keys[at] !== 0) put(buckets, keys[at]! - 1, rows[at]!)
}
