import type { Capabilities } from '../../connectors/connector.ts'
import { DAY, HOUR } from '../domain/clock.ts'

/** Asked so much earlier than a network's terms have it, so that a late answer is still in time. */
const IN_GOOD_TIME = 0.75
const SOONEST = 1 * HOUR
const LATEST = 7 * DAY

/**
 * When the network of a post is asked (again) whether it still stands (L7). Posts are taken back most in their first
 * hours, so the wait grows with their age, within what the terms allow. Null: the network tells by itself, or cannot.
 */
export function recheckAt(capabilities: Capabilities | null, receivedAt: Date, now: Date): Date | null {
  if (capabilities?.listen.deletes !== 'recheck') return null
  const { deleteWithinHours } = capabilities
  const most = deleteWithinHours === null ? LATEST : deleteWithinHours * HOUR * IN_GOOD_TIME
  const age = now.getTime() - receivedAt.getTime()
  return new Date(now.getTime() + Math.min(Math.max(age, SOONEST), most))
}
