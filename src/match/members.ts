import type { MemberProfile } from '../domain/member.ts'
import type { Cells } from './cells.ts'
import { lowerBound } from './fit.ts'
import { type Account, accountKeys, speaks, type Weights } from './need.ts'
import { standingUnits } from './score.ts'

/** Members who keep the same quiet hours, asked together. */
export type QuietGroup = { quiet: NonNullable<MemberProfile['quiet']>; positions: number[]; awake: boolean }

/**
 * A brand's members laid out for matching. Positions stand for members, in the order of their ids, so that ties fall
 * the same way whatever order the rows came in. What a search touches is in typed arrays, some hundred bytes a member;
 * `members` are the rows themselves. Only the functions of `changes.ts` change anything here.
 */
export type MemberIndex = {
  readonly size: number
  readonly members: MemberProfile[]
  readonly weights: Weights
  /** What accounts are known by → members with such an account. */
  readonly accounts: Map<string, number[]>
  /** The first, `ANYBODY`, is no skill. */
  readonly skillNames: readonly string[]
  readonly skillOf: ReadonlyMap<string, number>
  readonly languageOf: ReadonlyMap<string, number>
  /** Skills held, from `skillStart` of the position, and how well, in [0,1]. */
  readonly skillStart: Uint32Array
  readonly skillIds: Uint16Array
  readonly fits: Float32Array
  /** Languages spoken, best first, from `languageStart` of the position; 0 alone: none. */
  readonly languageStart: Uint32Array
  readonly languageIds: Uint16Array
  readonly loads: Int32Array
  readonly capacities: Int32Array
  readonly ranks: Uint8Array
  readonly rankCounts: Uint32Array
  /** In [0,1]: how likely an answer comes in time, at the instant of `setTime`. */
  readonly timely: Float32Array
  /** 1 while outside quiet hours. */
  readonly awake: Uint8Array
  /** One bit a member: awake, not paused, within their own limits, with a place free. */
  readonly free: Uint32Array
  /** What the member brings to any mention, in units of the score. */
  readonly base: Int32Array
  readonly languageTerms: Int32Array
  /** Bits of the holders, for skills that more than one member in 32 holds; and of the speakers of such languages. */
  readonly holders: ReadonlyMap<number, Uint32Array>
  readonly speakers: ReadonlyMap<number, Uint32Array>
  readonly quiet: Map<string, QuietGroup>
  /** Positions of those whose own limits keep offers away, and until when, in milliseconds since 1970. */
  readonly resting: Map<number, number>
  /** Positions of those who have had their share of angry mentions. */
  readonly onlyCalm: Set<number>
  /** The hour for which `timely` was worked out, in hours since 1970. */
  hour: number
  readonly cells: Cells
  /** Ids of members whose load is what this process thinks it is. */
  readonly guessed: Set<string>
}

/** In place of a skill: whoever speaks the language. */
export const ANYBODY = 0

/** Works out anew what a member brings to any mention and whether they are free; blocks are left as they are. */
export function stand(index: MemberIndex, position: number): void {
  const load = index.loads[position]!
  const capacity = index.capacities[position]!
  const [rank, timely] = [index.ranks[position]!, index.timely[position]!]
  index.base[position] = standingUnits({ load, capacity, rank, timely }, index.weights)
  const mayRest = index.members[position]!.paused || index.resting.has(position)
  const isOpen = index.awake[position] === 1 && load < capacity && !mayRest
  const bit = 1 << (position & 31)
  if (isOpen) index.free[position >>> 5]! |= bit
  else index.free[position >>> 5]! &= ~bit
}

/** Notes what a member’s own limits say; `stand` follows them. */
export function limit({ members, resting, onlyCalm }: MemberIndex, position: number): void {
  const { restingUntil, onlyCalm: calm } = members[position]! // a position of the index
  if (restingUntil) resting.set(position, restingUntil.getTime())
  else resting.delete(position)
  if (calm) onlyCalm.add(position)
  else onlyCalm.delete(position)
}

export const isFree = ({ free }: MemberIndex, position: number): boolean =>
  ((free[position >>> 5]! >>> (position & 31)) & 1) === 1

/** How well a member holds a skill, in [0,1]; −1: not at all. */
export function fitOf({ skillStart, skillIds, fits }: MemberIndex, position: number, skill: number): number {
  for (let at = skillStart[position]!; at < skillStart[position + 1]!; at++)
    if (skillIds[at] === skill) return fits[at]!
  return -1
}

/** Which of a member's languages this is, from 1; 0 when they do not speak it. */
export function nthLanguage({ languageStart, languageIds }: MemberIndex, position: number, language: number): number {
  const first = languageStart[position]!
  for (let at = first; at < languageStart[position + 1]!; at++) if (languageIds[at] === language) return at - first + 1
  return 0
}

/** The position of a member; null when there is none of this id. */
export function positionOf({ members, size }: MemberIndex, id: string): number | null {
  let low = 0
  let high = size
  while (low < high) {
    const middle = (low + high) >>> 1
    if (members[middle]!.id < id) low = middle + 1
    else high = middle
  }
  return members[low]?.id === id ? low : null
}

/** Positions of those whose own account this is. */
export const withAccount = (index: MemberIndex, account: Account): readonly number[] =>
  accountKeys(account).flatMap((key) => index.accounts.get(key) ?? [])

/** Bytes of what a search touches; the rows themselves not counted. */
export function bytesOf(index: MemberIndex): number {
  const { cells, holders, speakers } = index
  const parts: unknown[] = [index, cells]
    .flatMap((one) => Object.values(one))
    .concat(...holders.values(), ...speakers.values())
  return parts.reduce<number>((sum, part) => sum + (ArrayBuffer.isView(part) ? part.byteLength : 0), 0)
}

/** Each skill once, as the first row of it says. */
export const heldSkills = ({ skills }: MemberProfile): string[] => [
  ...new Set(skills.filter(({ level }) => level > 0).map(({ skill }) => skill)),
]

/** First subtags, each once, best first; '' alone for whoever names none. */
export function spokenLanguages({ languages }: MemberProfile): string[] {
  return languages.length === 0 ? [''] : [...new Set(languages.map(speaks))]
}

/** How well a member is taken to hold a skill that they hold: what their fit very likely exceeds. */
export function fitIn({ skills }: MemberProfile, name: string): number {
  const held = skills.find(({ skill, level }) => skill === name && level > 0)
  return held ? lowerBound(held.alpha, held.beta) : 0
}

export const quietKey = ({ from, to, timeZone }: NonNullable<MemberProfile['quiet']>): string =>
  `${from} ${to} ${timeZone}`
