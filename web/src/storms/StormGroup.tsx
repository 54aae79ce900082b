import { Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useId } from 'react'
import { Icon } from '../ui/Icon.tsx'
import { storms } from './queries.ts'
import { t } from './t.ts'
import { stormName } from './words.ts'

/** The storms that are known by name: those that last, and for staff the newest that are over. */
export function useStormNames(): ReadonlyMap<string, string> {
  const { data } = useQuery(storms)
  return new Map(data?.items.map((storm) => [storm.id, stormName(storm)]))
}

/** Items of one storm under its name. */
export function StormGroup({ name, size, children }: { name: string; size: number; children: ReactNode }) {
  const title = useId()
  return (
    <section aria-labelledby={title} style={{ borderInlineStart: '3px solid var(--staff)', paddingInlineStart: 10 }}>
      <Text id={title} size="sm" fw={650} mb={6} className="hostile" dir="auto" lineClamp={2}>
        <Icon name="warning" size={14} /> {t('storms.stormWithSize', { name, size })}
      </Text>
      <Stack gap="xs">{children}</Stack>
    </section>
  )
}
