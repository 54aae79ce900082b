import { Group, Text } from '@mantine/core'
import type { Source } from '../../../src/ingest/contract.ts'
import { Chip } from '../ui/Chip.tsx'
import { decimal } from '../ui/words.ts'
import { locale } from '../words/language.ts'
import { t } from './t.ts'

/** What the network still allows, and what asking it has cost this month (L4). */
export function Spending({ budget, spent }: Pick<Source, 'budget' | 'spent'>) {
  return (
    <Group gap={6}>
      <Text size="sm" c="dimmed">
        {spentWords(spent)}
      </Text>
      {budget.map(({ scope, key, limit, remaining, resetAt }) => (
        <Chip key={`${scope} ${key}`} colour={remaining > 0 ? 'gray' : 'orange'}>
          {windowWords({ key, limit, remaining, resetAt })}
        </Chip>
      ))}
    </Group>
  )
}

const clock = new Intl.DateTimeFormat(locale, { timeStyle: 'short' })

function spentWords({ requests, usd, capUsd }: Source['spent']): string {
  if (capUsd !== null) {
    return t('sources.spentOfCap', { count: requests, usd: decimal(usd, 2), cap: decimal(capUsd, 2) })
  }
  return usd > 0
    ? t('sources.spent', { count: requests, usd: decimal(usd, 2) })
    : t('sources.asked', { count: requests })
}

function windowWords({ key, limit, remaining, resetAt }: Omit<Source['budget'][number], 'scope'>): string {
  const time = clock.format(new Date(resetAt))
  if (key === 'all') return t('sources.askedToWait', { time })
  if (limit === null) return t('sources.windowLeft', { key, count: remaining, time })
  return t('sources.windowLeftOf', { key, count: remaining, limit, time })
}
