import { describe, expect, it } from 'vitest'
import { ACTS, type Act, capsOf, linesAt, PLACES } from '../../web/src/ui/acts.ts'

const acts: Act[] = Object.values(ACTS)
const WORDS = { ctrl: 'Ctrl', esc: 'Esc' }

describe('the table of keys', () => {
  it('gives no key to two acts of one place, nor to one that can be done anywhere', () => {
    for (const place of PLACES) {
      const keys = acts.filter(({ at }) => at === place || at === 'anywhere').map(({ key }) => key)
      expect([place, keys.filter((key, n) => keys.indexOf(key) !== n)]).toEqual([place, []])
    }
  })

  it('leaves `g` to the ways between pages', () => {
    expect(acts.filter(({ key }) => key.startsWith('g'))).toEqual([])
  })

  it('makes one line of acts that are said in the same words', () => {
    expect(linesAt(acts, 'list')[0]).toEqual({ says: 'ui.nextPreviousCard', keys: ['j', 'k'] })
    expect(linesAt(acts, 'writing')[0]?.keys).toEqual(['1', '2', '3'])
  })

  it.each([
    ['c', ['c']],
    ['Mod+k', ['Ctrl', 'k']],
    ['Mod+Enter', ['Ctrl', '↵']],
    ['Escape', ['Esc']],
    ['g f', ['g', 'f']],
  ])('shows %s as a keyboard does', (key, caps) => {
    expect(capsOf(key, WORDS)).toEqual(caps)
  })
})
