import type { MemberProfile } from '../domain/member.ts'
import { layCells, POSITION, refreshAll } from './cells.ts'
import {
  fitIn,
  heldSkills,
  limit,
  type MemberIndex,
  type QuietGroup,
  quietKey,
  spokenLanguages,
  stand,
} from './members.ts'
import { accountKeys, DEFAULT_WEIGHTS, type Weights } from './need.ts'
import { isQuiet } from './quiet-hours.ts'
import { hourOf, timelyIn } from './response.ts'
import { languageUnits } from './score.ts'

/** Lays out members for matching at an instant. Costs some microseconds a member; keep it, and change it in place. */
export function indexMembers(
  rows: readonly MemberProfile[],
  at: Date,
  weights: Weights = DEFAULT_WEIGHTS,
): MemberIndex {
  if (rows.length > POSITION) throw new RangeError(`A brand has at most ${POSITION} members, not ${rows.length}`)
  const members = [...rows].sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0))
  const size = members.length
  const held = layLists(members, heldSkills)
  const spoken = layLists(members, spokenLanguages)
  const ranks = Uint8Array.from(members, ({ rank }) => rank)
  const laid = {
    ...{ size, members, weights },
    accounts: accountsOf(members),
    skillNames: [...held.ids.keys()],
    skillOf: held.ids,
    languageOf: spoken.ids,
    skillStart: held.start,
    skillIds: held.values,
    fits: Float32Array.from(members.flatMap((member) => heldSkills(member).map((skill) => fitIn(member, skill)))),
    languageStart: spoken.start,
    languageIds: spoken.values,
    loads: Int32Array.from(members, ({ load }) => load),
    capacities: Int32Array.from(members, ({ capacity }) => capacity),
    ranks,
    rankCounts: countsOf(ranks),
    timely: Float32Array.from(members, (member) => timelyIn(member, hourOf(at))),
    hour: hourOf(at),
    awake: new Uint8Array(size).fill(1),
    free: new Uint32Array(Math.ceil(size / 32)),
    base: new Int32Array(size),
    languageTerms: Int32Array.from({ length: 256 }, (_, nth) => languageUnits(nth, weights)),
    holders: commonBits(size, held),
    speakers: commonBits(size, spoken),
    quiet: quietGroups(members),
    resting: new Map<number, number>(),
    onlyCalm: new Set<number>(),
    guessed: new Set<string>(),
  }
  const index: MemberIndex = { ...laid, cells: layCells(laid) }
  for (const group of index.quiet.values()) {
    group.awake = !isQuiet(group.quiet, at)
    if (!group.awake) for (const position of group.positions) index.awake[position] = 0
  }
  for (let position = 0; position < size; position++) {
    limit(index, position)
    stand(index, position)
  }
  refreshAll(index)
  return index
}

/** Numbers for names, and the list of each member from `start` of the position. */
type Lists = { ids: Map<string, number>; start: Uint32Array; values: Uint16Array }

/** The first number stands for no name. */
function layLists(members: readonly MemberProfile[], listOf: (member: MemberProfile) => string[]): Lists {
  const ids = new Map([['', 0]])
  const start = new Uint32Array(members.length + 1)
  const values: number[] = []
  for (const [position, member] of members.entries()) {
    for (const name of listOf(member)) {
      let id = ids.get(name)
      if (id === undefined) {
        id = ids.size
        ids.set(name, id)
      }
      values.push(id)
    }
    start[position + 1] = values.length
  }
  if (ids.size > 0xffff) throw new RangeError('More different skills or languages than can be told apart')
  return { ids, start, values: Uint16Array.from(values) }
}

/** A set of bits for each number that more than one member in 32 has on their list. */
function commonBits(size: number, { ids, start, values }: Lists): Map<number, Uint32Array> {
  const counts = new Uint32Array(ids.size)
  for (const id of values) counts[id]!++
  const bits = new Map<number, Uint32Array>()
  for (const [id, count] of counts.entries()) if (count * 32 > size) bits.set(id, new Uint32Array(Math.ceil(size / 32)))
  for (let position = 0; position < size; position++)
    for (let at = start[position]!; at < start[position + 1]!; at++) {
      const words = bits.get(values[at]!)
      if (words) words[position >>> 5]! |= 1 << (position & 31)
    }
  return bits
}

function accountsOf(members: readonly MemberProfile[]): Map<string, number[]> {
  const accounts = new Map<string, number[]>()
  for (const [position, { handles }] of members.entries())
    for (const key of handles.flatMap(accountKeys)) {
      const known = accounts.get(key)
      if (known) known.push(position)
      else accounts.set(key, [position])
    }
  return accounts
}

function quietGroups(members: readonly MemberProfile[]): Map<string, QuietGroup> {
  const groups = new Map<string, QuietGroup>()
  for (const [position, { quiet }] of members.entries()) {
    if (!quiet) continue
    const group = groups.get(quietKey(quiet)) ?? { quiet, positions: [], awake: true }
    group.positions.push(position)
    groups.set(quietKey(quiet), group)
  }
  return groups
}

function countsOf(ranks: Uint8Array): Uint32Array {
  const counts = new Uint32Array(256)
  for (const rank of ranks) counts[rank]!++
  return counts
}
