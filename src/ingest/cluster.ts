/**
 * Near-duplicates (L5): word shingles, MinHash, banding (Broder 1997; Leskovec, Rajaraman, Ullman, "Mining of
 * Massive Datasets", ch. 3). Two bands of three would miss small edits; three bands of two find 95 % of pairs
 * with Jaccard similarity 0.8 and 3 % of pairs with 0.1, and `alike` throws the latter out again.
 */
const BANDS = 3
const ROWS = 2
const SHINGLE = 2
/** Two texts whose shingle sets overlap by this share say the same. */
const SAME = 0.5
/** A text of fewer words ("thank you so much") repeats by chance. */
const FEWEST_WORDS = 5

const SEEDS = Array.from({ length: BANDS * ROWS }, (_, i) => ({
  times: 0x9e3779b1 + 2 * i * 0x85ebca6b,
  plus: 0x27d4eb2f * (i + 1),
}))

/** What two posts are compared by: hashes of word pairs, without links, handles, digits, case and punctuation. */
export function shinglesOf(text: string): Set<number> {
  const words = text
    .toLowerCase()
    .replace(/https?:\/\/\S+|[@#]\S+/g, ' ')
    .split(/[^\p{L}\p{M}]+/u)
    .filter(Boolean)
  const shingles = new Set<number>()
  if (words.length < FEWEST_WORDS) return shingles
  for (let i = 0; i + SHINGLE <= words.length; i++) shingles.add(hash(`${words[i]} ${words[i + 1]}`))
  return shingles
}

/** Three numbers below 2^53; texts that share one are worth comparing. Empty for texts too short to compare. */
export function bandsOf(shingles: ReadonlySet<number>): number[] {
  if (shingles.size === 0) return []
  const least = SEEDS.map(({ times, plus }) => {
    let min = 0xffffffff
    for (const shingle of shingles) {
      const value = (Math.imul(shingle, times) + plus) >>> 0
      if (value < min) min = value
    }
    return min
  })
  return Array.from({ length: BANDS }, (_, band) => (least[band * ROWS]! & 0xfffff) * 2 ** 32 + least[band * ROWS + 1]!)
}

/** Jaccard similarity of two shingle sets, at least `SAME`. */
export function alike(a: ReadonlySet<number>, b: ReadonlySet<number>): boolean {
  if (a.size === 0 || b.size === 0) return false
  let shared = 0
  for (const shingle of a) if (b.has(shingle)) shared++
  return shared / (a.size + b.size - shared) >= SAME
}

/** What of a post is compared; made once, for finding heads and for clustering. */
export type Print = { id: string; shingles: Set<number>; bands: number[] }

export function printOf({ id, text }: { id: string; text: string }): Print {
  const shingles = shinglesOf(text)
  return { id, shingles, bands: bandsOf(shingles) }
}

export type Head = { id: string; text: string; bands: number[] }
export type Clustering = {
  /** Post → the first post of the cluster it joins. */
  joins: Map<string, string>
  /** Posts that join none and may head one: their bands are kept. */
  heads: { id: string; bands: number[] }[]
}

/**
 * Sorts a page into clusters, in order, against the heads of earlier pages.
 * @param earlier heads that share a band with some post of the page
 */
export function cluster(page: readonly Print[], earlier: readonly Head[]): Clustering {
  const byBand = new Map<number, { id: string; shingles: Set<number> }[]>()
  const know = (id: string, shingles: Set<number>, bands: number[]) => {
    for (const band of bands) {
      const there = byBand.get(band)
      if (there) there.push({ id, shingles })
      else byBand.set(band, [{ id, shingles }])
    }
  }
  for (const head of earlier) know(head.id, shinglesOf(head.text), head.bands)

  const joins = new Map<string, string>()
  const heads: Clustering['heads'] = []
  for (const { id, shingles, bands } of page) {
    const head = bands
      .flatMap((band) => byBand.get(band) ?? [])
      .find((candidate) => alike(candidate.shingles, shingles))
    if (head) joins.set(id, head.id)
    else if (bands.length > 0) {
      heads.push({ id, bands })
      know(id, shingles, bands)
    }
  }
  return { joins, heads }
}

/** FNV-1a, 32 bits. */
function hash(text: string): number {
  let value = 0x811c9dc5
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193)
  return value >>> 0
}
