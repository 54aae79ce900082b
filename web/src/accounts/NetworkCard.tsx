import { List, Stack, Text, Title } from '@mantine/core'
import type { Account, LinkableNetwork } from '../../../src/accounts/contract.ts'
import { Capabilities } from '../sources/Capabilities.tsx'
import { AccountRow } from './AccountRow.tsx'
import { LinkForm } from './LinkForm.tsx'
import { LinkThere } from './LinkThere.tsx'
import type { Whose } from './queries.ts'
import { t } from './t.ts'

type Props = { whose: Whose; network: LinkableNetwork; linked: Account[] }

/** One network: the accounts linked there, how another is linked, and what the network allows them. */
export function NetworkCard({ whose, network, linked }: Props) {
  // A member speaks with one account on a service; a brand may have several.
  const another = whose === 'brand' || network.servers === 'many' || linked.length === 0
  const id = `${whose}-${network.network}`
  return (
    <article className="card" style={{ padding: '18px 20px' }} aria-labelledby={id}>
      <Stack gap="md">
        <Title order={3} size="h4" id={id}>
          {network.label}
        </Title>
        {linked.map((account) => (
          <AccountRow key={account.id} whose={whose} account={account} network={network} />
        ))}
        {linked.length === 0 && (
          <Text size="sm" c="dimmed">
            {network[whose] === 'reads' ? t('accounts.linkedSoThatSources') : t('accounts.noAccountLinkedYet')}
          </Text>
        )}
        {another &&
          waysFor(network, whose).map((way) =>
            way.way === 'redirect' ? (
              <LinkThere key={way.label} whose={whose} network={network} way={way} more={linked.length > 0} />
            ) : (
              <LinkForm key={way.label} whose={whose} network={network.network} way={way} />
            ),
          )}
        <Capabilities capabilities={network.allowances[whose]} />
        {network.limits.length > 0 && (
          <List size="sm" c="dimmed" aria-label={t('accounts.whatThisNetworkDoes')}>
            {network.limits.map((limit) => (
              <List.Item key={limit}>{limit}</List.Item>
            ))}
          </List>
        )}
      </Stack>
    </article>
  )
}

const waysFor = ({ ways }: LinkableNetwork, whose: 'own' | 'brand') =>
  ways.filter((way) => whose === 'brand' || way.way === 'redirect' || !way.brandOnly)
