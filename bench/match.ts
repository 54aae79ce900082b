// Budget: matching 10,000 members costs at most 12 times as much as 1,000, and below a millisecond a mention.
import { demoBrand } from '../src/demo/content.ts'
import { matchIn } from '../src/match/match.ts'
import { addLoad, indexMembers, type MemberIndex } from '../src/match/members.ts'
import { DEFAULT_WEIGHTS, type Need } from '../src/match/need.ts'
import { type Bench, held, median, ownCpuMicros, plain, short, spread } from './measure.ts'
import { draws } from './posts.ts'
import { manyMembers } from './stage.ts'

const SIZES = [100, 1_000, 10_000] as const
const ROUNDS = 7
const NEEDS = 1_000

export const bench: Bench = async () => {
  const indexes = new Map(SIZES.map((size) => [size, indexMembers(manyMembers(size), new Date())] as const))
  const skilled = needs(true)
  const anybody = needs(false)
  const cost = new Map<string, number[]>()
  for (let round = -1; round < ROUNDS; round++) {
    for (const [size, index] of indexes) {
      for (const [kind, list] of [
        ['a skill', skilled],
        ['any speaker', anybody],
      ] as const) {
        const micros = offering(index, list)
        if (round >= 0) cost.set(`${kind} ${size}`, [...(cost.get(`${kind} ${size}`) ?? []), micros])
      }
    }
  }
  const of = (kind: string, size: number) => median(cost.get(`${kind} ${size}`)!)
  return [
    ...[...cost].map(([what, values]) => plain(`${what} members`, `${spread(values)} µs of CPU a mention`)),
    held('a skill, 10 000 ÷ 1 000 members', of('a skill', 10_000) / of('a skill', 1_000), { atMost: 12 }),
    held('any speaker, 10 000 ÷ 1 000 members', of('any speaker', 10_000) / of('any speaker', 1_000), { atMost: 12 }),
    held(`any speaker, ${short(10_000)} members`, of('any speaker', 10_000), { atMost: 1_000 }, ' µs'),
  ]
}

/** The best three of each need, who then hold a place more. @returns µs of CPU a need */
function offering(index: MemberIndex, list: readonly Need[]): number {
  const before = ownCpuMicros()
  for (const need of list)
    for (const { member } of matchIn(index, need, DEFAULT_WEIGHTS, { most: 3 })) addLoad(index, member, 1)
  return (ownCpuMicros() - before) / list.length
}

function needs(skilled: boolean): Need[] {
  const draw = draws(skilled ? 1 : 2)
  const pick = <T>(list: readonly T[]): T => list[Math.floor(draw() * list.length)]!
  const skills = Object.keys(demoBrand().skills)
  return Array.from({ length: NEEDS }, () => ({
    language: pick(['en', 'en', 'es', 'fr', 'de']),
    skills: skilled ? [{ skill: pick(skills), weight: 1 }] : [],
    ...{ minimumRank: 0, author: null, passed: [], blocked: [] },
  }))
}
