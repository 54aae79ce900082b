/** X's ids tell their time: milliseconds since its epoch in the upper bits, 22 bits below them. */
const EPOCH_MS = 1_288_834_974_657n
const BELOW = 22n
/** Ids before November 2010 were counted and tell no time. */
const FIRST = 30_000_000_000n

/** The id that no post made before `at` reaches. */
export function firstIdAt(at: Date): string {
  const sinceEpoch = BigInt(at.getTime()) - EPOCH_MS
  return String(sinceEpoch > 0n ? sinceEpoch << BELOW : 0n)
}

/** When a post was made, to the millisecond; null for an id that tells no time. */
export function madeAt(id: string): Date | null {
  if (!/^\d{1,19}$/.test(id) || BigInt(id) < FIRST) return null
  return new Date(Number((BigInt(id) >> BELOW) + EPOCH_MS))
}
