import type { LadderStep, MatchingPolicy } from '../../rules/matching.ts'
import { MINUTE } from '../domain/clock.ts'
import { draws, seedOf } from '../domain/seeded.ts'
import { addLoad } from './changes.ts'
import { type Chance, mayLearnOn, newcomerFor, type Stakes } from './explore.ts'
import type { Found } from './hunt.ts'
import { nextRung, widthOf } from './ladder.ts'
import { findIn, rankedOf, scoredOf } from './match.ts'
import type { MemberIndex } from './members.ts'
import type { Need, Ranked, Scored, Wider } from './need.ts'

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

/**
 * What a look for takers came to: `next` are the best of those who are not offered it. `compared`: positions in the index
 * of all whom it was between, first the picks, then the next, then the other newcomers drawn among.
 */
export type Choice = { wider: Wider; picks: Pick[]; next: Scored[]; compared: number[] }

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
    const found = findIn(index, seeking.need, { most: wanted + NEXT, wider })
    const { best } = found
    if (best.length === 0) continue
    const until = now.getTime() + (step.minutes ?? usual.offerMinutes) * MINUTE
    const expiresAt = new Date(Math.min(until, seeking.handOverAt.getTime()))
    const { drawn, contenders } = withChances(seeking, index, policy, step, best.slice(0, wanted))
    const compared = drawn.map(({ one }) => one.position)
    const next = best.filter(({ position }) => !compared.includes(position)).slice(0, NEXT)
    for (const { position } of next) compared.push(position)
    for (const { position } of contenders) if (!compared.includes(position)) compared.push(position)
    return {
      wider,
      picks: drawn.map(({ one, chance }) => ({ ranked: rankedOf(found, one, seeking.need), chance, expiresAt })),
      next: next.map((one) => scoredOf(found, one)),
      compared,
    }
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
  best: readonly Found[],
): { drawn: { one: Found; chance: Chance | null }[]; contenders: readonly Found[] } {
  const { share } = exploration
  if (share === 0 || need.skills.length === 0 || step.look === 'any-speaker' || !mayLearnOn(stakes, exploration))
    return { drawn: best.map((one) => ({ one, chance: null })), contenders: [] }
  const seed = seedOf(id, wave)
  const random = draws(seed)
  const places = best.map(() => random())
  const search = { most: CONTENDERS, wider: widthOf(step), newcomers: true }
  let left = places.some((draw) => draw < share) ? findIn(index, need, search).best : []
  const memberOf = ({ position }: Found) => index.members[position]! // a position that was found
  const contenders = left
  const taken = new Set<number>()
  const drawn = places.flatMap((draw): { one: Found; chance: Chance }[] => {
    const chosen = draw < share ? newcomerFor(left.map(memberOf), need, random) : null
    const one = chosen
      ? left.find((newcomer) => memberOf(newcomer).id === chosen.member)
      : best.find(({ position }) => !taken.has(position))
    if (!one) return []
    taken.add(one.position)
    left = left.filter(({ position }) => position !== one.position)
    const propensity = chosen ? share * chosen.propensity : draw < share ? 1 : 1 - share
    return [{ one, chance: { seed, draw, share, explored: chosen !== null, propensity } }]
  })
  return { drawn, contenders }
}
