import { describe, expect, it } from 'vitest'
import { lengthOf } from '../../connectors/length.ts'
import { faultIn, nextCheckMs, retryAfterMs, spoken, voicesFor } from '../../src/reply/reply.ts'

const can = {
  brand: true,
  member: true,
  maxLength: 10,
  lengthUnit: 'graphemes',
  idempotent: true,
  onlyIf: null,
  namesAuthor: false,
} as const
const accounts = [
  { id: 'b', memberId: null, handle: 'acme', trouble: null },
  { id: 'm', memberId: 'mia', handle: 'mia_b', trouble: null },
]

describe('the length of a reply (F2)', () => {
  it('is counted as the network counts', () => {
    expect(lengthOf('👩‍👩‍👧‍👦é', 'graphemes')).toBe(2)
    expect(lengthOf('👩‍👩‍👧‍👦', 'characters')).toBe(7)
  })

  it('is checked before anything leaves, with how much is too much', () => {
    expect(faultIn('1234567890', can)).toBeNull()
    expect(faultIn('1234567890ab', can)).toBe('This is 12 characters long; the network takes 10. Shorten it by 2.')
  })
})

it('a reply with a placeholder nobody filled in does not go (F1)', () => {
  expect(faultIn('Hi {{name}}', { ...can, maxLength: 99 })).toBe('Fill in {{name}} first.')
})

describe('a voice (F3)', () => {
  const refusals = (rank: 'newcomer' | 'champion') =>
    Object.fromEntries(
      voicesFor({ memberId: 'mia', rank }, accounts, 'sandbox', can).map((choice) => [choice.voice, choice.refusal]),
    )

  it('is one’s own from the first day, and the brand’s from the rank that opens it', () => {
    expect(refusals('newcomer')).toEqual({
      own: null,
      cosigned: 'The brand’s account opens with the rank of champion.',
      brand: 'The brand’s account opens with the rank of champion.',
    })
    expect(refusals('champion')).toEqual({ own: null, cosigned: null, brand: null })
  })

  it('says why it is refused when no account is linked, or the network lets nobody reply', () => {
    const [own] = voicesFor({ memberId: 'ben', rank: 'champion' }, accounts, 'sandbox', can)
    expect(own?.refusal).toBe('Link your account on sandbox first.')
    const closed = voicesFor({ memberId: 'mia', rank: 'champion' }, accounts, 'pinterest', null)
    expect(closed.every(({ refusal }) => refusal !== null)).toBe(true)
  })

  it('says so before anything is written when its account has to be linked again, and takes another where there is one', () => {
    const tired = accounts.map((account) => ({ ...account, trouble: 'It was taken back.' }))
    const [own, , brand] = voicesFor({ memberId: 'mia', rank: 'champion' }, tired, 'sandbox', can)
    expect(own?.refusal).toBe('Link your account on sandbox again first: It was taken back.')
    expect(brand?.refusal).toContain('an admin can do that')
    const second = { id: 'b2', memberId: null, handle: 'acme_help', trouble: null }
    expect(voicesFor(null, [...tired, second], 'sandbox', can)).toMatchObject([{ accountId: 'b2', refusal: null }])
  })

  it('is the brand’s for staff, and signed with a first name when co-signed', () => {
    expect(voicesFor(null, accounts, 'sandbox', can).map(({ voice, refusal }) => [voice, refusal])).toEqual([
      ['brand', null],
    ])
    expect(spoken('Press both buttons.', 'cosigned', 'Mia Brandt')).toBe('Press both buttons.\n– Mia, community')
    expect(spoken('Press both buttons.', 'own', 'Mia Brandt')).toBe('Press both buttons.')
  })
})

describe('trying again', () => {
  it('waits longer each time, spread, and five minutes at the most', () => {
    expect([1, 2, 3, 20].map((attempt) => retryAfterMs(attempt, 0))).toEqual([2_500, 5_000, 10_000, 150_000])
    expect(retryAfterMs(20, 0.999)).toBeLessThanOrEqual(300_000)
  })

  it('looks at a sent reply often at first and daily in the end', () => {
    expect([0, 1, 5, 99].map(nextCheckMs)).toEqual([20_000, 60_000, 86_400_000, 86_400_000])
  })
})
