import { sql } from 'drizzle-orm'
import type { BrandTx } from '../../db/client.ts'
import { localMinute } from '../../domain/local-time.ts'
import { asTaken, type TakenRow, takenLately } from '../taken.ts'
import { hadTheirShare, isAngry, MOOD_SPAN, NO_LIMITS, restingUntil, type Taken, type Welfare } from '../welfare.ts'
import type { MembersWelfare } from './contract.ts'

/** Fewer than these, and a figure of all would tell of one. */
const FEWEST = 5
/** Local minutes between which a member should be asleep. */
const NIGHT = { from: 22 * 60, to: 6 * 60 }

export type Helped = { limits: Welfare; taken: Taken[]; timeZone: string }

/** How the last week was for all members together. */
export function welfareOf(members: readonly Helped[], now: Date): MembersWelfare {
  const week = members.map((one) => ({
    ...one,
    taken: one.taken.filter(({ at }) => now.getTime() - at.getTime() < MOOD_SPAN),
  }))
  const active = week.filter(({ taken }) => taken.length > 0)
  const counts = { members: members.length, active: active.length, fewest: FEWEST }
  if (active.length < FEWEST)
    return { ...counts, taken: null, angryShare: null, nightShare: null, resting: null, onlyCalm: null }
  const taken = active.flatMap(({ taken, timeZone }) => taken.map((one) => ({ ...one, timeZone })))
  const share = (some: readonly unknown[]) => some.length / taken.length
  return {
    ...{ ...counts, taken: taken.length },
    angryShare: share(taken.filter(({ anger }) => isAngry(anger))),
    nightShare: share(taken.filter(({ at, timeZone }) => isNight(at, timeZone))),
    resting: inTens(week.filter(({ limits, taken }) => restingUntil(limits, taken, now) !== null)),
    onlyCalm: inTens(week.filter(({ limits, taken }) => hadTheirShare(limits, taken, now))),
  }
}

const inTens = (some: readonly unknown[]): number => Math.floor(some.length / 10) * 10

function isNight(at: Date, timeZone: string): boolean {
  const minute = localMinute(at, timeZone)
  return minute >= NIGHT.from || minute < NIGHT.to
}

/** The members who may be offered something; where one has not said where they are, they are where the brand is. */
export async function helpedLately(tx: BrandTx, now: Date): Promise<Helped[]> {
  const rows = await tx.execute<{ welfare: Partial<Welfare> | null; taken: TakenRow[] | null; timeZone: string }>(sql`
    select m.welfare, (${takenLately(sql`m.id`, now)}) as taken,
      coalesce(m.quiet->>'timeZone', (select time_zone from brand)) as "timeZone"
    from member m
    join membership p on p.user_id = m.user_id and p.role = 'member' and p.standing in ('probation', 'trusted')`)
  return rows.map(({ welfare, taken, timeZone }) => ({
    ...{ limits: { ...NO_LIMITS, ...welfare }, taken: asTaken(taken), timeZone },
  }))
}
