import { Button, Group, Stack, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { SystemCheck } from '../../../src/system/contract.ts'
import { Ago } from '../ui/Ago.tsx'
import { Chip } from '../ui/Chip.tsx'
import { ProblemCard } from '../ui/ProblemCard.tsx'
import { Skeletons } from '../ui/Skeletons.tsx'
import { rich } from '../words/rich.tsx'
import { checks } from './queries.ts'
import { t } from './t.ts'

const MARKS = {
  ok: { words: t('system.checkOk'), colour: 'green', icon: 'check' },
  warn: { words: t('system.checkWarn'), colour: 'yellow', icon: 'warning' },
  fail: { words: t('system.checkFail'), colour: 'red', icon: 'warning' },
} as const

/** What the doctor says, worst first, each with what to do. */
export function Checks() {
  const { data, error, isPending, isFetching, refetch } = useQuery(checks)
  const order = ['fail', 'warn', 'ok']
  const items = [...(data?.checks ?? [])].sort((a, b) => order.indexOf(a.status) - order.indexOf(b.status))
  return (
    <section className="card" style={{ padding: '18px 20px' }} aria-labelledby="checks">
      <Group justify="space-between" mb="xs">
        <Title order={2} size="h3" id="checks">
          {t('system.checks')}
        </Title>
        <Group gap="sm">
          {data && (
            <Text size="sm" c="dimmed">
              {rich(t('system.checkedAt'), { ago: <Ago at={data.at} /> })}
            </Text>
          )}
          <Button variant="default" size="xs" loading={isFetching} onClick={() => void refetch()}>
            {t('system.checkAgain')}
          </Button>
        </Group>
      </Group>
      {isPending && <Skeletons rows={3} height={44} label={t('system.loadingChecks')} />}
      {error && <ProblemCard error={error} onRetry={() => void refetch()} />}
      <Stack component="ul" gap="xs" style={{ listStyle: 'none', margin: 0, padding: 0 }}>
        {items.map((one) => (
          <CheckLine key={one.name} of={one} />
        ))}
      </Stack>
    </section>
  )
}

function CheckLine({ of: { name, status, says, todo } }: { of: SystemCheck }) {
  const { words, colour, icon } = MARKS[status]
  return (
    <li style={{ display: 'flex', gap: 10, alignItems: 'flex-start', flexWrap: 'wrap' }}>
      <Chip icon={icon} colour={colour}>
        {words}
      </Chip>
      <div style={{ flex: '1 1 220px', minWidth: 0, overflowWrap: 'anywhere' }}>
        <Text size="sm">
          <b>{name}</b>: {says}
        </Text>
        {todo !== null && (
          <Text size="sm" c="dimmed">
            {todo}
          </Text>
        )}
      </div>
    </li>
  )
}
