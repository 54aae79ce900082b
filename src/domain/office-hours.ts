import { DAY, MINUTE } from './clock.ts'
import { type LocalTime, localTime, minuteOfDay } from './local-time.ts'

/** From one local time to another, `HH:MM`. What closes at or before it opens runs over midnight. */
export type Hours = { opens: string; closes: string }

/**
 * When the teams are at work: ISO weekdays (1 is Monday), their hours in local time, and days off as `YYYY-MM-DD`. Hours
 * over midnight belong to the day they begin on.
 */
export type Calendar = Hours & {
  weekdays: readonly number[]
  holidays: readonly string[]
  /** Hours of single weekdays, where they differ from the usual ones; by the number of the weekday. */
  days?: Readonly<Record<string, Hours>> | undefined
}

/** The hours of a weekday (1–7 from Monday); null: nobody works then. */
export const hoursOn = (calendar: Calendar, weekday: number): Hours | null =>
  calendar.weekdays.includes(weekday) ? (calendar.days?.[weekday] ?? calendar) : null

/** The hours of a day, as minutes of it; null: nobody works then. @throws RangeError for hours that are no times */
function shiftOf(date: string, weekday: number, calendar: Calendar): { opens: number; closes: number } | null {
  const hours = hoursOn(calendar, weekday)
  if (!hours || calendar.holidays.includes(date)) return null
  return minutesOf(hours)
}

function minutesOf(hours: Hours): { opens: number; closes: number } {
  const [opens, closes] = [minuteOfDay(hours.opens), minuteOfDay(hours.closes)]
  if (opens === null || closes === null)
    throw new RangeError(`Office hours are HH:MM, not ${hours.opens} to ${hours.closes}`)
  return { opens, closes }
}

/**
 * Is somebody at work? Hours that close when they open last the whole day. Told by the brand's wall, so clocks that
 * change change nothing else.
 */
export function isOpen({ date, weekday, minuteOfDay: now }: LocalTime, calendar: Calendar): boolean {
  minutesOf(calendar)
  const today = shiftOf(date, weekday, calendar)
  if (today && today.opens < today.closes && now >= today.opens && now < today.closes) return true
  if (today && today.opens >= today.closes && (now >= today.opens || today.opens === today.closes)) return true
  const before = shiftOf(dateOf(utcDay(date) - DAY), weekday === 1 ? 7 : weekday - 1, calendar)
  return before !== null && before.opens > before.closes && now < before.closes
}

/**
 * The instant at which `minutes` of office hours have gone by since `openedAt`. Minutes are real ones: a shift with a
 * change of the clocks in it is an hour shorter or longer. A calendar that is never open counts all time.
 * @throws RangeError when the calendar's times are not `HH:MM` (settings are checked where they come in)
 */
export function dueAt(openedAt: Date, minutes: number, calendar: Calendar, timeZone: string): Date {
  minutesOf(calendar)
  let start = openedAt.getTime()
  let left = minutes * MINUTE
  if (!calendar.weekdays.some((day) => day >= 1 && day <= 7)) return new Date(start + left)
  // From the day before: its hours may run over midnight.
  for (let day = utcDay(localTime(openedAt, timeZone).date) - DAY; ; day += DAY) {
    const shift = shiftOf(dateOf(day), new Date(day).getUTCDay() || 7, calendar)
    if (!shift) continue
    const from = Math.max(start, atWall(day + shift.opens * MINUTE, timeZone))
    const to = atWall(day + (shift.closes <= shift.opens ? DAY : 0) + shift.closes * MINUTE, timeZone)
    if (to <= from) continue
    if (to - from >= left) return new Date(from + left)
    // Of hours that reach into the next day's, what both have counts once.
    left -= to - from
    start = to
  }
}

const utcDay = (date: string): number => Date.parse(`${date}T00:00:00Z`)
const dateOf = (day: number): string => new Date(day).toISOString().slice(0, 10)

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
