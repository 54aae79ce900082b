import { Button, Stack } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Empty } from '../ui/Empty.tsx'
import { ProblemCard } from '../ui/ProblemCard.tsx'
import { Skeletons } from '../ui/Skeletons.tsx'
import { triage } from './queries.ts'
import { TriageCard } from './TriageCard.tsx'
import { t } from './t.ts'

/** Mentions no rule could place. */
export function Triage() {
  const list = useInfiniteQuery(triage)
  const waiting = list.data?.pages.flatMap((page) => page.items) ?? []
  if (list.isPending) return <Skeletons height={160} label={t('inbox.loadingWhatWaits')} />
  return (
    <Stack gap="md" maw={waiting.length > 0 ? 820 : 'none'}>
      {list.error && <ProblemCard error={list.error} onRetry={() => void list.refetch()} />}
      {waiting.map((item) => (
        <TriageCard key={item.mentionId} item={item} />
      ))}
      {list.data && waiting.length === 0 && (
        <Empty icon="check" title={t('inbox.everythingHasItsPlace')}>
          {t('inbox.whatTheRules')}
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
