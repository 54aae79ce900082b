import { describe, expect, it } from 'vitest'
import { excerpt, findIn, isShown, termsOf } from '../../src/search/search.ts'

const words = (text: string, asked: string) =>
  findIn(text, termsOf(asked)).map(({ start, end }) => text.slice(start, end))

describe('what is looked for', () => {
  it.each([
    ['@Pat_Smith  "KETTLE"', ['pat', 'smith', 'kettle']],
    ['Größe größe GRÖSSE', ['große', 'grosse']],
    ['प्रिंटर', ['प्रिंटर']],
    ['東京タワー 5', ['東京タワー', '5']],
    ['<script>', ['script']],
    ['?! 😀', []],
  ])('in %s are the words %j', (asked, terms) => {
    expect(termsOf(asked)).toEqual(terms)
  })
})

describe('what is found in a text', () => {
  it('are words that begin so, whatever their case and accents', () => {
    expect(words('My Café’s kettles: KETTLE, teakettle', 'cafe kettle')).toEqual(['Café', 'kettles', 'KETTLE'])
    expect(words('a an apple', 'a')).toEqual(['a'])
  })

  it('is a part of a word where a script puts no spaces', () => {
    expect(words('昨日東京タワーで買った', '東京')).toEqual(['昨日東京タワーで買った'])
  })

  it('stands at its place behind characters of two units', () => {
    expect(words('😀😀 router 😀', 'router')).toEqual(['router'])
  })

  it('takes time linear in a hostile text', () => {
    const began = performance.now()
    findIn('a\u0301'.repeat(50_000), termsOf('zzz'))
    findIn('a '.repeat(50_000), termsOf('b c d e f'))
    expect(performance.now() - began).toBeLessThan(2_000)
  })

  it('counts only where all of it is shown, so that what is blanked cannot be found out', () => {
    expect(isShown(['my card is ••••'], termsOf('card 4111'))).toBe(false)
    expect(isShown(['my card', 'pat'], termsOf('pa card'))).toBe(true)
  })
})

describe('a long text', () => {
  it('is cut around what was found, between words, with its places counted anew', () => {
    const text = `${'before '.repeat(100)}needle ${'after '.repeat(200)}`
    const cut = excerpt(text, termsOf('needle'))
    expect(cut.text.length).toBeLessThan(500)
    expect(cut.text).toMatch(/^…before .*needle.*…$/)
    expect(cut.found.map(({ start, end }) => cut.text.slice(start, end))).toEqual(['needle'])
  })

  it('without a space is cut between characters', () => {
    expect(excerpt('😀'.repeat(1_000), termsOf('x')).text.isWellFormed()).toBe(true)
    expect(excerpt(`a${'😀'.repeat(1_000)}`, termsOf('x')).text.isWellFormed()).toBe(true)
  })
})
