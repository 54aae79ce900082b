import { describe, expect, it } from 'vitest'
import { EVENT_KINDS } from '../../src/db/events.ts'
import { ROLES } from '../../src/domain/roles.ts'
import { audienceOf, HEARD } from '../../src/live/audience.ts'
import { firstAfter, fromEventId, toEventId } from '../../src/live/position.ts'
import { staleAfter } from '../../web/src/api/live-table.ts'

const member = (memberId: string) => audienceOf([{ role: 'member', memberId }])

describe('who hears what', () => {
  it('lets staff and admins hear everything that happens at their brand', () => {
    for (const role of ['staff', 'admin'] as const)
      for (const kind of EVENT_KINDS)
        expect(audienceOf([{ role, memberId: null }])({ kind, memberIds: ['ben'] })).toBe(true)
  })

  it('lets members hear what concerns everyone or themselves, and nothing of the inside of the house', () => {
    expect(member('ana')({ kind: 'mention.claimed', memberIds: null })).toBe(true)
    expect(member('ana')({ kind: 'points.earned', memberIds: ['ana'] })).toBe(true)
    expect(member('ana')({ kind: 'points.earned', memberIds: ['ben'] })).toBe(false)
    for (const kind of ['case.noted', 'policy.published', 'source.changed', 'mention.received'])
      expect(member('ana')({ kind, memberIds: null })).toBe(false)
  })

  it('lets members hear all that changes what their own pages show', () => {
    const theirs = ['feed', 'desk', 'replies', 'points']
    const changing = EVENT_KINDS.filter((kind) => staleAfter(kind).some((page) => theirs.includes(page)))
    expect(changing).toContain('reply.pending')
    expect(changing.filter((kind) => !member('ana')({ kind, memberIds: null }))).toEqual([])
  })

  it('gives somebody with two roles what either may hear', () => {
    const both = audienceOf([
      { role: 'member', memberId: 'ana' },
      { role: 'reader', memberId: null },
    ])
    expect(both({ kind: 'mention.received', memberIds: null })).toBe(true)
    expect(both({ kind: 'points.earned', memberIds: ['ana'] })).toBe(true)
    expect(both({ kind: 'points.earned', memberIds: ['ben'] })).toBe(false)
  })

  it('lets nobody hear anything who has no part in the brand', () => {
    expect(audienceOf([])({ kind: 'reply.sent', memberIds: null })).toBe(false)
    expect(Object.keys(HEARD).sort()).toEqual([...ROLES].sort())
  })
})

describe('a place in the log', () => {
  it('survives the way to the browser and back, and nothing else passes for one', () => {
    const place = { xid: 18_446_744_073n, id: 7n }
    expect(fromEventId(toEventId(place))).toEqual(place)
    for (const not of ['', '7', '7-', '-7', '7-7-7', 'a-b', '7 -7', `${'9'.repeat(20)}-1`, `1-${'9'.repeat(19)}`])
      expect(fromEventId(not), not).toBeNull()
  })

  it('is found among events in order, by transaction first', () => {
    const ordered = [
      [1, 5],
      [1, 9],
      [2, 3],
      [4, 1],
    ].map(([xid, id]) => ({ at: { xid: BigInt(xid!), id: BigInt(id!) } }))
    const after = (xid: bigint, id: bigint) => firstAfter(ordered, { xid, id })
    expect([after(0n, 0n), after(1n, 5n), after(1n, 99n), after(3n, 0n), after(4n, 1n)]).toEqual([0, 1, 2, 3, 4])
  })
})
