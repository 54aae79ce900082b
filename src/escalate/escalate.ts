import type { Team } from '../domain/case-clock.ts'
import { HOUR, MINUTE } from '../domain/clock.ts'
import { PRIORITIES, type Priority } from '../domain/roles.ts'

/** Where a case goes that names no team: the brand's first. */
export const defaultTeam = (teams: readonly Team[]): string => teams[0]?.name ?? 'staff'

/** A case wakes so long before its clock runs out, whatever was chosen: that is when the pages begin to warn. */
const WAKES_BEFORE = 30 * MINUTE
/** One whose clock is nearer its end than that, or past it, sleeps so long at the most. */
const SHORT_SLEEP = HOUR

/**
 * When a case that is put to sleep wakes again, at the latest. Its clock runs on while it sleeps, so it never sleeps
 * past the warning.
 * @param until what was asked for; null: until the author writes again
 */
export function wakesAt(now: Date, until: Date | null, dueAt: Date): Date {
  const warning = dueAt.getTime() - WAKES_BEFORE
  const latest = warning > now.getTime() ? warning : now.getTime() + SHORT_SLEEP
  return new Date(Math.min(until?.getTime() ?? latest, latest))
}

/** A priority out of what a decision stored, `normal` when it holds none. */
export const priorityOf = (stored: unknown): Priority => PRIORITIES.find((one) => one === stored) ?? 'normal'
