import { Button, Menu } from '@mantine/core'
import type { ReactNode } from 'react'
import type { ActId } from '../ui/acts.ts'
import { Icon } from '../ui/Icon.tsx'
import type { IconName } from '../ui/icon-paths.ts'
import { KeyCap } from '../ui/KeyCap.tsx'
import { useShortcuts } from '../ui/use-shortcuts.ts'

type Props = {
  label: string
  icon: IconName
  /** What it does; its key opens it while `listening`. */
  of: ActId
  listening: boolean
  opened: boolean
  onOpened: (opened: boolean) => void
  disabled?: boolean
  busy?: boolean
  children: ReactNode
}

/** A button that offers several ways of one act; its key stands on it and opens it. */
export function ActMenu({
  label,
  icon,
  of: act,
  listening,
  opened,
  onOpened,
  disabled = false,
  busy = false,
  children,
}: Props) {
  useShortcuts({ [act]: listening && !disabled ? () => onOpened(true) : undefined })
  return (
    <Menu opened={opened} onChange={onOpened} position="bottom-start" disabled={disabled}>
      <Menu.Target>
        <Button
          variant="default"
          size="sm"
          leftSection={<Icon name={icon} size={16} />}
          disabled={disabled}
          loading={busy}
        >
          {label} <KeyCap of={act} />
        </Button>
      </Menu.Target>
      <Menu.Dropdown mah={360} style={{ overflowY: 'auto' }}>
        {children}
      </Menu.Dropdown>
    </Menu>
  )
}
