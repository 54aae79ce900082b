import { Button, Stack, Text } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Link } from 'wouter'
import type { LoungeThread } from '../../../src/lounge/contract.ts'
import { Ago } from '../ui/Ago.tsx'
import { Chip } from '../ui/Chip.tsx'
import { Empty } from '../ui/Empty.tsx'
import { ProblemCard } from '../ui/ProblemCard.tsx'
import { Skeletons } from '../ui/Skeletons.tsx'
import { rich } from '../words/rich.tsx'
import { BeginThread } from './BeginThread.tsx'
import { threads } from './queries.ts'
import { t } from './t.ts'

/** The threads, those with the newest message on top, and the way to begin one. */
export function ThreadList() {
  const list = useInfiniteQuery(threads)
  const [beginning, setBeginning] = useState(false)
  const items = list.data?.pages.flatMap((page) => page.items) ?? []
  if (list.error && !list.data) return <ProblemCard error={list.error} onRetry={() => void list.refetch()} />
  if (!list.data) return <Skeletons rows={4} height={72} label={t('lounge.loadingThreads')} />
  return (
    <Stack gap="sm">
      {beginning ? (
        <BeginThread onClose={() => setBeginning(false)} />
      ) : (
        <Button onClick={() => setBeginning(true)} style={{ alignSelf: 'flex-start' }}>
          {t('lounge.beginAThread')}
        </Button>
      )}
      {items.length > 0 ? (
        <Stack
          component="ul"
          gap="xs"
          style={{ listStyle: 'none', margin: 0, padding: 0 }}
          aria-label={t('lounge.threads')}
        >
          {items.map((one) => (
            <ThreadLine key={one.id} thread={one} />
          ))}
        </Stack>
      ) : (
        <Empty icon="replies" title={t('lounge.nobodySaidAnything')}>
          {t('lounge.beginWithAQuestion')}
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

function ThreadLine({ thread: { id, title, author, count, closed, lastAt } }: { thread: LoungeThread }) {
  return (
    <li>
      <Link
        href={`/lounge/${id}`}
        className="card"
        style={{ display: 'block', padding: '12px 16px', color: 'inherit', textDecoration: 'none' }}
      >
        <Text component="span" display="block" fw={600} dir="auto" className="hostile">
          {title ?? t('lounge.titleTakenAway')}
        </Text>
        <Text component="span" display="block" size="sm" c="dimmed">
          {rich(t('lounge.begunBy'), { name: <bdi className="hostile">{author}</bdi> })} ·{' '}
          {t('lounge.messages', { count })} · <Ago at={lastAt} />
        </Text>
        {closed !== null && <Chip icon="lock">{t('lounge.closed')}</Chip>}
      </Link>
    </li>
  )
}
