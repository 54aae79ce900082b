import { Group, NativeSelect } from '@mantine/core'
import { useChoice, useParam } from '../ui/use-filters.ts'
import { networkWord } from '../ui/words.ts'
import { PERIODS, type Period, type Scope } from './queries.ts'
import classes from './ReportFilters.module.css'
import { t } from './t.ts'

export const SCOPES: readonly [Scope, ...Scope[]] = ['addressable', 'all', 'with-handle', 'without-handle']
const SCOPE_WORDS: Record<Scope, string> = {
  addressable: t('report.postsThatCall'),
  all: t('report.allPosts'),
  'with-handle': t('report.onlyPostsWithOur'),
  'without-handle': t('report.onlyPostsWithoutOur'),
}
const PERIOD_WORDS: Record<Period, string> = {
  day: t('report.last24Hours'),
  week: t('report.last7Days'),
  month: t('report.last28Days'),
}

/** What is counted, and since when; all of it in the address. */
export function ReportFilters({ networks }: { networks: string[] }) {
  const [period, setPeriod] = useChoice('period', Object.keys(PERIODS) as [Period, ...Period[]])
  const [scope, setScope] = useChoice('scope', SCOPES)
  const [network, setNetwork] = useParam('network')
  const known = network && !networks.includes(network) ? [...networks, network] : networks
  return (
    <Group gap="xs">
      <NativeSelect
        aria-label={t('report.period')}
        className={classes.choice ?? ''}
        value={period}
        onChange={(event) => setPeriod(event.currentTarget.value as Period)}
        data={(['day', 'week', 'month'] as const).map((value) => ({ value, label: PERIOD_WORDS[value] }))}
      />
      <NativeSelect
        aria-label={t('report.whatIsCounted')}
        className={classes.long ?? ''}
        value={scope}
        onChange={(event) => setScope(event.currentTarget.value as Scope)}
        data={SCOPES.map((value) => ({ value, label: SCOPE_WORDS[value] }))}
      />
      <NativeSelect
        aria-label={t('ui.network')}
        className={classes.choice ?? ''}
        value={network ?? ''}
        onChange={(event) => setNetwork(event.currentTarget.value)}
        data={[
          { value: '', label: t('report.allNetworks') },
          ...known.map((value) => ({ value, label: networkWord(value) })),
        ]}
      />
    </Group>
  )
}
