import { Button, Group, NativeSelect, Stack, Text, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { ProblemCard } from '../ui/ProblemCard.tsx'
import { Skeletons } from '../ui/Skeletons.tsx'
import { useParam } from '../ui/use-filters.ts'
import { SkilledCard } from './SkilledCard.tsx'
import { members } from './skills-queries.ts'
import { t } from './t.ts'

/** Members by what they know: what they say, what their answers have shown, and what an admin may change of it. */
export function Skills() {
  const [q, setQ] = useState('')
  const [skill, setSkill] = useParam('skill')
  const [wanted] = useDebouncedValue(q.trim(), 250)
  const { data, error, isPending, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(
    members({ q: wanted, skill }),
  )
  const rows = data?.pages.flatMap(({ items }) => items) ?? []
  const offered = data?.pages[0]?.offered ?? { languages: [], skills: [] }
  return (
    <Stack gap="sm" component="section" aria-label={t('people.skills')}>
      <Group align="flex-end" gap="sm">
        <TextInput
          label={t('people.name')}
          value={q}
          onChange={(event) => setQ(event.currentTarget.value)}
          maxLength={100}
          style={{ flex: '1 1 220px' }}
        />
        <NativeSelect
          label={t('people.skill')}
          value={skill ?? ''}
          onChange={(event) => setSkill(event.currentTarget.value || null)}
          data={[
            { value: '', label: t('people.anySkill') },
            ...new Set([...offered.skills, ...(skill ? [skill] : [])]),
          ]}
        />
      </Group>
      {isPending && <Skeletons rows={4} height={110} label={t('people.loadingSkills')} />}
      {error && <ProblemCard error={error} onRetry={() => void refetch()} />}
      {rows.map((one) => (
        <SkilledCard key={one.id} member={one} offered={offered} />
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
