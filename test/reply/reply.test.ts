import { describe, expect, it } from 'vitest'
import { capabilitiesOf } from '../../src/connections.ts'
import { DAY } from '../../src/domain/clock.ts'
import { answeringFor } from '../../src/reply/answering.ts'
import {
  afterLook,
  beginningOf,
  byHand,
  disclosureFor,
  endingOf,
  faultIn,
  nextCheckMs,
  retryAfterMs,
  voicesFor,
} from '../../src/reply/reply.ts'

const can = {
  brand: true,
  member: true,
  maxLength: 10,
  lengthUnit: 'graphemes',
  idempotent: true,
  onlyIf: null,
  removes: true,
  namesAuthor: false,
} as const
const accounts = [
  { id: 'b', memberId: null, handle: 'acme', trouble: null },
  { id: 'm', memberId: 'mia', handle: 'mia_b', trouble: null },
]

describe('the length of a reply (F2)', () => {
  it('is checked before anything leaves, with how much is too much', () => {
    expect(faultIn('1234567890', can, 'pat')).toBeNull()
    expect(faultIn('1234567890ab', can, 'pat')).toBe(
      'This is 12 characters long; the network takes 10. Shorten it by 2.',
    )
  })
})

it('a reply with a placeholder nobody filled in does not go (F1)', () => {
  expect(faultIn('Hi {{name}}', { ...can, maxLength: 99 }, 'pat')).toBe('Fill in {{name}} first.')
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
    expect(own?.refusal).toBe('Link your account on Sandbox first.')
    const closed = voicesFor({ memberId: 'mia', rank: 'champion' }, accounts, 'pinterest', null)
    expect(closed.every(({ refusal }) => refusal !== null)).toBe(true)
  })

  it('says so before anything is written when its account has to be linked again, and takes another where there is one', () => {
    const tired = accounts.map((account) => ({ ...account, trouble: 'It was taken back.' }))
    const [own, , brand] = voicesFor({ memberId: 'mia', rank: 'champion' }, tired, 'sandbox', can)
    expect(own?.refusal).toBe('Link your account on Sandbox again first: It was taken back.')
    expect(brand?.refusal).toContain('an admin can do that')
    const second = { id: 'b2', memberId: null, handle: 'acme_help', trouble: null }
    expect(voicesFor(null, [...tired, second], 'sandbox', can)).toMatchObject([{ accountId: 'b2', refusal: null }])
  })

  it('is the brand’s for staff, and signed with a first name when co-signed', () => {
    expect(voicesFor(null, accounts, 'sandbox', can).map(({ voice, refusal }) => [voice, refusal])).toEqual([
      ['brand', null],
    ])
    expect(endingOf('cosigned', 'Mia Brandt', '#helper')).toBe('\n– Mia, community')
    expect(endingOf('own', 'Mia Brandt', null)).toBe('')
  })
})

describe('a rewarded helper’s post (F3)', () => {
  const at = (network: string | null, language: string | null, text: string) => ({ network, language, text })
  const texts = [
    at(null, 'en', '#helper'),
    at(null, 'de', '#Helferin'),
    at(null, 'pt-BR', '#ajudante'),
    at('bluesky', null, 'rewarded'),
  ]

  it('says so in the language of the post it answers, else in English', () => {
    const said = (language: string) => disclosureFor(texts, { network: 'sandbox', language })
    expect(['de', 'de-AT', 'pt-BR', 'fr', 'und'].map(said)).toEqual([
      '#Helferin',
      '#Helferin',
      '#ajudante',
      '#helper',
      '#helper',
    ])
    expect(endingOf('own', 'Mia Brandt', '#helper')).toBe('\n#helper')
    expect(endingOf('brand', 'Mia Brandt', '#helper')).toBe('')
  })

  it('says what is set for its network, before what is set for the others', () => {
    const on = (network: string) => disclosureFor(texts, { network, language: 'de' })
    expect([on('bluesky'), on('sandbox')]).toEqual(['rewarded', '#Helferin'])
    expect(disclosureFor([at('x', null, 'ad')], { network: 'sandbox', language: 'de' })).toBeNull()
  })

  it('is said where a network forbids points for posting too: thanks earn them there', () => {
    const caps = capabilitiesOf('x')
    expect(caps?.rewardsForPosting).toBe('no')
    const mention = { network: 'x', instance: 'x.com', authorHandle: 'pat', language: 'en', closed: null }
    const { voices } = answeringFor({ memberId: 'm1', name: 'Mia', rank: 'helper' }, [], mention, texts, caps)
    expect(voices.find(({ voice }) => voice === 'own')?.ends).toBe('\n#helper')
  })

  it('says nothing where nothing is set', () => {
    expect(disclosureFor(null, { network: 'sandbox', language: 'en' })).toBeNull()
    expect(disclosureFor([], { network: 'sandbox', language: 'en' })).toBeNull()
  })
})

describe('an answer that reaches its author only by naming them', () => {
  const naming = { ...can, maxLength: 99, namesAuthor: true }

  it('begins with their handle, and is refused without it', () => {
    expect(beginningOf(naming, 'pat')).toBe('@pat ')
    expect(beginningOf(can, 'pat')).toBe('')
    expect(faultIn('Try this, @Pat: press WPS.', naming, 'pat')).toBeNull()
    for (const text of ['Press WPS.', 'pat, press WPS', '@patricia press WPS', '@pat@elsewhere.example press WPS'])
      expect(faultIn(text, naming, 'pat')).toContain('Name @pat in it')
    expect(faultIn('@pat@elsewhere.example press WPS', naming, 'pat@elsewhere.example')).toBeNull()
  })
})

describe('answering by hand (F8)', () => {
  const closed = { reason: 'not-summoned', link: 'https://x.example/intent' } as const
  const ana = (rank: 'newcomer' | 'helper') => ({ memberId: 'mia', rank })

  it('is for whoever has linked an account there and is not read first', () => {
    expect(byHand(ana('helper'), accounts, 'x', closed)).toMatchObject({ handle: 'mia_b', refusal: null })
    expect(byHand(null, accounts, 'x', closed)).toMatchObject({ handle: 'acme', refusal: null })
    expect(byHand(ana('newcomer'), accounts, 'x', closed).refusal).toContain('read by staff first')
    expect(byHand(ana('helper'), [], 'x', closed).refusal).toContain('Link your account on X first')
    expect(byHand(ana('helper'), accounts, 'x', { ...closed, link: null }).refusal).not.toBeNull()
  })

  it('leaves no voice to answer in from here, and says why', () => {
    const voices = voicesFor(ana('helper'), accounts, 'x', can, closed)
    expect(voices.map(({ refusal }) => refusal)).toEqual(
      voices.map(() => 'X lets an app answer only where the author asked for it, and this author did not.'),
    )
  })
})

describe('a reply that is looked for', () => {
  it('comes back when moderators refused it, and is left to a person when they hold it for a week', () => {
    expect(afterLook('pending', 'unknown', 6 * DAY)).toBeNull()
    expect(afterLook('pending', 'unknown', 7 * DAY)).toMatchObject({ state: 'unknown' })
    expect(afterLook('pending', 'absent', 0)).toMatchObject({ state: 'failed' })
  })

  it('is given a day to turn up when it was posted by hand, whatever the network says meanwhile (F8)', () => {
    for (const found of ['absent', 'unknown'] as const) {
      expect(afterLook('by-hand', found, DAY - 1)).toBeNull()
      expect(afterLook('by-hand', found, DAY)).toMatchObject({ state: 'failed' })
    }
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
