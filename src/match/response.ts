import { HOUR, MINUTE } from '../domain/clock.ts'
import type { MemberProfile } from '../domain/member.ts'
import { FIRST_RATE, hourOfWeek, rateIn } from '../people/hours.ts'

/** What matching calls in time: what the community has of the two hours after which an author should have an answer. */
const IN_TIME = 90 * MINUTE

/**
 * How likely an answer in time is from the beginning of an hour on; matching takes it for the whole hour. To four
 * places, for it is kept with every look for takers.
 */
export const timelyIn = (member: Pick<MemberProfile, 'response'>, hour: number): number =>
  Math.round(timely(member, new Date(hour * HOUR), IN_TIME) * 1e4) / 1e4

export const hourOf = (at: Date): number => Math.floor(at.getTime() / HOUR)

/**
 * How likely it is that the member claims an offer made at `at` within `withinMs`, in [0,1]: 1 − exp(−Σ rate · hours)
 * over the hours of the week that the time runs through, claims being a Poisson process whose rate is steady within an
 * hour. The rates are Gamma posteriors, drawn towards the community's (`src/people/hours.ts`).
 */
export function timely(member: Pick<MemberProfile, 'response'>, at: Date, withinMs: number): number {
  const { response } = member
  const end = at.getTime() + withinMs
  let claims = 0
  for (let from = at.getTime(); from < end; ) {
    const to = Math.min(end, (Math.floor(from / HOUR) + 1) * HOUR)
    const rate = response ? rateIn(response, hourOfWeek(from)) : FIRST_RATE
    claims += (rate * (to - from)) / HOUR
    from = to
  }
  return 1 - Math.exp(-claims)
}
