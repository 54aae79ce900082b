import { Badge } from '@mantine/core'
import type { ReactNode } from 'react'
import { Icon } from './Icon.tsx'
import type { IconName } from './icon-paths.ts'

/** A small fact: always in words, with an icon; the colour only repeats them. */
export function Chip({ icon, colour = 'gray', children }: { icon?: IconName; colour?: string; children: ReactNode }) {
  return (
    <Badge
      color={colour}
      size="lg"
      fz={12}
      fw={550}
      px={8}
      leftSection={icon ? <Icon name={icon} size={14} /> : undefined}
    >
      {children}
    </Badge>
  )
}
