import { Stack, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useRoute } from 'wouter'
import type { Account, LinkableNetwork } from '../../../src/accounts/contract.ts'
import { Disclosures } from '../disclosure/Disclosures.tsx'
import { Empty } from '../ui/Empty.tsx'
import { PageHead } from '../ui/PageHead.tsx'
import { ProblemCard } from '../ui/ProblemCard.tsx'
import { Skeletons } from '../ui/Skeletons.tsx'
import { AppCard } from './AppCard.tsx'
import { CameBack } from './CameBack.tsx'
import { NetworkCard } from './NetworkCard.tsx'
import { accounts, type Whose } from './queries.ts'
import { t } from './t.ts'

/** Whose voices we may use: a member's own accounts, and for admins the brand's and our apps at the networks. */
export function AccountsPage() {
  const { data, error, isPending, refetch } = useQuery(accounts)
  const [back] = useRoute('/accounts/linked')
  return (
    <div style={{ maxWidth: 980, margin: '0 auto' }}>
      <PageHead title={t('accounts.accounts')} lead={t('accounts.theAccountsThatAnswers')} />
      <Stack gap="xl">
        {back && <CameBack />}
        {isPending && <Skeletons rows={2} height={200} label={t('accounts.loadingTheAccounts')} />}
        {error && <ProblemCard error={error} onRetry={() => void refetch()} />}
        {data?.own && (
          <AccountGroup whose="own" title={t('accounts.yourOwnAccounts')} items={data.own} networks={data.networks} />
        )}
        {data?.brand && (
          <AccountGroup
            whose="brand"
            title={t('accounts.theBrandsAccounts')}
            items={data.brand}
            networks={data.networks}
          />
        )}
        {data?.brand && <Disclosures />}
        {data?.apps && data.apps.length > 0 && (
          <Stack component="section" gap="md" aria-labelledby="apps">
            <div>
              <Title order={2} size="h3" id="apps">
                {t('accounts.ourApps')}
              </Title>
              <Text size="sm" c="dimmed">
                {t('accounts.someNetworksLetAccounts')}
              </Text>
            </div>
            {data.apps.map((app) => (
              <AppCard key={app.network} app={app} />
            ))}
          </Stack>
        )}
      </Stack>
    </div>
  )
}

type GroupProps = { whose: Whose; title: string; items: Account[]; networks: LinkableNetwork[] }

function AccountGroup({ whose, title, items, networks }: GroupProps) {
  const linkedAt = (network: LinkableNetwork) => items.filter((account) => account.network === network.network)
  // What is in use stands before what could be, and what wants a hand before that.
  const urgency = (network: LinkableNetwork) => {
    const linked = linkedAt(network)
    return linked.some(({ state, endsSoon }) => state !== 'linked' || endsSoon) ? 0 : linked.length > 0 ? 1 : 2
  }
  const useful = networks.filter((network) => network[whose] !== null).sort((a, b) => urgency(a) - urgency(b))
  return (
    <Stack component="section" gap="md" aria-labelledby={whose}>
      <Title order={2} size="h3" id={whose}>
        {title}
      </Title>
      {useful.map((network) => (
        <NetworkCard key={network.network} whose={whose} network={network} linked={linkedAt(network)} />
      ))}
      {useful.length === 0 && (
        <Empty icon="link" title={t('accounts.noAccountToLink')}>
          {t('accounts.noNetworkThisVersion')}
        </Empty>
      )}
    </Stack>
  )
}
