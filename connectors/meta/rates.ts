import { z } from 'zod'
import { HOUR, MINUTE } from '../../src/domain/clock.ts'
import type { Rate } from '../connector.ts'

const percent = z.number().nonnegative().default(0)
const Usage = z.object({ call_count: percent, total_time: percent, total_cputime: percent })
const Business = z.record(
  z.string(),
  z.array(
    Usage.extend({
      type: z.string().default('pages'),
      estimated_time_to_regain_access: z.number().nonnegative().default(0),
    }),
  ),
)

/** From three quarters of what Meta allows on, we wait. */
const ENOUGH_PERCENT = 75
/** Meta counts over a sliding hour and names no moment at which it begins anew; so the usage is looked at again after this. */
const LOOK_AGAIN_MS = 10 * MINUTE

/** What `X-App-Usage` and `X-Business-Use-Case-Usage` say, in percent used and minutes to wait. */
export function ratesOf(headers: Headers, now: Date): Rate[] {
  const app = Usage.safeParse(json(headers.get('x-app-usage'))).data
  const business = Business.safeParse(json(headers.get('x-business-use-case-usage'))).data ?? {}
  return [
    ...(app ? [rate('app', 'graph', app, 0, now)] : []),
    ...Object.values(business)
      .flat()
      .map((one) => rate('account', one.type, one, one.estimated_time_to_regain_access, now)),
  ]
}

function rate(scope: Rate['scope'], key: string, usage: z.infer<typeof Usage>, minutes: number, now: Date): Rate {
  const used = Math.max(usage.call_count, usage.total_time, usage.total_cputime)
  const waitMs = minutes > 0 ? Math.min(minutes * MINUTE, 24 * HOUR) : LOOK_AGAIN_MS
  const remaining = minutes > 0 ? 0 : Math.max(0, Math.floor(ENOUGH_PERCENT - used))
  return { scope, key, limit: ENOUGH_PERCENT, remaining, resetAt: new Date(now.getTime() + waitMs) }
}

function json(text: string | null): unknown {
  try {
    return JSON.parse(text ?? '')
  } catch {
    return null
  }
}
