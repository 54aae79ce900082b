import { Group, Text, Title } from '@mantine/core'
import { useDocumentTitle } from '@mantine/hooks'
import type { ReactNode } from 'react'

/** The page's name, one line on what it is for, and what belongs to the whole page. */
export function PageHead({ title, lead, children }: { title: string; lead?: ReactNode; children?: ReactNode }) {
  useDocumentTitle(`${title} · Deputize`)
  return (
    <Group justify="space-between" align="flex-end" gap="sm" mb="md">
      <div style={{ flex: '1 1 220px' }}>
        <Title order={1} size="h2">
          {title}
        </Title>
        {lead && (
          <Text c="dimmed" size="sm" mt={2}>
            {lead}
          </Text>
        )}
      </div>
      {children}
    </Group>
  )
}
