import { describe, expect, it } from 'vitest'
import { maskPersonalData } from '../../src/classify/flags.ts'
import { type Against, findingsIn } from '../../src/reply/checks.ts'

const NOTHING: Against = { banned: [], risky: [], lastWords: [] }
const found = (words: string, against: Partial<Against> = {}, byStaff = false) =>
  findingsIn(words, { ...NOTHING, ...against }, byStaff, maskPersonalData).map(({ about, weight }) => [about, weight])
const USUAL = 'Hold the round button for five seconds, then add the kettle in the app again.'

describe('the checks before an answer is sent (F5)', () => {
  it('find nothing in a usual answer', () => {
    expect(found(USUAL, { banned: ['guarantee*'], risky: ['factory reset'], lastWords: ['Thank you!'] })).toEqual([])
  })

  it('refuse banned words, of members and of staff, in any case and with any ending where the list says so', () => {
    const banned = ['guarantee*', 'for free']
    expect(found('We GUARANTEED that.', { banned })).toEqual([['banned-words', 'refusal']])
    expect(found('It comes for free, truly.', { banned }, true)).toEqual([['banned-words', 'refusal']])
    expect(found('Free of limescale.', { banned })).toEqual([])
  })

  it('send personal data to a reader first, and warn staff', () => {
    expect(found('Write to pat.lee@mail.example about it.')).toEqual([['personal-data', 'approval']])
    expect(found('Write to pat.lee@mail.example about it.', {}, true)).toEqual([['personal-data', 'warning']])
  })

  it('want a link beside advice that may do harm, or a reader', () => {
    const risky = ['factory reset', 'registry']
    expect(found('Do a factory reset.', { risky })).toEqual([['risky-advice', 'approval']])
    expect(found('Do a factory reset.', { risky }, true)).toEqual([['risky-advice', 'warning']])
    expect(found('Do a factory reset.Then write', { risky })).toEqual([['risky-advice', 'approval']])
    expect(found('Do a factory reset as told at https://help.acme.example/reset.', { risky })).toEqual([])
  })

  it('warn of what its author wrote nearly so to somebody else, but not of a short thank-you', () => {
    const near = USUAL.replace('then', 'and')
    expect(found(near, { lastWords: ['Something else entirely.', USUAL] })).toEqual([['repeated', 'warning']])
    expect(found('Thank you so much!', { lastWords: ['Thank you so much!'] })).toEqual([])
  })

  it('say each in a sentence that names what to change', () => {
    const [finding] = findingsIn(
      'Do a factory reset.',
      { ...NOTHING, risky: ['factory reset'] },
      false,
      maskPersonalData,
    )
    expect(finding?.says).toBe(
      '“factory reset” may do harm: link to where it is explained. Without a link a reader sees it first.',
    )
  })
})
