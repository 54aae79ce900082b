import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Closed, MENTION_KINDS, NETWORKS, type RawMention } from '../../connectors/connector.ts'
import { type Cleaned, cleanMention } from '../../src/ingest/clean.ts'
import { cleanLine, cleanText, MAX_TEXT } from '../../src/ingest/clean-text.ts'
import { HOSTILE, HOSTILE_TEXTS } from './hostile.ts'

const seenAt = new Date('2026-11-21T09:00:00Z')
const aPost = (change: Partial<RawMention> = {}): RawMention => ({
  ref: { network: 'sandbox', instance: 'sandbox', id: '9007199254740993' },
  kind: 'mention',
  author: { id: '7', handle: 'ana' },
  text: 'My kettle is broken',
  createdAt: new Date('2026-11-21T08:59:00Z'),
  ...change,
})
const cleaned = (raw: RawMention): Cleaned => {
  const result = cleanMention(raw, seenAt)
  if ('refused' in result) throw new Error(`refused: ${result.refused} (${result.detail})`)
  return result
}

// Direction marks, controls but tab and line end, invisibles, tags outside of flags, noncharacters.
const FORBIDDEN =
  /[\0-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0]|\p{Noncharacter_Code_Point}|\p{M}{5}|\n{3}/u

/** What every stored mention owes to the columns and pages behind it. */
function expectFit(mention: Cleaned) {
  for (const line of [mention.authorHandle, mention.authorName ?? 'none']) {
    expect(line).not.toMatch(FORBIDDEN)
    expect(line).not.toMatch(/[\n\t]/)
    expect(line.isWellFormed()).toBe(true)
    expect(line.length).toBeLessThanOrEqual(320)
    expect(line).not.toBe('')
  }
  expect(mention.text).not.toMatch(FORBIDDEN)
  expect(mention.text.isWellFormed()).toBe(true)
  expect(mention.text.length).toBeLessThanOrEqual(MAX_TEXT)
  expect(mention.text).toMatch(/\S/)
  for (const id of [mention.nativeId, mention.instance, mention.authorId, mention.parentId ?? 'none']) {
    expect(Buffer.byteLength(id)).toBeLessThanOrEqual(512)
    expect(id.isWellFormed()).toBe(true)
    expect(id).not.toMatch(/[\p{C}\p{Z}]/u)
  }
  expect(mention.url ?? 'https://none.example/').toMatch(/^https?:\/\/[^"<>\s@]+$/)
  if (mention.authorFollowers !== null) {
    expect(Number.isInteger(mention.authorFollowers)).toBe(true)
    expect(mention.authorFollowers).toBeGreaterThanOrEqual(0)
    expect(mention.authorFollowers).toBeLessThanOrEqual(2 ** 31 - 1)
  }
  expect(mention.postedAt.getTime()).toBeGreaterThanOrEqual(Date.UTC(2006, 0, 1))
  expect(mention.postedAt.getTime()).toBeLessThanOrEqual(seenAt.getTime() + 120_000)
  expect(mention.languageHint ?? 'en').toMatch(/^[a-z]{2,3}(-[a-z0-9]+)*$/i)
}

describe('cleaning a post (L8)', () => {
  it.each(HOSTILE)('meets $name', ({ raw, fate }) => {
    const result = cleanMention(raw, seenAt)
    expect('refused' in result ? result.refused : 'kept').toBe(fate)
    if (!('refused' in result)) expectFit(result)
  })

  it('knows more than sixty ways in which posts go wrong', () => {
    expect(HOSTILE.length).toBeGreaterThan(60)
    expect(new Set(HOSTILE.map(({ name }) => name)).size).toBe(HOSTILE.length)
  })

  it('leaves a wholesome post as it is', () => {
    const post = aPost({
      ref: { network: 'sandbox', instance: 'sandbox', id: '9007199254740993', url: 'https://s.example/p/1' },
      author: { id: '7', handle: 'ana', name: 'Ana María', followers: 12 },
      text: 'My kettle\n\tis broken 😀 — « vraiment »',
      language: 'pt-BR',
      parent: { network: 'sandbox', instance: 'sandbox', id: '5' },
    })
    expect(cleaned(post)).toEqual({
      network: 'sandbox',
      instance: 'sandbox',
      nativeId: '9007199254740993',
      url: 'https://s.example/p/1',
      isFirst: false,
      wordsAt: null,
      urlStandsIn: false,
      kind: 'mention',
      authorId: '7',
      authorHandle: 'ana',
      authorName: 'Ana María',
      authorFollowers: 12,
      text: 'My kettle\n\tis broken 😀 — « vraiment »',
      truncated: false,
      languageHint: 'pt-BR',
      parentId: '5',
      rootId: null,
      closed: null,
      postedAt: new Date('2026-11-21T08:59:00Z'),
    })
  })

  it('keeps two different ids different when it cannot keep them', () => {
    const ids = ['x'.repeat(513), 'x'.repeat(514), '17\ud83d', '17\ud83e', '17\ufffd', '17\u0000', '17'].map(
      (id) => cleaned(aPost({ ref: { network: 'sandbox', instance: 'sandbox', id } })).nativeId,
    )
    expect(new Set(ids).size).toBe(ids.length)
  })

  it('holds an author claims from the future to two minutes, and silence to the time we saw it', () => {
    expect(cleaned(aPost({ createdAt: new Date('2200-01-01') })).postedAt).toEqual(new Date('2026-11-21T09:02:00Z'))
    expect(cleaned(aPost({ createdAt: new Date(0) })).postedAt).toEqual(new Date('2006-01-01T00:00:00Z'))
    expect(cleaned(aPost({ createdAt: new Date(Number.NaN) })).postedAt).toEqual(seenAt)
  })

  it('keeps why a post cannot be answered, and only a safe page for doing it by hand (F8)', () => {
    const closed = (closed: unknown) => cleaned(aPost({ closed: closed as Closed })).closed
    const page = 'https://x.example/intent/post?in_reply_to=1'
    expect(closed({ reason: 'not-summoned', link: page })).toEqual({ reason: 'not-summoned', link: page })
    expect(closed({ reason: 'closed', link: 'http://127.0.0.1:4601/compose?replyTo=1' })?.link).toContain('127.0.0.1')
    for (const link of [
      null,
      7,
      'javascript:alert(1)',
      'http://x.example/',
      'https://a:b@x.example/',
      'http://localhost.x.example',
    ])
      expect(closed({ reason: 'closed', link })).toEqual({ reason: 'closed', link: null })
    expect(closed({ reason: 'something new', link: null })).toEqual({ reason: 'unsupported', link: null })
    for (const nothing of [undefined, null, 'no', 7]) expect(closed(nothing)).toBeNull()
  })

  it('keeps http and https addresses and no others', () => {
    const url = (url: string) => cleaned(aPost({ ref: { network: 'rss', instance: 'x', id: '1', url } })).url
    expect(url('HTTPS://Example.org/a b')).toBe('https://example.org/a%20b')
    expect(['javascript:alert(1)', 'ftp://x.example/', 'https://a@b.example/', '//x.example', ''].map(url)).toEqual([
      null,
      null,
      null,
      null,
      null,
    ])
  })

  it('never throws, whatever it is given, and what it keeps fits', () => {
    const anything = fc.oneof(
      fc.constantFrom<unknown>(null, undefined, 0, -1, 1e300, Number.NaN, true, [], {}, ['x'], new Date(Number.NaN)),
      fc.string({ unit: 'binary' }),
    )
    // Most members are of the right type, so that many posts get past the first checks.
    const mostly = <T>(right: fc.Arbitrary<T>) =>
      fc.oneof({ weight: 19, arbitrary: right }, { weight: 1, arbitrary: anything })
    const words = fc.string({ unit: 'binary' })
    const raw = mostly(
      fc.record({
        ref: mostly(
          fc.record({
            network: mostly(fc.constantFrom(...NETWORKS)),
            instance: mostly(words),
            id: mostly(words),
            url: mostly(fc.constantFrom('https://a.example/', 'http://a@b.example', 'https://[')),
          }),
        ),
        kind: mostly(fc.constantFrom(...MENTION_KINDS)),
        author: mostly(
          fc.record({ id: mostly(words), handle: mostly(words), name: mostly(words), followers: mostly(fc.double()) }),
        ),
        text: mostly(words),
        language: mostly(fc.string()),
        parent: mostly(fc.record({ id: mostly(words) })),
        createdAt: mostly(fc.date({ noInvalidDate: false })),
      }),
    )
    let kept = 0
    fc.assert(
      fc.property(raw, (post) => {
        const result = cleanMention(post as RawMention, seenAt)
        if ('refused' in result) return
        kept += 1
        expectFit(result)
      }),
      { numRuns: 400 },
    )
    expect(kept).toBeGreaterThan(40)
  }, 20_000)
})

describe('cleaning a text (L8)', () => {
  it.each([
    ['direction marks', 'acme \u202Eevil\u202C end', 'acme evil end'],
    ['zero width and soft hyphens', 'a\u200Bb\u00ADc', 'abc'],
    ['line ends of all kinds', 'a\r\nb\rc\u2028d', 'a\nb\nc\nd'],
    ['more than one empty line', 'a\n\n\n\n\nb', 'a\n\nb'],
    ['null bytes and escapes', 'a\u0000b\u001b[31m', 'ab[31m'],
    ['a lone surrogate', 'a\ud83db', 'a\ufffdb'],
    ['words hidden in tags', 'a\u{e0068}\u{e0069}b', 'ab'],
    ['a joiner that joins nothing', 'ca\u200dt', 'cat'],
    ['a letter and its mark', 'Cafe\u0301', 'Café'],
    ['a tower of marks', `Z${'\u0335\u0336'.repeat(20)}!`, 'Z\u0335\u0336\u0335\u0336!'],
  ])('settles %s', (_, raw, text) => {
    expect(cleanText(raw)).toEqual({ text, truncated: false })
  })

  it.each([
    '👩‍👩‍👧‍👦',
    '❤️‍🔥',
    '👩🏽‍🚒',
    '🏳️‍🌈',
    '🏴󠁧󠁢󠁥󠁮󠁧󠁿',
    '1️⃣',
    '🇩🇪',
    'می‌خواهم',
    'क्‍ष',
    'ไม่ได้',
    'שָׁלוֹם',
    'Việt',
    '葛\u{e0100}飾',
    '한국어',
  ])('leaves %s alone', (text) => {
    expect(cleanText(text).text).toBe(text.normalize('NFC'))
  })

  it('cuts long texts between characters, and says so', () => {
    expect(cleanText('k'.repeat(MAX_TEXT))).toEqual({ text: 'k'.repeat(MAX_TEXT), truncated: false })
    expect(cleanText(`${'k'.repeat(9999)}😀`)).toEqual({ text: 'k'.repeat(9999), truncated: true })
    expect(cleanText(`${'k'.repeat(9995)}👩‍👩‍👧‍👦 x`)).toEqual({ text: 'k'.repeat(9995), truncated: true })
    expect(cleanText('kettle '.repeat(200_000)).truncated).toBe(true)
  })

  it('changes nothing when done again', () => {
    for (const { text } of HOSTILE_TEXTS)
      expect(cleanText(cleanText(text).text)).toEqual({ text: cleanText(text).text, truncated: false })
    // Characters that touch each other's rules, so that they meet often.
    const unit = fc.constantFrom(
      ...'aZ \n\t\r\u0000\u0301\u0335\u093c\u0958\u0627\u064b\u0915\u094d\u200b\u200c\u200d\u202e\ufe0e\ufe0f\u2028',
      '😀',
      '👩',
      '🏽',
      '🏴',
      '葛',
      '\u{e0100}',
      '\u{e0067}',
      '\u{e007f}',
      '\ud83d',
      '\ude00',
    )
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit, maxLength: 40 }), fc.string({ unit: 'binary', maxLength: 40 })), (raw) => {
        const { text } = cleanText(raw)
        expect(text).not.toMatch(FORBIDDEN)
        expect(cleanText(text)).toEqual({ text, truncated: false })
      }),
      { numRuns: 2000 },
    )
  }, 20_000)

  it('puts names on one line within their limit', () => {
    expect(cleanLine(' Ana\n\n María\t🐝 ', 100)).toBe('Ana María 🐝')
    expect(cleanLine('👩‍👩‍👧‍👦'.repeat(20), 100)).toBe('👩‍👩‍👧‍👦'.repeat(9))
  })
})
