import type { MyBeliefs } from '../../../src/feed/contract.ts'
import { t } from './t.ts'

type Skill = MyBeliefs['skills'][number]

/** How likely an answer is a good one, in a word. */
export function fitWord(fit: number): string {
  if (fit >= 0.8) return t('me.veryGood')
  if (fit >= 0.6) return t('me.good')
  return fit >= 0.4 ? t('me.middling') : t('me.notYourStrongest')
}

/** What the belief rests on: “12 accepted, 4 thanked, 1 sent back”. */
export function evidenceWords(skill: Skill): string {
  const said = [
    [skill.accepted, 'me.accepted'],
    [skill.thanked, 'me.thanked'],
    [skill.corrected, 'me.changedByAReader'],
    [skill.returned, 'me.sentBack'],
    [skill.complained, 'me.didNotHelp'],
    [skill.passed, 'me.passedAsNotYours'],
  ] as const
  const seen = said.filter(([times]) => times > 0).map(([times, key]) => t(key, { count: times }))
  return seen.length > 0 ? seen.join(', ') : t('me.noAnswersYetItGoes')
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
  if (best.length === 0) return t('me.nothingClaimedSoFar')
  const first = best[0]!.hour // filtered above
  const seen = day.filter(({ claims }) => claims > 0).length
  return t('me.youClaimMost', { from: clock(first), to: clock(first + 1), count: seen })
}

export const clock = (hour: number): string => `${String(hour % 24).padStart(2, '0')}:00`
