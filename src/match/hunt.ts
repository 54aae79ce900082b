import { BLOCK, cellOf, columnsOf, firstColumns, NOBODY, NTH, POSITION } from './cells.ts'
import { ANYBODY, fitOf, isFree, type MemberIndex, nthLanguage } from './members.ts'
import type { Wider } from './need.ts'
import { skillUnits } from './score.ts'

/** A member found, with what their score is made of. `score` in units; `nth` of their languages, 0: none was asked for. */
export type Found = { position: number; score: number; fit: number; nth: number }

/** One search under way: what is asked for, by the index's own numbers, and the best so far, best first. */
export type Hunt = {
  index: MemberIndex
  most: number
  wider: Wider
  newcomers: boolean
  minimumRank: number
  /** Null: any; −1: one that nobody speaks. */
  language: number | null
  /** −1: one that nobody holds. */
  skills: readonly number[]
  /** What each skill counts for; they sum to one, or are all 0. */
  shares: readonly number[]
  excluded: ReadonlySet<number> | null
  /** Whom an angry mention is not for; null: it is not angry. */
  onlyCalm: ReadonlySet<number> | null
  answered: readonly number[]
  /** What having answered before is worth, in units. */
  continuity: number
  /** The most that language and skill can come to, in units. */
  widest: number
  best: Found[]
}

/** Below this share of members a rank is looked for by itself: hardly a block would be without one, and few are of use. */
const RARE = 0.05
/** From a posting for so many members on, two sets of bits are faster than a walk along the postings. */
const CROWDED = 16

/**
 * Fills `best`. Whoever answered before is looked at first, each by name. Who holds one skill of those asked for is
 * found by the blocks of its cell, whose maxima bound their scores; who holds several, by the intersection of their
 * holders; whoever else speaks the language, by the blocks of that language.
 */
export function hunt(asked: Hunt): void {
  const { skills, wider, language, answered } = asked
  if (language === -1 || asked.most < 1 || (wider === 0 && skills.includes(-1))) return
  for (const position of answered) consider(asked, position)
  if (isRare(asked)) huntEverywhere(asked)
  else if (wider === 0 && skills.length > 1) huntHolders(asked, skills)
  else huntCells(asked)
}

function huntCells(asked: Hunt): void {
  const { skills, wider, index } = asked
  const known = skills.filter((skill) => skill !== -1)
  for (const [first, one] of known.entries())
    for (const other of known.slice(first + 1)) huntHolders(asked, [one, other])
  for (const column of columnsFor(asked)) {
    for (const [at, skill] of skills.entries())
      if (skill !== -1) huntCell(asked, cellOf(index, column, skill), asked.shares[at] ?? 0)
    if (wider === 2 || skills.length === 0) huntCell(asked, cellOf(index, column, ANYBODY), 0)
  }
}

/** Looks at every member there is. */
export function huntEverywhere(asked: Hunt): void {
  const { ranks, size } = asked.index
  for (let position = 0; position < size; position++)
    if (asked.newcomers ? ranks[position] === 0 : ranks[position]! >= asked.minimumRank) consider(asked, position)
}

function isRare({ index: { rankCounts, size }, minimumRank, newcomers }: Hunt): boolean {
  if (newcomers) return rankCounts[0]! < size * RARE
  if (minimumRank === 0) return false
  let count = 0
  for (let rank = minimumRank; rank < rankCounts.length; rank++) count += rankCounts[rank]!
  return count < size * RARE
}

const columnsFor = ({ language, index }: Hunt): readonly number[] =>
  language === null ? firstColumns(index) : columnsOf(language)

/** Opens the blocks of a cell that may hold somebody better than the worst of the best; the most promising first. */
function huntCell(asked: Hunt, cell: number | undefined, share: number): void {
  if (cell === undefined) return
  const { blockStart, start, postings } = asked.index.cells
  const begins = start[cell]!
  // Where no language is asked for none counts, and the columns are of first languages: each counted the same here.
  const unasked = asked.language === null ? asked.index.languageTerms[postings[begins]! >>> NTH]! : 0
  const [from, to] = [blockStart[cell]!, blockStart[cell + 1]!]
  const mayHold = (block: number, bound: number) =>
    bound !== NOBODY && !isBeaten(asked, bound - unasked, postings[begins + (block - from) * BLOCK]! & POSITION)
  let first = from
  let top = NOBODY
  for (let block = from; block < to; block++) {
    const bound = boundOf(asked.index, block, share)
    if (bound > top) {
      first = block
      top = bound
    }
  }
  if (!mayHold(first, top)) return
  openBlock(asked, cell, first)
  for (let block = from; block < to; block++)
    if (block !== first && mayHold(block, boundOf(asked.index, block, share))) openBlock(asked, cell, block)
}

/**
 * The most that anybody free in a block can score who holds of what is asked for the cell's skill alone, counting for
 * `share`. With b what a member brings and k the same with the whole skill, b + share·(k − b) is a mean of the two, so
 * the same mean of their maxima is no less; rounding adds at most one.
 */
