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

const WHO: Record<AnsweredBy, string> = {
  community: 'answered by the community',
  staff: 'answered by staff',
  none: 'not answered yet',
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
      title={answeredBy ? `Posts ${WHO[answeredBy]}` : 'Posts counted'}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {list.isPending && <Skeletons rows={5} height={80} label="Loading the posts" />}
      {list.error && <ProblemCard error={list.error} onRetry={() => void list.refetch()} />}
      {list.data && items.length === 0 && <Empty icon="check" title="None in this period" />}
      <Stack component="ul" gap="sm" p={0} m={0} style={{ listStyle: 'none' }}>
        {items.map((item) => (
          <li key={item.mentionId} style={{ borderBottom: '1px solid var(--line)', paddingBottom: 10 }}>
            <Text size="sm" c="dimmed">
              <bdi>{item.authorHandle}</bdi> · {networkWord(item.network)} · <Ago at={item.receivedAt} />
            </Text>
            <HostileText text={item.text} size="sm" />
            <Text size="sm" fw={550}>
              {WHO[item.answeredBy]}
              {item.minutes !== null && ` after ${spanWords(item.minutes * 60_000)}`}
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
          Show older
        </Button>
      )}
    </Drawer>
  )
}
