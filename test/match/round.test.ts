import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { matchingOf } from '../../rules/matching.ts'
import { type MatchRound, readRound } from '../../src/db/kept-rounds.ts'
import { HOUR } from '../../src/domain/clock.ts'
import { indexMembers } from '../../src/match/lay-out.ts'
import { choose, type Seeking, takePlaces } from '../../src/match/offers.ts'
import { again, differences, roundOf } from '../../src/match/round.ts'
import { population } from './people.ts'

const at = new Date('2026-11-20T12:00:00Z')
/** Often a chance for newcomers, so that draws are tried as well. */
const policy = matchingOf({ matching: { exploration: { share: 0.5 } } })
const usual = { offerTo: 3, offerMinutes: 30 }
const stakes = { anger: 0.1, needsExpert: 0.1, flags: [], followers: 20 }

/** Looks for takers of a few mentions, one after the other, and keeps each look as JSON. */
function looks(seed: number): { id: string; round: MatchRound }[] {
  const { members, need } = population(seed)
  const index = indexMembers(members, at, policy.weights)
  return Array.from({ length: 5 }, (_, n) => {
    const handOverAt = new Date(at.getTime() + HOUR)
    const seeking: Seeking = { id: `mention-${seed}-${n}`, need: need(), stakes, wave: n % 3, handOverAt }
    const choice = choose(seeking, index, policy, usual, at)
    const round = roundOf(seeking, index, choice, { policyVersion: 1, decidedBy: 1, usual, most: null })
    takePlaces(index, choice?.picks ?? [])
    return { id: seeking.id, round: readRound(JSON.parse(JSON.stringify(round))) }
  })
}

describe('a look for takers, as it is kept (R7)', () => {
  it('made again from what is kept is the same: who, in which order, by which score, by which draw (I7)', () => {
    let [offered, explored, nobody] = [0, 0, 0]
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        for (const { id, round } of looks(seed)) {
          const { offered: was, next } = round
          expect(differences({ offered: was, next }, JSON.parse(JSON.stringify(again(round, id, at, policy))))).toEqual(
            [],
          )
          offered += was.length
          explored += was.filter(({ chance }) => chance?.explored).length
          nobody += was.length === 0 ? 1 : 0
        }
      }),
      { numRuns: 300, seed: 1 },
    )
    expect(Math.min(offered, explored, nobody)).toBeGreaterThan(100)
  })

  it('shows terms that sum to the score, for those who got it and those who came after (R7)', () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        for (const { round } of looks(seed))
          for (const { score, terms } of [...round.offered, ...round.next]) {
            const millionths = Object.values(terms).reduce((sum, term) => sum + Math.round(term * 1_000_000), 0)
            expect(millionths).toBe(Math.round(score * 1_000_000))
          }
      }),
      { numRuns: 300 },
    )
  })

  it('differs when somebody changed what is kept, and says where', () => {
    const { id, round } = Array.from({ length: 50 }, (_, seed) => looks(seed))
      .flat()
      .find(({ round }) => round.offered.length > 0 && round.next.length > 0)!
    const { offered, next } = round
    const changed = structuredClone(round)
    const last = changed.candidates.find((one) => one.id === next.at(-1)!.member)!
    last.timely = 1
    last.rank = 9
    expect(differences({ offered, next }, again(changed, id, at, policy)).join('\n')).toMatch(
      /(offered|next)\.\d\.(score|member)/,
    )
    const lighter = { ...policy, weights: { ...policy.weights, fairness: policy.weights.fairness / 2 } }
    expect(differences({ offered, next }, again(round, id, at, lighter))).not.toEqual([])
  })
})
