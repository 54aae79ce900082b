import { describe, expect, it } from 'vitest'
import { namedIn, namingAt, withName } from '../../web/src/inbox/naming.ts'

const people = [
  { userId: 'kim', name: 'Kim' },
  { userId: 'kimberly', name: 'Kimberly Ölmann' },
  { userId: 'sam', name: 'Sam Example' },
]

describe('a colleague in a note (E1)', () => {
  it('is being named from an @ that begins a word up to the caret', () => {
    expect(namingAt('Look, @ki', 9)).toBe('ki')
    expect(namingAt('Look, @sam ex', 13)).toBe('sam ex')
    expect(namingAt('@', 1)).toBe('')
    expect(namingAt('mail@kim', 8)).toBeNull()
    expect(namingAt('Look, @kim there now', 20)).toBeNull()
  })

  it('is written out where the caret stands', () => {
    expect(withName('Look, @ki please', 9, 'Kim')).toBe('Look, @Kim please')
    expect(withName('@', 1, 'Sam Example')).toBe('@Sam Example ')
  })

  it('is meant only by the whole name', () => {
    expect(namedIn('@Kimberly Ölmann, look', people)).toEqual(['kimberly'])
    expect(namedIn('@Kim, and @Sam Example!', people)).toEqual(['kim', 'sam'])
    expect(namedIn('Kim and @Samuel', people)).toEqual([])
  })
})
