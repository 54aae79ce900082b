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
import { VersionList } from './VersionList.tsx'
import { VersionView } from './VersionView.tsx'

const TABS = ['words', 'text', 'versions', 'costs', 'learned'] as const
const LABELS: Record<(typeof TABS)[number], string> = {
  words: 'In words',
  text: 'Edit',
  versions: 'Versions',
  costs: 'Costs',
  learned: 'Learned',
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
        title="Rules"
        lead={
          data ? `Policy ${data.version} is in force. The first rule that holds decides.` : 'Who gets which mention.'
        }
      />
      <LinkTabs
        label="Views of the policy"
        tabs={TABS.filter((one) => one !== 'text' || mayChange).map((one) => ({
          href: one === 'words' ? '/rules' : `/rules?tab=${one}`,
          label: LABELS[one],
          current: one === tab,
        }))}
      />
      {isPending && tab !== 'learned' && tab !== 'costs' && (
        <Skeletons rows={5} height={76} label="Loading the policy" />
      )}
      {error && <ProblemCard error={error} onRetry={() => void refetch()} />}
      {data && tab === 'words' && <RuleList rules={data.rules} />}
      {data && tab === 'text' && mayChange && <EditFrom page={data} from={Number(from) || null} />}
      {tab === 'costs' && <Costs mayChange={mayChange} />}
      {tab === 'learned' && <Learned />}
      {data && tab === 'versions' && !Number(shown) && <VersionList page={data} mayChange={mayChange} />}
      {data && tab === 'versions' && Number(shown) > 0 && (
        <VersionView key={shown} number={Number(shown)} versions={data.versions} mayChange={mayChange} />
      )}
    </div>
  )
}
