import { describe, expect, it } from 'vitest'
import { formOf } from '../../web/src/words/catalogue.ts'
import { disguise } from '../../web/src/words/disguise.ts'
import { languageFor, PSEUDO } from '../../web/src/words/language.ts'
import { speaking } from '../../web/src/words/speaking.ts'

describe('the language of the pages', () => {
  it('is the first the browser wishes for that is spoken here, with the region for its dates', () => {
    expect(languageFor(null, ['de-AT', 'en'])).toEqual({ language: 'de', locale: 'de-AT' })
    expect(languageFor(null, ['fi', 'en-GB', 'de'])).toEqual({ language: 'en', locale: 'en-GB' })
    expect(languageFor(null, ['fi'])).toEqual({ language: 'en', locale: 'en' })
    expect(languageFor(null, [])).toEqual({ language: 'en', locale: 'en' })
  })

  it('is what was chosen, whatever the browser wishes', () => {
    expect(languageFor('de', ['en-US'])).toEqual({ language: 'de', locale: 'de' })
    expect(languageFor('en', ['de-CH', 'en-CA'])).toEqual({ language: 'en', locale: 'en-CA' })
    expect(languageFor(PSEUDO, ['de'])).toEqual({ language: PSEUDO, locale: 'en' })
  })

  it('is not taken from words that are no language of ours', () => {
    expect(languageFor('toString', ['constructor', 'de'])).toEqual({ language: 'de', locale: 'de' })
  })
})

describe('a text', () => {
  const t = speaking('trial', {
    plain: 'Sent',
    greeting: '{{name}} has {{count}}',
    posts_one: '{{count}} post by {{who}}',
    posts_other: '{{count}} posts by {{who}}',
  })

  it('takes the form its number asks for, written as the language writes numbers', () => {
    expect(t('trial.posts', { count: 1, who: 'Ana' })).toBe('1 post by Ana')
    expect(t('trial.posts', { count: 1200, who: 'Ana' })).toBe('1,200 posts by Ana')
    expect(t('trial.posts', { count: 0, who: 'Ana' })).toBe('0 posts by Ana')
  })

  it('is not read again once filled: a stranger’s places stay as they are', () => {
    expect(t('trial.greeting', { name: '{{count}} $& <b>', count: 2 })).toBe('{{count}} $& <b> has 2')
  })

  it('leaves a place open that nobody filled, for elements to be put there', () => {
    expect(t('trial.greeting', { count: 2 })).toBe('{{name}} has 2')
  })

  it('finds the forms of languages that have more than two', () => {
    const polish = new Intl.PluralRules('pl')
    const texts = { a: { n_one: 'wpis', n_few: 'wpisy', n_many: 'wpisów', n_other: 'wpisu' } }
    expect([1, 3, 5, 1.5].map((count) => formOf(texts, 'a.n', count, polish))).toEqual([
      'wpis',
      'wpisy',
      'wpisów',
      'wpisu',
    ])
    expect(formOf(texts, 'a.absent', undefined, polish)).toBeNull()
  })

  it('in disguise is longer, marked at both ends, and keeps its places and tags', () => {
    expect(disguise('Reply to {{author}} <b>now</b>')).toMatch(/^⟦Réply tó \{\{author\}\} <b>nów<\/b> ~{8} ~{2}⟧$/)
  })
})
