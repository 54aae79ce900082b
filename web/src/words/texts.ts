import { type Feature, formOf, type Texts } from './catalogue.ts'
import { language, locale, PSEUDO } from './language.ts'

const rules = new Intl.PluralRules(locale)
const numbers = new Intl.NumberFormat(locale)

/** English comes with the pages: each brings its own feature. */
const english: Texts = {}

/** A language other than English, whole; empty for English itself. */
let translated: Texts = {}

let dressed = (text: string): string => text

/**
 * Fetches the texts of the reader's language; to be awaited before the first page is loaded. English has come already,
 * and is what a language that cannot be fetched falls back to.
 */
export async function fetchTexts(): Promise<void> {
  if (language === PSEUDO) dressed = (await import('./disguise.ts')).disguise
  else if (language !== 'en') translated = await whole(language)
}

async function whole(other: string): Promise<Texts> {
  try {
    return (await import(`../../i18n/${other}.json`)).default
  } catch {
    return {}
  }
}

/** Makes the English of a feature known. */
export function learn(name: string, texts: Feature): void {
  english[name] = texts
}

/** A text with its `{{places}}` still open; English where the language lacks it. */
export const openText = (key: string, count?: number): string =>
  dressed(formOf(translated, key, count, rules) ?? formOf(english, key, count, rules) ?? key)

/** The text for a name that comes from the server, such as the code of a refusal; null where this language has none. */
export const translatedText = (feature: string, name: string): string | null => translated[feature]?.[name] ?? null

/** A value as it stands in a text: numbers in the language's own way. */
export const shown = (value: string | number): string => (typeof value === 'number' ? numbers.format(value) : value)
