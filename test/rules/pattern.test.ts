import fc from 'fast-check'
import { RE2JS } from 're2js'
import { describe, expect, it } from 'vitest'
import { requiredLiterals } from '../../rules/literals.ts'
import { foldForPatterns, isPattern, matchesEverything, readPattern } from '../../rules/pattern.ts'

describe('what a pattern cannot do without', () => {
  it.each<[string, string[] | null]>([
    ['refund', ['refund']],
    ['Re(fund|imburse)s?', ['fund', 'imburse']],
    ['ab+cde', ['cde']],
    ['abc?d', ['ab']],
    ['a{0,3}bc', ['bc']],
    ['order #\\d{4,}', ['order #']],
    ['x[a-z]]y{', [']y{']],
    ['[]z]ab[[:digit:]]', ['ab']],
    ['straße', ['stra']],
    ['cat|dog.*house', ['cat', 'house']],
    ['cat|d?', null],
    ['.*', null],
    ['(?i)abc', null],
    ['\\x41bc', null],
  ])('%s: %j', (pattern, literals) => {
    expect(requiredLiterals(pattern)).toEqual(literals)
  })

  const atom = fc.constantFrom(
    ...[
      'a',
      'b',
      's',
      'k',
      'ab',
      'ß',
      'é',
      '.',
      '[ab]',
      '[^s]',
      '[]k]',
      '\\.',
      '\\d',
      '\\bs',
      '(a|k)',
      '(?:as|b?)',
      '(s(k|ab)+)',
      '^',
      '$',
      '{',
    ],
  )
  const piece = fc
    .tuple(atom, fc.constantFrom('', '', '', '*', '+', '?', '{2}', '{0,1}', '+?'))
    .map((two) => two.join(''))
  const patterns = fc
    .array(fc.array(piece, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 2 })
    .map((branches) => branches.map((pieces) => pieces.join('')).join('|'))
  const texts = fc.array(
    fc.constantFrom('a', 'b', 's', 'k', 'A', 'ſ', 'K', 'ß', 'é', 'E\u0301', 'İ', '.', ']', '{', '7', ' '),
    { maxLength: 8 },
  )

  it('never hides a match that the engine would find (R3)', () => {
    let matched = 0
    fc.assert(
      fc.property(patterns, texts, (source, parts) => {
        const text = parts.join('')
        const read = readPattern(source)
        if (!isPattern(read)) return
        const wanted = RE2JS.compile(source, RE2JS.CASE_INSENSITIVE).test(text)
        expect(read.test(text, foldForPatterns(text))).toBe(wanted)
        if (matchesEverything(source)) expect(wanted).toBe(true)
        if (wanted && requiredLiterals(source)) matched++
      }),
      { numRuns: 4_000 },
    )
    expect(matched).toBeGreaterThan(200)
  })
})

describe('a pattern made to hang engines that try everything', () => {
  it.each([
    ['(a+)+$', 1],
    ['^x(?:a*)*', 3],
    ['(?P<n>(ab)+?){2,}', 1],
    ['z([a-z]+|\\d)+', 2],
    ['((?i:\\pL+))*', 1],
    ['a|b(c|(\\w{2,}))+', 4],
    ['[(](a+)+', 4],
  ])('%s is refused with its place when it repeats what repeats already (R3)', (source, at) => {
    expect(readPattern(source)).toEqual({ at, says: expect.stringContaining('repeats what repeats already') })
  })

  it.each([
    '(a+b)+',
    '(\\w+\\s)+',
    '(a+)?',
    '(a+){2}',
    '(a?)+',
    '(?i)(ab)+',
    '[(a+)+]',
    '\\(a+\\)+',
    '\\Q(a+)+\\E',
    '[])](a+)',
    '[[:alpha:])(]+',
  ])('%s repeats nothing twice', (source) => {
    expect(isPattern(readPattern(source))).toBe(true)
  })

  it.each(['(a+b?)+$', '^(a|a)*$', '(a|aa)+$', '(.*)(.*)(.*)(.*)b', '(\\pL{20}){20}x', '[ab]*a[ab]{400}'])(
    '%s takes time in proportion to the text',
    (source) => {
      const pattern = readPattern(source)
      if (!isPattern(pattern)) throw new Error(pattern.says)
      const text = `${'a'.repeat(4_998)}!`
      const begun = performance.now()
      pattern.test(text, foldForPatterns(text))
      // A backtracking engine needs 5 s for 28 letters of the first; measured here: 1 to 150 ms for 5 000.
      expect(performance.now() - begun).toBeLessThan(2_000)
    },
  )
})
