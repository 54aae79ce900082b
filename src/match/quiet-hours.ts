import { localMinute, minuteOfDay } from '../domain/local-time.ts'
import type { MemberProfile } from '../domain/member.ts'

/**
 * Is it a quiet hour on this member's wall clock? `from` is within, `to` is not; quiet that runs over midnight has
 * `from` after `to`; the same time twice means never. When clocks go back, the hour that comes twice is quiet twice.
 */
export function isQuiet(quiet: MemberProfile['quiet'], at: Date): boolean {
  if (!quiet) return false
  const from = minuteOfDay(quiet.from)
  const to = minuteOfDay(quiet.to)
  if (from === null || to === null) throw new RangeError(`Quiet hours are HH:MM, not ${quiet.from} to ${quiet.to}`)
  const now = localMinute(at, quiet.timeZone)
  return from <= to ? now >= from && now < to : now >= from || now < to
}
