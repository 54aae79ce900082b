import { ANYBODY, fitOf, isFree, type MemberIndex } from './members.ts'
import { skillUnits } from './score.ts'

/**
 * Who speaks a language and holds a skill, for every pair there is: a cell; those whose first language it is apart from
 * the others, so that each member stands once among the first. A posting is a member's position in its lower 24 bits
 * and above them which of the member's languages it is. Postings of a cell are in the order of the positions and in
 * blocks of 16; of each block two maxima over the members who are free are kept, in units of the
 * score: of what they bring to any mention in this language (`topBase`), and of the same with the skill (`topKey`).
 * So the best of a cell are found by opening the few blocks that may hold them, and a change touches one block a cell
 * (block maxima as in Ding & Suel, “Faster top-k document retrieval using block-max indexes”, SIGIR 2011).
 */
export type Cells = {
  /** (2 × language, and 1 where it is not the first) × number of skills + skill → cell */
  of: Map<number, number>
  skill: Uint16Array
  start: Uint32Array
  postings: Uint32Array
  blockStart: Uint32Array
  topBase: Int32Array
  topKey: Int32Array
}

export const BLOCK = 16
export const POSITION = 0xffffff
export const NTH = 24
/** Nobody of the block is free. */
export const NOBODY = -0x80000000

/** Lays out the postings of every pair of language and skill; the maxima are left for `refreshAll`. */
export function layCells(index: Omit<MemberIndex, 'cells'>): Cells {
  const { size, skillNames } = index
  const of = new Map<number, number>()
  const counts: number[] = []
  const skill: number[] = []
  for (let position = 0; position < size; position++)
    eachPair(index, position, (column, held) => {
      const key = column * skillNames.length + held
      let cell = of.get(key)
      if (cell === undefined) {
        cell = counts.push(0) - 1
        skill.push(held)
        of.set(key, cell)
      }
      counts[cell] = (counts[cell] ?? 0) + 1
    })
  const start = sumsOf(counts)
  const blockStart = sumsOf(counts.map((count) => Math.ceil(count / BLOCK)))
  const postings = new Uint32Array(start.at(-1) ?? 0)
  const next = start.slice()
  for (let position = 0; position < size; position++)
    eachPair(index, position, (column, held, nth) => {
      const cell = of.get(column * skillNames.length + held)! // made above
      postings[next[cell]!++] = position | (nth << NTH)
    })
  const blocks = blockStart.at(-1) ?? 0
  const tops = { topBase: new Int32Array(blocks).fill(NOBODY), topKey: new Int32Array(blocks).fill(NOBODY) }
  return { of, skill: Uint16Array.from(skill), start, postings, blockStart, ...tops }
}

/** The cell of a column and a skill; undefined when nobody is in it. */
export const cellOf = ({ cells, skillNames }: MemberIndex, column: number, skill: number): number | undefined =>
  cells.of.get(column * skillNames.length + skill)

/** The two columns of a language: of those whose first it is, and of the others who speak it. */
export const columnsOf = (language: number): readonly [number, number] => [2 * language, 2 * language + 1]

/** The columns in which everybody stands once. */
export const firstColumns = ({ languageOf }: MemberIndex): number[] =>
  Array.from(languageOf.values(), (language) => 2 * language)

/** Counts every block anew, in one pass. */
export function refreshAll(index: MemberIndex): void {
  const { blockStart } = index.cells
  for (let cell = 0; cell + 1 < blockStart.length; cell++)
    for (let block = blockStart[cell]!; block < blockStart[cell + 1]!; block++) refreshBlock(index, cell, block)
}

function refreshBlock(index: MemberIndex, cell: number, block: number): void {
  const { start, blockStart, postings, skill, topBase, topKey } = index.cells
  const from = start[cell]! + (block - blockStart[cell]!) * BLOCK
  const to = Math.min(from + BLOCK, start[cell + 1]!)
  const asked = skill[cell]!
  let base = NOBODY
  let key = NOBODY
  for (let at = from; at < to; at++) {
    const posting = postings[at]!
    const position = posting & POSITION
    if (!isFree(index, position)) continue
    const own = index.base[position]! + index.languageTerms[posting >>> NTH]!
    if (own > base) base = own
    const withSkill = own + (asked === ANYBODY ? 0 : skillUnits(fitOf(index, position, asked), index.weights))
    if (withSkill > key) key = withSkill
  }
  topBase[block] = base
  topKey[block] = key
}

/** Puts the blocks of a member right, whatever changed of them. */
export function refreshMember(index: MemberIndex, position: number): void {
  eachPair(index, position, (column, skill) => {
    const cell = cellOf(index, column, skill)
    if (cell !== undefined) refreshBlock(index, cell, blockOf(index.cells, cell, position))
  })
}

/** As `refreshMember` after a change of `base` or of being free; looks at the others only where the member was the best. */
export function moveMember(index: MemberIndex, position: number, was: { free: boolean; base: number }): void {
  const { topBase, topKey } = index.cells
  const free = isFree(index, position)
  eachPair(index, position, (column, skill, nth) => {
    const cell = cellOf(index, column, skill)
    if (cell === undefined) return
    const block = blockOf(index.cells, cell, position)
    const fit = skill === ANYBODY ? 0 : skillUnits(fitOf(index, position, skill), index.weights)
    const own = index.languageTerms[nth]!
    const now = own + index.base[position]!
    const before = own + was.base
    const base = topBase[block]!
    const key = topKey[block]!
    const mayFall = was.free && (!free || now < before)
    if (mayFall && (before >= base || before + fit >= key)) refreshBlock(index, cell, block)
    else if (free) {
      if (now > base) topBase[block] = now
      if (now + fit > key) topKey[block] = now + fit
    }
  })
}

function blockOf({ start, blockStart, postings }: Cells, cell: number, position: number): number {
  let low = start[cell]!
  let high = start[cell + 1]! - 1
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((postings[middle]! & POSITION) < position) low = middle + 1
    else high = middle
  }
  return blockStart[cell]! + Math.floor((low - start[cell]!) / BLOCK)
}

/** Every cell a member stands in: each language they speak with each skill they hold, and with `ANYBODY`. */
function eachPair(
  { languageStart, languageIds, skillStart, skillIds }: Omit<MemberIndex, 'cells'>,
  position: number,
  see: (column: number, skill: number, nth: number) => void,
): void {
  const first = languageStart[position]!
  for (let at = first; at < languageStart[position + 1]!; at++) {
    const language = languageIds[at]!
    const nth = language === 0 ? 0 : Math.min(at - first + 1, 255)
    const column = 2 * language + (at > first ? 1 : 0)
    see(column, ANYBODY, nth)
    for (let held = skillStart[position]!; held < skillStart[position + 1]!; held++) see(column, skillIds[held]!, nth)
  }
}

/** Running sums, from 0 to the whole. */
function sumsOf(counts: readonly number[]): Uint32Array {
  const sums = new Uint32Array(counts.length + 1)
  for (const [at, count] of counts.entries()) sums[at + 1] = sums[at]! + count
  return sums
}
