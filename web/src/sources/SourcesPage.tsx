import { Button, Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { spokenBrand } from '../api/request.ts'
import { session } from '../session/queries.ts'
import { Empty } from '../ui/Empty.tsx'
import { Icon } from '../ui/Icon.tsx'
import { LinkTabs } from '../ui/LinkTabs.tsx'
import { PageHead } from '../ui/PageHead.tsx'
import { ProblemCard } from '../ui/ProblemCard.tsx'
import { Skeletons } from '../ui/Skeletons.tsx'
import { useChoice } from '../ui/use-filters.ts'
import { DemoSpeed } from './DemoSpeed.tsx'
import { NetworkList } from './NetworkList.tsx'
import { NewSourceForm } from './NewSourceForm.tsx'
import { sources } from './queries.ts'
import { SourceCard } from './SourceCard.tsx'
import { t } from './t.ts'

const TABS = ['sources', 'networks'] as const
const LABELS: Record<(typeof TABS)[number], string> = {
  sources: t('sources.listening'),
  networks: t('sources.networks'),
}

/** Where the brand listens, and how well each network is heard. */
export function SourcesPage() {
  const [tab] = useChoice('tab', TABS)
  const [adding, setAdding] = useState(false)
  const mayChange = useMayChange()
  return (
    <div style={{ maxWidth: 980, margin: '0 auto' }}>
      <PageHead title={t('sources.sources')} lead={t('sources.whereWeListen')}>
        {mayChange && tab === 'sources' && !adding && (
          <Button onClick={() => setAdding(true)} leftSection={<Icon name="sources" />}>
            {t('sources.newSource')}
          </Button>
        )}
      </PageHead>
      <LinkTabs
        label={t('sources.viewsOfTheSources')}
        tabs={TABS.map((one) => ({
          href: one === 'sources' ? '/sources' : `/sources?tab=${one}`,
          label: LABELS[one],
          current: one === tab,
        }))}
      />
      {tab === 'networks' ? (
        <NetworkList mayChange={mayChange} />
      ) : (
        <Sources adding={adding} onDone={() => setAdding(false)} />
      )}
    </div>
  )
}

function Sources({ adding, onDone }: { adding: boolean; onDone: () => void }) {
  const { data, error, isPending, refetch } = useQuery(sources)
  const mayChange = useMayChange()
  return (
    <Stack gap="md">
      {adding && <NewSourceForm onDone={onDone} />}
      {mayChange && <DemoSpeed />}
      {isPending && <Skeletons rows={2} height={240} label={t('sources.loadingTheSources')} />}
      {error && <ProblemCard error={error} onRetry={() => void refetch()} />}
      {data?.items.map((source) => (
        <SourceCard key={source.id} source={source} mayChange={mayChange} />
      ))}
      {data?.items.length === 0 && !adding && (
        <Empty icon="sources" title={t('sources.nobodyListensYet')}>
          {mayChange ? t('sources.addASource') : t('sources.anAdminMayAdd')}
        </Empty>
      )}
    </Stack>
  )
}

function useMayChange(): boolean {
  const { data: me } = useQuery(session)
  return me?.memberships.some(({ brandId, role }) => role === 'admin' && brandId === spokenBrand()) ?? false
}
