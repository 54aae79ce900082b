import { Text, Title } from '@mantine/core'
import { spanWords } from '../ui/time-words.ts'
import { plural } from '../ui/words.ts'
import classes from './ShareCard.module.css'

type Props = { medianMinutes: number | null; p90Minutes: number | null; count: number; targetHours: number }

const MINUTE_MS = 60_000

/** Time to first response: the middle one, and the one nine in ten do not exceed. */
export function ResponseTime({ medianMinutes, p90Minutes, count, targetHours }: Props) {
  const slow = p90Minutes !== null && p90Minutes > targetHours * 60
  return (
    <section className={`card ${classes.card}`}>
      <Title order={2} size="h5">
        Time to first response
      </Title>
      <p className={classes.figure} data-few={medianMinutes === null || undefined}>
        {medianMinutes !== null
          ? spanWords(medianMinutes * MINUTE_MS)
          : count === 0
            ? 'No answer yet'
            : 'Too few to say'}
      </p>
      {count > 0 && (
        <Text size="sm">
          {medianMinutes === null
            ? `${plural(count, 'answer')} so far; a middle one needs 30.`
            : `The middle one of ${plural(count, 'answer')}`}
        </Text>
      )}
      {p90Minutes !== null && (
        <Text size="sm" c="dimmed">
          Nine in ten within {spanWords(p90Minutes * MINUTE_MS)}: {slow ? 'later than' : 'inside'} the {targetHours} h
          most people expect
        </Text>
      )}
    </section>
  )
}
