import { Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { ProblemCard } from '../ui/ProblemCard.tsx'
import { Skeletons } from '../ui/Skeletons.tsx'
import classes from './Beliefs.module.css'
import { byDayHour, clock, evidenceWords, fitWord, hoursWords } from './belief-words.ts'
import { beliefs } from './queries.ts'

/** What is believed of one's answers by skill and what it rests on, and the hours in which one claims. */
export function Beliefs() {
  const { data, error, refetch } = useQuery(beliefs)
  if (error && !data) return <ProblemCard error={error} onRetry={() => void refetch()} />
  if (!data) return <Skeletons rows={1} height={80} label="Loading what is known of your answers" />
  const day = byDayHour(data.hours, -new Date().getTimezoneOffset())
  return (
    <Stack gap="sm">
      {data.skills.length === 0 && <Text size="sm">You have no skills set down yet; an admin can add them.</Text>}
      <ul className={classes.skills}>
        {data.skills.map((skill) => (
          <Text key={skill.skill} component="li" size="sm">
            <strong>{skill.skill}</strong>: {fitWord(skill.fit)}.{' '}
            <Text component="span" size="sm" c="dimmed">
              {evidenceWords(skill)}
            </Text>
          </Text>
        ))}
      </ul>
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
    </Stack>
  )
}
