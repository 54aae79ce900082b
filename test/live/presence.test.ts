import { describe, expect, it } from 'vitest'
import { FORGOTTEN_MS, openPresence } from '../../src/live/presence.ts'

const sam = {
  brandId: 'acme',
  among: 'cases',
  userId: 'sam',
  window: 'a',
  placeId: 'one',
  memberIds: [] as string[],
} as const
const ben = { ...sam, userId: 'ben' }
const atAcme = { brandId: 'acme', among: 'cases', memberIds: [] }

describe('who is at a case', () => {
  it('is told when somebody comes, writes or leaves, and not with every word that nothing has changed', () => {
    const presence = openPresence()
    expect(presence.hear({ ...sam, doing: 'viewing' }, 0)).toBe(true)
    expect(presence.hear({ ...sam, doing: 'viewing' }, 10_000)).toBe(false)
    expect(presence.hear({ ...sam, doing: 'writing' }, 11_000)).toBe(true)
    expect(presence.of('acme', 'cases', 11_000)).toEqual([{ userId: 'sam', placeId: 'one', doing: 'writing' }])
    expect(presence.hear({ ...sam, doing: 'left' }, 12_000)).toBe(true)
    expect(presence.hear({ ...sam, doing: 'left' }, 12_000)).toBe(false)
    expect(presence.of('acme', 'cases', 12_000)).toEqual([])
  })

  it('is one person, whatever windows they have open there, and what they do most in any of them (E1)', () => {
    const presence = openPresence()
    const [one, other] = [sam, { ...sam, window: 'b' }]
    expect(presence.hear({ ...one, doing: 'writing' }, 0)).toBe(true)
    for (const nowMs of [1_000, 11_000]) {
      expect(presence.hear({ ...other, doing: 'viewing' }, nowMs)).toBe(false)
      expect(presence.hear({ ...one, doing: 'writing' }, nowMs)).toBe(false)
    }
    expect(presence.of('acme', 'cases', 11_000)).toEqual([{ userId: 'sam', placeId: 'one', doing: 'writing' }])
    // A window that is hidden or closed takes nothing from the other.
    expect(presence.hear({ ...one, doing: 'left' }, 12_000)).toBe(true)
    expect(presence.of('acme', 'cases', 12_000)).toEqual([{ userId: 'sam', placeId: 'one', doing: 'viewing' }])
    expect(presence.hear({ ...other, doing: 'writing' }, 12_000)).toBe(true)
    expect(presence.hear({ ...one, doing: 'writing' }, 20_000)).toBe(false)
    // The window that was not heard of is forgotten, and nothing is to be seen of that.
    expect(presence.forget(12_000 + FORGOTTEN_MS)).toEqual([])
    expect(presence.forget(20_000 + FORGOTTEN_MS)).toEqual([atAcme])
    expect(presence.of('acme', 'cases', 20_000 + FORGOTTEN_MS)).toEqual([])
  })

  it('is one brand’s own (I5)', () => {
    const presence = openPresence()
    presence.hear({ ...sam, doing: 'viewing' }, 0)
    expect(presence.of('other', 'cases', 0)).toEqual([])
    presence.hear({ ...sam, brandId: 'other', doing: 'left' }, 0)
    expect(presence.of('acme', 'cases', 0)).toHaveLength(1)
  })

  it('is forgotten half a minute after the last word, each in their own time', () => {
    const presence = openPresence()
    presence.hear({ ...sam, doing: 'viewing' }, 0)
    presence.hear({ ...ben, doing: 'viewing' }, 10_000)
    expect(presence.forget(FORGOTTEN_MS - 1)).toEqual([])
    expect(presence.forget(FORGOTTEN_MS)).toEqual([atAcme])
    expect(presence.of('acme', 'cases', FORGOTTEN_MS).map(({ userId }) => userId)).toEqual(['ben'])
    // Not shown even before anybody looked for those who are gone.
    expect(presence.of('acme', 'cases', 10_000 + FORGOTTEN_MS)).toEqual([])
    expect(presence.forget(10_000 + FORGOTTEN_MS)).toEqual([atAcme])
    expect(presence.forget(10_000 + FORGOTTEN_MS)).toEqual([])
  })
})
