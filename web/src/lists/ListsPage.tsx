import { Button, Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { spokenBrand } from '../api/request.ts'
import { session } from '../session/queries.ts'
import { Empty } from '../ui/Empty.tsx'
import { Icon } from '../ui/Icon.tsx'
import { PageHead } from '../ui/PageHead.tsx'
import { ProblemCard } from '../ui/ProblemCard.tsx'
import { Skeletons } from '../ui/Skeletons.tsx'
import { ListCard } from './ListCard.tsx'
import { NewListForm } from './NewListForm.tsx'
import { lists } from './queries.ts'
import { t } from './t.ts'

/** The lists that rules ask about by name: read by everybody who works here, kept by admins. */
export function ListsPage() {
  const { data, error, isPending, refetch } = useQuery(lists)
  const { data: me } = useQuery(session)
  const [beginning, setBeginning] = useState(false)
  const mayChange = me?.memberships.some(({ brandId, role }) => role === 'admin' && brandId === spokenBrand()) ?? false
  return (
    <div style={{ maxWidth: 980, margin: '0 auto' }}>
      <PageHead title={t('lists.lists')} lead={t('lists.wordsAndAuthors')}>
        {mayChange && !beginning && (
          <Button onClick={() => setBeginning(true)} leftSection={<Icon name="note" />}>
            {t('lists.newList')}
          </Button>
        )}
      </PageHead>
      <Stack gap="md">
        {beginning && <NewListForm onDone={() => setBeginning(false)} />}
        {isPending && <Skeletons rows={3} height={96} label={t('lists.loadingTheLists')} />}
        {error && <ProblemCard error={error} onRetry={() => void refetch()} />}
        {data?.items.map((one) => (
          <ListCard key={one.id} list={one} mayChange={mayChange} />
        ))}
        {data?.items.length === 0 && !beginning && (
          <Empty icon="lists" title={t('lists.noListsYet')}>
            {mayChange ? t('lists.beginOneForCompetitors') : t('lists.anAdminMayBegin')}
          </Empty>
        )}
      </Stack>
    </div>
  )
}
