import type { MatchingPolicy } from '../../rules/matching.ts'
import { MINUTE } from '../domain/clock.ts'
import type { MemberProfile } from '../domain/member.ts'
import { addLoad, setTime } from './changes.ts'
import { indexMembers } from './lay-out.ts'
import { picksFor, type Seeking, type Usual } from './offers.ts'

export type ForecastSettings = {
  /** How the version tried matches: its weights, its ladder, the share of newcomers. */
  policy: MatchingPolicy
  usual: Usual
  /** The day of the brand's calendar an instant lies in. */
  dayOf: (at: Date) => string
}

/** Quiet hours and the hour of the week are looked at so often. */
const LOOK_MS = 15 * MINUTE

export type MemberLoad = { id: string; offers: number; busiestDay: number }
/** `nobody`: mentions that none of today's members could have taken at that moment. `members`: only who was offered any. */
export type Forecast = { offered: number; nobody: number; members: MemberLoad[] }

/**
 * Who would have been offered what: mentions of the past, in the order of time, each handed out once by the function
 * that hands out live, over members as they stand now, all of them free at the beginning. An offer holds its place
 * until it ends, which is the most it can. Pure but for the state it keeps.
 */
export function openForecast(members: readonly MemberProfile[], { policy, usual, dayOf }: ForecastSettings) {
  const free = members.map((member) => ({ ...member, load: 0, restingUntil: null, onlyCalm: false }))
  const index = indexMembers(free, new Date(0), policy.weights)
  const held: { until: number; member: string }[] = []
  const days = new Map<string, Map<string, number>>()
  let [offered, nobody, looked, freed] = [0, 0, Number.NaN, 0]

  /** Frees the places whose time is over by now. */
  const moveTo = (at: Date): void => {
    for (; freed < held.length && (held[freed]?.until ?? 0) <= at.getTime(); freed++)
      addLoad(index, held[freed]?.member ?? '', -1)
    const look = Math.floor(at.getTime() / LOOK_MS)
    if (look !== looked) setTime(index, at)
    looked = look
  }
  /** Kept in the order in which they end; most of them end last. */
  const hold = (member: string, until: number): void => {
    let place = held.length
    while (place > freed && (held[place - 1]?.until ?? 0) > until) place--
    held.splice(place, 0, { member, until })
  }

  return {
    offer(at: Date, seeking: Seeking): void {
      moveTo(at)
      const picks = picksFor(seeking, index, policy, usual, at)
      if (picks.length === 0) nobody++
      else offered++
      const day = dayOf(at)
      for (const { ranked, expiresAt } of picks) {
        hold(ranked.member, expiresAt.getTime())
        const ofMember = days.get(ranked.member) ?? new Map<string, number>()
        days.set(ranked.member, ofMember.set(day, (ofMember.get(day) ?? 0) + 1))
      }
    },
    result(): Forecast {
      const loads = [...days].map(([id, ofDays]): MemberLoad => {
        const counts = [...ofDays.values()]
        return { id, offers: counts.reduce((sum, one) => sum + one, 0), busiestDay: Math.max(...counts) }
      })
      return { offered, nobody, members: loads.sort((a, b) => b.offers - a.offers || (a.id < b.id ? -1 : 1)) }
    },
  }
}
