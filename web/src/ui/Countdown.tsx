import { Text } from '@mantine/core'
import { Icon } from './Icon.tsx'
import { spanWords } from './time-words.ts'
import { useNow } from './use-now.ts'

/**
 * Time left until `until`, in words, red when `warnMs` or less remain. Not announced as it ticks: a screen reader
 * reads it when asked.
 */
export function Countdown({
  until,
  warnMs,
  left,
  over,
}: {
  until: string
  warnMs: number
  left: (time: string) => string
  over: (time: string) => string
}) {
  const now = useNow(1_000)
  const ms = new Date(until).getTime() - now
  const late = ms <= 0
  return (
    <Text
      component="span"
      size="sm"
      fw={ms <= warnMs ? 650 : 500}
      c={ms <= warnMs ? 'var(--mantine-color-error)' : 'dimmed'}
      role="timer"
      style={{
        display: 'inline-flex',
        alignItems: 'center',
        gap: 4,
        fontVariantNumeric: 'tabular-nums',
      }}
    >
      <Icon name={ms <= warnMs ? 'warning' : 'clock'} size={15} />
      {late ? over(spanWords(-ms)) : left(spanWords(ms))}
    </Text>
  )
}
