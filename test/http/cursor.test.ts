import { describe, expect, it } from 'vitest'
import { fromCursor, toCursor, toPage } from '../../src/http/cursor.ts'

const place = (row: { at: string; id: string }) => ({ key: row.at, id: row.id })
const rows = ['a', 'b', 'c'].map((id) => ({ at: '2026-03-01T09:00:00.123Z', id }))

describe('a page of a list', () => {
  it('says where the next one begins when more follow', () => {
    const { items, nextCursor } = toPage(rows, 2, place)
    expect(items.map(({ id }) => id)).toEqual(['a', 'b'])
    expect(fromCursor(String(nextCursor))).toEqual({ key: '2026-03-01T09:00:00.123Z', id: 'b' })
  })

  it('is the last one when nothing follows', () => {
    expect(toPage(rows, 3, place).nextCursor).toBeNull()
    expect(toPage([], 3, place)).toEqual({ items: [], nextCursor: null })
  })
})

describe('a cursor', () => {
  it.each(['', 'nonsense', toCursor({ key: 'k', id: 'i' }).slice(2), Buffer.from('[1,2]').toString('base64url')])(
    'that is not ours (%j) is refused in words',
    (cursor) => {
      expect(() => fromCursor(cursor)).toThrow('This cursor is not one of ours')
    },
  )
})
