import { ANGRY_FROM } from '../domain/classification.ts'
import { DAY, HOUR, MINUTE } from '../domain/clock.ts'

/** Limits a member has set for themselves (P8); null: none. They keep offers away; what is claimed all the same is. */
export type Welfare = {
  /** Mentions taken within an hour, and within a day, after which nothing is offered until fewer are. */
  mostAnHour: number | null
  mostADay: number | null
  /** Hours within a week that mentions were held, after which nothing is offered until they are fewer. */
  mostHoursAWeek: number | null
  /** Of the mentions taken within a week, no larger share may be angry, in [0,1]; 0: none at all. */
  angryShare: number | null
  /** After taking an angry one nothing is offered for so many minutes. */
  breakMinutes: number | null
}

export const NO_LIMITS: Welfare = {
  mostAnHour: null,
  mostADay: null,
  mostHoursAWeek: null,
  angryShare: null,
  breakMinutes: null,
}

/** A mention that a member took, by claiming it or from staff. `anger` in [0,1]; null: nobody knows. `until`: null while it is held. */
export type Taken = { at: Date; until?: Date | null; anger: number | null }

/** One mention counts as no more work than this: an answer may wait for its reader for days. */
const LONGEST_WORK = 30 * MINUTE

/** Nothing taken longer ago than this counts for anything here. */
export const MOOD_SPAN = 7 * DAY

export const isAngry = (anger: number | null): boolean => anger !== null && anger >= ANGRY_FROM

/** Until when a member’s own limits keep offers away, should they take nothing more; null: they do not. */
export function restingUntil(
  { mostAnHour, mostADay, mostHoursAWeek, breakMinutes }: Welfare,
  taken: readonly Taken[],
  now: Date,
): Date | null {
  const latest = taken.map(({ at }) => at.getTime()).sort((a, b) => b - a)
  const angry = taken.filter(({ anger }) => isAngry(anger)).map(({ at }) => at.getTime())
  const ends = [
    ...(mostAnHour === null ? [] : [fallsBelow(latest, mostAnHour, HOUR)]),
    ...(mostADay === null ? [] : [fallsBelow(latest, mostADay, DAY)]),
    ...(mostHoursAWeek === null ? [] : [workFallsBelow(taken, mostHoursAWeek * HOUR, now)]),
    ...(breakMinutes === null || angry.length === 0 ? [] : [Math.max(...angry) + breakMinutes * MINUTE]),
  ]
  const end = Math.max(...ends, 0)
  return end > now.getTime() ? new Date(end) : null
}

/** When fewer than `most` of these instants, latest first, will lie within the span before. */
const fallsBelow = (latest: readonly number[], most: number, span: number): number => {
  const oldest = latest[most - 1]
  return oldest === undefined ? 0 : oldest + span
}

/** When the time held within the week before will be less than `mostMs`; what is being held counts as it stands now. */
const workFallsBelow = (taken: readonly Taken[], mostMs: number, now: Date): number => {
  let held = 0
  for (const { at, until } of [...taken].sort((a, b) => b.at.getTime() - a.at.getTime())) {
    held += Math.min((until ?? now).getTime() - at.getTime(), LONGEST_WORK)
    if (held >= mostMs) return at.getTime() + MOOD_SPAN
  }
  return 0
}

/** Whether one more angry mention would be more than the member’s share of them within a week. */
export function hadTheirShare({ angryShare }: Welfare, taken: readonly Taken[], now: Date): boolean {
  if (angryShare === null) return false
  const week = taken.filter(({ at }) => now.getTime() - at.getTime() < MOOD_SPAN)
  return (week.filter(({ anger }) => isAngry(anger)).length + 1) / (week.length + 1) > angryShare
}
