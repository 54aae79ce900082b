import { Button, Group, NativeSelect, Stack, Text, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useSearch } from 'wouter'
import { ROLES, type Role } from '../../../src/domain/roles.ts'
import { ProblemCard } from '../ui/ProblemCard.tsx'
import { Skeletons } from '../ui/Skeletons.tsx'
import { ROLE_WORDS } from '../ui/words.ts'
import { PersonRow } from './PersonRow.tsx'
import { people } from './queries.ts'
import { t } from './t.ts'

/** Everybody at the brand, the newest first, by part of a name or address and by role. */
export function People() {
  const asked = useSearch()
  const [q, setQ] = useState(() => new URLSearchParams(asked).get('q') ?? '')
  const [role, setRole] = useState<Role | null>(null)
  const [wanted] = useDebouncedValue(q.trim(), 250)
  const { data, error, isPending, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(
    people({ q: wanted, role }),
  )
  const rows = data?.pages.flatMap(({ items }) => items) ?? []
  return (
    <Stack gap="sm" component="section" aria-label={t('people.people')}>
      <Group align="flex-end" gap="sm">
        <TextInput
          label={t('people.nameOrAddress')}
          value={q}
          onChange={(event) => setQ(event.currentTarget.value)}
          maxLength={100}
          style={{ flex: '1 1 220px' }}
        />
        <NativeSelect
          label={t('people.role')}
          value={role ?? ''}
          onChange={(event) => setRole(ROLES.find((one) => one === event.currentTarget.value) ?? null)}
          data={[
            { value: '', label: t('people.anyRole') },
            ...ROLES.map((one) => ({ value: one, label: t(ROLE_WORDS[one]) })),
          ]}
        />
      </Group>
      {isPending && <Skeletons rows={4} height={72} label={t('people.loading')} />}
      {error && <ProblemCard error={error} onRetry={() => void refetch()} />}
      {rows.map((entry) => (
        <PersonRow key={entry.id} entry={entry} />
      ))}
      {data && rows.length === 0 && <Text c="dimmed">{t('people.nobodyFits')}</Text>}
      {hasNextPage && (
        <Button variant="default" onClick={() => void fetchNextPage()} loading={isFetchingNextPage}>
          {t('people.more')}
        </Button>
      )}
    </Stack>
  )
}
