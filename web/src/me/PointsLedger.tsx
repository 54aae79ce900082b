import { Button, Group, Text, Title } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { points } from '../board/queries.ts'
import { causeWord } from '../points/cause-words.ts'
import { Ago } from '../ui/Ago.tsx'
import { ProblemCard } from '../ui/ProblemCard.tsx'
import { t } from './t.ts'

/** Every entry of one's own account with its reason; a claw-back is an entry too (P1). */
export function PointsLedger() {
  const list = useInfiniteQuery(points)
  const entries = list.data?.pages.flatMap((page) => page.items) ?? []
  if (list.error) return <ProblemCard error={list.error} onRetry={() => void list.refetch()} />
  if (entries.length === 0) return null
  return (
    <section style={{ marginTop: 32 }}>
      <Title order={2} size="h4" mb="sm">
        {t('me.whereYourPointsCome')}
      </Title>
      <ul className="card" style={{ margin: 0, padding: '4px 18px', listStyle: 'none' }}>
        {entries.map((entry, place) => (
          <li key={entry.id} style={{ padding: '10px 0', borderTop: place > 0 ? '1px solid var(--line)' : 0 }}>
            <Group justify="space-between" wrap="nowrap">
              <div>
                <Text>{entry.reason}</Text>
                <Text size="sm" c="dimmed">
                  {causeWord(entry.cause)} · <Ago at={entry.at} />
                </Text>
              </div>
              <Text fw={700} style={{ whiteSpace: 'nowrap' }}>
                {entry.points < 0 ? '−' : '+'}
                {Math.abs(entry.points)}
              </Text>
            </Group>
          </li>
        ))}
      </ul>
      {list.hasNextPage && (
        <Button mt="sm" variant="default" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t('ui.showOlder')}
        </Button>
      )}
    </section>
  )
}
