import { describe, expect, it } from 'vitest'
import { lengthOf } from '../../connectors/length.ts'

describe('a length (F2)', () => {
  it('is what a reader sees, or code points', () => {
    expect(lengthOf('👩‍👩‍👧‍👦é', 'graphemes')).toBe(2)
    expect(lengthOf('👩‍👩‍👧‍👦', 'characters')).toBe(7)
  })

  it.each<[what: string, text: string, weight: number]>([
    ['Latin letters', 'Café', 4],
    ['a letter and its accent apart', 'Cafe\u0301', 4],
    ['Chinese and Japanese', '日本語', 6],
    ['Cyrillic, Arabic and Devanagari', 'Приветمرحباनम', 13],
    ['an emoji family, a flag and a skin tone', '👩‍👩‍👧‍👦🇩🇪👍🏽', 6],
    ['typographic quotes and dashes', '“–”', 3],
    ['a euro sign', '€', 2],
    ['a link, however long', `https://lumenor.example/${'a'.repeat(200)}`, 23],
    ['a link, however short', 'http://a.de', 23],
    ['a link before a full stop', 'See https://a.de/b.', 4 + 23 + 1],
    ['a link without a scheme', 'see a.de now', 4 + 23 + 4],
    ['what looks like a link and is longer', `see ${'a'.repeat(40)}.example`, 4 + 48],
    ['an abbreviation and a number', 'e.g. 4.2', 8],
    ['a handle', '@some.body hi', 13],
    ['a line break', 'a\nb', 3],
  ])('by the weights of X counts %s', (_what, text, weight) => {
    expect(lengthOf(text, 'weighted')).toBe(weight)
  })

  it('of 280 emoji or 280 ideographs is twice what X takes, of 280 Latin letters just that', () => {
    expect([lengthOf('👍'.repeat(280), 'weighted'), lengthOf('語'.repeat(280), 'weighted')]).toEqual([560, 560])
    expect(lengthOf('x'.repeat(280), 'weighted')).toBe(280)
  })
})
