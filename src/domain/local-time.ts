import { MINUTE } from './clock.ts'

/** The clock on somebody's wall. `weekday` 1–7 from Monday (ISO 8601), `date` as `YYYY-MM-DD`. */
export type LocalTime = { date: string; weekday: number; minuteOfDay: number }

/** Clocks change at whole quarters of UTC; the last of a few that did not was Casey’s in 2022, a minute past one. */
const QUARTER = 15 * MINUTE

type Zone = { format: Intl.DateTimeFormat; quarter: number; offsetMs: number }
const zones = new Map<string, Zone>()

/**
 * The local time of an instant, by the time zone database inside the JavaScript engine; clock changes included.
 * @throws RangeError for a zone nobody knows: zones are checked where they come in, with `isTimeZone`.
 */
export function localTime(at: Date, timeZone: string): LocalTime {
  const shifted = new Date(at.getTime() + offsetOf(at.getTime(), timeZone))
  return {
    date: shifted.toISOString().slice(0, 10),
    weekday: shifted.getUTCDay() || 7,
    minuteOfDay: shifted.getUTCHours() * 60 + shifted.getUTCMinutes(),
  }
}

/** Minutes since local midnight, when the date does not matter. @throws RangeError as `localTime` does. */
export function localMinute(at: Date, timeZone: string): number {
  const minutes = Math.floor((at.getTime() + offsetOf(at.getTime(), timeZone)) / MINUTE) % 1_440
  return minutes < 0 ? minutes + 1_440 : minutes
}

export function isTimeZone(name: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: name }))
  } catch {
    return false
  }
}

/** `HH:MM` as minutes since midnight; null when it is no time of day. */
export function minuteOfDay(time: string): number | null {
  const match = /^([01]?\d|2[0-3]):([0-5]\d)$/.exec(time)
  return match ? Number(match[1]) * 60 + Number(match[2]) : null
}

/** Milliseconds to add to UTC. Formatting costs microseconds, so the last quarter hour of each zone is remembered. */
function offsetOf(atMs: number, timeZone: string): number {
  const quarter = Math.floor(atMs / QUARTER)
  let zone = zones.get(timeZone)
  if (!zone) {
    const format = new Intl.DateTimeFormat('en-u-ca-iso8601-hc-h23', {
      timeZone,
      ...{ year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric' },
    })
    zone = { format, quarter: Number.NaN, offsetMs: 0 }
    zones.set(timeZone, zone)
  }
  if (zone.quarter !== quarter) {
    const start = quarter * QUARTER
    const part: Record<string, number> = {}
    for (const { type, value } of zone.format.formatToParts(start)) part[type] = Number(value)
    const { year = 1970, month = 1, day = 1, hour = 0, minute = 0 } = part
    zone.offsetMs = Date.UTC(year, month - 1, day, hour, minute) - start
    zone.quarter = quarter
  }
  return zone.offsetMs
}
