import { Alert, Button, Group, Progress, SegmentedControl, Stack, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Backtest } from '../../../src/decide/contract.ts'
import { Ago } from '../ui/Ago.tsx'
import { Icon } from '../ui/Icon.tsx'
import { ProblemCard } from '../ui/ProblemCard.tsx'
import { tellRefusal } from '../ui/toast.ts'
import { rich } from '../words/rich.tsx'
import { backtest, underWay, useCancelBacktest, useRunBacktest } from './queries.ts'
import { ResultView } from './ResultView.tsx'
import { t } from './t.ts'

const DAYS = ['7', '28', '90']

/** Tries a version on what was decided before, and shows what would have moved (R4). */
export function BacktestPanel({
  version,
  newest,
  mayRun,
}: {
  version: number
  newest: Backtest | null
  mayRun: boolean
}) {
  const [days, setDays] = useState('28')
  const run = useRunBacktest()
  const id = run.data?.id ?? newest?.id
  const query = useQuery({ ...backtest(id ?? ''), enabled: id !== undefined })
  const test = query.data ?? newest
  const busy = test !== null && underWay(test)
  return (
    <section className="card" style={{ padding: 18 }} aria-labelledby="backtest">
      <Stack gap="md">
        <Group justify="space-between" align="flex-end">
          <div>
            <Title order={2} size="h5" id="backtest">
              {t('rules.backtest')}
            </Title>
            <Text size="sm" c="dimmed">
              {t('rules.decidesOnceMoreUnder')}
            </Text>
          </div>
          {mayRun && (
            <Group gap="sm" maw="100%">
              <SegmentedControl
                maw="100%"
                style={{ overflowX: 'auto' }}
                aria-label={t('rules.daysToReplay')}
                value={days}
                onChange={setDays}
                data={DAYS.map((value) => ({ value, label: t('rules.days', { count: Number(value) }) }))}
              />
              <Button
                leftSection={<Icon name="play" />}
                disabled={busy}
                loading={run.isPending}
                onClick={() => run.mutate({ version, days: Number(days) })}
              >
                {test ? t('rules.runAgain') : t('rules.runTheBacktest')}
              </Button>
            </Group>
          )}
        </Group>
        {run.error && <ProblemCard error={run.error} title={t('rules.theBacktest')} />}
        {query.error && <ProblemCard error={query.error} onRetry={() => void query.refetch()} />}
        {test && busy && <UnderWay test={test} mayCancel={mayRun} />}
        {test && !busy && <Ended test={test} />}
        {!test && <Text size="sm">{t('rules.notRunYet')}</Text>}
      </Stack>
    </section>
  )
}

function UnderWay({ test, mayCancel }: { test: Backtest; mayCancel: boolean }) {
  const cancel = useCancelBacktest()
  const share = test.total === 0 ? 0 : Math.min(100, (100 * test.seen) / test.total)
  return (
    <Group gap="md" wrap="nowrap">
      <div style={{ flex: 1 }} role="status">
        <Text size="sm" mb={4}>
          {test.state === 'waiting' && t('rules.waitingForAWorker')}
          {test.state === 'running' &&
            (test.seen < test.total
              ? t('rules.ofMentionReplayed', { seen: test.seen, count: test.total })
              : t('rules.allReplayedReckoningWho'))}
        </Text>
        <Progress value={share} aria-label={t('rules.mentionsReplayed')} />
      </div>
      {mayCancel && (
        <Button
          variant="default"
          loading={cancel.isPending}
          onClick={() => cancel.mutate(test.id, { onError: tellRefusal })}
        >
          {t('ui.cancel')}
        </Button>
      )}
    </Group>
  )
}

function Ended({ test }: { test: Backtest }) {
  if (test.state === 'cancelled') return <Text size="sm">{t('rules.cancelled')}</Text>
  if (test.state === 'failed')
    return (
      <Alert color="red" icon={<Icon name="warning" />} title={t('rules.itCould')}>
        {test.trouble}
      </Alert>
    )
  return (
    <>
      <Text size="sm" c="dimmed">
        {rich(t('rules.daysComparedWith', { count: test.days, against: test.against }), {
          ago: test.endedAt && <Ago at={test.endedAt} />,
        })}
      </Text>
      {test.result && <ResultView test={test} result={test.result} />}
    </>
  )
}
