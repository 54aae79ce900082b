import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { LOOKS, matchingOf } from '../../rules/matching.ts'
import { deadlines } from '../../src/domain/deadline.ts'
import type { MemberProfile } from '../../src/domain/member.ts'
import { addLoad, setTime } from '../../src/match/changes.ts'
import { nextRung } from '../../src/match/ladder.ts'
import { indexMembers } from '../../src/match/lay-out.ts'
import { picksFor } from '../../src/match/offers.ts'
import { population } from './people.ts'

const at = (time: string) => new Date(`2026-03-04T${time}Z`)
const mention = (wave: number) => ({ wave, ...deadlines(at('09:00:00'), 120) })

describe('the ladder (M4)', () => {
  it('looks wider with every round: exact skills, any of them, anybody who speaks the language', () => {
    expect([0, 1, 2, 3].map((wave) => nextRung(mention(wave), at('09:30:00')))).toEqual([
      { go: 'offer', steps: [{ look: 'all-skills' }, { look: 'any-skill' }, { look: 'any-speaker' }] },
      { go: 'offer', steps: [{ look: 'any-skill' }, { look: 'any-speaker' }] },
      { go: 'offer', steps: [{ look: 'any-speaker' }] },
      { go: 'offer', steps: [{ look: 'any-speaker' }] },
    ])
  })

  it('hands over to staff while they still have a quarter of the time, to the millisecond (I4)', () => {
    expect(deadlines(at('09:00:00'), 120)).toEqual({ dueAt: at('11:00:00'), handOverAt: at('10:30:00') })
    expect(nextRung(mention(0), at('10:29:59.999')).go).toBe('offer')
    expect(nextRung(mention(0), at('10:30:00')).go).toBe('staff')
  })
})

const STEP = fc.record(
  {
    look: fc.constantFrom(...LOOKS),
    minutes: fc.integer({ min: 1, max: 1_440 }),
    offers: fc.integer({ min: 1, max: 10 }),
  },
  { requiredKeys: ['look'] },
)
/** A day on which some zone changes its clocks, in the hours before it does. */
const NIGHTS = [
  '2026-03-29T00:10:00Z',
  '2026-10-25T00:10:00Z',
  '2026-11-01T05:40:00Z',
  '2026-03-08T06:40:00Z',
  '2026-07-01T12:00:00Z',
]
const SWEEP_MS = 2_000

describe('whatever the ladder and the members, awake or not, with places or without', () => {
  it('a mention nobody takes is with staff within a sweep of its time, before it is due, and no offer outlives that (M4, I4)', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 2 ** 30 }),
        fc.array(STEP, { minLength: 1, maxLength: 10 }),
        fc.constantFrom(...NIGHTS),
        fc.integer({ min: 1, max: 240 }),
        fc.constantFrom('as drawn', 'everybody asleep', 'no places', 'no skills', 'nobody'),
        (seed, ladder, night, responseMinutes, how) => {
          const { members, need } = population(seed)
          const crowd = how === 'nobody' ? [] : members.map((member) => hinder(member, how))
          const from = new Date(night)
          const clock = deadlines(from, responseMinutes)
          const policy = matchingOf({ ladder })
          const index = indexMembers(crowd, from)
          let open: { until: number }[] = []
          let wave = 0
          let staffAt: Date | null = null
          for (
            let at = from;
            staffAt === null;
            at = new Date(Math.min(at.getTime() + 37_000, nextLook(at, open, clock.handOverAt)))
          ) {
            expect(at.getTime()).toBeLessThanOrEqual(clock.dueAt.getTime())
            setTime(index, at)
            const waiting = { id: `m${seed}`, need: need(), stakes: CALM, wave, handOverAt: clock.handOverAt }
            // Woken twice by the sweep and by a delayed job: the second finds it offered, or does as the first did.
            if (nextRung(waiting, at, ladder).go === 'staff') staffAt = at
            open = open.filter(({ until }) => until > at.getTime())
            if (staffAt || open.length > 0) continue
            const picks = picksFor(waiting, index, policy, { offerTo: 3, offerMinutes: 30 }, at)
            for (const { ranked, expiresAt } of picks) {
              expect(expiresAt.getTime()).toBeLessThanOrEqual(clock.handOverAt.getTime())
              addLoad(index, ranked.member, -1) // it ends again, untaken
              open.push({ until: expiresAt.getTime() })
            }
            if (picks.length > 0) wave++
            if (how !== 'as drawn' && how !== 'no skills') expect(picks).toEqual([])
          }
          expect(staffAt.getTime()).toBeLessThan(clock.handOverAt.getTime() + SWEEP_MS)
        },
      ),
      { numRuns: 300 },
    )
  }, 120_000)
})

const CALM = { anger: 0, needsExpert: 0, flags: [], followers: 0 }
const nextLook = (at: Date, open: readonly { until: number }[], handOverAt: Date) =>
  Math.max(at.getTime() + 1, Math.min(handOverAt.getTime(), ...open.map(({ until }) => until)))

function hinder(member: MemberProfile, how: string): MemberProfile {
  if (how === 'everybody asleep')
    return { ...member, quiet: { from: '00:00', to: '23:59', timeZone: 'Europe/Berlin' }, paused: true }
  if (how === 'no places') return { ...member, capacity: 0, load: 0 }
  return how === 'no skills' ? { ...member, skills: [] } : member
}
