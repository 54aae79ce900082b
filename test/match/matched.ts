import type { MemberProfile } from '../../src/domain/member.ts'
import { addLoad } from '../../src/match/changes.ts'
import { indexMembers } from '../../src/match/lay-out.ts'
import { matchIn, type Search } from '../../src/match/match.ts'
import { DEFAULT_WEIGHTS, type Need, type Ranked } from '../../src/match/need.ts'

/** The best members for one mention, laid out for it alone. */
export const match = (need: Need, members: readonly MemberProfile[], at: Date, search: Search): Ranked[] =>
  matchIn(indexMembers(members, at, DEFAULT_WEIGHTS), need, search)

/** A page of mentions in order, each member named taking a place. `needs[i]` is answered by the i-th list. */
export function matchPage(
  needs: readonly Need[],
  members: readonly MemberProfile[],
  at: Date,
  search: Search,
): Ranked[][] {
  const index = indexMembers(members, at, DEFAULT_WEIGHTS)
  return needs.map((need) => {
    const ranked = matchIn(index, need, search)
    for (const { member } of ranked) addLoad(index, member, 1)
    return ranked
  })
}
