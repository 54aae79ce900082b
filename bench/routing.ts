// Budget: newcomers, and each of them, get at least their share, offers fall more evenly than by greed, nobody learns on grave matters; and more is answered in time.
import { DEFAULT_MATCHING, matchingOf } from '../rules/matching.ts'
import { draws } from '../src/domain/seeded.ts'
import { addLoad } from '../src/match/changes.ts'
import { nextRung, widthOf } from '../src/match/ladder.ts'
import { matchIn } from '../src/match/match.ts'
import type { MemberIndex } from '../src/match/members.ts'
import { DEFAULT_WEIGHTS, type Weights } from '../src/match/need.ts'
import { picksFor } from '../src/match/offers.ts'
import { type Bench, type Figure, held, plain, short } from './measure.ts'
import { giniOf, type Outcome, type Route, simulate } from './routing-run.ts'
import { aCommunity, posts } from './routing-world.ts'

const POSTS = 10_000
const MEMBERS = 240
const DAYS = 14
const SEED = 1
const USUAL = { offerTo: 3, offerMinutes: 30 }

/** Greed looks at the skill alone. */
const SKILL_ALONE: Weights = {
  skill: 1,
  language: 0,
  timely: 0,
  reputation: 0,
  capacity: 0,
  continuity: 0,
  fairness: 0,
}

export const bench: Bench = async (say) => {
  const figures: Figure[] = []
  const runs = routed(MEMBERS, POSTS, DAYS, say)
  for (const [name, run] of Object.entries(runs)) {
    figures.push(
      plain(`${name}, answered within two hours`, percent(run.inTime / run.posts)),
      plain(`${name}, left to staff`, percent(run.toStaff / run.posts)),
      plain(`${name}, how good the answers are`, short(mean(run.quality))),
      plain(`${name}, Gini index of offers`, short(gini(run, MEMBERS))),
      plain(`${name}, share of offers to newcomers`, percent(run.learnable.newcomers / run.learnable.all)),
    )
  }
  const { greedy, ours } = runs
  const share = DEFAULT_MATCHING.exploration.share
  return [
    ...figures,
    held('ours, share of offers to newcomers', ours.learnable.newcomers / ours.learnable.all, { atLeast: share }),
    plain('ours, share of offers drawn for newcomers', percent(ours.learnable.explored / ours.learnable.all)),
    held('ours, the newcomer asked least ÷ members on average', leastNewcomer(ours, MEMBERS), { atLeast: share }),
    plain('greedy, the newcomer asked least ÷ members on average', short(leastNewcomer(greedy, MEMBERS))),
    held('ours, drawn on grave matters', ours.exploredOnGrave, { atMost: 0 }),
    held('ours ÷ greedy, Gini index', gini(ours, MEMBERS) / gini(greedy, MEMBERS), { atMost: 1 }),
    held('ours ÷ greedy, answered within two hours', ours.inTime / greedy.inTime, { atLeast: 1 }),
  ]
}

type Arms = { random: Outcome; 'round-robin': Outcome; greedy: Outcome; ours: Outcome }

/** The same posts and people under each way of routing. */
export function routed(members: number, count: number, days: number, say: (line: string) => void = () => {}): Arms {
  const community = aCommunity(members, SEED)
  const stream = posts(count, days, SEED + 1)
  const run = (name: string, weights: Weights, route: Route) => {
    const outcome = simulate(community, stream, weights, route)
    say(`routing: ${name} is through`)
    return outcome
  }
  return {
    random: run('random', DEFAULT_WEIGHTS, byChance(SEED)),
    'round-robin': run('round-robin', DEFAULT_WEIGHTS, inTurn()),
    greedy: run('greedy', SKILL_ALONE, theBest),
    ours: run('ours', DEFAULT_WEIGHTS, ours),
  }
}

/** Offers of the newcomer who got fewest, as a part of what a member gets on average. */
export function leastNewcomer({ offers }: Outcome, members: number): number {
  const all = [...offers.values()].reduce((sum, one) => sum + one, 0)
  const newcomers = aCommunity(members, SEED).filter(({ newcomer }) => newcomer)
  return Math.min(...newcomers.map(({ profile }) => offers.get(profile.id) ?? 0)) / (all / members)
}

export const gini = ({ offers }: Outcome, members: number): number =>
  giniOf(Array.from({ length: members }, (_, n) => [...offers.values()][n] ?? 0))

const policy = matchingOf({})

const ours: Route = (asking, index, now) => {
  const picks = picksFor(asking, index, policy, USUAL, now)
  const [first] = picks
  return {
    members: picks.map(({ ranked }) => ranked.member),
    minutes: first ? (first.expiresAt.getTime() - now.getTime()) / 60_000 : 0,
    chances: picks.map(({ chance }) => chance),
  }
}

const theBest: Route = (asking, index, now) => choose(asking, index, now, (eligible) => eligible)

function byChance(seed: number): Route {
  const draw = draws(seed)
  return (asking, index, now) =>
    choose(asking, index, now, (eligible) =>
      eligible
        .map((member) => ({ member, by: draw() }))
        .sort((a, b) => a.by - b.by)
        .map(({ member }) => member),
    )
}

/** Whoever was asked the longest time ago comes first. */
function inTurn(): Route {
  const turns = new Map<string, number>()
  let turn = 0
  return (asking, index, now) => {
    const choice = choose(asking, index, now, (eligible) =>
      eligible.sort((a, b) => (turns.get(a) ?? 0) - (turns.get(b) ?? 0)),
    )
    for (const member of choice.members) turns.set(member, ++turn)
    return choice
  }
}

/** The first few of those who pass every filter, on the same ladder, in an order of one's own. */
function choose(
  asking: Parameters<Route>[0],
  index: MemberIndex,
  now: Date,
  order: (eligible: string[]) => string[],
): ReturnType<Route> {
  const rung = nextRung(asking, now, policy.ladder)
  for (const step of rung.go === 'offer' ? rung.steps : []) {
    const eligible = matchIn(index, asking.need, { most: index.size, wider: widthOf(step) }).map(({ member }) => member)
    const members = order(eligible).slice(0, USUAL.offerTo)
    for (const member of members) addLoad(index, member, 1)
    if (members.length > 0) return { members, minutes: USUAL.offerMinutes, chances: [] }
  }
  return { members: [], minutes: 0, chances: [] }
}

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`
const mean = (values: readonly number[]): number => values.reduce((sum, one) => sum + one, 0) / values.length
