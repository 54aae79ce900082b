import { ActionIcon, Tooltip, useMantineColorScheme } from '@mantine/core'
import { t } from '../words/t.ts'
import { Icon } from './Icon.tsx'
import type { IconName } from './icon-paths.ts'
import { THEMES } from './ThemeItems.tsx'

const NEXT = { auto: 'light', light: 'dark', dark: 'auto' } as const
const ICONS: Record<keyof typeof NEXT, IconName> = { auto: 'screen', light: 'sun', dark: 'moon' }

export function ThemeSwitch() {
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const label = t('ui.themeIs', { theme: t(THEMES[colorScheme]) })
  return (
    <Tooltip label={t('ui.pressToChange', { label })}>
      <ActionIcon
        variant="subtle"
        color="gray"
        size="lg"
        aria-label={label}
        onClick={() => setColorScheme(NEXT[colorScheme])}
      >
        <Icon name={ICONS[colorScheme]} />
      </ActionIcon>
    </Tooltip>
  )
}
