import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { neededBy, pageFiles, speeches, spokenWhileLoading, unspoken } from './speech.ts'

type Texts = Record<string, Record<string, string>>

const read = (file: string) => JSON.parse(readFileSync(`web/i18n/${file}`, 'utf8'))
const english: Texts = Object.fromEntries(
  readdirSync('web/i18n/en').map((file) => [file.replace('.json', ''), read(`en/${file}`)]),
)
const others = readdirSync('web/i18n').filter((file) => file.endsWith('.json'))

/** Answered by the code of a refusal, which the server chooses. */
const BY_CODE = 'problems'
const FORM = /_(zero|one|two|few|many|other)$/
const stem = (name: string): string => name.replace(FORM, '')
const keysOf = (texts: Texts): string[] =>
  Object.entries(texts).flatMap(([feature, all]) => Object.keys(all).map((name) => `${feature}.${name}`))
const textOf = (texts: Texts, key: string): string | undefined => {
  const [feature = '', name = ''] = key.split('.')
  return texts[feature]?.[name]
}
const placesOf = (text: string): string[] => [...new Set(text.match(/\{\{\w+\}\}|<\/?\w+>/g))].sort()

/** What looks like speech in the pages and is none. */
const NO_SPEECH: readonly string[] = [
  // Names that are the same in every language.
  'web/src/sign-in/Doorstep.tsx: Deputize',
  'web/src/words/language.ts: English',
  'web/src/words/language.ts: Deutsch',
  // A post in English, to show one.
  'web/src/disclosure/Disclosures.tsx: Hold both buttons for five seconds.',
  // What rules are written in.
  'web/src/lists/entries.ts: field: text',
  'web/src/lists/entries.ts: field: author.handle',
]
/** Where words are for browsers, or of them: fonts, which elements listen to letters, what browsers call themselves. */
const FOR_BROWSERS = /^web\/src\/(ui\/(theme|acts|use-shortcuts)|security\/device-words)\.ts: /

const source = pageFiles().map((file) => [file, readFileSync(file, 'utf8')] as const)

describe('the English catalogue', () => {
  it('holds all that the pages say: no words are written into a page', () => {
    const found = pageFiles().flatMap(unspoken)
    expect(found.filter((one) => !NO_SPEECH.includes(one) && !FOR_BROWSERS.test(one))).toEqual([])
    expect(NO_SPEECH.filter((one) => !found.includes(one))).toEqual([])
  })

  it('holds nothing that no page says', () => {
    const said = source.map(([, text]) => text).join('\n')
    const used = (key: string) => said.includes(`'${stem(key)}'`) || key.startsWith(`${BY_CODE}.`)
    expect(keysOf(english).length).toBeGreaterThan(900)
    expect(keysOf(english).filter((key) => !used(key))).toEqual([])
  })

  it('is given all its places wherever it is spoken', () => {
    const lacking = pageFiles()
      .flatMap(speeches)
      .filter(({ key, given }) => {
        const text = textOf(english, key) ?? textOf(english, `${key}_other`) ?? ''
        const wanted = [...text.matchAll(/\{\{(\w+)\}\}|<(\w+)>/g)].map(([, place, tag]) => place ?? tag ?? '')
        return wanted.some((name) => !given.includes(name))
      })
    expect(lacking).toEqual([])
  })

  it('has both forms wherever a number chooses one', () => {
    const single = keysOf(english).filter((key) => /_(one|other)$/.test(key))
    const lacks = (key: string) => ['_one', '_other'].some((form) => textOf(english, stem(key) + form) === undefined)
    expect(single.filter(lacks)).toEqual([])
  })
})

describe('what is loaded before the language has come', () => {
  it('keeps names of texts, not texts', () => {
    const frame = [...neededBy('web/src/main.tsx')]
    expect(frame.length).toBeGreaterThan(30)
    expect(frame.flatMap(spokenWhileLoading)).toEqual([])
  })
})

describe.each(others)('the catalogue %s', (file) => {
  const texts: Texts = read(file)
  const forms = new Intl.PluralRules(file.replace('.json', '')).resolvedOptions().pluralCategories

  it('has every text of the English one, in all forms its numbers take, and no other', () => {
    const wanted = keysOf(english).flatMap((key) =>
      FORM.test(key) ? forms.map((form) => `${stem(key)}_${form}`) : [key],
    )
    expect(keysOf(texts).sort()).toEqual([...new Set(wanted)].sort())
  })

  it('fills the same places; only a single thing may go without its number', () => {
    const differs = keysOf(texts).filter((key) => {
      const original = textOf(english, key) ?? textOf(english, `${stem(key)}_other`) ?? ''
      const without = (places: string[]) =>
        key.endsWith('_one') ? places.filter((one) => one !== '{{count}}') : places
      return without(placesOf(textOf(texts, key) ?? '')).join() !== without(placesOf(original)).join()
    })
    expect(differs).toEqual([])
  })
})
