import { locale } from '../words/language.ts'
import { t } from '../words/t.ts'

const STEPS: [Intl.RelativeTimeFormatUnit, number][] = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
]

const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto', style: 'short' })

/** "3 hr. ago", "in 2 days"; under a minute "just now", as seconds only make a list flicker. */
export function agoWords(at: number, now: number): string {
  const away = at - now
  for (const [unit, ms] of STEPS) if (Math.abs(away) >= ms) return relative.format(Math.trunc(away / ms), unit)
  return t('ui.justNow')
}

/** "1 h 05 min", "12 min", "40 s"; whole units, rounded down, never negative. */
export function spanWords(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1_000))
  if (seconds < 60) return t('ui.spanSeconds', { seconds })
  const minutes = Math.floor(seconds / 60)
  if (minutes < 60) return t('ui.spanMinutes', { minutes })
  const hours = Math.floor(minutes / 60)
  if (hours < 48) return t('ui.spanHours', { hours, minutes: String(minutes % 60).padStart(2, '0') })
  return t('ui.spanDays', { count: Math.floor(hours / 24) })
}

export const leftWords = (time: string): string => t('ui.timeLeft', { time })
export const lateWords = (time: string): string => t('ui.lateBy', { time })
