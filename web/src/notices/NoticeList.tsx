import { Button, Group, Stack } from '@mantine/core'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { session } from '../session/queries.ts'
import { Empty } from '../ui/Empty.tsx'
import { ProblemCard } from '../ui/ProblemCard.tsx'
import { Skeletons } from '../ui/Skeletons.tsx'
import { tellRefusal } from '../ui/toast.ts'
import { NoticeLine } from './NoticeLine.tsx'
import { notices, useSeen } from './queries.ts'
import { t } from './t.ts'

export function NoticeList() {
  const list = useInfiniteQuery(notices)
  const me = useQuery(session).data
  const seen = useSeen()
  const items = list.data?.pages.flatMap((page) => page.items) ?? []
  const [newest] = items
  const isMember = me?.memberships.some(({ role }) => role === 'member') ?? false
  return (
    <Stack gap="md">
      {list.isPending && <Skeletons rows={4} height={64} label={t('notices.loading')} />}
      {list.error && <ProblemCard error={list.error} onRetry={() => void list.refetch()} />}
      {list.data && items.length === 0 && (
        <Empty icon="bell" title={t('notices.nothing')}>
          {t('notices.itComesHere')}
        </Empty>
      )}
      {newest && (
        <>
          {items.some((one) => !one.seen) && (
            <Group justify="flex-end">
              <Button
                variant="default"
                loading={seen.isPending}
                onClick={() => seen.mutate(newest.at, { onError: tellRefusal })}
              >
                {t('notices.markAllSeen')}
              </Button>
            </Group>
          )}
          <ul className="card" style={{ listStyle: 'none', margin: 0, padding: 0, overflow: 'hidden' }}>
            {items.map((notice) => (
              <NoticeLine key={notice.id} notice={notice} isMember={isMember} />
            ))}
          </ul>
        </>
      )}
      {list.hasNextPage && (
        <Button variant="default" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t('ui.showOlder')}
        </Button>
      )}
    </Stack>
  )
}
