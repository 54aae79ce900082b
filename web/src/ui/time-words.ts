const STEPS: [Intl.RelativeTimeFormatUnit, number][] = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
]

const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto', style: 'short' })

/** "3 hr. ago", "in 2 days"; under a minute "just now", as seconds only make a list flicker. */
export function agoWords(at: number, now: number): string {
  const away = at - now
  for (const [unit, ms] of STEPS) if (Math.abs(away) >= ms) return relative.format(Math.trunc(away / ms), unit)
  return 'just now'
}

/** "1 h 05 min", "12 min", "40 s"; whole units, rounded down, never negative. */
export function spanWords(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1_000))
  if (seconds < 60) return `${seconds} s`
  const minutes = Math.floor(seconds / 60)
  if (minutes < 60) return `${minutes} min`
  const hours = Math.floor(minutes / 60)
  if (hours < 48) return `${hours} h ${String(minutes % 60).padStart(2, '0')} min`
  return `${Math.floor(hours / 24)} days`
}
