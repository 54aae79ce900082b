import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { indexMembers } from '../../src/match/lay-out.ts'
import { leftOut } from '../../src/match/left-out.ts'
import { scanIn, whyNot } from '../../src/match/match.ts'
import { DEFAULT_WEIGHTS, type Filter, type Need, type Wider } from '../../src/match/need.ts'
import { population } from './people.ts'

const noon = new Date('2026-11-20T12:00:00Z')

describe('those left out of a match (R7)', () => {
  it('and those who may be asked are all the members there are; each filter counts whom it speaks of', () => {
    fc.assert(
      fc.property(fc.integer(), fc.constantFrom<Wider>(0, 1, 2), (seed, wider) => {
        const { members, need } = population(seed)
        const index = indexMembers(members, noon, DEFAULT_WEIGHTS)
        const asked: Need = need()
        const counts = leftOut(index, asked, wider)
        const free = scanIn(index, asked, { most: 1_000, wider }).length
        expect(Object.values(counts).reduce((sum, count) => sum + count, free)).toBe(members.length)

        // Asked one by one: whoever rests counts so when nothing else speaks against them.
        const said = members.map(
          (member) => whyNot({ ...member, paused: false }, asked, noon, wider) ?? (member.paused ? 'paused' : null),
        )
        const one: Partial<Record<Filter, number>> = {}
        for (const filter of said) if (filter) one[filter] = (one[filter] ?? 0) + 1
        expect(counts).toEqual(one)
      }),
      { numRuns: 500 },
    )
  })
})
