import type { MyBeliefs } from '../../../src/feed/contract.ts'
import { plural } from '../ui/words.ts'

type Skill = MyBeliefs['skills'][number]

/** How likely an answer is a good one, in a word. */
export function fitWord(fit: number): string {
  if (fit >= 0.8) return 'very good'
  if (fit >= 0.6) return 'good'
  return fit >= 0.4 ? 'middling' : 'not your strongest'
}

/** What the belief rests on: “12 accepted, 4 thanked, 1 sent back”. */
export function evidenceWords(skill: Skill): string {
  const said = [
    [skill.accepted, 'accepted'],
    [skill.thanked, 'thanked'],
    [skill.corrected, 'changed by a reader'],
    [skill.returned, 'sent back'],
    [skill.complained, 'did not help'],
    [skill.passed, 'passed as not yours'],
  ] as const
  const seen = said.filter(([times]) => times > 0).map(([times, word]) => `${times} ${word}`)
  return seen.length > 0 ? seen.join(', ') : 'no answers yet: it goes by what you said of yourself'
}

/** One hour of the local day over all days of the week. `share`: of the day’s most claims, 0 to 1. */
export type DayHour = { hour: number; claims: number; open: number; share: number }

/**
 * Hours of the week in UTC laid over one local day of 24 hours.
 * @param offsetMinutes local time less UTC, now; halves of hours go to the hour they begin in
 */
export function byDayHour(hours: MyBeliefs['hours'], offsetMinutes: number): DayHour[] {
  const day = Array.from({ length: 24 }, (_, hour) => ({ hour, claims: 0, open: 0, share: 0 }))
  for (const { hour, claims, open } of hours) {
    const at = day[(((hour + Math.floor(offsetMinutes / 60)) % 24) + 24) % 24]! // 0 to 23
    at.claims += claims
    at.open += open
  }
  const most = Math.max(...day.map(({ claims }) => claims))
  return day.map((one) => ({ ...one, share: most > 0 ? one.claims / most : 0 }))
}

/** The chart in a sentence, for whoever does not see it. */
export function hoursWords(day: readonly DayHour[]): string {
  const best = day.filter(({ share }) => share === 1)
  if (best.length === 0) return 'Nothing claimed so far.'
  const first = best[0]!.hour // filtered above
  const seen = day.filter(({ claims }) => claims > 0).length
  return `You claim most from ${clock(first)} to ${clock(first + 1)}, and have claimed in ${plural(seen, 'hour')} of the day.`
}

export const clock = (hour: number): string => `${String(hour % 24).padStart(2, '0')}:00`
