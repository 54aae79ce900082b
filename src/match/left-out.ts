import { cellOf, columnsOf, firstColumns, POSITION } from './cells.ts'
import { ANYBODY, isFree, type MemberIndex, positionOf, withAccount } from './members.ts'
import { type Filter, type Need, speaks, type Wider } from './need.ts'

/** How many members each filter keeps from a mention; a member counts under the first that does, in this order. */
export type LeftOut = Partial<Record<Filter, number>>

/**
 * Counts whom the filters of M1 leave out (R7): the language, the skills, then one by one whoever is not free, so that
 * those who may be asked cost a bit each.
 */
export function leftOut(index: MemberIndex, need: Need, wider: Wider): LeftOut {
  const language = need.language === null ? null : (index.languageOf.get(speaks(need.language)) ?? -1)
  const speakers = language === null ? index.size : sizeOf(index, columnsOf(language), ANYBODY)
  const counts = { language: index.size - speakers, skill: 0 } as Record<Filter, number>
  const excluded = excludedBy(index, need)
  let holders = 0
  for (const [word, held] of heldBy(index, language, need, wider).entries()) {
    if (held === 0) continue
    holders += bitCount(held)
    const busy = need.minimumRank > 0 ? held : held & (~index.free[word]! | (excluded.words.get(word) ?? 0))
    for (let left = busy; left !== 0; left &= left - 1) {
      const filter = filterOf(index, word * 32 + (31 - Math.clz32(left & -left)), need, excluded.filters)
      if (filter) counts[filter] = (counts[filter] ?? 0) + 1
    }
  }
  counts.skill = speakers - holders
  return Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0))
}

/** One bit for everybody who speaks the language and holds what is asked for at this width. */
function heldBy(index: MemberIndex, language: number | null, { skills }: Need, wider: Wider): Uint32Array {
  const held = language === null ? everybody(index.size) : bitsOf(index, columnsOf(language), ANYBODY).slice()
  const asked = wider === 2 ? [] : skills.map(({ skill }) => index.skillOf.get(skill) ?? -1)
  const columns = firstColumns(index).flatMap((column) => [column, column + 1])
  const bits = asked.map((skill) => (skill === -1 ? nobody(index.size) : bitsOf(index, columns, skill)))
  if (bits.length === 0) return held
  for (let word = 0; word < held.length; word++) {
    let holds = bits[0]![word]! // there is a first
    for (const others of bits) holds = wider === 0 ? holds & others[word]! : holds | others[word]!
    held[word]! &= holds
  }
  return held
}

const nobody = (size: number): Uint32Array => new Uint32Array(Math.ceil(size / 32))

function everybody(size: number): Uint32Array {
  const all = nobody(size).fill(0xffffffff)
  if (size % 32 !== 0) all[all.length - 1] = 2 ** (size % 32) - 1
  return all
}

/** Those in these columns of a skill: as laid out where they are many, else from their postings. */
function bitsOf(index: MemberIndex, columns: readonly number[], skill: number): Uint32Array {
  const known = skill === ANYBODY ? index.speakers.get(columns[0]! >>> 1) : index.holders.get(skill)
  if (known) return known
  const bits = nobody(index.size)
  const { start, postings } = index.cells
  for (const column of columns) {
    const cell = cellOf(index, column, skill)
    if (cell === undefined) continue
    for (let at = start[cell]!; at < start[cell + 1]!; at++) {
      const position = postings[at]! & POSITION // one more start than cells
      bits[position >>> 5]! |= 1 << (position & 31)
    }
  }
  return bits
}

const sizeOf = (index: MemberIndex, columns: readonly number[], skill: number): number =>
  columns.reduce((sum, column) => {
    const cell = cellOf(index, column, skill)
    return cell === undefined ? sum : sum + index.cells.start[cell + 1]! - index.cells.start[cell]!
  }, 0)

/** Bits set in a word (Warren, Hacker’s Delight, 5-1). */
function bitCount(word: number): number {
  const pairs = word - ((word >>> 1) & 0x55555555)
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333)
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
}

/** Members who may not be offered this one mention, with the filter, and their bits by word. */
type Excluded = { filters: ReadonlyMap<number, Filter>; words: ReadonlyMap<number, number> }

function excludedBy(index: MemberIndex, { author, passed, blocked, asked = [], angry }: Need): Excluded {
  const filters = new Map<number, Filter>()
  const words = new Map<number, number>()
  const add = (position: number | null, filter: Filter) => {
    if (position === null || filters.has(position)) return
    filters.set(position, filter)
    words.set(position >>> 5, (words.get(position >>> 5) ?? 0) | (1 << (position & 31)))
  }
  if (author) for (const position of withAccount(index, author)) add(position, 'author')
  for (const id of passed) add(positionOf(index, id), 'passed')
  for (const id of blocked) add(positionOf(index, id), 'blocked')
  for (const id of asked) add(positionOf(index, id), 'asked')
  if (angry) for (const position of index.onlyCalm) add(position, 'mood')
  return { filters, words }
}

function filterOf(
  index: MemberIndex,
  position: number,
  need: Need,
  excluded: ReadonlyMap<number, Filter>,
): Filter | null {
  if (index.ranks[position]! < need.minimumRank) return 'rank'
  const filter = excluded.get(position)
  if (filter) return filter
  if (index.awake[position] === 0) return 'quiet hours'
  if (index.loads[position]! >= index.capacities[position]!) return 'capacity'
  if (index.resting.has(position)) return 'limits'
  return isFree(index, position) ? null : 'paused'
}
