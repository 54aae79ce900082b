import { Anchor, NativeSelect, Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Link } from 'wouter'
import { Empty } from '../ui/Empty.tsx'
import { ProblemCard } from '../ui/ProblemCard.tsx'
import { Skeletons } from '../ui/Skeletons.tsx'
import { forums } from './enlist-queries.ts'
import { ForumPeople } from './ForumPeople.tsx'
import { t } from './t.ts'

/** The people of the brand's forums, to be invited by who they are there. */
export function ForumInvites() {
  const { data, error, isPending, refetch } = useQuery(forums)
  const [chosen, setChosen] = useState<string | null>(null)
  const [round, setRound] = useState(0)
  if (isPending) return <Skeletons rows={3} height={72} label={t('people.loadingTheForums')} />
  if (error) return <ProblemCard error={error} onRetry={() => void refetch()} />
  const forum = data.items.find(({ id }) => id === chosen) ?? data.items[0]
  if (!forum)
    return (
      <Empty
        icon="people"
        title={t('people.noForum')}
        action={
          <Anchor component={Link} href="/sources">
            {t('people.toTheSources')}
          </Anchor>
        }
      >
        {t('people.noForumYet')}
      </Empty>
    )
  return (
    <Stack gap="md">
      {data.items.length > 1 && (
        <NativeSelect
          label={t('people.forum')}
          value={forum.id}
          onChange={(event) => setChosen(event.currentTarget.value)}
          data={data.items.map(({ id, name, instance }) => ({ value: id, label: `${name} (${instance})` }))}
        />
      )}
      <ForumPeople key={`${forum.id} ${round}`} forum={forum} onDone={() => setRound(round + 1)} />
    </Stack>
  )
}
