import { Anchor } from '@mantine/core'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link, useRoute } from 'wouter'
import { spokenBrand } from '../api/request.ts'
import { session } from '../session/queries.ts'
import { LinkTabs } from '../ui/LinkTabs.tsx'
import { PageHead } from '../ui/PageHead.tsx'
import { ProblemCard } from '../ui/ProblemCard.tsx'
import { pileSize } from '../ui/pile-size.ts'
import { Skeletons } from '../ui/Skeletons.tsx'
import { KnownCard } from './KnownCard.tsx'
import { KnownList } from './KnownList.tsx'
import { ProposalsPile } from './ProposalsPile.tsx'
import { oneKnown, proposals } from './queries.ts'
import { t } from './t.ts'

/** The answers the brand knows, and for staff what people say is wrong with them. */
export function KnowledgePage() {
  const [, params] = useRoute('/knowledge/:part')
  const part = params?.part ?? 'offered'
  const { data: me } = useQuery(session)
  const isStaff =
    me?.memberships.some(({ brandId, role }) => (role === 'staff' || role === 'admin') && brandId === spokenBrand()) ??
    false
  return (
    <div style={{ maxWidth: 860, margin: '0 auto' }}>
      <PageHead title={t('knowledge.knowledge')} lead={t('knowledge.answersToBeginFrom')} />
      {isStaff && <StaffTabs part={part} />}
      <Part name={part} isStaff={isStaff} />
    </div>
  )
}

function StaffTabs({ part }: { part: string }) {
  const waiting = useInfiniteQuery(proposals).data
  return (
    <LinkTabs
      label={t('knowledge.parts')}
      tabs={[
        { href: '/knowledge', label: t('knowledge.answers'), current: part === 'offered' },
        {
          href: '/knowledge/corrections',
          label: t('knowledge.corrections'),
          current: part === 'corrections',
          count: pileSize(waiting),
        },
        { href: '/knowledge/retired', label: t('knowledge.offeredNoLonger'), current: part === 'retired' },
      ]}
    />
  )
}

function Part({ name, isStaff }: { name: string; isStaff: boolean }) {
  if (name === 'offered') return <KnownList which="offered" isStaff={isStaff} />
  if (name === 'corrections' && isStaff) return <ProposalsPile />
  if (name === 'retired' && isStaff) return <KnownList key="retired" which="retired" isStaff />
  return <OneAnswer key={name} id={name} isStaff={isStaff} />
}

/** Where a notice leads to. */
function OneAnswer({ id, isStaff }: { id: string; isStaff: boolean }) {
  const { data, error, refetch } = useQuery(oneKnown(id))
  return (
    <>
      <Anchor component={Link} href="/knowledge" size="sm" display="inline-block" mb="sm">
        {t('knowledge.allAnswers')}
      </Anchor>
      {error && <ProblemCard error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Skeletons rows={1} height={140} label={t('knowledge.loading')} />}
      {data && <KnownCard answer={data} isStaff={isStaff} />}
    </>
  )
}
