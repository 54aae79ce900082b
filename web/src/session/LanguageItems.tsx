import { Menu } from '@mantine/core'
import { chooseLanguage, chosenLanguage, LANGUAGES, type Language } from '../words/language.ts'
import { t } from './t.ts'

const AS_THE_BROWSER_SAYS = ''

/** The languages by their own names, so that everybody finds theirs in any of them. */
export function LanguageItems() {
  return (
    <>
      <Menu.Label>{t('ui.language')}</Menu.Label>
      <Menu.RadioGroup
        value={chosenLanguage() ?? AS_THE_BROWSER_SAYS}
        onChange={(code) => chooseLanguage(code === AS_THE_BROWSER_SAYS ? null : (code as Language))} // one of the items
      >
        {Object.entries(LANGUAGES).map(([code, name]) => (
          <Menu.RadioItem key={code} value={code} lang={code}>
            {name}
          </Menu.RadioItem>
        ))}
        <Menu.RadioItem value={AS_THE_BROWSER_SAYS}>{t('session.asTheBrowserSays')}</Menu.RadioItem>
      </Menu.RadioGroup>
    </>
  )
}
