import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { lengthOf } from '../../connectors/length.ts'
import { type Falling, fallIntoPosts } from '../../connectors/thread.ts'

const how = (some: Partial<Falling> = {}): Falling => ({
  ...{ maxLength: 40, lengthUnit: 'graphemes', most: 9, numbered: false, ends: '' },
  ...some,
})
const plain = (text: string) => text.replace(/\s+/g, '')

describe('an answer longer than a post (F2)', () => {
  it('that fits is one post', () => {
    expect(fallIntoPosts('Hold the button.', how({ ends: '\nAd' }))).toEqual(['Hold the button.\nAd'])
  })

  it.each<[where: string, words: string, posts: string[]]>([
    [
      'a paragraph',
      'Press the reset button.\n\nThen wait. It blinks twice after.',
      ['Press the reset button.', 'Then wait. It blinks twice after.'],
    ],
    [
      'a sentence',
      'Press the reset button. Then wait until it blinks twice.',
      ['Press the reset button.', 'Then wait until it blinks twice.'],
    ],
    [
      'a word',
      'press the reset button and then wait until it blinks twice',
      ['press the reset button and then wait', 'until it blinks twice'],
    ],
    [
      'a word rather than a sentence that ends too early',
      'Yes. Press the reset button and wait until it blinks',
      ['Yes. Press the reset button and wait', 'until it blinks'],
    ],
  ])('falls at %s', (_where, words, posts) => {
    expect(fallIntoPosts(words, how())).toEqual(posts)
  })

  it('in writing without spaces falls behind its stops', () => {
    const posts = fallIntoPosts('电源键按住十秒钟。然后等待指示灯闪烁两次，再次连接无线网络。', how({ maxLength: 20 }))
    expect(posts).toEqual(['电源键按住十秒钟。', '然后等待指示灯闪烁两次，', '再次连接无线网络。'])
  })

  it('says what it has to say of rewards once, in the first post', () => {
    const ends = '\nI get points'
    const posts = fallIntoPosts('press the reset button and then wait until it blinks twice', how({ ends }))
    expect(posts).toEqual(['press the reset button and\nI get points', 'then wait until it blinks twice'])
  })

  it('can number its posts, within their length', () => {
    const posts = fallIntoPosts(
      'press the reset button and then wait until it blinks twice',
      how({ numbered: true, ends: '\nAd' }),
    )
    expect(posts).toEqual(['press the reset button and then 1/2\nAd', 'wait until it blinks twice 2/2'])
  })

  it('numbers ten and more', () => {
    const posts = fallIntoPosts('word '.repeat(44).trim(), how({ maxLength: 24, most: 20, numbered: true }))
    expect(posts).toHaveLength(12)
    expect(posts?.at(0)).toBe('word word word word 1/12')
    expect(posts?.at(-1)).toMatch(/^word( word)* 12\/12$/)
  })

  it('does not fit in fewer posts than it takes', () => {
    expect(fallIntoPosts('word '.repeat(30).trim(), how({ most: 3 }))).toBeNull()
  })

  it.each([
    ['a link', `look at https://acme.example/${'a'.repeat(15)} and tell`, `https://acme.example/${'a'.repeat(15)}`],
    ['a link without a scheme', `look at acme.example/${'a'.repeat(25)} and tell`, `acme.example/${'a'.repeat(25)}`],
    ['a handle', `hello dear ${'@'}${'pat'.repeat(12)} and all`, `@${'pat'.repeat(12)}`],
    ['a family', `${'a'.repeat(37)} 👩‍👩‍👧‍👦${'b'.repeat(30)}`, '👩‍👩‍👧‍👦'],
  ])('never cuts %s', (_what, words, whole) => {
    expect(fallIntoPosts(words, how())?.filter((post) => post.includes(whole))).toHaveLength(1)
  })

  it('with a link longer than a post does not fit', () => {
    expect(fallIntoPosts(`look at https://acme.example/${'a'.repeat(40)} and tell`, how())).toBeNull()
  })

  it('cuts a word longer than a post between letters', () => {
    expect(fallIntoPosts('e\u0301'.repeat(50), how())).toEqual(['e\u0301'.repeat(40), 'e\u0301'.repeat(10)])
  })

  it('of hostile length takes no longer than counting it some dozen times', () => {
    const took = (work: () => unknown) => {
      const began = performance.now()
      work()
      return performance.now() - began
    }
    for (const words of ['a'.repeat(10_000), 'a.'.repeat(5_000), '。'.repeat(10_000), 'a '.repeat(5_000).trim()]) {
      const counting = took(() => lengthOf(words, 'weighted'))
      const many = how({ maxLength: 280, most: 5, lengthUnit: 'weighted' })
      expect(took(() => expect(fallIntoPosts(words, many)).toBeNull())).toBeLessThan(60 * counting)
    }
  })
})

