import { Stack, Text, Title } from '@mantine/core'
import type { ReactNode } from 'react'
import { Icon } from './Icon.tsx'
import type { IconName } from './icon-paths.ts'

/** A list with nothing in it, saying whether that is good, or what to do about it. */
export function Empty({
  icon,
  title,
  children,
  action,
}: {
  icon: IconName
  title: string
  children?: ReactNode
  action?: ReactNode
}) {
  return (
    <Stack align="center" gap="xs" py={56} px="md" ta="center">
      <span
        style={{
          color: 'var(--mark)',
          background: 'var(--mark-tint)',
          borderRadius: 999,
          padding: 14,
          display: 'grid',
        }}
      >
        <Icon name={icon} size={28} />
      </span>
      <Title order={2} size="h4">
        {title}
      </Title>
      {children && (
        <Text size="sm" c="dimmed" maw={420}>
          {children}
        </Text>
      )}
      {action}
    </Stack>
  )
}
