import { Button, Stack } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Empty } from '../ui/Empty.tsx'
import { ProblemCard } from '../ui/ProblemCard.tsx'
import { Skeletons } from '../ui/Skeletons.tsx'
import { triage } from './queries.ts'
import { TriageCard } from './TriageCard.tsx'

/** Mentions no rule could place. */
export function Triage() {
  const list = useInfiniteQuery(triage)
  const waiting = list.data?.pages.flatMap((page) => page.items) ?? []
  if (list.isPending) return <Skeletons height={160} label="Loading what waits for a decision" />
  return (
    <Stack gap="md" maw={waiting.length > 0 ? 820 : 'none'}>
      {list.error && <ProblemCard error={list.error} onRetry={() => void list.refetch()} />}
      {waiting.map((item) => (
        <TriageCard key={item.mentionId} item={item} />
      ))}
      {list.data && waiting.length === 0 && (
        <Empty icon="check" title="Everything has its place">
          What the rules are unsure about comes here.
        </Empty>
      )}
      {list.hasNextPage && (
        <Button variant="default" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          Show more
        </Button>
      )}
    </Stack>
  )
}
