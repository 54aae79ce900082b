import { DAY, HOUR, MINUTE } from '../src/domain/clock.ts'
import type { MemberProfile } from '../src/domain/member.ts'
import { draws, seedOf } from '../src/domain/seeded.ts'
import type { Stakes } from '../src/match/explore.ts'
import type { Need } from '../src/match/need.ts'
import { priorFit } from '../src/people/fit-belief.ts'
import { FIRST_RATE } from '../src/people/hours.ts'

// A made-up community, of which the truth is known: how good each member really is, and when they really look.

const SKILLS = ['wifi', 'ink', 'scanning', 'app', 'orders', 'paper', 'drivers', 'photo']
const LANGUAGES = ['en', 'en', 'en', 'de', 'es', 'fr']
/** The first Monday of the run. */
export const BEGINS = new Date('2026-03-02T00:00:00Z')

export type Simulated = {
  profile: MemberProfile
  /** How likely an answer in the skill is a good one. */
  truth: ReadonlyMap<string, number>
  /** Claims an open offer meets with in an hour, by hour of the day in UTC. */
  rates: readonly number[]
  newcomer: boolean
}

export type Posted = { id: string; at: Date; need: Need; stakes: Stakes; mayLearn: boolean }

/** One member in four is a newcomer, who may be as good as anybody: nobody knows. */
export function aCommunity(count: number, seed: number): Simulated[] {
  const draw = draws(seed)
  const pick = <T>(list: readonly T[]): T => list[Math.floor(draw() * list.length)]!
  const community = new Float32Array(168).fill(FIRST_RATE)
  return Array.from({ length: count }, (_, n) => {
    const newcomer = n % 4 === 0
    const rank = newcomer ? 0 : draw() < 0.7 ? 1 : 2
    const skills = [...new Set([pick(SKILLS), pick(SKILLS), pick(SKILLS)])]
    const truth = new Map(skills.map((skill) => [skill, 0.2 + 0.75 * draw()]))
    const first = pick(LANGUAGES)
    const begins = Math.floor(draw() * 24)
    const readiness = 0.3 + 3 * draw() ** 2
    return {
      ...{ newcomer, truth },
      rates: Array.from({ length: 24 }, (_, hour) => ((hour - begins + 24) % 24 < 9 ? readiness : 0.04 * readiness)),
      profile: {
        ...{ id: `${newcomer ? 'newcomer' : 'member'}-${String(n).padStart(4, '0')}`, name: 'Helper', rank },
        languages: first === 'en' || draw() < 0.4 ? [first] : [first, 'en'],
        skills: skills.map((skill) => aSkill(skill, declared(truth.get(skill) ?? 0, draw()), rank)),
        ...{ capacity: 4, load: 0, paused: false, handles: [] },
        // Half of them say when they sleep; the others are asked, and do not look.
        quiet: draw() < 0.5 ? { from: clock(begins + 14), to: clock(begins + 22), timeZone: 'UTC' } : null,
        response: { community, pace: 1, own: new Float32Array() },
      },
    }
  })
}

/** People say of themselves half of what is true, and half of anything. */
const declared = (truth: number, chance: number): number => Math.round(50 * (truth + chance)) / 100

const aSkill = (skill: string, level: number, rank: number) => ({ skill, level, ...priorFit(level, rank) })

const clock = (hour: number): string => `${String(hour % 24).padStart(2, '0')}:00`

/** Posts of so many days, more by day than by night; one in six is a matter that nobody is to learn on. */
export function posts(count: number, days: number, seed: number): Posted[] {
  const draw = draws(seed)
  const pick = <T>(list: readonly T[]): T => list[Math.floor(draw() * list.length)]!
  const times = Array.from({ length: count }, () => {
    const hour = 24 * draw()
    const byDay = draw() < 0.6 ? 8 + hour / 2 : hour
    return Math.floor(draw() * days) * DAY + byDay * HOUR
  }).sort((a, b) => a - b)
  return times.map((time, n) => {
    const skills = [...new Set(draw() < 0.8 ? [pick(SKILLS)] : [pick(SKILLS), pick(SKILLS)])]
    const grave = draw() < 1 / 6 ? pick(GRAVE) : null
    return {
      id: `post-${n}`,
      at: new Date(BEGINS.getTime() + time),
      need: {
        ...{ language: pick(LANGUAGES), skills: skills.map((skill) => ({ skill, weight: 1 })), minimumRank: 0 },
        ...{ author: null, passed: [], blocked: [], answered: [] },
      },
      stakes: {
        anger: 0.3 * draw(),
        needsExpert: 0.4 * draw(),
        flags: [],
        followers: Math.floor(5_000 * draw()),
        ...grave,
      },
      mayLearn: grave === null,
    }
  })
}

const GRAVE: Partial<Stakes>[] = [
  { anger: 0.55 },
  { needsExpert: 0.7 },
  { flags: ['legal'] },
  { flags: ['safety'] },
  { followers: 250_000 },
]

/** When a member who was offered a post looks and claims it, in [at, until); null: not in that time. The same for every way of routing. */
export function claimAt(member: Simulated, post: Posted, at: Date, until: Date): Date | null {
  const random = draws(seedOf(post.id, member.profile.id, at.getTime()))
  for (let time = at.getTime() + MINUTE; time < until.getTime(); time += MINUTE) {
    const rate = member.rates[new Date(time).getUTCHours()] ?? 0
    if (random() < 1 - Math.exp(-rate / 60)) return new Date(time)
  }
  return null
}
