import { Button, Group, Stack, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Ago } from '../ui/Ago.tsx'
import { Chip } from '../ui/Chip.tsx'
import { ProblemCard } from '../ui/ProblemCard.tsx'
import { rich } from '../words/rich.tsx'
import { erasures, useGoOn } from './queries.ts'
import { t } from './t.ts'

const SHOWN = {
  done: { colour: 'green', icon: 'check', word: 'data.done' },
  running: { colour: 'blue', icon: 'clock', word: 'data.running' },
  failed: { colour: 'red', icon: 'warning', word: 'data.failed' },
} as const

/** Who asked when for somebody to be erased, and how far it is; whom is not kept. */
export function Erasures() {
  const { data, error, refetch } = useQuery(erasures)
  const goOn = useGoOn()
  if (error) return <ProblemCard error={error} onRetry={() => void refetch()} />
  if (!data || data.items.length === 0) return null
  return (
    <section className="card" style={{ padding: '18px 20px' }} aria-labelledby="data-erased">
      <Title order={2} size="h3" id="data-erased" mb="xs">
        {t('data.erased')}
      </Title>
      <Stack component="ul" aria-labelledby="data-erased" gap="xs" style={{ listStyle: 'none', margin: 0, padding: 0 }}>
        {data.items.map(({ id, state, mentions, trouble, by, askedAt }) => (
          <li key={id}>
            <Group gap="xs">
              <Chip colour={SHOWN[state].colour} icon={SHOWN[state].icon}>
                {t(SHOWN[state].word)}
              </Chip>
              <Text size="sm">{rich(t('data.erasedBy', { count: mentions }), { by, ago: <Ago at={askedAt} /> })}</Text>
              {state === 'failed' && (
                <Button size="compact-sm" variant="default" loading={goOn.isPending} onClick={() => goOn.mutate(id)}>
                  {t('data.goOn')}
                </Button>
              )}
            </Group>
            {trouble !== null && <Text size="sm">{t('data.stopped', { code: trouble })}</Text>}
          </li>
        ))}
      </Stack>
      {goOn.error && <ProblemCard error={goOn.error} />}
    </section>
  )
}
