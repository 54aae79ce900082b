import { describe, expect, it } from 'vitest'
import { examplesOf, presetTaxonomy, readTaxonomy, taxonomies, unrelatedPosts, wordsOf } from '../../rules/skills.ts'

const LANGUAGES = ['en', 'es', 'fr', 'de', 'pt', 'it', 'hi', 'ar']

describe('the taxonomies of skills that ship (U1)', () => {
  it('are six, each valid and named as its file', () => {
    expect(taxonomies()).toEqual(['bank', 'electronics', 'everyday', 'software', 'telecom', 'travel'])
    for (const name of taxonomies()) expect(presetTaxonomy(name).name).toBe(name)
  })

  it.each(taxonomies())('%s has words in many languages and at least four posts for each of its skills', (name) => {
    const { skills } = presetTaxonomy(name)
    expect(skills.length).toBeGreaterThanOrEqual(8)
    expect(skills.length).toBeLessThanOrEqual(14)
    for (const skill of skills) {
      const spoken = skill.words['*'] === undefined ? Object.keys(skill.words) : [...Object.keys(skill.words), 'any']
      expect(LANGUAGES.filter((tag) => !spoken.includes(tag)).length, skill.name).toBe(0)
      expect(skill.examples.length, skill.name).toBeGreaterThanOrEqual(4)
      expect(skill.examples.length, skill.name).toBeLessThanOrEqual(8)
    }
  })

  it('say each post once, and none of the everyday ones', () => {
    for (const name of taxonomies()) {
      const texts = examplesOf(presetTaxonomy(name)).map(({ text }) => text)
      expect(texts.filter((text, at) => texts.indexOf(text) < at || unrelatedPosts().includes(text))).toEqual([])
    }
    expect(unrelatedPosts().length).toBeGreaterThan(60)
  })
})

describe('a taxonomy', () => {
  const one = (skill: string) => `name: toys\ntitle: Toys\nskills:\n  - ${skill}\n`

  it('gives a brand its words and the rows that it learns from', () => {
    const toys = readTaxonomy(
      one('{ name: kites, words: { en: [kite], "*": [drachen] }, examples: [It will not fly] }'),
    )
    expect(wordsOf(toys)).toEqual({ kites: { en: ['kite'], '*': ['drachen'] } })
    expect(examplesOf(toys)).toEqual([{ text: 'It will not fly', skill: 'kites' }])
  })

  it.each<[string, string, RegExp]>([
    ['words of no language', '{ name: kites, words: { english: [kite] } }', /language such as en/],
    ['a language without a word', '{ name: kites, words: { en: [] } }', /words/],
    ['a key nobody knows', '{ name: kites, words: { en: [kite] }, sinonyms: [x] }', /sinonyms/],
    ['an example that is no text', '{ name: kites, words: { en: [kite] }, examples: [5] }', /examples/],
    ['a skill twice', '{ name: kites, words: {} }\n  - { name: kites, words: {} }', /twice/],
  ])('is refused with %s', (_, skill, says) => {
    expect(() => readTaxonomy(one(skill))).toThrow(says)
  })
})
