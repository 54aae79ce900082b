import { createHash } from 'node:crypto'

const DIGITS = '234567abcdefghijklmnopqrstuvwxyz'
const TIME_BITS = 50n
const CLOCK_BITS = 10n

/**
 * The record key of the post that carries a reply's `key`: the same key, the same post. Its form is that of a TID
 * (atproto.com/specs/tid), 13 characters of sorting base 32: microseconds since 1970, then ten bits that tell clocks
 * apart. Both are taken from a hash, and the time ends with 2^50 µs, in September 2005: what clocks give today lies
 * beyond that, so no post of another app has such a key. Two of our own, within one account's posts, share 60 bits of
 * SHA-256 once in 10^18 pairs, and whoever sends the second is told that the first is in its place.
 */
export function recordKey(key: string): string {
  const hash = createHash('sha256').update(`deputize reply ${key}`).digest().readBigUInt64BE()
  let rest = hash & ((1n << (TIME_BITS + CLOCK_BITS)) - 1n)
  let written = ''
  for (let n = 0; n < 13; n++) {
    written = DIGITS[Number(rest & 31n)] + written
    rest >>= 5n
  }
  return written
}
