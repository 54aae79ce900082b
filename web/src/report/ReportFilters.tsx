import { Group, NativeSelect } from '@mantine/core'
import { useChoice, useParam } from '../ui/use-filters.ts'
import { networkWord } from '../ui/words.ts'
import { PERIODS, type Period, type Scope } from './queries.ts'
import classes from './ReportFilters.module.css'

export const SCOPES: readonly [Scope, ...Scope[]] = ['addressable', 'all', 'with-handle', 'without-handle']
const SCOPE_WORDS: Record<Scope, string> = {
  addressable: 'Posts that call for an answer',
  all: 'All posts',
  'with-handle': 'Only posts with our @',
  'without-handle': 'Only posts without our @',
}
const PERIOD_WORDS: Record<Period, string> = { day: 'Last 24 hours', week: 'Last 7 days', month: 'Last 28 days' }

/** What is counted, and since when; all of it in the address. */
export function ReportFilters({ networks }: { networks: string[] }) {
  const [period, setPeriod] = useChoice('period', Object.keys(PERIODS) as [Period, ...Period[]])
  const [scope, setScope] = useChoice('scope', SCOPES)
  const [network, setNetwork] = useParam('network')
  const known = network && !networks.includes(network) ? [...networks, network] : networks
  return (
    <Group gap="xs">
      <NativeSelect
        aria-label="Period"
        className={classes.choice ?? ''}
        value={period}
        onChange={(event) => setPeriod(event.currentTarget.value as Period)}
        data={(['day', 'week', 'month'] as const).map((value) => ({ value, label: PERIOD_WORDS[value] }))}
      />
      <NativeSelect
        aria-label="What is counted"
        className={classes.long ?? ''}
        value={scope}
        onChange={(event) => setScope(event.currentTarget.value as Scope)}
        data={SCOPES.map((value) => ({ value, label: SCOPE_WORDS[value] }))}
      />
      <NativeSelect
        aria-label="Network"
        className={classes.choice ?? ''}
        value={network ?? ''}
        onChange={(event) => setNetwork(event.currentTarget.value)}
        data={[{ value: '', label: 'All networks' }, ...known.map((value) => ({ value, label: networkWord(value) }))]}
      />
    </Group>
  )
}
