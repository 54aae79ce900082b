import type { MemberProfile } from '../src/domain/member.ts'
import { draws } from '../src/domain/seeded.ts'
import { lowerBound } from '../src/match/fit.ts'
import type { Need } from '../src/match/need.ts'
import { priorFit } from '../src/people/fit-belief.ts'

// A brand far larger than the demo's: 200 skills and 40 languages, each less asked for than the last (Zipf, 0.9), three
// to eight skills a member, every second member with a second language.

const SKILLS = Array.from({ length: 200 }, (_, n) => `skill-${n}`)
const LANGUAGES = Array.from({ length: 40 }, (_, n) => `l${String.fromCharCode(97 + (n % 26))}${n < 26 ? '' : 'x'}`)
const QUIET = [22, 23, 0].map((from) => ({ from: `${from}:00`, to: `${(from + 8) % 24}:00` }))
const ZONES = ['UTC', 'Europe/Berlin', 'America/New_York', 'Asia/Tokyo', 'Australia/Sydney']

/** As many members as wanted; the same for the same number. */
export function aCrowd(count: number): MemberProfile[] {
  const draw = draws(count)
  const skill = zipf(SKILLS, draw)
  const language = zipf(LANGUAGES, draw)
  return Array.from({ length: count }, (_, n) => {
    const held = new Set(Array.from({ length: 3 + Math.floor(draw() * 6) }, skill))
    const rank = draw() < 0.7 ? 0 : draw() < 0.8 ? 1 : 2
    return {
      ...{ id: String(n).padStart(8, '0'), name: 'Helper', paused: false, rank, handles: [], response: null },
      languages: draw() < 0.5 ? [language()] : [...new Set([language(), language()])],
      skills: [...held].map((skill) => {
        const level = Math.round(draw() * 99 + 1) / 100
        return { skill, level, ...priorFit(level, rank) }
      }),
      capacity: 3 + Math.floor(draw() * 6),
      load: 0,
      quiet: draw() < 0.5 ? null : { ...QUIET[Math.floor(draw() * 3)]!, timeZone: ZONES[Math.floor(draw() * 5)]! },
    }
  })
}

/** Mentions that ask for one to three skills; one in twenty in a language nobody can tell. */
export function needsOf(count: number, seed: number): Need[] {
  const draw = draws(seed)
  const skill = zipf(SKILLS, draw)
  const language = zipf(LANGUAGES, draw)
  return Array.from({ length: count }, () => ({
    language: draw() < 0.05 ? null : language(),
    skills: [...new Set(Array.from({ length: 1 + Math.floor(draw() * 3) }, skill))].map((skill) => ({
      skill,
      weight: 0.5 + draw() / 2,
    })),
    minimumRank: draw() < 0.9 ? 0 : 1,
    ...{ author: null, passed: [], blocked: [] },
  }))
}

/** What a database would have to know of a member to find them by itself. */
export const asRow = ({ id, languages, skills, capacity, rank }: MemberProfile) => ({
  ...{ id, languages, capacity, rank, skills: skills.map(({ skill }) => skill) },
  fits: skills.map(({ alpha, beta }) => lowerBound(alpha, beta)),
})

/** Draws from a list of which the n-th is as likely as n to the power of −0.9. */
function zipf<T>(list: readonly T[], draw: () => number): () => T {
  const sums: number[] = []
  for (const [n] of list.entries()) sums.push((sums.at(-1) ?? 0) + (n + 1) ** -0.9)
  return () => {
    const wanted = draw() * sums.at(-1)!
    return list[sums.findIndex((sum) => sum > wanted)]!
  }
}
