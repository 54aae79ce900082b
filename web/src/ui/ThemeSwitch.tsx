import { ActionIcon, Tooltip, useMantineColorScheme } from '@mantine/core'
import { Icon } from './Icon.tsx'
import type { IconName } from './icon-paths.ts'

const NEXT = { auto: 'light', light: 'dark', dark: 'auto' } as const
const SHOWN: Record<keyof typeof NEXT, { icon: IconName; label: string }> = {
  auto: { icon: 'screen', label: 'Theme: as the device' },
  light: { icon: 'sun', label: 'Theme: light' },
  dark: { icon: 'moon', label: 'Theme: dark' },
}

export function ThemeSwitch() {
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const { icon, label } = SHOWN[colorScheme]
  return (
    <Tooltip label={`${label}. Press to change`}>
      <ActionIcon
        variant="subtle"
        color="gray"
        size="lg"
        aria-label={label}
        onClick={() => setColorScheme(NEXT[colorScheme])}
      >
        <Icon name={icon} />
      </ActionIcon>
    </Tooltip>
  )
}
