import { DAY, HOUR } from '../domain/clock.ts'

/** Days of history a usual rate needs, and the days it is taken from. */
const LEAST_DAYS = 3
export const USUAL_DAYS = 14
/** So unlikely has a silence to be before anybody is told of it. */
const RARE = 0.001

/**
 * Whether a source is silent against its usual rate, in words; null: it is not, or nobody knows its rate yet. Were posts
 * independent of each other (Poisson), a silence of t at a rate of r would come with chance exp(−r·t); posts come in
 * crowds, nights are quiet, so the chance is asked to be one in a thousand and the silence to last six hours.
 * @param perDay mentions of each of the days before today, as far back as there were any
 */
export function silenceOf(perDay: readonly number[], quietSince: Date | null, now: Date): string | null {
  if (perDay.length < LEAST_DAYS || quietSince === null) return null
  const rate = perDay.reduce((sum, n) => sum + n, 0) / perDay.length
  const quietMs = now.getTime() - quietSince.getTime()
  if (quietMs < 6 * HOUR || Math.exp((-rate * quietMs) / DAY) > RARE) return null
  const hours = Math.floor(quietMs / HOUR)
  return `Silent for ${hours} hours; it usually brings ${rate < 10 ? rate.toFixed(1) : Math.round(rate)} posts a day. Look whether its account, its words and the network are as they were.`
}

const ADVICE: Record<string, string> = {
  'rate-limited': 'There is nothing to do: it waits and goes on from where it stopped.',
  quota: 'It goes on by itself when the allowance is renewed. Ask for a larger one, or listen to less.',
  'network-down': 'There is nothing to do: it tries again. If this lasts, look whether the network has trouble.',
  'bad-response': 'There is nothing to do: it tries again. If this lasts, look whether the network has trouble.',
  timeout: 'There is nothing to do: it tries again. If this lasts, look whether the network has trouble.',
  auth: 'Link its account again, or put in a new token.',
  scope: 'Link its account again and allow what is missing.',
  refused: 'Change its settings or what it listens to: the network refuses it as it is.',
  gone: 'Look whether its address and its account are still there.',
  'cursor-expired': 'There is nothing to do: it began anew, and the gap is counted.',
}

/** What to do about a failure of this kind. */
export const adviceFor = (kind: string | null): string => ADVICE[kind ?? ''] ?? ADVICE['network-down']!
