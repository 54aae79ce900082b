import type { MemberProfile } from '../../src/domain/member.ts'
import { draws } from '../../src/domain/seeded.ts'
import type { Need } from '../../src/match/need.ts'
import { priorFit } from '../../src/people/fit-belief.ts'

const LANGUAGES = ['en', 'de', 'pt-BR', 'fr', 'ja']
const HOURS = ['00:00', '06:30', '11:59', '12:00', '12:01', '22:00']
/** Nobody’s limits end while a test looks. */
const FUTURE = '2100-01-01T00:00:00Z'
const ZONES = ['UTC', 'Asia/Tokyo', 'America/New_York', 'Asia/Kathmandu']

/** Members and mentions drawn from a seed: some crowd into few skills and tie, others are thinly spread. */
export function population(seed: number) {
  const draw = draws(seed)
  const upTo = (most: number) => Math.floor(draw() * (most + 1))
  const pick = <T>(list: readonly T[]): T => list[upTo(list.length - 1)]!
  const skills = Array.from({ length: 1 + upTo(pick([2, 6, 20])) }, (_, n) => `skill-${n}`)
  const levels = draw() < 0.3 ? [0.5] : [0, 0.1, 0.4, 0.5, 0.8, 1]
  const size = upTo(pick([3, 40, 150]))
  const some = <T>(list: readonly T[], most: number): T[] => [
    ...new Set(Array.from({ length: upTo(most) }, () => pick(list))),
  ]
  const member = (n: number): MemberProfile => {
    const rank = draw() < 0.9 ? 0 : upTo(2)
    return {
      ...{ id: `m${n}`, name: `m${n}`, languages: some(LANGUAGES, 3), rank },
      skills: some(skills, 5).map((skill) => aSkill(skill, pick(levels), rank, draw() < 0.3 ? upTo(20) : 0)),
      capacity: upTo(4),
      load: upTo(3),
      paused: draw() < 0.1,
      quiet: draw() < 0.4 ? { from: pick(HOURS), to: pick(HOURS), timeZone: pick(ZONES) } : null,
      handles: draw() < 0.1 ? [{ network: 'sandbox', handle: 'kim', id: pick([null, '7']) }] : [],
      restingUntil: draw() < 0.1 ? new Date(FUTURE) : null,
      onlyCalm: draw() < 0.2,
      response: draw() < 0.5 ? null : aResponse(draw),
    }
  }
  const members = Array.from({ length: size }, (_, n) => member(n))
  const ids = (most: number) => some(members, most).map(({ id }) => id)
  const need = (): Need => ({
    language: draw() < 0.1 ? null : pick(['en', 'de', 'pt', 'fr', 'xx']),
    skills: some([...skills, 'rare'], 3).map((skill) => ({ skill, weight: pick([0, 0.3, 0.5, 1]) })),
    minimumRank: draw() < 0.8 ? 0 : 1 + upTo(1),
    angry: draw() < 0.3,
    author:
      draw() < 0.3
        ? pick([
            { network: 'sandbox', handle: '@Kim' },
            { network: 'sandbox', handle: 'Somebody', id: '7' },
          ])
        : null,
    ...{ passed: size > 0 ? ids(3) : [], blocked: size > 0 ? ids(1) : [], answered: size > 0 ? ids(2) : [] },
  })
  return { members, member, need, draw, upTo, pick }
}

const aSkill = (skill: string, level: number, rank: number, evidence: number) => {
  const { alpha, beta } = priorFit(level, rank)
  return { skill, level, alpha: alpha + evidence, beta: beta + (evidence % 3) }
}

const community = new Float32Array(168).map((_, hour) => (hour % 24) / 12)

const aResponse = (draw: () => number) => ({
  ...{ community, pace: 2 * draw() },
  own: Float32Array.from([Math.floor(draw() * 168), Math.floor(draw() * 5), 1 + Math.floor(draw() * 5)]),
})
