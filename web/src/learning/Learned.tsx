import { Button, Stack, Text, Title } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Empty } from '../ui/Empty.tsx'
import { HostileText } from '../ui/HostileText.tsx'
import { ProblemCard } from '../ui/ProblemCard.tsx'
import { Skeletons } from '../ui/Skeletons.tsx'
import { CorrectionLine } from './CorrectionLine.tsx'
import { Effect } from './Effect.tsx'
import { corrections } from './queries.ts'
import { t } from './t.ts'

/** What people taught the model, what that is worth, and a way back from each piece of it. */
export function Learned() {
  const list = useInfiniteQuery(corrections)
  const items = list.data?.pages.flatMap((page) => page.items) ?? []
  return (
    <Stack gap="lg">
      <Effect />
      <section aria-labelledby="what-was-learned">
        <Title order={2} size="h5" mb="xs" id="what-was-learned">
          {t('learning.whatWasLearned')}
        </Title>
        {list.isPending && <Skeletons rows={4} height={64} label={t('learning.loadingWhatWasLearned')} />}
        {list.error && <ProblemCard error={list.error} onRetry={() => void list.refetch()} />}
        {list.data && items.length === 0 && (
          <Empty icon="check" title={t('learning.nobodyHasCorrectedAnything')}>
            {t('learning.correctStandsBesideWhat')}
          </Empty>
        )}
        <Stack component="ol" gap="xs" p={0} m={0} style={{ listStyle: 'none' }}>
          {items.map((item) => (
            <li key={item.id} className="card" style={{ padding: '10px 18px' }}>
              {item.text === '' ? (
                <Text size="sm" c="dimmed">
                  {t('learning.theAuthorHasDeleted')}
                </Text>
              ) : (
                <HostileText text={item.text} size="sm" lineClamp={3} />
              )}
              <CorrectionLine item={item} />
            </li>
          ))}
        </Stack>
        {list.hasNextPage && (
          <Button mt="sm" variant="default" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            {t('ui.showMore')}
          </Button>
        )}
      </section>
    </Stack>
  )
}
