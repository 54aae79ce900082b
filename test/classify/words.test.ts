import { describe, expect, it } from 'vitest'
import { LEXICON_LANGUAGES, valencesOf } from '../../src/classify/lexicon.ts'
import { phrasesIn, withoutAccents } from '../../src/classify/phrases.ts'
import { ar } from '../../src/classify/words/ar.ts'
import { de } from '../../src/classify/words/de.ts'
import { en } from '../../src/classify/words/en.ts'
import { es } from '../../src/classify/words/es.ts'
import { fr } from '../../src/classify/words/fr.ts'
import { hi } from '../../src/classify/words/hi.ts'
import { it as italian } from '../../src/classify/words/it.ts'
import { pt } from '../../src/classify/words/pt.ts'

const LISTS = { en, es, fr, de, pt, it: italian, ar, hi }

describe('a word list', () => {
  it('is written with alternatives in brackets, which may nest', () => {
    expect(phrasesIn('cancel(l|)ed _ flight(s|), oh (dear|my (god|)) ')).toEqual([
      'cancelled _ flights',
      'cancelled _ flight',
      'canceled _ flights',
      'canceled _ flight',
      'oh dear',
      'oh my god',
      'oh dear',
      'oh my',
    ])
    expect(() => phrasesIn('cancel(l|ed')).toThrow('cancel(l|ed')
    expect(() => phrasesIn('cancel)ed')).toThrow('cancel)ed')
  })

  it.each(Object.entries(LISTS))('has words for every group in %s', (_, list) => {
    for (const [group, phrases] of Object.entries(list.cues))
      expect(phrasesIn(phrases).length, group).toBeGreaterThan(4)
  })

  it.each(Object.entries(LISTS))('never calls a word good and bad at once in %s', (_, list) => {
    const good = new Set([list.cues.thanks, list.cues.delight, list.cues.good].flatMap(phrasesIn))
    const bad = [list.cues.bad, list.cues.hostile, list.cues.service, list.cues.failure].flatMap(phrasesIn)
    expect(bad.filter((phrase) => good.has(phrase))).toEqual([])
  })

  it('is also found as people write it without accents', () => {
    expect(withoutAccents('cancelación', 'es')).toBe('cancelacion')
    expect(withoutAccents('verspätet', 'de')).toBe('verspaetet')
    expect(withoutAccents('scheiße', 'de')).toBe('scheisse')
  })
})

describe('the valences borrowed from natural', () => {
  it.each(LEXICON_LANGUAGES)('lie in [-1,1] and know many words in %s', (tag) => {
    const valences = [...valencesOf(tag).values()]
    expect(valences.length).toBeGreaterThan(900)
    expect(valences.every((valence) => valence >= -1 && valence <= 1 && valence !== 0)).toBe(true)
  })

  it('are none for a language without a list', () => {
    expect(valencesOf('ja').size).toBe(0)
  })
})
