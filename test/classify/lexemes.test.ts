import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { classify } from '../../src/classify/classify.ts'
import { forgetWords, lexemeOf, MOST_WORDS } from '../../src/classify/lexemes.ts'
import { openModel } from '../../src/classify/model.ts'
import { tokenize } from '../../src/classify/tokens.ts'

const model = openModel({ languages: ['en', 'de'], skills: { wifi: { en: ['router'] } } })

const word = fc.oneof(
  fc.constantFrom(
    'refund',
    'REFUND',
    'not',
    'soooo',
    'soo',
    "don't",
    'it’s',
    '2015',
    '#2015',
    '1.5',
    '#not',
    'cafe\u0301',
    '😡',
  ),
  fc.constantFrom(
    'verspätet',
    'привет',
    'ですか',
    'error',
    '0x80ff',
    'www.a.com',
    '!!',
    ':)',
    'x'.repeat(41),
    'x'.repeat(60),
  ),
  fc.string({ unit: 'grapheme', maxLength: 6 }),
)
const posts = fc.array(
  fc.array(word, { maxLength: 20 }).map((words) => words.join(' ')),
  { minLength: 1, maxLength: 8 },
)

/** More words than are kept, none of which anybody writes. */
function readTooMuch(): void {
  for (let post = 0; post * 500 < MOST_WORDS * 1.2; post++) {
    tokenize(Array.from({ length: 500 }, (_, n) => `q${(post * 500 + n).toString(36)}`).join(' '))
  }
}

describe('words that are kept', () => {
  it('change no answer: a post is judged the same whatever was read before it (U6)', () => {
    fc.assert(
      fc.property(posts, (texts) => {
        const together = texts.map((text) => classify({ text }, model))
        const alone = texts.map((text) => {
          forgetWords()
          return classify({ text }, model)
        })
        expect(together).toEqual(alone)
      }),
      { numRuns: 60 },
    )
  })

  it('make room for others once there are too many, and answers stay the same (U6)', () => {
    const text = 'Not happy: router #broken since 2015, NOT good at all 😡'
    const before = classify({ text }, model)
    const tokens = tokenize(text).list.map(({ word }) => word)
    readTooMuch()
    expect(classify({ text }, model)).toEqual(before)
    expect(tokenize(text).list.map(({ word }) => word)).toEqual(tokens)
  })

  it('are one object for all ways to write them, and numbers are not the hashtags that look like them', () => {
    const [small, large, hashtag] = tokenize('refund REFUND #refund').list
    expect(large?.lexeme).toBe(small?.lexeme)
    expect(hashtag?.lexeme).toBe(small?.lexeme)
    const [number, tag] = tokenize('2015 #2015').list
    expect(number?.lexeme).not.toBe(tag?.lexeme)
    expect([number?.lexeme.spelled, tag?.lexeme.spelled]).toEqual([false, true])
  })

  it('are forgotten without being mixed up with those that come after', () => {
    const lexeme = lexemeOf('refund', 'word')
    forgetWords()
    const again = lexemeOf('refund', 'word')
    expect(again).not.toBe(lexeme)
    expect(again.serial).not.toBe(lexeme.serial)
    expect(again).toMatchObject({ word: 'refund', hash: lexeme.hash, spelled: true, negates: false })
  })
})
