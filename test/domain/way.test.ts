import { describe, expect, it } from 'vitest'
import { MENTION_STATES, mayMove, OPEN_STATES, statesBefore, WAY } from '../../src/domain/way.ts'

describe('the way of a mention', () => {
  it('can be withdrawn from anywhere, and ends there (L7)', () => {
    expect(MENTION_STATES.filter((state) => state !== 'withdrawn' && !mayMove(state, 'withdrawn'))).toEqual([])
    expect(WAY.withdrawn).toEqual([])
  })

  it('leads from every open state to staff, so that no clock runs out unheard (I4)', () => {
    const stuck = OPEN_STATES.filter((state) => state !== 'escalated' && !mayMove(state, 'escalated'))
    expect(stuck).toEqual([])
  })

  it('reaches an answer only from somebody who holds it', () => {
    expect(statesBefore('replied').sort()).toEqual(['claimed', 'escalated'])
  })

  it('never goes back to new', () => {
    expect(statesBefore('new')).toEqual([])
  })

  it('reaches every state from new', () => {
    const seen = new Set<string>(['new'])
    for (const state of seen) for (const next of WAY[state as keyof typeof WAY]) seen.add(next)
    expect([...seen].sort()).toEqual([...MENTION_STATES].sort())
  })
})
