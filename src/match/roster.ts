import type { Clock } from '../domain/clock.ts'
import type { MemberProfile } from '../domain/member.ts'
import { indexMembers, type MemberIndex } from './members.ts'

/** Members of each brand laid out for matching, read again when older than `maxAgeMs`; the claim statement, not this, decides. */
export type Roster = {
  of: (brandId: string, load: () => Promise<MemberProfile[]>) => Promise<MemberIndex>
  /** Reads the brand's members anew next time: a page found somebody full whom this thought free. */
  forget: (brandId: string) => void
}

export function openRoster(clock: Clock, maxAgeMs = 2_000): Roster {
  const kept = new Map<string, { index: MemberIndex; at: number }>()
  return {
    async of(brandId, load) {
      const now = clock.now()
      const known = kept.get(brandId)
      if (known && Math.abs(now.getTime() - known.at) < maxAgeMs) return known.index
      const index = indexMembers(await load(), now)
      kept.set(brandId, { index, at: now.getTime() })
      return index
    },
    forget: (brandId) => void kept.delete(brandId),
  }
}
