import { type MantineColorScheme, Menu, useMantineColorScheme } from '@mantine/core'
import { type Key, t } from '../words/t.ts'

export const THEMES: Record<MantineColorScheme, Key> = {
  auto: 'ui.themeAsTheDevice',
  light: 'ui.themeLight',
  dark: 'ui.themeDark',
}

/** Light, dark or as the device is: for a menu. */
export function ThemeItems() {
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  return (
    <>
      <Menu.Label>{t('ui.theme')}</Menu.Label>
      <Menu.RadioGroup value={colorScheme} onChange={(chosen) => setColorScheme(chosen as MantineColorScheme)}>
        {Object.entries(THEMES).map(([scheme, label]) => (
          <Menu.RadioItem key={scheme} value={scheme}>
            {t(label)}
          </Menu.RadioItem>
        ))}
      </Menu.RadioGroup>
    </>
  )
}
