import { type Lexeme, MOST_WORDS } from './lexemes.ts'

/**
 * What a model adds up for a word, kept because words come again: looking a word up costs a tenth of adding up its
 * pieces. What is kept never changes an answer, only what it costs.
 */
export type WordSums<Values extends Int16Array | Float32Array> = {
  width: number
  /** `width` sums a row. */
  values: Values
  /** How many pieces the word of a row has. */
  counts: Int32Array
  /** The serial of the word that a row holds; 0: none yet. */
  serials: Int32Array
  add: AddWord<Values>
}

/** Writes the sums of a word to `values` from `at` on, where zeros stand, and returns how many pieces it has. */
export type AddWord<Values> = (lexeme: Lexeme, values: Values, at: number) => number

/** `values` has room for `width` sums of `MOST_WORDS` words. */
export const openWordSums = <Values extends Int16Array | Float32Array>(
  width: number,
  values: Values,
  add: AddWord<Values>,
): WordSums<Values> => ({
  ...{ width, values, add },
  counts: new Int32Array(MOST_WORDS),
  serials: new Int32Array(MOST_WORDS),
})

/** The row of a word: its sums stand in `values` from row · width on, its number of pieces in `counts[row]`. */
export function rowOf<Values extends Int16Array | Float32Array>(lexeme: Lexeme, sums: WordSums<Values>): number {
  const row = lexeme.serial & (MOST_WORDS - 1)
  if (sums.serials[row] !== lexeme.serial) fill(row, lexeme, sums)
  return row
}

function fill<Values extends Int16Array | Float32Array>(row: number, lexeme: Lexeme, sums: WordSums<Values>): void {
  const from = row * sums.width
  sums.values.fill(0, from, from + sums.width)
  sums.counts[row] = sums.add(lexeme, sums.values, from)
  sums.serials[row] = lexeme.serial
}
