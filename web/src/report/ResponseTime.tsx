import { Text, Title } from '@mantine/core'
import { spanWords } from '../ui/time-words.ts'
import classes from './ShareCard.module.css'
import { t } from './t.ts'

type Props = { medianMinutes: number | null; p90Minutes: number | null; count: number; targetHours: number }

const MINUTE_MS = 60_000

/** Time to first response: the middle one, and the one nine in ten do not exceed. */
export function ResponseTime({ medianMinutes, p90Minutes, count, targetHours }: Props) {
  const slow = p90Minutes !== null && p90Minutes > targetHours * 60
  return (
    <section className={`card ${classes.card}`}>
      <Title order={2} size="h5">
        {t('report.timeToFirstResponse')}
      </Title>
      <p className={classes.figure} data-few={medianMinutes === null || undefined}>
        {medianMinutes !== null
          ? spanWords(medianMinutes * MINUTE_MS)
          : count === 0
            ? t('report.noAnswerYet')
            : t('report.tooFewToSay')}
      </p>
      {count > 0 && (
        <Text size="sm">
          {medianMinutes === null ? t('report.answerSoFar', { count }) : t('report.theMiddleOne', { count })}
        </Text>
      )}
      {p90Minutes !== null && (
        <Text size="sm" c="dimmed">
          {t(slow ? 'report.nineInTenLater' : 'report.nineInTenInside', {
            time: spanWords(p90Minutes * MINUTE_MS),
            hours: targetHours,
          })}
        </Text>
      )}
    </section>
  )
}
