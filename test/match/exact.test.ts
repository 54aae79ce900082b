import { describe, expect, it } from 'vitest'
import { HOUR, MINUTE } from '../../src/domain/clock.ts'
import type { MemberProfile } from '../../src/domain/member.ts'
import { addLoad, putMember, setTime } from '../../src/match/changes.ts'
import { lowerBound } from '../../src/match/fit.ts'
import { indexMembers } from '../../src/match/lay-out.ts'
import { matchIn, scanIn, whyNot } from '../../src/match/match.ts'
import { DEFAULT_WEIGHTS, type Need, speaks, type Wider } from '../../src/match/need.ts'
import { hourOf, timelyIn } from '../../src/match/response.ts'
import { population } from './people.ts'

const noon = new Date('2026-11-20T12:00:00Z')
const POPULATIONS = 500
const SEARCHES = 20

/** A score from the rows alone, as the formula of M2 says it, in millionths: nothing of the index is asked. */
function scoreOf(member: MemberProfile, need: Need, at: Date): number {
  const w = DEFAULT_WEIGHTS
  const { load, capacity, rank } = member
  const total = need.skills.reduce((sum, { weight }) => sum + weight, 0)
  const fit = need.skills.reduce((sum, { skill, weight }) => {
    const held = member.skills.find((one) => one.skill === skill && one.level > 0)
    return held && total > 0 ? sum + (weight / total) * Math.fround(lowerBound(held.alpha, held.beta)) : sum
  }, 0)
  const tags = [...new Set(member.languages.map(speaks))]
  const nth = need.language === null ? 0 : tags.indexOf(speaks(need.language)) + 1
  const terms = [
    w.skill * fit,
    nth === 0 ? 0 : (w.language * 4) / (3 + nth),
    w.timely * Math.fround(timelyIn(member, hourOf(at))),
    (w.reputation * rank) / (rank + 2),
    w.capacity * (1 - load / capacity),
    need.answered?.includes(member.id) ? w.continuity : 0,
    w.fairness / (1 + load),
  ]
  return terms.reduce((sum, term) => sum + Math.round(term * 1e6), 0)
}

const byTheRows = (members: readonly MemberProfile[], need: Need, at: Date, wider: Wider, most: number) =>
  members
    .filter((member) => whyNot(member, need, at, wider) === null)
    .map((member) => ({ member: member.id, score: scoreOf(member, need, at) / 1e6 }))
    .sort((a, b) => b.score - a.score || (a.member < b.member ? -1 : 1))
    .slice(0, most)

describe('the index', () => {
  it(`names exactly those whom a look at every row names, ${POPULATIONS * SEARCHES} times, while everything changes (M2, M6)`, () => {
    for (let seed = 1; seed <= POPULATIONS; seed++) {
      const { members, member, need, upTo, pick, draw } = population(seed)
      let at = noon
      let index = indexMembers(members, at)
      const rows = new Map(members.map((one) => [one.id, { ...one }]))
      for (let n = 0; n < SEARCHES; n++) {
        const search = { most: 1 + upTo(4), wider: pick<Wider>([0, 1, 2]) }
        const asked = need()
        const found = matchIn(index, asked, search)
        const about = `population ${seed}, search ${n}: ${JSON.stringify({ search, asked })}`
        expect(found, about).toEqual(scanIn(index, asked, search))
        const expected = byTheRows([...rows.values()], asked, at, search.wider, search.most)
        expect(
          found.map(({ member, score }) => ({ member, score })),
          about,
        ).toEqual(expected)
        for (const { score, terms } of found)
          expect(Object.values(terms).reduce((sum, term) => sum + Math.round(term * 1e6), 0)).toBe(
            Math.round(score * 1e6),
          )

        for (const one of found) {
          addLoad(index, one.member, 1)
          rows.get(one.member)!.load++
        }
        const giver = [...rows.values()][upTo(Math.max(0, rows.size - 1))]
        if (giver && giver.load > 0) {
          addLoad(index, giver.id, -1)
          giver.load--
        }
        if (draw() < 0.2) {
          at = new Date(at.getTime() + upTo(3) * HOUR + upTo(59) * MINUTE)
          setTime(index, at)
        }
        if (rows.size === 0 || draw() < 0.5) continue
        const old = rows.get(`m${upTo(rows.size - 1)}`)!
        const now =
          draw() < 0.2
            ? member(Number(old.id.slice(1)))
            : { ...old, load: upTo(3), paused: draw() < 0.2, rank: upTo(2) }
        rows.set(now.id, { ...now })
        if (!putMember(index, now)) index = indexMembers([...rows.values()], at)
      }
    }
  }, 120_000)

  it('finds newcomers alone when they are asked for (M3)', () => {
    for (let seed = 1; seed <= 200; seed++) {
      const { members, need } = population(seed)
      const index = indexMembers(members, noon)
      const search = { most: 3, wider: 1 as const, newcomers: true }
      const asked = need()
      expect(matchIn(index, asked, search).map(({ member }) => member)).toEqual(
        byTheRows(
          members.filter(({ rank }) => rank === 0),
          asked,
          noon,
          1,
          3,
        ).map(({ member }) => member),
      )
    }
  })
})
