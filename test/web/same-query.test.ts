import { describe, expect, it } from 'vitest'
import { filtersOf, moved } from '../../web/src/views/same-query.ts'

describe('the filters of an address', () => {
  it('are the same in any order and whichever case is open', () => {
    expect(filtersOf('?view=mine&case=7&label=a&label=b')).toBe('label=a&label=b&view=mine')
    expect(filtersOf('label=a&view=mine&label=b&cursor=x')).toBe('label=a&label=b&view=mine')
    expect(filtersOf('?case=7')).toBe('')
  })

  it('are what the server takes, whatever stands in them', () => {
    expect(filtersOf(`q=${encodeURIComponent('größe <b> "x" \'y\' 東京')}`)).toMatch(/^[\w.~%+*&=:,-]*$/)
  })
})

describe('a list in an order', () => {
  it('has one of its items moved by a step, where there is room', () => {
    expect(moved(['a', 'b', 'c'], 'c', -1)).toEqual(['a', 'c', 'b'])
    expect(moved(['a', 'b', 'c'], 'a', 1)).toEqual(['b', 'a', 'c'])
    expect(moved(['a', 'b'], 'a', -1)).toEqual(['a', 'b'])
    expect(moved(['a', 'b'], 'b', 1)).toEqual(['a', 'b'])
    expect(moved(['a', 'b'], 'z', 1)).toEqual(['a', 'b'])
  })
})
