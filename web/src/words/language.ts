/** The languages the pages speak, each by its own name. A new one is a file in `web/i18n` and a line here. */
export const LANGUAGES = { en: 'English', de: 'Deutsch' } as const

export type Language = keyof typeof LANGUAGES

/** English in disguise: whatever stands undisguised on a screen was never put into the catalogue. In no menu. */
export const PSEUDO = 'en-XA'

const KEPT_AS = 'deputize.language'

const isSpoken = (code: string): code is Language => Object.hasOwn(LANGUAGES, code)

/**
 * The language for somebody: the chosen one, else the first of the browser's wishes that is spoken here (`de-AT` is
 * spoken by `de`), else English. `locale` is what dates and numbers follow: the wish with its region where it is of
 * that language.
 */
export function languageFor(
  chosen: string | null,
  wishes: readonly string[],
): { language: Language | typeof PSEUDO; locale: string } {
  if (chosen === PSEUDO) return { language: PSEUDO, locale: 'en' }
  const spoken = (wish: string) => wish.toLowerCase().split('-')[0] ?? ''
  const language = [chosen ?? '', ...wishes.map(spoken)].find(isSpoken) ?? 'en'
  return { language, locale: wishes.find((wish) => spoken(wish) === language) ?? language }
}

/** What there is of a browser; where plain functions are tested there is none, and English is spoken. */
const browser = globalThis as {
  document?: { documentElement: { lang: string } }
  navigator?: { languages: readonly string[] }
  localStorage?: {
    getItem: (key: string) => string | null
    setItem: (key: string, value: string) => void
    removeItem: (key: string) => void
  }
  location?: { reload: () => void }
}

/** What was chosen on this device; null: as the browser says. */
export function chosenLanguage(): string | null {
  try {
    return browser.localStorage?.getItem(KEPT_AS) ?? null
  } catch {
    // The browser forbids storage.
    return null
  }
}

/** Keeps the choice on this device (null: as the browser says) and starts the pages anew in it; drafts are kept. */
export function chooseLanguage(code: Language | null): void {
  if (code === null) browser.localStorage?.removeItem(KEPT_AS)
  else browser.localStorage?.setItem(KEPT_AS, code)
  browser.location?.reload()
}

/** Settled once, before anything is drawn: a change starts the pages anew. */
export const { language, locale } = browser.document
  ? languageFor(chosenLanguage(), browser.navigator?.languages ?? [])
  : languageFor(null, [])

if (browser.document) browser.document.documentElement.lang = language
