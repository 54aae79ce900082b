import type { LadderStep, MatchingPolicy } from '../../rules/matching.ts'
import { MINUTE } from '../domain/clock.ts'
import { draws, seedOf } from '../domain/seeded.ts'
import { addLoad } from './changes.ts'
import { type Chance, mayLearnOn, newcomerFor, type Stakes } from './explore.ts'
import { nextRung, widthOf } from './ladder.ts'
import { matchIn } from './match.ts'
import { type MemberIndex, positionOf } from './members.ts'
import type { Need, Ranked, Wider } from './need.ts'

/** A mention that waits for a taker, as far as matching looks at it. */
export type Seeking = { id: string; need: Need; stakes: Stakes; wave: number; handOverAt: Date }

/** What the brand says where the ladder does not. */
export type Usual = { offerTo: number; offerMinutes: number }

/** A member to be offered the mention, and until when. `chance` is null on mentions that nobody learns on. */
export type Pick = { ranked: Ranked; expiresAt: Date; chance: Chance | null }

/** So many newcomers contend for a place. */
const CONTENDERS = 32

/** So many of those who came after are named beside them (R7). */
const NEXT = 3

/** What a look for takers came to: `next` are the best of those who are not offered it, `contenders` ids of newcomers drawn among. */
export type Choice = { wider: Wider; picks: Pick[]; next: Ranked[]; contenders: string[] }

/**
 * Whom to offer a mention: the best few at the first step of the ladder that finds anybody, some of their places drawn
 * for newcomers (M2–M4). Offers end at the latest when staff take over. Whoever is picked takes a place only once the
 * caller says so (`addLoad`).
 *
 * @param most fewer than the step says, when only so many are wanted still
 * @returns null when no step finds anybody, or staff take over now
 */
export function choose(
  seeking: Seeking,
  index: MemberIndex,
  policy: MatchingPolicy,
  usual: Usual,
  now: Date,
  most = Number.POSITIVE_INFINITY,
): Choice | null {
  const rung = nextRung(seeking, now, policy.ladder)
  if (rung.go === 'staff') return null
  for (const step of rung.steps) {
    const wanted = Math.min(most, step.offers ?? usual.offerTo)
    const wider = widthOf(step)
    const found = matchIn(index, seeking.need, { most: wanted + NEXT, wider })
    if (found.length === 0) continue
    const until = now.getTime() + (step.minutes ?? usual.offerMinutes) * MINUTE
    const expiresAt = new Date(Math.min(until, seeking.handOverAt.getTime()))
    const { drawn, contenders } = withChances(seeking, index, policy, step, found.slice(0, wanted))
    const picks = drawn.map((pick) => ({ ...pick, expiresAt }))
    const picked = new Set(picks.map(({ ranked }) => ranked.member))
    return { wider, picks, next: found.filter(({ member }) => !picked.has(member)).slice(0, NEXT), contenders }
  }
  return null
}

/** Lets whoever is picked take a place in the running copy. */
export function takePlaces(index: MemberIndex, picks: readonly Pick[]): void {
  for (const { ranked } of picks) addLoad(index, ranked.member, 1)
}

/** As `choose`, with the places taken. */
export function picksFor(seeking: Seeking, index: MemberIndex, ...rest: Rest): Pick[] {
  const picks = choose(seeking, index, ...rest)?.picks ?? []
  takePlaces(index, picks)
  return picks
}
type Rest = Parameters<typeof choose> extends [Seeking, MemberIndex, ...infer Rest] ? Rest : never

/** Draws for each place whether a newcomer with the skill gets it; the other places go to the best in their order. */
function withChances(
  { id, wave, need, stakes }: Seeking,
  index: MemberIndex,
  { exploration }: MatchingPolicy,
  step: LadderStep,
  best: readonly Ranked[],
): { drawn: { ranked: Ranked; chance: Chance | null }[]; contenders: string[] } {
  const { share } = exploration
  if (share === 0 || need.skills.length === 0 || step.look === 'any-speaker' || !mayLearnOn(stakes, exploration))
    return { drawn: best.map((ranked) => ({ ranked, chance: null })), contenders: [] }
  const seed = seedOf(id, wave)
  const random = draws(seed)
  const places = best.map(() => random())
  const search = { most: CONTENDERS, wider: widthOf(step), newcomers: true }
  let left = places.some((draw) => draw < share) ? matchIn(index, need, search) : []
  const contenders = left.map(({ member }) => member)
  const taken = new Set<string>()
  const drawn = places.flatMap((draw): { ranked: Ranked; chance: Chance }[] => {
    const rows = left.flatMap(({ member }) => index.members[positionOf(index, member) ?? -1] ?? [])
    const chosen = draw < share ? newcomerFor(rows, need, random) : null
    const ranked = chosen
      ? left.find(({ member }) => member === chosen.member)
      : best.find(({ member }) => !taken.has(member))
    if (!ranked) return []
    taken.add(ranked.member)
    left = left.filter(({ member }) => member !== ranked.member)
    const propensity = chosen ? share * chosen.propensity : draw < share ? 1 : 1 - share
    return [{ ranked, chance: { seed, draw, share, explored: chosen !== null, propensity } }]
  })
  return { drawn, contenders }
}
