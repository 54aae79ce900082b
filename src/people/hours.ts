import { DAY, HOUR } from '../domain/clock.ts'
import type { Response } from '../domain/member.ts'

export const HOURS_OF_WEEK = 168

/** Habits change: what was seen so long ago counts half. */
export const HABIT_HALF_LIFE = 60 * DAY

/** Hours since the epoch to hour of the week: 1 January 1970 was a Thursday. */
const THURSDAY = 72

/** The hour of the week in UTC, 0–167 from Monday 00:00. */
export const hourOfWeek = (atMs: number): number => {
  const hour = (Math.floor(atMs / HOUR) + THURSDAY) % HOURS_OF_WEEK
  return hour < 0 ? hour + HOURS_OF_WEEK : hour
}

/** What is expected of a brand nobody has answered for yet: an open offer is claimed within two hours, on average. */
export const FIRST_RATE = 0.5
/** How many offer-hours that expectation, the community's and the pace count for, before what was seen outweighs them. */
const PRIOR_HOURS = { overall: 20, community: 20, member: 4 }
/** Claims expected before a member's own pace counts as much as the community's. */
const PRIOR_CLAIMS = 4

/** Claims and offer-hours by hour of the week, three numbers each, as in `Response.own`. */
export type Cells = Float32Array

/**
 * Claims an open offer meets with in an hour, by hour of the week. Counts of claims are Poisson and rates Gamma, so that
 * an hour's rate is (k·r + claims) / (k + offer-hours), where r is the rate over all hours, got in the same way.
 */
export function communityRates(members: readonly Cells[]): Float32Array {
  const claims = new Float64Array(HOURS_OF_WEEK)
  const open = new Float64Array(HOURS_OF_WEEK)
  for (const cells of members)
    for (let at = 0; at + 2 < cells.length; at += 3) {
      claims[cells[at]!] = claims[cells[at]!]! + cells[at + 1]! // hours are 0–167, and cells come in threes
      open[cells[at]!] = open[cells[at]!]! + cells[at + 2]!
    }
  const overall = posterior(FIRST_RATE, PRIOR_HOURS.overall, sum(claims), sum(open))
  return Float32Array.from(claims, (count, hour) => posterior(overall, PRIOR_HOURS.community, count, open[hour]!))
}

/** Hours that offers stood open with a member, over the whole week; decayed. To the precision it is kept with. */
export function hoursAsked(response: Response | null): number {
  const own = response?.own ?? new Float32Array()
  let hours = 0
  for (let at = 2; at < own.length; at += 3) hours += own[at]!
  return Math.fround(hours)
}

/** How much readier than the community a member is: claims over those to be expected, drawn towards 1 while there are few. */
export function paceOf(own: Cells, community: Float32Array): number {
  let claims = 0
  let expected = 0
  for (let at = 0; at + 2 < own.length; at += 3) {
    claims += own[at + 1]!
    expected += community[own[at]!]! * own[at + 2]!
  }
  return (PRIOR_CLAIMS + claims) / (PRIOR_CLAIMS + expected)
}

/** Claims an open offer of this member meets with in an hour, in one hour of the week: their own, drawn towards the community's at their pace. */
export function rateIn({ community, pace, own }: Response, hour: number): number {
  const expected = community[hour]! * pace // 168 hours, `hourOfWeek` gives no other
  for (let at = 0; at + 2 < own.length; at += 3)
    if (own[at] === hour) return posterior(expected, PRIOR_HOURS.member, own[at + 1]!, own[at + 2]!)
  return expected
}

const posterior = (prior: number, hours: number, claims: number, open: number): number =>
  (prior * hours + claims) / (hours + open)

const sum = (numbers: Float64Array): number => numbers.reduce((all, one) => all + one, 0)
