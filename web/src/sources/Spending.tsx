import { Group, Text } from '@mantine/core'
import type { Source } from '../../../src/ingest/contract.ts'
import { Chip } from '../ui/Chip.tsx'
import { count, plural } from '../ui/words.ts'

/** What the network still allows, and what asking it has cost this month (L4). */
export function Spending({ budget, spent }: Pick<Source, 'budget' | 'spent'>) {
  const money = spent.usd > 0 || spent.capUsd !== null
  return (
    <Group gap={6}>
      <Text size="sm" c="dimmed">
        This month {plural(spent.requests, 'request')}
        {money && `, ${spent.usd.toFixed(2)} $${spent.capUsd === null ? '' : ` of ${spent.capUsd.toFixed(2)} $`}`}
      </Text>
      {budget.map(({ scope, key, limit, remaining, resetAt }) => (
        <Chip key={`${scope} ${key}`} colour={remaining > 0 ? 'gray' : 'orange'}>
          {windowWords({ key, limit, remaining })}, again at {clock.format(new Date(resetAt))}
        </Chip>
      ))}
    </Group>
  )
}

const clock = new Intl.DateTimeFormat('en', { timeStyle: 'short' })

const windowWords = ({ key, limit, remaining }: Pick<Source['budget'][number], 'key' | 'limit' | 'remaining'>) =>
  key === 'all' ? 'asked to wait' : `${key}: ${count(remaining)}${limit === null ? '' : ` of ${count(limit)}`} left`
