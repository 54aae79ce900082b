import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fullHandle, holdsAny, searchFor } from '../../../connectors/bluesky/listen.ts'
import { plainText } from '../../../connectors/bluesky/plain-text.ts'
import { recordKey } from '../../../connectors/bluesky/record-key.ts'
import { ratesOf } from '../../../connectors/bluesky/xrpc.ts'

const DIGITS = '234567abcdefghijklmnopqrstuvwxyz'

describe('a record key', () => {
  it('is a TID of a time before there was a Bluesky, and always the same for one key (40)', () => {
    fc.assert(
      fc.property(fc.string(), (key) => {
        const made = recordKey(key)
        // The form that the specification gives (atproto.com/specs/tid).
        expect(made).toMatch(/^[234567abcdefghij][234567abcdefghijklmnopqrstuvwxyz]{12}$/)
        const bits = [...made].reduce((sum, digit) => sum * 32n + BigInt(DIGITS.indexOf(digit)), 0n)
        expect(Number(bits >> 10n) / 1000).toBeLessThan(Date.parse('2006-01-01'))
        expect(recordKey(key)).toBe(made)
      }),
    )
  })

  it('differs from key to key', () => {
    expect(new Set(Array.from({ length: 20_000 }, (_, n) => recordKey(`reply ${n}`))).size).toBe(20_000)
  })
})

describe('what is listened to', () => {
  it('takes handles as people write them', () => {
    expect([' @Lumenor', 'lumenor.example', '@A.b.C '].map(fullHandle)).toEqual([
      'lumenor.bsky.social',
      'lumenor.example',
      'a.b.c',
    ])
  })

  it('searches for phrases as phrases', () => {
    expect(['kettle', 'cold kettle', 'a "b" c'].map(searchFor)).toEqual(['kettle', '"cold kettle"', '"a  b  c"'])
  })

  it('leaves out whole words only', () => {
    const excluded = holdsAny(['Guild', 'für alle', ''])
    expect(['my guild!', 'GUILD', 'guilds', 'rebuild', 'Für alle', 'für allerlei', ''].map(excluded)).toEqual([
      true,
      true,
      false,
      false,
      true,
      false,
      false,
    ])
  })
})

describe('the text of a post (20)', () => {
  it('stays as it is, whatever its facets say, unless they lengthen a link that was shortened', () => {
    const facet = fc.record({ byteStart: fc.integer(), byteEnd: fc.integer(), uri: fc.webUrl() })
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.array(facet), (text, links) => {
        fc.pre(!/\.\.\.|…/.test(text))
        expect(plainText(text, links)).toBe(text)
      }),
    )
  })

  it('never shows an address for words that are not its beginning', () => {
    const text = 'paypal.com/login...'
    expect(plainText(text, [{ byteStart: 0, byteEnd: 19, uri: 'https://evil.example/paypal.com/login' }])).toBe(text)
  })
})

describe('the network’s patience (24)', () => {
  const headers = (over: Record<string, string>) =>
    new Headers({ 'ratelimit-limit': '5000', 'ratelimit-remaining': '4997', 'ratelimit-reset': '1793000000', ...over })

  it('is read in its own units, an account’s writes apart from an address’s requests', () => {
    const resetAt = new Date('2026-10-26T07:33:20Z')
    expect(ratesOf(headers({ 'ratelimit-policy': '5000;w=3600' }))).toEqual([
      { scope: 'account', key: '5000;w=3600', limit: 5000, remaining: 4997, resetAt },
    ])
    expect(ratesOf(headers({ 'ratelimit-policy': '3000;w=300' }))).toMatchObject([{ scope: 'address', resetAt }])
  })

  it('may be missing or senseless', () => {
    expect(ratesOf(new Headers())).toEqual([])
    expect(ratesOf(headers({ 'ratelimit-reset': 'soon' }))).toEqual([])
    expect(ratesOf(headers({ 'ratelimit-remaining': '-1' }))).toEqual([])
  })
})
