import { DAY, MINUTE } from '../domain/clock.ts'
import { localTime, minuteOfDay } from '../domain/local-time.ts'
import { PRIORITIES, type Priority } from '../domain/roles.ts'

/**
 * When the teams are at work: ISO weekdays (1 is Monday), local times `HH:MM`, and days off as `YYYY-MM-DD`. Hours that
 * close at or before they open run over midnight and belong to the day they begin on.
 */
export type Calendar = { weekdays: readonly number[]; opens: string; closes: string; holidays: readonly string[] }
export type Team = { name: string; responseMinutes: number }

/** What a case's priority makes of its team's response time, and whether the clock stops while the office is shut. */
const CLOCKS: Record<Priority, { share: number; officeHours: boolean }> = {
  urgent: { share: 1 / 4, officeHours: false },
  high: { share: 1 / 2, officeHours: false },
  normal: { share: 1, officeHours: true },
  low: { share: 2, officeHours: true },
}

/** For a team that the settings do not name (any more). */
const USUAL_MINUTES = 240

/** Where a case goes that names no team: the brand's first. */
export const defaultTeam = (teams: readonly Team[]): string => teams[0]?.name ?? 'staff'

/** The instant by which somebody should have answered a case of this team and priority. */
export function caseDueAt(
  openedAt: Date,
  { team, priority }: { team: string; priority: Priority },
  brand: { teams: readonly Team[]; calendar: Calendar; timeZone: string },
): Date {
  const minutes = brand.teams.find(({ name }) => name === team)?.responseMinutes ?? USUAL_MINUTES
  const { share, officeHours } = CLOCKS[priority]
  return officeHours
    ? dueAt(openedAt, minutes * share, brand.calendar, brand.timeZone)
    : new Date(openedAt.getTime() + minutes * share * MINUTE)
}

/**
 * The instant at which `minutes` of office hours have gone by since `openedAt`. Minutes are real ones: a shift with a
 * change of the clocks in it is an hour shorter or longer. A calendar that is never open counts all time.
 * @throws RangeError when the calendar's times are not `HH:MM` (settings are checked where they come in)
 */
export function dueAt(openedAt: Date, minutes: number, calendar: Calendar, timeZone: string): Date {
  const opens = minuteOfDay(calendar.opens)
  const closes = minuteOfDay(calendar.closes)
  if (opens === null || closes === null)
    throw new RangeError(`Office hours are HH:MM, not ${calendar.opens} to ${calendar.closes}`)
  const start = openedAt.getTime()
  let left = minutes * MINUTE
  if (!calendar.weekdays.some((day) => day >= 1 && day <= 7)) return new Date(start + left)
  // From the day before: its hours may run over midnight.
  for (let day = utcDay(localTime(openedAt, timeZone).date) - DAY; ; day += DAY) {
    if (!isWorkingDay(day, calendar)) continue
    const from = Math.max(start, atWall(day + opens * MINUTE, timeZone))
    const to = atWall(day + (closes <= opens ? DAY : 0) + closes * MINUTE, timeZone)
    if (to <= from) continue
    if (to - from >= left) return new Date(from + left)
    left -= to - from
  }
}

const isWorkingDay = (day: number, { weekdays, holidays }: Calendar): boolean =>
  weekdays.includes(new Date(day).getUTCDay() || 7) && !holidays.includes(new Date(day).toISOString().slice(0, 10))

const utcDay = (date: string): number => Date.parse(`${date}T00:00:00Z`)

/**
 * The instant at which a wall clock shows `wall` (written as if it were UTC). A time the clocks skip is read with the
 * offset that held before; of a time they show twice, one is taken.
 */
function atWall(wall: number, timeZone: string): number {
  const offset = (instant: number) => {
    const { date, minuteOfDay } = localTime(new Date(instant), timeZone)
    return utcDay(date) + minuteOfDay * MINUTE - Math.floor(instant / MINUTE) * MINUTE
  }
  const near = wall - offset(wall)
  const exact = wall - offset(near)
  return exact + offset(exact) === wall ? exact : near
}

/** A priority out of what a decision stored, `normal` when it holds none. */
export const priorityOf = (stored: unknown): Priority => PRIORITIES.find((one) => one === stored) ?? 'normal'