function boundOf({ cells: { topBase, topKey } }: MemberIndex, block: number, share: number): number {
  const base = topBase[block]!
  if (share === 0 || base === NOBODY) return base
  if (share === 1) return topKey[block]!
  return Math.ceil(base + share * (topKey[block]! - base)) + 1
}

function openBlock(asked: Hunt, cell: number, block: number): void {
  const { start, postings, blockStart } = asked.index.cells
  const from = start[cell]! + (block - blockStart[cell]!) * BLOCK
  const to = Math.min(from + BLOCK, start[cell + 1]!)
  for (let at = from; at < to; at++) consider(asked, postings[at]! & POSITION, postings[at]! >>> NTH)
}

/** Looks at every member who holds all of these skills. */
function huntHolders(asked: Hunt, skills: readonly number[]): void {
  const { index } = asked
  const columns = columnsFor(asked)
  const postingsOf = (skill: number) =>
    columns.reduce((sum, column) => {
      const cell = cellOf(index, column, skill)
      return cell === undefined ? sum : sum + index.cells.start[cell + 1]! - index.cells.start[cell]!
    }, 0)
  const sized = skills.map((skill) => ({ skill, count: postingsOf(skill) })).sort((a, b) => a.count - b.count)
  const [rarest] = sized
  if (!rarest || rarest.count === 0) return
  const bits = skills.map((skill) => index.holders.get(skill))
  if (asked.language !== null) bits.push(index.speakers.get(asked.language))
  if (rarest.count * CROWDED > index.size && bits.every((words) => words !== undefined)) huntBits(asked, bits)
  else {
    const others = sized.slice(1).map(({ skill }) => skill)
    for (const column of columns) huntList(asked, cellOf(index, column, rarest.skill), others)
  }
}

function huntBits(asked: Hunt, bits: readonly Uint32Array[]): void {
  const { free } = asked.index
  for (let word = 0; word < free.length; word++) {
    let left = free[word]!
    for (const words of bits) left &= words[word]!
    while (left !== 0) {
      consider(asked, word * 32 + (31 - Math.clz32(left & -left)))
      left &= left - 1
    }
  }
}

function huntList(asked: Hunt, cell: number | undefined, others: readonly number[]): void {
  if (cell === undefined) return
  const { index } = asked
  const { start, postings } = index.cells
  const bits = others.map((skill) => index.holders.get(skill))
  for (let at = start[cell]!; at < start[cell + 1]!; at++) {
    const position = postings[at]! & POSITION
    let holds = isFree(index, position)
    for (let other = 0; holds && other < others.length; other++) {
      const words = bits[other]
      holds = words
        ? ((words[position >>> 5]! >>> (position & 31)) & 1) === 1
        : fitOf(index, position, others[other]!) >= 0
    }
    if (holds) consider(asked, position, postings[at]! >>> NTH)
  }
}

/** Takes a member among the best if every filter lets them and they belong there. May be asked of anybody, any number of times. */
function consider(asked: Hunt, position: number, known = 0): void {
  const { index, skills, language, excluded, most, best } = asked
  if (!isFree(index, position) || excluded?.has(position) || asked.onlyCalm?.has(position)) return
  const rank = index.ranks[position]!
  if (rank < asked.minimumRank || (asked.newcomers && rank > 0)) return
  const answered = asked.answered.length > 0 && asked.answered.includes(position)
  const base = index.base[position]! + (answered ? asked.continuity : 0)
  if (isBeaten(asked, base + asked.widest, position)) return
  const nth = language === null ? 0 : known || nthLanguage(index, position, language)
  if (nth === 0 && language !== null) return
  let fit = 0
  let held = 0
  for (let at = 0; at < skills.length; at++) {
    const own = skills[at] === -1 ? -1 : fitOf(index, position, skills[at]!)
    if (own < 0) continue
    held++
    fit += asked.shares[at]! * own
  }
  if (skills.length > 0 && held < (asked.wider === 0 ? skills.length : asked.wider === 1 ? 1 : 0)) return
  const score = base + index.languageTerms[nth]! + skillUnits(fit, index.weights)
  if (isBeaten(asked, score, position) || best.some((one) => one.position === position)) return
  let place = best.length
  while (place > 0 && isBefore(score, position, best[place - 1]!)) place--
  best.splice(place, 0, { position, score, fit, nth })
  if (best.length > most) best.pop()
}

/** Positions follow ids, so equal scores fall by id. */
const isBefore = (score: number, position: number, other: Found): boolean =>
  score > other.score || (score === other.score && position < other.position)

/** As many as are wanted are better than anybody of this position or a later one with this score or less. */
const isBeaten = ({ best, most }: Hunt, score: number, position: number): boolean =>
  best.length >= most && !isBefore(score, position, best[best.length - 1]!)
