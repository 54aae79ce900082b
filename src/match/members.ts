import type { MemberProfile } from '../domain/member.ts'
import { accountKey, foldHandle, speaks } from './need.ts'
import { isQuiet } from './quiet-hours.ts'

/** Who holds a skill: all of them, by language, and how well, by position; level 0 is not at all. */
type Skill = { all: number[]; byLanguage: Map<string, number[]>; levels: Float64Array }

/**
 * A brand's members laid out for matching a page of mentions. Positions stand for members, in the order of their ids,
 * so that ties fall the same way whatever order the rows came in. `awake` and `loads` change as time and offers go on;
 * the rest stands.
 */
export type MemberIndex = {
  readonly members: readonly MemberProfile[]
  readonly positions: ReadonlyMap<string, number>
  /** Folded handle → members with such a handle on some network. */
  readonly handles: ReadonlyMap<string, readonly number[]>
  /** Members who are not paused: everyone, by language, by skill. */
  readonly everyone: readonly number[]
  readonly byLanguage: ReadonlyMap<string, readonly number[]>
  readonly skills: ReadonlyMap<string, Skill>
  /** By language and position: 1 for the first language of a member, 2 for the second …; 0 is not spoken. */
  readonly spoken: ReadonlyMap<string, Uint8Array>
  /** 1 while the member is outside quiet hours. */
  readonly awake: Uint8Array
  readonly loads: Int32Array
  readonly capacities: Int32Array
  readonly ranks: Int32Array
}

/** Lays out members for matching at an instant. Costs one pass; do it once a page, not once a mention. */
export function indexMembers(rows: readonly MemberProfile[], at: Date): MemberIndex {
  const members = [...rows].sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0))
  const size = members.length
  const byLanguage = new Map<string, number[]>()
  const skills = new Map<string, Skill>()
  const spoken = new Map<string, Uint8Array>()
  const handles = new Map<string, number[]>()
  const everyone: number[] = []
  for (const [position, member] of members.entries()) {
    for (const { handle } of member.handles) push(handles, foldHandle(handle), position)
    if (member.paused) continue
    everyone.push(position)
    const languages: string[] = []
    for (const tag of member.languages) {
      const language = speaks(tag)
      if (languages.includes(language)) continue
      languages.push(language)
      push(byLanguage, language, position)
      const column = spoken.get(language) ?? new Uint8Array(size)
      column[position] = languages.length
      spoken.set(language, column)
    }
    for (const { skill, level } of member.skills) {
      const holders: Skill = skills.get(skill) ?? { all: [], byLanguage: new Map(), levels: new Float64Array(size) }
      skills.set(skill, holders)
      if (level <= 0 || holders.levels[position] !== 0) continue
      holders.levels[position] = level
      holders.all.push(position)
      for (const language of languages) push(holders.byLanguage, language, position)
    }
  }
  const index: MemberIndex = {
    ...{ members, handles, everyone, byLanguage, skills, spoken },
    positions: new Map(members.map(({ id }, position) => [id, position])),
    awake: new Uint8Array(size),
    loads: Int32Array.from(members, ({ load }) => load),
    capacities: Int32Array.from(members, ({ capacity }) => capacity),
    ranks: Int32Array.from(members, ({ rank }) => rank),
  }
  setTime(index, at)
  return index
}

/** Moves the index to another instant: who is awake is asked again, everything else stays. */
export function setTime(index: MemberIndex, at: Date): void {
  for (const [position, member] of index.members.entries()) index.awake[position] = isQuiet(member.quiet, at) ? 0 : 1
}

/** Notes in the running copy that a member took (`by` 1) or gave back (−1) a place. */
export function addLoad(index: MemberIndex, id: string, by: number): void {
  const position = index.positions.get(id)
  if (position !== undefined) index.loads[position] = (index.loads[position] ?? 0) + by
}

/** Positions of those who hold a skill and speak the language; null: whatever they speak. */
export function holders(index: MemberIndex, skill: string, language: string | null): readonly number[] {
  const found = index.skills.get(skill)
  return (language === null ? found?.all : found?.byLanguage.get(language)) ?? []
}

/** Positions of those whose own account this is. */
export function withAccount(index: MemberIndex, account: { network: string; handle: string }): readonly number[] {
  const named = index.handles.get(foldHandle(account.handle)) ?? []
  const key = accountKey(account)
  return named.filter((position) => index.members[position]?.handles.some((own) => accountKey(own) === key))
}

function push(lists: Map<string, number[]>, key: string, position: number): void {
  const list = lists.get(key)
  if (list) list.push(position)
  else lists.set(key, [position])
}
