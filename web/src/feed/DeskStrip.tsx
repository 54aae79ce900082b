import { Group, Skeleton, Stack, Switch, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Chip } from '../ui/Chip.tsx'
import { Countdown } from '../ui/Countdown.tsx'
import { Disclosure } from '../ui/Disclosure.tsx'
import { Icon } from '../ui/Icon.tsx'
import { ProblemCard } from '../ui/ProblemCard.tsx'
import { tellRefusal } from '../ui/toast.ts'
import { count, languageWord, rankWord } from '../ui/words.ts'
import { AvoidedAuthors } from './AvoidedAuthors.tsx'
import { Beliefs } from './Beliefs.tsx'
import classes from './DeskStrip.module.css'
import { Limits } from './Limits.tsx'
import { desk, useDeskChange } from './queries.ts'

/** Where one stands: rank, points and the way to the next, how much one carries, and the switch to rest. */
export function DeskStrip() {
  const { data, error, refetch } = useQuery(desk)
  const change = useDeskChange()
  if (error && !data) return <ProblemCard error={error} onRetry={() => void refetch()} />
  if (!data) return <Skeleton height={96} radius="lg" />
  return (
    <div className={`card ${classes.desk}`}>
      <div className={classes.standing}>
        <span className={classes.star}>
          <Icon name="star" size={22} />
        </span>
        <div>
          <Text fw={650}>{rankWord(data.rank)}</Text>
          <Text size="sm" c="dimmed">
            {count(data.points)} points
          </Text>
        </div>
      </div>
      {data.nextRank && (
        <Text size="sm" className={classes.next}>
          Next: <strong>{rankWord(data.nextRank.name)}</strong>. {data.nextRank.missing}
        </Text>
      )}
      <Text size="sm" className={classes.load}>
        <strong>{data.load}</strong> of {data.capacity} places in use
      </Text>
      <Switch
        className={classes.rest ?? ''}
        label={data.paused ? 'Resting: nothing new comes' : 'Available'}
        checked={!data.paused}
        disabled={change.isPending}
        onChange={(event) => change.mutate({ paused: !event.currentTarget.checked }, { onError: tellRefusal })}
      />
      <Stack gap={6} className={classes.more}>
        <Text size="sm" c="dimmed">
          You are offered
        </Text>
        <Group gap={6}>
          {data.languages.map((tag) => (
            <Chip key={tag} icon="globe">
              {languageWord(tag)}
            </Chip>
          ))}
          {data.skills.map(({ skill }) => (
            <Chip key={skill} colour="violet">
              {skill}
            </Chip>
          ))}
        </Group>
        {data.restingUntil && (
          <Text size="sm">
            By your own limits nothing new comes:{' '}
            <Countdown until={data.restingUntil} warnMs={0} left="left" over="over for" />
          </Text>
        )}
        {data.onlyCalm && (
          <Text size="sm" c="dimmed">
            No angry posts for now, by your own share of them.
          </Text>
        )}
        {data.quiet && (
          <Text size="sm" c="dimmed">
            Quiet from {data.quiet.from} to {data.quiet.to} ({data.quiet.timeZone})
          </Text>
        )}
      </Stack>
      <div className={classes.beliefs}>
        <Disclosure label="How your answers count">
          <Beliefs />
        </Disclosure>
        <Disclosure label="My limits">
          <Limits desk={data} />
        </Disclosure>
        <Disclosure label="Authors you avoid">
          <AvoidedAuthors />
        </Disclosure>
      </div>
    </div>
  )
}
