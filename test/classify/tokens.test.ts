import { describe, expect, it } from 'vitest'
import { tokenize } from '../../src/classify/tokens.ts'

const wordsOf = (text: string) => tokenize(text).list.map(({ word }) => word)

describe('a post cut into words', () => {
  it('leaves out handles and links, and keeps hashtags as what they are', () => {
    const { list, handles, links } = tokenize(
      '@brand look at https://a.example/x?y=1 and bit.ly/abc or www.b.example #broken',
    )
    expect(list.map(({ word }) => word)).toEqual(['look', 'at', 'and', 'or', 'broken'])
    expect(list.at(-1)?.kind).toBe('hashtag')
    expect([handles, links]).toEqual([1, 3])
  })

  it('keeps contractions whole and splits elided words', () => {
    expect(wordsOf("I don't think it’s l'avion dell'amica")).toEqual([
      'i',
      "don't",
      'think',
      "it's",
      'l',
      'avion',
      'dell',
      'amica',
    ])
  })

  it('takes a missing space after a full stop for two words', () => {
    expect(wordsOf('I want a refund.it was late')).toEqual(['i', 'want', 'a', 'refund', 'it', 'was', 'late'])
  })

  it('notices stretched words, capitals, exclamation and question marks', () => {
    const { list, exclamations, questions, longCapitals } = tokenize('Soooo LATE again!!! Why?')
    expect(list[0]).toMatchObject({ word: 'soo', stretched: true })
    expect(list[1]).toMatchObject({ word: 'late', capitals: true })
    expect([exclamations, questions, longCapitals]).toEqual([3, 1, 1])
  })

  it('knows where each word stands in the text', () => {
    const text = 'Émile said: 😡 ÑANDÚ 2.14.3'
    expect(tokenize(text).list.map(({ start, end }) => text.slice(start, end))).toEqual([
      'Émile',
      'said',
      '😡',
      'ÑANDÚ',
      '2.14.3',
    ])
  })

  it('reads letters with separate accents as the composed ones', () => {
    expect(wordsOf('cafe\u0301')).toEqual(['café'])
  })

  it('sees emoticons, and no face in a link or a time', () => {
    expect(
      tokenize(':) :-( <3 10:30')
        .list.filter(({ kind }) => kind === 'emoji')
        .map(({ word }) => word),
    ).toEqual([':)', ':(', '<3'])
  })
})
