import { Alert } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { spokenBrand } from '../api/request.ts'
import { Costs } from '../costs/Costs.tsx'
import { Learned } from '../learning/Learned.tsx'
import { session } from '../session/queries.ts'
import { LinkTabs } from '../ui/LinkTabs.tsx'
import { PageHead } from '../ui/PageHead.tsx'
import { ProblemCard } from '../ui/ProblemCard.tsx'
import { Skeletons } from '../ui/Skeletons.tsx'
import { useChoice, useParam } from '../ui/use-filters.ts'
import { EditFrom } from './EditFrom.tsx'
import { policy } from './queries.ts'
import { RuleList } from './RuleList.tsx'
import { t } from './t.ts'
import { VersionList } from './VersionList.tsx'
import { VersionView } from './VersionView.tsx'

const TABS = ['words', 'build', 'text', 'trace', 'versions', 'costs', 'learned'] as const
/** For whoever may change the policy; they show one draft. */
const EDITING: readonly string[] = ['build', 'text', 'trace']
const LABELS: Record<(typeof TABS)[number], string> = {
  words: t('rules.inWords'),
  build: t('rules.edit'),
  text: t('rules.asText'),
  trace: t('rules.tryOnOne'),
  versions: t('rules.versions'),
  costs: t('rules.costs'),
  learned: t('rules.learned'),
}

/** The policy in force: read by everybody who works here, changed by admins. */
export function RulesPage() {
  const [tab] = useChoice('tab', TABS)
  const [shown] = useParam('version')
  const [from] = useParam('from')
  const { data, error, isPending, refetch } = useQuery(policy)
  const { data: me } = useQuery(session)
  const mayChange = me?.memberships.some(({ brandId, role }) => role === 'admin' && brandId === spokenBrand()) ?? false
  return (
    <div style={{ maxWidth: 980, margin: '0 auto' }}>
      <PageHead
        title={t('rules.rules')}
        lead={data ? t('rules.policyIsInForceTheFirst', { version: data.version }) : t('rules.whoGetsWhichMention')}
      />
      <LinkTabs
        label={t('rules.viewsOfThePolicy')}
        tabs={TABS.filter((one) => !EDITING.includes(one) || mayChange).map((one) => ({
          href: one === 'words' ? '/rules' : `/rules?tab=${one}${from && EDITING.includes(one) ? `&from=${from}` : ''}`,
          label: LABELS[one],
          current: one === tab,
        }))}
      />
      {isPending && tab !== 'learned' && tab !== 'costs' && (
        <Skeletons rows={5} height={76} label={t('rules.loadingThePolicy')} />
      )}
      {error && <ProblemCard error={error} onRetry={() => void refetch()} />}
      {data && !data.readable && (
        <Alert role="alert" color="red" mb="md" title={t('rules.theRulesInForce')}>
          {t('rules.anEarlierVersion')}
        </Alert>
      )}
      {data && tab === 'words' && <RuleList rules={data.rules} />}
      {data && (tab === 'build' || tab === 'text' || tab === 'trace') && mayChange && (
        <EditFrom page={data} from={Number(from) || null} view={tab} />
      )}
      {tab === 'costs' && <Costs mayChange={mayChange} />}
      {tab === 'learned' && <Learned />}
      {data && tab === 'versions' && !Number(shown) && <VersionList page={data} mayChange={mayChange} />}
      {data && tab === 'versions' && Number(shown) > 0 && (
        <VersionView key={shown} number={Number(shown)} versions={data.versions} mayChange={mayChange} />
      )}
    </div>
  )
}
