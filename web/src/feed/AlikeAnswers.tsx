import { Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Ago } from '../ui/Ago.tsx'
import { Chip } from '../ui/Chip.tsx'
import { HostileText } from '../ui/HostileText.tsx'
import { ProblemCard } from '../ui/ProblemCard.tsx'
import { Skeletons } from '../ui/Skeletons.tsx'
import { rich } from '../words/rich.tsx'
import { alike } from './queries.ts'
import { t } from './t.ts'

/** What others have answered to posts that say the same. */
export function AlikeAnswers({ offerId }: { offerId: string }) {
  const { data, error, refetch } = useQuery(alike(offerId))
  if (error && !data) return <ProblemCard error={error} onRetry={() => void refetch()} />
  if (!data) return <Skeletons rows={1} height={60} label={t('feed.loadingTheAnswers')} />
  if (data.items.length === 0)
    return (
      <Text size="sm" c="dimmed">
        {t('feed.nobodyHasAnswered')}
      </Text>
    )
  return (
    <Stack gap="sm">
      {data.items.map(({ id, text, by, to, thanked, at }) => (
        <div key={id}>
          <Text size="sm" c="dimmed">
            {rich(t('feed.answeredTo'), {
              by: by === null ? t('feed.staff') : <bdi>{by}</bdi>,
              to: <bdi>@{to}</bdi>,
              ago: <Ago at={at} />,
            })}{' '}
            {thanked && (
              <Chip icon="praise" colour="teal">
                {t('feed.wasThanked')}
              </Chip>
            )}
          </Text>
          <HostileText text={text} size="sm" />
        </div>
      ))}
    </Stack>
  )
}
