import { Button, Group, NativeSelect, Stack, Text } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { AT_ONCE } from '../../../src/domain/enlisting.ts'
import { ProblemCard } from '../ui/ProblemCard.tsx'
import { Skeletons } from '../ui/Skeletons.tsx'
import { useIdempotencyKey } from '../ui/use-idempotency-key.ts'
import { Enlistment } from './Enlistment.tsx'
import { forumPeople, useForumInvites } from './enlist-queries.ts'
import classes from './ForumPeople.module.css'
import { ForumRow } from './ForumRow.tsx'
import { t } from './t.ts'

const DAYS = 14
const LEVELS = [2, 3, 4]

type Props = { forum: { id: string; name: string; instance: string }; onDone: () => void }

/** People of one forum, the most liked first; those who are ticked are invited together. */
export function ForumPeople({ forum, onDone }: Props) {
  const { data, error, isPending, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(
    forumPeople(forum.id),
  )
  const [chosen, setChosen] = useState<readonly string[]>([])
  const [helperFrom, setHelperFrom] = useState<number | null>(3)
  const { key, refused } = useIdempotencyKey()
  const invite = useForumInvites()
  if (invite.data) return <Enlistment items={invite.data.items} onDone={onDone} />
  const rows = data?.pages.flatMap(({ items }) => items) ?? []
  const toggle = (handle: string) =>
    setChosen(chosen.includes(handle) ? chosen.filter((one) => one !== handle) : [...chosen, handle])
  const send = () =>
    invite.mutate({ id: forum.id, handles: [...chosen], helperFrom, days: DAYS, key }, { onError: refused })
  return (
    <Stack gap="sm">
      <Text size="sm" c="dimmed">
        {t('people.forumMeans', { forum: forum.instance })}
      </Text>
      <NativeSelect
        label={t('people.beginAsHelpers')}
        description={t('people.beginAsHelpersMeans')}
        value={String(helperFrom ?? '')}
        onChange={(event) => setHelperFrom(Number(event.currentTarget.value) || null)}
        data={[
          { value: '', label: t('people.nobodyDoes') },
          ...LEVELS.map((level) => ({ value: String(level), label: t('people.fromTrustLevel', { level }) })),
        ]}
      />
      {isPending && <Skeletons rows={6} height={60} label={t('people.loadingTheForum')} />}
      {error && <ProblemCard error={error} onRetry={() => void refetch()} />}
      {rows.map((person) => (
        <ForumRow
          key={person.handle}
          forumId={forum.id}
          person={person}
          chosen={chosen.includes(person.handle)}
          full={chosen.length >= AT_ONCE}
          helperFrom={helperFrom}
          onToggle={() => toggle(person.handle)}
        />
      ))}
      {data && rows.length === 0 && <Text c="dimmed">{t('people.nobodyThere')}</Text>}
      {hasNextPage && !error && (
        <Button variant="default" onClick={() => void fetchNextPage()} loading={isFetchingNextPage}>
          {t('people.more')}
        </Button>
      )}
      {invite.isError && <ProblemCard error={invite.error} />}
      {rows.length > 0 && (
        <Group gap="sm" justify="space-between" className={`card ${classes.acts}`}>
          <Text size="sm" role="status">
            {chosen.length >= AT_ONCE ? t('people.noMoreAtOnce', { count: AT_ONCE }) : t('people.consent')}
          </Text>
          <Button onClick={send} loading={invite.isPending} disabled={chosen.length === 0}>
            {t('people.inviteThem', { count: chosen.length })}
          </Button>
        </Group>
      )}
    </Stack>
  )
}