describe('whatever the words', () => {
  const piece = fc.oneof(
    fc.constantFrom(
      'a',
      'Wi-Fi',
      'printer',
      'reset.',
      '“so?”',
      '\n\n',
      '\n',
      '。',
      '再次',
      '👍🏽',
      '👩‍👩‍👧‍👦',
      '🇩🇪',
      'e\u0301',
      '\u0301',
      '\u200d',
      '\u00a0',
      '@pat',
      '#tag',
      'a.de',
      'https://a.example/b?c=d',
      'мир',
      'نعم؟',
    ),
    fc.string({ unit: 'grapheme', maxLength: 12 }),
  )
  const words = fc
    .array(fc.tuple(piece, fc.constantFrom('', ' ', '  ', ' ')), { maxLength: 60 })
    .map((pieces) => pieces.flat().join('').trim())
  const falling = fc.record<Falling>({
    maxLength: fc.integer({ min: 40, max: 120 }),
    lengthUnit: fc.constantFrom('graphemes', 'characters', 'weighted'),
    most: fc.integer({ min: 2, max: 30 }),
    numbered: fc.boolean(),
    ends: fc.constantFrom('', '\nI get points'),
  })

  it('each post fits, none is empty, together they give the words back, and nothing that belongs together is cut', () => {
    fc.assert(
      fc.property(words, falling, (text, how) => {
        const posts = fallIntoPosts(text, how)
        if (posts === null) return
        expect(fallIntoPosts(text, how)).toEqual(posts) // stable
        expect(posts.length).toBeLessThanOrEqual(how.most)
        for (const post of posts) expect(lengthOf(post, how.lengthUnit)).toBeLessThanOrEqual(how.maxLength)
        expect(posts[0]!.endsWith(how.ends)).toBe(true)
        const many = posts.length > 1
        const cuts = posts.map((post, n) => {
          const own = n === 0 ? post.slice(0, post.length - how.ends.length) : post
          const mark = how.numbered && many ? ` ${n + 1}/${posts.length}` : ''
          expect(own.endsWith(mark)).toBe(true)
          return own.slice(0, own.length - mark.length)
        })
        if (many) for (const cut of cuts) expect(cut.trim()).not.toBe('')
        expect(plain(cuts.join(''))).toBe(plain(text))
        const boundaries = new Set(
          [...new Intl.Segmenter('und', { granularity: 'grapheme' }).segment(text)].map(({ index }) => index),
        )
        let from = 0
        for (const cut of cuts) {
          from = text.indexOf(cut, from)
          expect(from === 0 || boundaries.has(from)).toBe(true)
          from += cut.length
          expect(from === text.length || boundaries.has(from)).toBe(true)
        }
        for (const link of text.match(/https:\/\/a\.example\/b\?c=d/g) ?? [])
          expect(posts.some((post) => post.includes(link))).toBe(true)
      }),
      { numRuns: 1_000 },
    )
  })
})
