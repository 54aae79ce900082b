/**
 * Sums of weights over the pieces of a word, kept because words come again: looking a word up costs a tenth of adding
 * up its pieces. What is kept never changes an answer, only what it costs.
 */
export type WordSums = {
  width: number
  rows: Map<string, number>
  /** `width` sums a row, and how many pieces the word has. */
  values: Int16Array
  counts: Int32Array
  /** 1 for words that are marked. */
  marks: Uint8Array
  add: AddPieces
  isMarked: (word: string) => boolean
}

/** Adds the weights of a word's pieces to `values` from `at` on and returns how many pieces it has. */
export type AddPieces = (word: string, values: Int16Array, at: number) => number

/** Enough for nearly all that people write in a day, in 9 MB; once full it begins anew. */
const MOST_WORDS = 65_536

export const openWordSums = (
  width: number,
  add: AddPieces,
  isMarked: (word: string) => boolean = () => false,
): WordSums => ({
  width,
  rows: new Map(),
  values: new Int16Array(MOST_WORDS * width),
  counts: new Int32Array(MOST_WORDS),
  marks: new Uint8Array(MOST_WORDS),
  add,
  isMarked,
})

/** The row of a word: its sums stand in `values` from row · width on, its number of pieces in `counts[row]`. */
export function rowOf(word: string, sums: WordSums): number {
  const known = sums.rows.get(word)
  if (known !== undefined) return known
  if (sums.rows.size === MOST_WORDS) sums.rows.clear()
  const row = sums.rows.size
  const from = row * sums.width
  sums.values.fill(0, from, from + sums.width)
  sums.counts[row] = sums.add(word, sums.values, from)
  sums.marks[row] = sums.isMarked(word) ? 1 : 0
  sums.rows.set(word, row)
  return row
}
