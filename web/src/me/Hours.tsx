import { Text } from '@mantine/core'
import type { MyBeliefs } from '../../../src/feed/contract.ts'
import { byDayHour, clock, hoursWords } from './belief-words.ts'
import classes from './Hours.module.css'

/** The hours in which one claims, in a sentence and as bars. */
export function Hours({ hours }: { hours: MyBeliefs['hours'] }) {
  const day = byDayHour(hours, -new Date().getTimezoneOffset())
  return (
    <figure className={classes.figure}>
      <Text component="figcaption" size="sm">
        {hoursWords(day)}
      </Text>
      <div className={classes.chart} aria-hidden="true">
        {day.map(({ hour, share }) => (
          <span key={hour} title={clock(hour)} style={{ height: `${Math.round(4 + 96 * share)}%` }} />
        ))}
      </div>
      <div className={classes.axis} aria-hidden="true">
        {[0, 6, 12, 18].map((hour) => (
          <span key={hour}>{clock(hour)}</span>
        ))}
      </div>
    </figure>
  )
}
