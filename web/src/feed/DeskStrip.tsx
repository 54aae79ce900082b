import { Anchor, Group, Skeleton, Stack, Switch, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from 'wouter'
import { Chip } from '../ui/Chip.tsx'
import { Countdown } from '../ui/Countdown.tsx'
import { Icon } from '../ui/Icon.tsx'
import { ProblemCard } from '../ui/ProblemCard.tsx'
import { leftWords } from '../ui/time-words.ts'
import { tellRefusal } from '../ui/toast.ts'
import { languageWord, rankWord } from '../ui/words.ts'
import { rich } from '../words/rich.tsx'
import classes from './DeskStrip.module.css'
import { desk, useDeskChange } from './queries.ts'
import { t } from './t.ts'

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
            {t('feed.points', { count: data.points })}
          </Text>
        </div>
      </div>
      {data.nextRank && (
        <Text size="sm" className={classes.next}>
          {rich(t('feed.nextRank'), { rank: <strong>{rankWord(data.nextRank.name)}</strong> })} {data.nextRank.missing}
        </Text>
      )}
      <Text size="sm" className={classes.load}>
        {rich(t('feed.placesInUse'), { load: <strong>{data.load}</strong>, capacity: data.capacity })}
      </Text>
      <Switch
        className={classes.rest ?? ''}
        label={data.paused ? t('feed.restingNothingNewComes') : t('feed.available')}
        checked={!data.paused}
        disabled={change.isPending}
        onChange={(event) => change.mutate({ paused: !event.currentTarget.checked }, { onError: tellRefusal })}
      />
      <Stack gap={6} className={classes.more}>
        <Text size="sm" c="dimmed">
          {t('feed.youAreOffered')}
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
            {t('feed.byYourOwnLimits')}{' '}
            <Countdown
              until={data.restingUntil}
              warnMs={0}
              left={leftWords}
              over={(time) => t('feed.overFor', { time })}
            />
          </Text>
        )}
        {data.onlyCalm && (
          <Text size="sm" c="dimmed">
            {t('feed.noAngryPosts')}
          </Text>
        )}
        {data.quiet && (
          <Text size="sm" c="dimmed">
            {t('feed.quietFromTo', { from: data.quiet.from, to: data.quiet.to, timeZone: data.quiet.timeZone })}
          </Text>
        )}
      </Stack>
      <Anchor component={Link} href="/me" size="sm" className={classes.me ?? ''}>
        {t('feed.skillsHoursAndLimits')}
      </Anchor>
    </div>
  )
}
