import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { byStorm } from '../../web/src/storms/group.ts'
import { chanceWords, stormName, usualWords } from '../../web/src/storms/words.ts'

describe('a list in a storm', () => {
  const item = (id: number, stormId: string | null) => ({ id, stormId })

  it('brings the posts of each storm together where the first of them stood (R8)', () => {
    const list = [
      item(1, null),
      item(2, 'a'),
      item(3, 'b'),
      item(4, null),
      item(5, 'a'),
      item(6, 'gone'),
      item(7, 'gone'),
    ]
    const groups = byStorm(list, new Set(['a', 'b']))
    expect(groups.map(({ storm, items }) => [storm, items.map(({ id }) => id)])).toEqual([
      [null, [1]],
      ['a', [2, 5]],
      [null, [3]],
      [null, [4]],
      [null, [6]],
      [null, [7]],
    ])
  })

  it('loses nothing and repeats nothing', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(null, 'a', 'b', 'c')), (storms) => {
        const list = storms.map((stormId, id) => item(id, stormId))
        const shown = byStorm(list, new Set(['a', 'b'])).flatMap((group) => group.items)
        expect(shown.map(({ id }) => id).sort((a, b) => a - b)).toEqual(list.map(({ id }) => id))
      }),
    )
  })
})

describe('a storm in words', () => {
  it('has a name', () => {
    expect(stormName({ kind: 'anger', about: '' })).toBe('Anger')
    expect(stormName({ kind: 'cluster', about: 'app down' })).toBe('“app down”')
    expect(stormName({ kind: 'skill', about: 'wifi' })).toBe('wifi')
  })

  it('says how unlikely it is, and what is usual, with no more digits than they bear', () => {
    expect(chanceWords(0.0000012)).toBe('1 in 830,000')
    expect(chanceWords(1e-20)).toBe('less than 1 in a billion')
    expect([usualWords(0.512), usualWords(12.3)]).toEqual(['0.5', '12'])
  })
})
