import { List, Text } from '@mantine/core'
import type { NetworkInfo } from '../../../src/ingest/contract.ts'
import { t } from './t.ts'

/** What a network does not allow, said before anybody counts on it (L1). */
export function NetworkLimits({ network: { limits, cost } }: { network: NetworkInfo }) {
  const sentences = cost === 'paid' ? [t('sources.itsNetworkCharges'), ...limits] : limits
  if (sentences.length === 0) return null
  return (
    <div>
      <Text size="sm" fw={600}>
        {t('sources.whatToKnowBeforehand')}
      </Text>
      <List size="sm">
        {sentences.map((limit) => (
          <List.Item key={limit}>{limit}</List.Item>
        ))}
      </List>
    </div>
  )
}
