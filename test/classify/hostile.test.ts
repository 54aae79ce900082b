import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { classify } from '../../src/classify/classify.ts'
import { maskPersonalData } from '../../src/classify/flags.ts'
import { openModel } from '../../src/classify/model.ts'
import { type Classification, EMOTIONS, FLAGS, INTENTS, SENTIMENTS } from '../../src/domain/classification.ts'

const model = openModel({
  languages: ['en', 'de'],
  skills: { wifi: { en: ['router'] }, constructor: { '*': ['__proto__', 'a'] } },
})

const HOSTILE: Record<string, string> = {
  'an empty text': '',
  'only spaces': ' \n\t ',
  'only emoji': '😀😡👨‍👩‍👧‍👦🏴󠁧󠁢󠁳󠁣󠁴󠁿🇪🇸',
  'lone surrogates': 'refund \ud83d now \udc00\ud800 broken\udfff',
  'null bytes': 'my\0order\0\0is broken\0',
  'two hundred combining marks': `brok${'\u0301'.repeat(200)}en`,
  'right-to-left overrides': '\u202erefund\u202c \u2066now\u2069',
  'one letter 100 000 times': 'a'.repeat(100_000),
  '100 000 at signs': '@'.repeat(100_000),
  '100 000 digits': '1'.repeat(100_000),
  '50 000 digits and spaces': '1 '.repeat(50_000),
  '20 000 links': 'http://a.b '.repeat(20_000),
  '30 000 dots and letters': 'a.'.repeat(30_000),
  'names of inherited properties': 'constructor __proto__ toString hasOwnProperty valueOf',
  'script and markup': '<script>alert(1)</script><img src=x onerror=alert(1)>',
}

/** The first thing wrong: a number out of its range, an unknown label, words that could not be stored; else null. */
function faultIn(found: Classification): string | null {
  const shares = [
    found.language.confidence,
    found.sentiment.confidence,
    found.intent.confidence,
    found.anger,
    found.urgency,
    found.needsExpert,
    found.needsEmployee,
    ...EMOTIONS.map((emotion) => found.emotion.scores[emotion]),
    ...found.skills.map(({ weight }) => weight),
  ]
  const wrong = shares.find((share) => !(share >= 0 && share <= 1))
  if (wrong !== undefined) return `${wrong} is not in [0,1]`
  if (!(Math.abs(found.sentiment.score) <= 1)) return `sentiment ${found.sentiment.score} is not in [-1,1]`
  if (!SENTIMENTS.includes(found.sentiment.label)) return `${found.sentiment.label} is no sentiment`
  if (!EMOTIONS.includes(found.emotion.label)) return `${found.emotion.label} is no emotion`
  if (!INTENTS.includes(found.intent.label)) return `${found.intent.label} is no intent`
  if (!found.flags.every((flag) => FLAGS.includes(flag))) return `${found.flags} holds an unknown flag`
  for (const { push, words } of found.why) {
    if (!(Math.abs(push) <= 1)) return `a push of ${push} is not in [-1,1]`
    if (words.length > 60 || /[\p{Cc}\p{Cs}]/u.test(words))
      return `words that cannot be shown: ${JSON.stringify(words)}`
  }
  return null
}

describe('hostile text (L8)', { timeout: 30_000 }, () => {
  it.each(Object.entries(HOSTILE))('is judged without harm: %s', (_, text) => {
    expect(faultIn(classify({ text }, model))).toBeNull()
  })

  it('is judged without harm, whatever the characters and the hint', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 300 }),
      fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 300 }).map((units) => String.fromCharCode(...units)),
      fc
        .array(
          fc.constantFrom('refund', 'not', '!!', '@', '#', '1', '😡', 'LOVE', 'http://', '\ud800', '.', 'café', "'"),
          { maxLength: 60 },
        )
        .map((parts) => parts.join(' ')),
    )
    fc.assert(
      fc.property(text, fc.option(fc.string({ maxLength: 8 })), (text, language) => {
        const found = classify({ text, language }, model)
        const again = classify({ text, language }, model)
        return faultIn(found) === null && JSON.stringify(again) === JSON.stringify(found)
      }),
      { numRuns: 200 },
    )
  })

  it('is masked once and for all: masking again changes nothing (U7)', () => {
    const piece = fc.constantFrom(
      '+44 20 7946 0958',
      '4111 1111 1111 1111',
      'a@b.co',
      ' ',
      '-',
      '1',
      '22',
      '0',
      '+',
      'order ',
      '#',
      '12 Rose St',
      'Via Roma 1',
      '.',
      'DE89370400440532013000',
    )
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join('')),
        (text) => {
          const masked = maskPersonalData(text)
          expect(maskPersonalData(masked)).toBe(masked)
        },
      ),
      { numRuns: 200 },
    )
  })
})
