import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { likenesses, termsOf } from '../../rules/likeness.ts'
import { fill } from '../../src/answers/fill.ts'
import { type Canned, type Earlier, MOST_SUGGESTIONS, suggest } from '../../src/answers/suggest.ts'

const WIFI = 'How do I connect the kettle to my wifi router?'
const earlier = (id: string, question: string, more: Partial<Earlier> = {}): Earlier => ({
  ...{ id, question, text: `Answer ${id}`, name: 'Mia', at: new Date(0), url: null, thanked: false, corrected: false },
  ...more,
})
const canned = (id: string, title: string, more: Partial<Canned> = {}): Canned => ({
  ...{ id, title, text: `Text ${id}`, language: null, skills: [] },
  ...more,
})
const ids = (found: ReturnType<typeof suggest>) => found.map(({ answer }) => answer.id)
const asked = { text: WIFI, language: 'en', skills: ['wifi'] }

describe('likeness of two texts', () => {
  it('is 1 for the same words, 0 for none in common, and more the rarer the common words are', () => {
    const others = [WIFI.toUpperCase(), 'Lovely colours!', 'My kettle leaks', 'The kettle is loud', 'kettle router']
    const [same, none, leaks, loud, router] = likenesses(WIFI, others) as [number, number, number, number, number]
    expect([same, none]).toEqual([expect.closeTo(1, 9), 0])
    expect(leaks).toBeGreaterThan(0)
    expect(router).toBeGreaterThan(Math.max(leaks, loud))
  })

  it('compares scripts without spaces by pairs of characters', () => {
    expect(termsOf('水壶漏水')).toEqual(new Set(['水壶', '壶漏', '漏水']))
    const [leak, other] = likenesses('我的水壶漏水了', ['水壶漏水怎么办', '颜色很好看']) as [number, number]
    expect(leak).toBeGreaterThan(0.2)
    expect(other).toBe(0)
  })

  it('stays within 0 and 1 whatever the texts are', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.array(fc.string({ unit: 'grapheme' })), (text, others) => {
        for (const like of likenesses(text, others)) expect(like >= 0 && like <= 1).toBe(true)
      }),
    )
  })
})

describe('suggested answers (F1)', () => {
  it('are those to the likest questions, thanked ones first among equals, and nothing without a likeness', () => {
    const known = [
      earlier('a', 'Where can I buy a blue lid?'),
      earlier('b', 'cannot connect the kettle to wifi'),
      earlier('c', 'cannot connect the kettle to wifi', { thanked: true }),
    ]
    expect(ids(suggest(asked, known, []))).toEqual(['c', 'b'])
  })

  it('take in canned answers of the language and of any, those of the skill before their likes', () => {
    const ready = [
      canned('de', 'Wifi verbinden', { language: 'de', skills: ['wifi'] }),
      canned('en', 'Connect to wifi', { language: 'en-GB' }),
      canned('skill', 'Connect to wifi', { skills: ['wifi'] }),
      canned('other', 'Warranty', { skills: ['warranty'] }),
    ]
    expect(ids(suggest(asked, [], ready))).toEqual(['skill', 'en'])
  })

  it('say the same words once, and are few', () => {
    const many = Array.from({ length: 20 }, (_, at) => earlier(`${at}`, WIFI, { text: `Answer ${at % 10}` }))
    const found = suggest(asked, many, [])
    expect(found).toHaveLength(MOST_SUGGESTIONS)
    expect(new Set(found.map(({ answer }) => answer.text)).size).toBe(MOST_SUGGESTIONS)
  })
})

it('known placeholders are filled in with what they name, whatever it holds; others stay to be seen', () => {
  const known = { author: '$&pat', brand: 'Acme', me: 'Mia' }
  expect(fill('Hi {{author}}, {{ ME }} of {{brand}}: {{model}}', known)).toBe('Hi $&pat, Mia of Acme: {{model}}')
})
