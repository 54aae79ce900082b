import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { matchingOf } from '../../rules/matching.ts'
import { readRound } from '../../src/db/kept-rounds.ts'
import { HOUR } from '../../src/domain/clock.ts'
import { indexMembers } from '../../src/match/lay-out.ts'
import { scanIn, whyNot } from '../../src/match/match.ts'
import { choose } from '../../src/match/offers.ts'
import { roundOf } from '../../src/match/round.ts'
import { whyNotIn } from '../../src/match/why-not.ts'
import { population } from './people.ts'

const at = new Date('2026-11-20T12:00:00Z')
const policy = matchingOf({ matching: { exploration: { share: 0.5 } } })
const stakes = { anger: 0.1, needsExpert: 0.1, flags: [], followers: 10 }
const usual = { offerTo: 3, offerMinutes: 30 }

describe('why not somebody (R7)', () => {
  it('is answered for every member there is: by the filter, or by the score and a place that holds the true one', () => {
    const seen = new Map<string, number>()
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const { members, need } = population(seed)
        // What the log tells of (passed, blocked, angry) is asked of the log; here nothing of it happened.
        const asked = { ...need(), passed: [], blocked: [], angry: false }
        const index = indexMembers(members, at, policy.weights)
        const seeking = { id: `m${seed}`, need: asked, stakes, wave: 0, handOverAt: new Date(at.getTime() + HOUR) }
        const choice = choose(seeking, index, policy, usual, at)
        const terms = { policyVersion: 1, decidedBy: 1, usual, most: null }
        const round = readRound(JSON.parse(JSON.stringify(roundOf(seeking, index, choice, terms))))
        const wider = round.wider ?? 2
        const order = scanIn(index, asked, { most: members.length, wider })
        for (const member of members) {
          const then = { id: member.id, name: member.name, logged: null, profile: member }
          const { answer, filter, score, place, words } = whyNotIn(round, then, asked.author, at, policy)
          seen.set(answer, (seen.get(answer) ?? 0) + 1)
          expect(filter).toBe(whyNot(member, asked, at, wider))
          expect(words).toContain(member.name)
          const truly = order.findIndex((one) => one.member === member.id)
          if (filter) {
            expect(truly).toBe(-1)
            continue
          }
          expect(score).toBeCloseTo(order[truly]!.score, 5)
          expect(place!.to).toBeLessThanOrEqual(order.length)
          if (answer !== 'outscored') continue
          expect(place!.from).toBeLessThanOrEqual(truly + 1)
          expect(place!.to).toBeGreaterThanOrEqual(truly + 1)
        }
      }),
      { numRuns: 80 },
    )
    expect([...seen.keys()].sort()).toEqual(['compared', 'left-out', 'offered', 'outscored'])
  })

  it('is said honestly when somebody’s data have changed since', () => {
    const { members } = population(3)
    const none = { ...members[0]!, paused: false, quiet: null, load: 0, capacity: 3, restingUntil: null }
    const asked = { language: null, skills: [], minimumRank: 0, author: null, passed: [], blocked: [] }
    const index = indexMembers([{ ...none, paused: true }], at, policy.weights)
    const seeking = { id: 'm', need: asked, stakes, wave: 0, handOverAt: new Date(at.getTime() + HOUR) }
    const round = readRound(roundOf(seeking, index, null, { policyVersion: 1, decidedBy: 1, usual, most: null }))
    const ask = (logged: 'paused' | null) =>
      whyNotIn(round, { id: none.id, name: 'Ana', logged, profile: none }, null, at, policy)
    expect(ask(null)).toMatchObject({ answer: 'changed', basis: 'today' })
    expect(ask('paused')).toMatchObject({
      answer: 'left-out',
      basis: 'kept',
      words: 'Ana was left out: is taking a break.',
    })
  })
})
