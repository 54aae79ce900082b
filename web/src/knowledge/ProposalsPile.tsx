import { Button, Stack } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Empty } from '../ui/Empty.tsx'
import { ProblemCard } from '../ui/ProblemCard.tsx'
import { Skeletons } from '../ui/Skeletons.tsx'
import { ProposalCard } from './ProposalCard.tsx'
import { proposals } from './queries.ts'
import { t } from './t.ts'

/** What people say is wrong with answers, the longest waiting on top. */
export function ProposalsPile() {
  const list = useInfiniteQuery(proposals)
  const items = list.data?.pages.flatMap((page) => page.items) ?? []
  return (
    <Stack gap="md">
      {list.isPending && <Skeletons rows={3} height={180} label={t('knowledge.loading')} />}
      {list.error && <ProblemCard error={list.error} onRetry={() => void list.refetch()} />}
      {items.map((one) => (
        <ProposalCard key={one.id} proposal={one} />
      ))}
      {list.data && items.length === 0 && (
        <Empty icon="check" title={t('knowledge.noCorrectionWaits')}>
          {t('knowledge.whoSeesSomething')}
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
