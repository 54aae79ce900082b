import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cutAtMarks, type Mark } from '../../web/src/ui/mark-words.ts'
import { marksOf } from '../../web/src/why/marks.ts'

const mark = (at: number, words: string): Mark => ({ at, words, tone: 'for', says: 'Mood +0.50' })
const marked = (text: string, marks: readonly Mark[], from = 0) =>
  cutAtMarks(text, marks, from).flatMap(({ text: words, mark: by }) => (by ? [words] : []))

describe('words underlined in a post', () => {
  it('are those that counted, where they stand', () => {
    expect(cutAtMarks('The gate was 😀 awful', [mark(16, 'awful'), mark(4, 'gate')])).toEqual([
      { text: 'The ', mark: null },
      { text: 'gate', mark: mark(4, 'gate') },
      { text: ' was 😀 ', mark: null },
      { text: 'awful', mark: mark(16, 'awful') },
    ])
    expect(marked('was awful', [mark(16, 'awful')], 12)).toEqual(['awful'])
  })

  it('are left out where the text shown differs: masked, or edited since', () => {
    expect(marked('Call [phone number hidden] awful', [mark(21, 'awful')])).toEqual([])
    expect(marked('short', [mark(21, 'awful'), mark(-1, ''), mark(0, '')])).toEqual([])
  })

  it('never overlap: the stronger stays', () => {
    expect(marked('stuck at gate', [mark(9, 'gate'), mark(0, 'stuck at gate'), mark(0, 'stuck')])).toEqual([
      'stuck',
      'gate',
    ])
  })

  it('leave the text as it is, whatever the marks', () => {
    const anyMark = fc.record({ at: fc.integer({ min: -2, max: 30 }), words: fc.string({ maxLength: 6 }) })
    fc.assert(
      fc.property(
        fc.string({ maxLength: 30 }),
        fc.array(anyMark),
        fc.integer({ min: 0, max: 3 }),
        (text, some, from) => {
          const pieces = cutAtMarks(
            text,
            some.map(({ at, words }) => mark(at, words)),
            from,
          )
          expect(pieces.map((piece) => piece.text).join('')).toBe(text)
        },
      ),
    )
  })

  it('say what they pushed and which way, the strongest in their tone; weak ones are not marked', () => {
    expect(
      marksOf([
        { head: 'sentiment', words: 'late', push: -0.6, at: 3 },
        { head: 'intent.problem', words: 'late', push: 0.4, at: 3 },
        { head: 'sentiment', words: '[!]', push: -0.9 },
        { head: 'anger', words: 'the', push: 0.1, at: 0 },
      ]),
    ).toEqual([{ at: 3, words: 'late', tone: 'against', says: 'Mood −0.60, Intent: Problem +0.40' }])
  })
})
