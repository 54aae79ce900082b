import { useQuery } from '@tanstack/react-query'
import { useLocation } from 'wouter'
import { BadgeSettings } from '../badges/BadgeSettings.tsx'
import { DataPart } from '../data/DataPart.tsx'
import { PointSettings } from '../points/PointSettings.tsx'
import { SystemPart } from '../system/SystemPart.tsx'
import { LinkTabs } from '../ui/LinkTabs.tsx'
import { PageHead } from '../ui/PageHead.tsx'
import { ProblemCard } from '../ui/ProblemCard.tsx'
import { Skeletons } from '../ui/Skeletons.tsx'
import { Webhooks } from '../webhooks/Webhooks.tsx'
import { Audit } from './Audit.tsx'
import { BrandForm } from './BrandForm.tsx'
import { Calendar } from './Calendar.tsx'
import { Clocks } from './Clocks.tsx'
import { Keys } from './Keys.tsx'
import { brandProfile, office } from './queries.ts'
import { SetUp } from './SetUp.tsx'
import { Teams } from './Teams.tsx'
import { t } from './t.ts'

const SECTIONS = [
  'brand',
  'teams',
  'clocks',
  'calendar',
  'points',
  'badges',
  'keys',
  'webhooks',
  'audit',
  'data',
  'setup',
  'system',
] as const
type Section = (typeof SECTIONS)[number]
const LABELS: Record<Section, string> = {
  brand: t('settings.brand'),
  teams: t('settings.teams'),
  clocks: t('settings.clocks'),
  calendar: t('settings.calendar'),
  points: t('settings.points'),
  badges: t('settings.badges'),
  keys: t('settings.keys'),
  webhooks: t('settings.webhooks'),
  audit: t('settings.audit'),
  data: t('settings.data'),
  setup: t('settings.setUp'),
  system: t('settings.system'),
}

const hrefOf = (section: Section): string => (section === 'brand' ? '/settings' : `/settings/${section}`)

/** Everything an admin sets for the brand that has no page of its own. */
export function SettingsPage() {
  const [path] = useLocation()
  const section = SECTIONS.find((one) => path === hrefOf(one)) ?? 'brand'
  return (
    <div style={{ maxWidth: 980, margin: '0 auto' }}>
      <PageHead title={t('settings.settings')} lead={t('settings.lead')} />
      <LinkTabs
        label={t('settings.sections')}
        tabs={SECTIONS.map((one) => ({ href: hrefOf(one), label: LABELS[one], current: one === section }))}
      />
      {section === 'brand' && <Brand />}
      {(section === 'teams' || section === 'clocks' || section === 'calendar') && <Office section={section} />}
      {section === 'points' && <PointSettings />}
      {section === 'badges' && <BadgeSettings />}
      {section === 'keys' && <Keys />}
      {section === 'webhooks' && <Webhooks />}
      {section === 'setup' && <SetUp />}
      {section === 'audit' && <Audit />}
      {section === 'data' && <DataPart />}
      {section === 'system' && <SystemPart />}
    </div>
  )
}

function Brand() {
  const { data, error, isPending, refetch } = useQuery(brandProfile)
  return (
    <>
      {isPending && <Skeletons rows={3} height={120} label={t('settings.loading')} />}
      {error && <ProblemCard error={error} onRetry={() => void refetch()} />}
      {data && <BrandForm brand={data} />}
    </>
  )
}

const PARTS = { teams: Teams, clocks: Clocks, calendar: Calendar }

function Office({ section }: { section: keyof typeof PARTS }) {
  const { data, error, isPending, refetch } = useQuery(office)
  const Part = PARTS[section]
  return (
    <>
      {isPending && <Skeletons rows={3} height={120} label={t('settings.loading')} />}
      {error && <ProblemCard error={error} onRetry={() => void refetch()} />}
      {data && <Part office={data} />}
    </>
  )
}
