import { Group, Stack, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'

import { Chip } from '../ui/Chip.tsx'
import { ProblemCard } from '../ui/ProblemCard.tsx'
import { Skeletons } from '../ui/Skeletons.tsx'
import { useParam } from '../ui/use-filters.ts'
import { Capabilities } from './Capabilities.tsx'
import { NetworkLimits } from './NetworkLimits.tsx'
import { OwnTerms } from './OwnTerms.tsx'
import { networks } from './queries.ts'
import classes from './SourceCard.module.css'
import { t } from './t.ts'

/** Every network: what its API lets us do and what not, the same that the product itself obeys (L1). `?network=x` opens what the brand asks of itself there. */
export function NetworkList({ mayChange }: { mayChange: boolean }) {
  const [named] = useParam('network')
  const { data, error, isPending, refetch } = useQuery(networks)
  return (
    <Stack gap="md">
      {isPending && <Skeletons rows={3} height={200} label={t('sources.loadingTheNetworks')} />}
      {error && <ProblemCard error={error} onRetry={() => void refetch()} />}
      {data?.items.map((one) => (
        <article key={one.network} className={`card ${classes.source}`} aria-labelledby={`network-${one.network}`}>
          <Group gap="sm">
            <Title order={2} size="h4" id={`network-${one.network}`}>
              {one.label}
            </Title>
            {one.cost === 'paid' && <Chip colour="orange">{t('sources.paid')}</Chip>}
            {one.settings === null && <Chip>{t('sources.fromFiles')}</Chip>}
          </Group>
          <NetworkLimits network={one} />
          <Capabilities capabilities={one.capabilities} />
          {mayChange && <OwnTerms network={one} opened={one.network === named} />}
        </article>
      ))}
    </Stack>
  )
}
