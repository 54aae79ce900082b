import { describe, expect, it } from 'vitest'
import { deadlines } from '../../src/domain/deadline.ts'
import { nextRung } from '../../src/match/ladder.ts'

const at = (time: string) => new Date(`2026-03-04T${time}Z`)
const mention = (wave: number) => ({ wave, ...deadlines(at('09:00:00'), 120) })

describe('the ladder (M4)', () => {
  it('looks wider with every round: exact skills, any of them, anybody who speaks the language', () => {
    expect([0, 1, 2, 3].map((wave) => nextRung(mention(wave), at('09:30:00')))).toEqual([
      { go: 'offer', from: 0 },
      { go: 'offer', from: 1 },
      { go: 'offer', from: 2 },
      { go: 'offer', from: 2 },
    ])
  })

  it('hands over to staff while they still have a quarter of the time, to the millisecond (I4)', () => {
    expect(deadlines(at('09:00:00'), 120)).toEqual({ dueAt: at('11:00:00'), handOverAt: at('10:30:00') })
    expect(nextRung(mention(0), at('10:29:59.999')).go).toBe('offer')
    expect(nextRung(mention(0), at('10:30:00')).go).toBe('staff')
  })
})
