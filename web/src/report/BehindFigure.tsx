import { Button, Drawer, Stack, Text } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Ago } from '../ui/Ago.tsx'
import { Empty } from '../ui/Empty.tsx'
import { HostileText } from '../ui/HostileText.tsx'
import { ProblemCard } from '../ui/ProblemCard.tsx'
import { Skeletons } from '../ui/Skeletons.tsx'
import { spanWords } from '../ui/time-words.ts'
import { networkWord } from '../ui/words.ts'
import { type AnsweredBy, behind, type Question } from './queries.ts'
import type { Key } from './t.ts'
import { t } from './t.ts'

const WHO: Record<AnsweredBy, string> = {
  community: t('report.answeredByTheCommunity'),
  staff: t('report.answeredByStaff'),
  none: t('report.notAnsweredYet'),
}

const POSTS: Record<AnsweredBy, Key> = {
  community: 'report.postsOfTheCommunity',
  staff: 'report.postsOfStaff',
  none: 'report.postsWithoutAnswer',
}

/** The posts a figure counted. */
export function BehindFigure({
  question,
  answeredBy,
  onClose,
}: {
  question: Question
  answeredBy: AnsweredBy | null
  onClose: () => void
}) {
  const list = useInfiniteQuery(behind(question, answeredBy))
  const items = list.data?.pages.flatMap((page) => page.items) ?? []
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size="lg"
      title={answeredBy ? t(POSTS[answeredBy]) : t('report.postsCounted')}
      closeButtonProps={{ 'aria-label': t('ui.close') }}
    >
      {list.isPending && <Skeletons rows={5} height={80} label={t('report.loadingThePosts')} />}
      {list.error && <ProblemCard error={list.error} onRetry={() => void list.refetch()} />}
      {list.data && items.length === 0 && <Empty icon="check" title={t('report.noneInThisPeriod')} />}
      <Stack component="ul" gap="sm" p={0} m={0} style={{ listStyle: 'none' }}>
        {items.map((item) => (
          <li key={item.mentionId} style={{ borderBottom: '1px solid var(--line)', paddingBottom: 10 }}>
            <Text size="sm" c="dimmed">
              <bdi>{item.authorHandle}</bdi> · {networkWord(item.network)} · <Ago at={item.receivedAt} />
            </Text>
            <HostileText text={item.text} size="sm" />
            <Text size="sm" fw={550}>
              {item.minutes === null
                ? WHO[item.answeredBy]
                : t('report.answeredAfter', { who: WHO[item.answeredBy], time: spanWords(item.minutes * 60_000) })}
            </Text>
          </li>
        ))}
      </Stack>
      {list.hasNextPage && (
        <Button
          mt="md"
          fullWidth
          variant="default"
          loading={list.isFetchingNextPage}
          onClick={() => void list.fetchNextPage()}
        >
          {t('ui.showOlder')}
        </Button>
      )}
    </Drawer>
  )
}
