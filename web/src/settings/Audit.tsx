import { Button, Group, NativeSelect, Stack, Text, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Empty } from '../ui/Empty.tsx'
import { ProblemCard } from '../ui/ProblemCard.tsx'
import { Skeletons } from '../ui/Skeletons.tsx'
import { useParam } from '../ui/use-filters.ts'
import { AuditLine } from './AuditLine.tsx'
import { type AuditFilter, audit, exportUrl, facets } from './audit-queries.ts'
import { t } from './t.ts'

/** Who did what with their rights, newest first; the filter stands in the address. */
export function Audit() {
  const [actor, setActor] = useParam('actor')
  const [act, setAct] = useParam('act')
  const [target, setTarget] = useParam('target')
  const [from, setFrom] = useParam('from')
  const [to, setTo] = useParam('to')
  const filter: AuditFilter = { actor, act, target, from, to }
  const [settled] = useDebouncedValue(filter, 250)
  const { data, error, isPending, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(
    audit(settled),
  )
  const { data: known } = useQuery(facets)
  const rows = data?.pages.flatMap(({ items }) => items) ?? []
  const filtered = [actor, act, target, from, to].some(Boolean)
  const clear = () => {
    for (const set of [setActor, setAct, setTarget, setFrom, setTo]) set(null)
  }
  return (
    <Stack gap="md">
      <Group align="flex-end" gap="sm" role="search" aria-label={t('settings.filterTheAudit')}>
        <NativeSelect
          label={t('settings.who')}
          value={actor ?? ''}
          onChange={(event) => setActor(event.currentTarget.value)}
          data={[
            { value: '', label: t('settings.anybody') },
            ...(known?.people ?? []).map(({ id, name }) => ({ value: id, label: name })),
          ]}
          style={{ flex: '1 1 150px' }}
        />
        <NativeSelect
          label={t('settings.act')}
          value={act ?? ''}
          onChange={(event) => setAct(event.currentTarget.value)}
          data={[{ value: '', label: t('settings.anyAct') }, ...(known?.acts ?? [])]}
          style={{ flex: '1 1 150px' }}
        />
        <TextInput
          label={t('settings.whom')}
          value={target ?? ''}
          onChange={(event) => setTarget(event.currentTarget.value)}
          maxLength={200}
          style={{ flex: '1 1 150px' }}
        />
        <TextInput
          type="date"
          label={t('settings.from')}
          value={from ?? ''}
          onChange={(event) => setFrom(event.currentTarget.value)}
        />
        <TextInput
          type="date"
          label={t('settings.to')}
          value={to ?? ''}
          onChange={(event) => setTo(event.currentTarget.value)}
        />
        <Button component="a" variant="default" href={exportUrl(settled)} download>
          {t('settings.asCsv')}
        </Button>
      </Group>
      {isPending && <Skeletons rows={6} height={56} label={t('settings.loadingTheAudit')} />}
      {error && <ProblemCard error={error} onRetry={() => void refetch()} />}
      <Stack component="ol" gap="xs" p={0} m={0} style={{ listStyle: 'none' }}>
        {rows.map((entry) => (
          <AuditLine key={entry.id} entry={entry} />
        ))}
      </Stack>
      {data && rows.length === 0 && (
        <Empty
          icon="note"
          title={filtered ? t('settings.nothingFits') : t('settings.nothingDone')}
          action={
            filtered && (
              <Button variant="default" onClick={clear}>
                {t('settings.clearFilter')}
              </Button>
            )
          }
        />
      )}
      {hasNextPage && (
        <Button variant="default" onClick={() => void fetchNextPage()} loading={isFetchingNextPage}>
          {t('settings.earlier')}
        </Button>
      )}
      {data && !hasNextPage && rows.length > 0 && (
        <Text size="sm" c="dimmed" ta="center">
          {t('settings.thatIsAll')}
        </Text>
      )}
    </Stack>
  )
}
