import { describe, expect, it } from 'vitest'
import { indexLists } from '../../rules/lists.ts'

const index = indexLists([
  { name: 'vips', kind: 'handles', entries: ['@Robin', 'ana@mastodon.example'] },
  { name: 'press', kind: 'handles', entries: ['robin'] },
  { name: 'rivals', kind: 'words', entries: ['Kettlecorp', 'brew master', 'espress*', '競合', '!?'] },
])

describe('the lists of a brand', () => {
  it.each<[string, string | null, string[]]>([
    ['I bought a KettleCorp instead', null, ['rivals']],
    ['a kettlecorporation', null, []],
    ['The Brew-Master is louder', 'someone', ['rivals']],
    ['the master of the brew', null, []],
    ['an espressomat', null, ['rivals']],
    ['次は競合にする', null, ['rivals']],
    ['hello', 'ROBIN', ['press', 'vips']],
    ['hello', '@ana@mastodon.example', ['vips']],
    ['robin kettlecorp', 'ana', ['rivals']],
    ['what!?', null, []],
  ])('“%s” by %s falls in %j', (text, handle, names) => {
    expect(index({ text, handle })).toEqual(names)
  })

  it('of ten thousand entries are looked through in one pass', () => {
    const entries = Array.from({ length: 5_000 }, (_, n) => `rival${n} deluxe`)
    const big = indexLists([
      { name: 'a', kind: 'words', entries },
      { name: 'b', kind: 'words', entries: entries.map((one) => `${one} two`) },
    ])
    const text = `${'so many words of no interest '.repeat(60)} rival4999 deluxe two`
    const begun = performance.now()
    for (let n = 0; n < 100; n++) expect(big({ text, handle: null })).toEqual(['a', 'b'])
    // Measured 6 ms; entry by entry it was 1.5 s.
    expect(performance.now() - begun).toBeLessThan(500)
  })
})
