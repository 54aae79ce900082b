import { describe, expect, it } from 'vitest'
import { settle } from '../../web/src/feed/settle.ts'

describe('the feed', () => {
  it('takes new cards in at once while nobody reads', () => {
    expect(settle(['b', 'c'], ['a', 'b', 'c'], [], false)).toEqual({ shown: ['a', 'b', 'c'], waiting: 0 })
  })

  it('holds new cards back while somebody reads, and says how many', () => {
    expect(settle(['c', 'd'], ['a', 'b', 'c', 'd'], [], true)).toEqual({ shown: ['c', 'd'], waiting: 2 })
  })

  it('puts an older page below at once, as it pushes nothing', () => {
    expect(settle(['a', 'b'], ['a', 'b', 'c', 'd'], [], true)).toEqual({ shown: ['a', 'b', 'c', 'd'], waiting: 0 })
  })

  it('keeps a card in its place while it is being answered, though it has left the view', () => {
    expect(settle(['a', 'b', 'c'], ['a', 'c'], ['b'], false).shown).toEqual(['a', 'b', 'c'])
    expect(settle(['a', 'b', 'c'], ['a', 'c'], ['b'], true).shown).toEqual(['a', 'b', 'c'])
  })

  it('lets go of cards that went to somebody else', () => {
    expect(settle(['a', 'b'], ['b'], [], true)).toEqual({ shown: ['b'], waiting: 0 })
  })

  it('shows what there is when everything it showed has gone', () => {
    expect(settle(['a'], ['x', 'y'], [], true)).toEqual({ shown: ['x', 'y'], waiting: 0 })
  })

  it('counts all as new when only the card being answered is left of what was read', () => {
    expect(settle(['a'], ['x', 'y'], ['a'], true)).toEqual({ shown: ['a'], waiting: 2 })
  })
})
