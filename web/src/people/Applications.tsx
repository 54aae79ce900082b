import { Button, Group, Stack, Text, Title } from '@mantine/core'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { CopyField } from '../ui/CopyField.tsx'
import { Empty } from '../ui/Empty.tsx'
import { ProblemCard } from '../ui/ProblemCard.tsx'
import { Skeletons } from '../ui/Skeletons.tsx'
import { ApplicationCard, type Invited } from './ApplicationCard.tsx'
import { ApplyingForm } from './ApplyingForm.tsx'
import { applying, waiting } from './applying-queries.ts'
import { DeclineMany } from './DeclineMany.tsx'
import { t } from './t.ts'

/** Who would like to help, and whether the brand asks for them at all. */
export function Applications() {
  const settings = useQuery(applying)
  const [invited, setInvited] = useState<Invited[]>([])
  if (settings.error) return <ProblemCard error={settings.error} onRetry={() => void settings.refetch()} />
  if (!settings.data) return <Skeletons rows={3} height={90} label={t('people.loadingApplications')} />
  return (
    <Stack gap="lg">
      {invited.length > 0 && <Links invited={invited} />}
      <Waiting open={settings.data.open} onInvited={(one) => setInvited([one, ...invited])} />
      <ApplyingForm known={settings.data} />
    </Stack>
  )
}

/** Links of those accepted since the page was opened; they are here this once. */
function Links({ invited }: { invited: readonly Invited[] }) {
  return (
    <Stack gap="sm" component="section" aria-labelledby="accepted">
      <Title order={2} size="h4" id="accepted">
        {t('people.accepted')}
      </Title>
      {invited.map(({ id, name, link, mailed }) => (
        <article key={id} className="card" style={{ padding: '10px 16px' }} aria-label={name}>
          <CopyField label={t('people.linkFor', { name })} value={link} />
          <Text size="sm" c="dimmed">
            {mailed ? t('people.linkMailed') : t('people.linkOnce')}
          </Text>
        </article>
      ))}
    </Stack>
  )
}

/** The server takes no more in one request. */
const MOST_AT_ONCE = 500

function Waiting({ open, onInvited }: { open: boolean; onInvited: (one: Invited) => void }) {
  const { data, error, isPending, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(waiting)
  const rows = data?.pages.flatMap(({ items }) => items) ?? []
  const [marked, setMarked] = useState<readonly string[]>([])
  const all = rows.map(({ id }) => id).slice(0, MOST_AT_ONCE)
  // Others answer meanwhile, and what is answered is no longer shown.
  const ticked = marked.filter((id) => all.includes(id))
  const tick = (id: string) => setMarked(ticked.includes(id) ? ticked.filter((one) => one !== id) : [...ticked, id])
  return (
    <Stack gap="sm" component="section" aria-label={t('people.applications')}>
      {isPending && <Skeletons rows={3} height={90} label={t('people.loadingApplications')} />}
      {error && <ProblemCard error={error} onRetry={() => void refetch()} />}
      {rows.length > 1 && <DeclineMany all={all} ticked={ticked} onTick={setMarked} />}
      {rows.map((one) => (
        <ApplicationCard
          key={one.id}
          application={one}
          ticked={rows.length > 1 ? ticked.includes(one.id) : null}
          onTick={() => tick(one.id)}
          onInvited={onInvited}
        />
      ))}
      {data && rows.length === 0 && (
        <Empty icon="user" title={t('people.nobodyApplied')}>
          {open ? t('people.nobodyAppliedYet') : t('people.nobodyMayApply')}
        </Empty>
      )}
      {hasNextPage && (
        <Group>
          <Button variant="default" onClick={() => void fetchNextPage()} loading={isFetchingNextPage}>
            {t('people.more')}
          </Button>
        </Group>
      )}
    </Stack>
  )
}
