import type { MemberProfile } from '../domain/member.ts'
import { moveMember, refreshAll, refreshMember } from './cells.ts'
import {
  fitIn,
  heldSkills,
  isFree,
  limit,
  type MemberIndex,
  positionOf,
  quietKey,
  spokenLanguages,
  stand,
} from './members.ts'
import { accountKeys } from './need.ts'
import { isQuiet } from './quiet-hours.ts'
import { hourOf, timelyIn } from './response.ts'

/** Notes in the running copy that a member took (`by` 1) or gave back (−1) a place. */
export function addLoad(index: MemberIndex, id: string, by: number): void {
  const position = positionOf(index, id)
  if (position !== null) setLoadAt(index, position, index.loads[position]! + by)
}

/** Puts in the running copy what a member holds now. */
export function setLoad(index: MemberIndex, id: string, load: number): void {
  const position = positionOf(index, id)
  if (position !== null) setLoadAt(index, position, load)
}

/** The same from a row, and no guess any more. */
export function confirmLoad(index: MemberIndex, id: string, load: number): void {
  setLoad(index, id, load)
  index.guessed.delete(id)
}

function setLoadAt(index: MemberIndex, position: number, load: number): void {
  if (index.loads[position] === load) return
  const was = { free: isFree(index, position), base: index.base[position]! }
  index.loads[position] = load
  index.guessed.add(index.members[position]!.id)
  stand(index, position)
  moveMember(index, position, was)
}

/** From so many changes on, one pass over everything costs less than member by member: a share of all members. */
const MANY = 0.02

/**
 * Moves the index to another instant: who is awake is asked again, once for each quiet hours there are, whose own limits
 * end is free, and when the hour is another, how likely each answers in time.
 */
export function setTime(index: MemberIndex, at: Date): void {
  const hour = hourOf(at)
  const anew = hour !== index.hour
  index.hour = hour
  const changed: number[] = []
  for (const group of index.quiet.values()) {
    const awake = !isQuiet(group.quiet, at)
    if (awake === group.awake) continue
    group.awake = awake
    for (const position of group.positions) {
      index.awake[position] = awake ? 1 : 0
      changed.push(position)
    }
  }
  for (const [position, until] of index.resting) {
    if (until > at.getTime()) continue
    index.resting.delete(position)
    changed.push(position)
  }
  if (anew) for (const [position, member] of index.members.entries()) index.timely[position] = timelyIn(member, hour)
  const all = anew || changed.length > index.size * MANY
  for (const position of anew ? index.members.keys() : changed) {
    const was = { free: isFree(index, position), base: index.base[position]! }
    stand(index, position)
    if (!all) moveMember(index, position, was)
  }
  if (all) refreshAll(index)
}

/**
 * Puts a member's row as it is now in place of what was known of them.
 * @returns false when that takes a new layout: somebody new, other skills, languages, hours or accounts
 */
export function putMember(index: MemberIndex, member: MemberProfile): boolean {
  const position = positionOf(index, member.id)
  const known = position === null ? undefined : index.members[position]
  if (position === null || !known || shapeOf(known) !== shapeOf(member)) return false
  const rank = index.ranks[position]!
  index.rankCounts[rank]!--
  index.rankCounts[member.rank]!++
  index.ranks[position] = member.rank
  index.loads[position] = member.load
  index.capacities[position] = member.capacity
  index.members[position] = member
  index.guessed.delete(member.id)
  index.timely[position] = timelyIn(member, index.hour)
  for (const [nth, skill] of heldSkills(member).entries())
    index.fits[index.skillStart[position]! + nth] = fitIn(member, skill)
  limit(index, position)
  stand(index, position)
  refreshMember(index, position)
  return true
}

/** What the layout rests on. */
const shapeOf = (member: MemberProfile): string =>
  JSON.stringify([
    heldSkills(member),
    spokenLanguages(member),
    member.quiet && quietKey(member.quiet),
    member.handles.flatMap(accountKeys),
  ])
