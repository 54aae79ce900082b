import { Button, Code, Group, Stack, Text, Title } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import type { FailedJob } from '../../../src/system/contract.ts'
import { Ago } from '../ui/Ago.tsx'
import { Disclosure } from '../ui/Disclosure.tsx'
import { HostileText } from '../ui/HostileText.tsx'
import { ProblemCard } from '../ui/ProblemCard.tsx'
import { Skeletons } from '../ui/Skeletons.tsx'
import { tell, tellRefusal } from '../ui/toast.ts'
import { jobWords } from './job-words.ts'
import { failedJobs, useSettle } from './queries.ts'
import { t } from './t.ts'

/** Jobs that were given up: to be done again, or to be taken off the list. */
export function FailedJobs() {
  const { data, error, isPending, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } =
    useInfiniteQuery(failedJobs)
  const rows = data?.pages.flatMap(({ items }) => items) ?? []
  return (
    <section className="card" style={{ padding: '18px 20px' }} aria-labelledby="failed-jobs">
      <Title order={2} size="h3" id="failed-jobs">
        {t('system.failedJobs')}
      </Title>
      <Text size="sm" c="dimmed" mb="xs">
        {t('system.failedLead')}
      </Text>
      {isPending && <Skeletons rows={1} height={44} label={t('system.loadingFailed')} />}
      {error && <ProblemCard error={error} onRetry={() => void refetch()} />}
      {data && rows.length === 0 && <Text size="sm">{t('system.noneFailed')}</Text>}
      <Stack component="ul" aria-labelledby="failed-jobs" gap="sm" style={{ listStyle: 'none', margin: 0, padding: 0 }}>
        {rows.map((one) => (
          <JobLine key={one.id} of={one} />
        ))}
      </Stack>
      {hasNextPage && (
        <Button variant="default" mt="sm" onClick={() => void fetchNextPage()} loading={isFetchingNextPage}>
          {t('system.earlier')}
        </Button>
      )}
    </section>
  )
}

function JobLine({ of: { id, queue, payload, attempts, times, error, lastAt } }: { of: FailedJob }) {
  const settle = useSettle()
  const press = (again: boolean) =>
    settle.mutate(
      { id, again },
      { onSuccess: () => tell(t(again ? 'system.retried' : 'system.discarded')), onError: tellRefusal },
    )
  const what = jobWords(queue)
  return (
    <li style={{ borderTop: '1px solid var(--mantine-color-default-border)', paddingTop: 10 }}>
      <Group justify="space-between" gap="sm" align="flex-start">
        <div style={{ flex: '1 1 240px', minWidth: 0 }}>
          <Text size="sm" fw={600}>
            {what}
          </Text>
          <Text size="sm" c="dimmed">
            <Ago at={lastAt} /> · {t('system.attempts', { count: attempts })}
            {times > 1 && <> · {t('system.times', { count: times })}</>}
          </Text>
          <HostileText size="sm" text={error} />
        </div>
        <Group gap="xs">
          <Button
            variant="default"
            size="xs"
            loading={settle.isPending}
            onClick={() => press(true)}
            aria-label={t('system.retryOf', { what })}
          >
            {t('system.retry')}
          </Button>
          <Button
            variant="default"
            size="xs"
            loading={settle.isPending}
            onClick={() => press(false)}
            aria-label={t('system.discardOf', { what })}
          >
            {t('system.discard')}
          </Button>
        </Group>
      </Group>
      <Disclosure label={t('system.whichRows')}>
        <Code block style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
          {JSON.stringify(payload, null, 2)}
        </Code>
      </Disclosure>
    </li>
  )
}
