import { Button, Stack } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Empty } from '../ui/Empty.tsx'
import { ProblemCard } from '../ui/ProblemCard.tsx'
import { Skeletons } from '../ui/Skeletons.tsx'
import { ApprovalCard } from './ApprovalCard.tsx'
import { HeldCard } from './HeldCard.tsx'
import { approvals } from './queries.ts'
import { t } from './t.ts'
import { UnclearCard } from './UnclearCard.tsx'

/** Newcomers' replies, each read by a person before it goes out (F4), and those of which nobody knows yet whether they stand (F6). */
export function Approvals() {
  const list = useInfiniteQuery(approvals)
  const waiting = list.data?.pages.flatMap((page) => page.items) ?? []
  if (list.isPending) return <Skeletons height={180} label={t('inbox.loadingTheReplies')} />
  return (
    <Stack gap="md" maw={waiting.length > 0 ? 820 : 'none'}>
      {list.error && <ProblemCard error={list.error} onRetry={() => void list.refetch()} />}
      {waiting.map((reply) =>
        reply.state === 'unknown' ? (
          <UnclearCard key={reply.id} reply={reply} />
        ) : reply.state === 'pending' ? (
          <HeldCard key={reply.id} reply={reply} />
        ) : (
          <ApprovalCard key={reply.id} reply={reply} />
        ),
      )}
      {list.data && waiting.length === 0 && (
        <Empty icon="check" title={t('inbox.nothingWaits')}>
          {t('inbox.repliesOfMembers')}
        </Empty>
      )}
      {list.hasNextPage && (
        <Button variant="default" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t('ui.showMore')}
        </Button>
      )}
    </Stack>
  )
}
