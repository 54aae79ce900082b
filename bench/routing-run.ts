import { HOUR, MINUTE } from '../src/domain/clock.ts'
import { deadlines } from '../src/domain/deadline.ts'
import { draws, seedOf } from '../src/domain/seeded.ts'
import { addLoad, putMember, setTime } from '../src/match/changes.ts'
import type { Chance } from '../src/match/explore.ts'
import { indexMembers } from '../src/match/lay-out.ts'
import { type MemberIndex, positionOf } from '../src/match/members.ts'
import type { Weights } from '../src/match/need.ts'
import { weightAt } from '../src/people/decay.ts'
import { EVIDENCE, type Evidence, fitOf, HALF_LIFE } from '../src/people/fit-belief.ts'
import { type Cells, communityRates, hourOfWeek, paceOf } from '../src/people/hours.ts'
import { BEGINS, claimAt, type Posted, type Simulated } from './routing-world.ts'

/** Whom a way of routing asks; it notes the places it gives away in the index. */
export type Choice = { members: string[]; minutes: number; chances: (Chance | null)[] }
export type Asking = Posted & { wave: number; handOverAt: Date; passed: string[] }
export type Route = (asking: Asking, index: MemberIndex, now: Date) => Choice

/** What came of a run. `offers` by member; `quality`: what the truth says of each answer, in [0,1]. */
export type Outcome = {
  posts: number
  inTime: number
  quality: number[]
  offers: Map<string, number>
  /** Offers of posts that one may learn on, those of them to newcomers, and those that were drawn for them. */
  learnable: { all: number; newcomers: number; explored: number }
  exploredOnGrave: number
  toStaff: number
}

type State = Asking & { open: { member: string; since: Date }[]; done: boolean }

const RESPONSE_MINUTES = 120
/** Nobody was there: looked for again after this time. */
const AGAIN = 5 * MINUTE
/** What was seen of when members claim is taken into account so often. */
const LEARNT_EVERY = 6 * HOUR

/** Runs all posts through one way of routing, with everybody behaving as in every other. Beliefs are learnt on the way, as the product does. */
export function simulate(
  community: readonly Simulated[],
  posts: readonly Posted[],
  weights: Weights,
  route: Route,
): Outcome {
  const people = new Map(community.map((one) => [one.profile.id, one]))
  const index = indexMembers(
    community.map(({ profile }) => ({ ...profile })),
    BEGINS,
    weights,
  )
  const beliefs = openBeliefs(index, people)
  const out: Outcome = {
    ...{ posts: posts.length, inTime: 0, quality: [], offers: new Map(), toStaff: 0, exploredOnGrave: 0 },
    learnable: { all: 0, newcomers: 0, explored: 0 },
  }
  const queue = openQueue()
  for (const post of posts) {
    const { handOverAt } = deadlines(post.at, RESPONSE_MINUTES)
    const state: State = { ...post, handOverAt, wave: 0, passed: [], open: [], done: false }
    queue.at(post.at, () => offer(state, post.at))
    queue.at(handOverAt, () => {
      if (state.done) return
      end(state, handOverAt, null)
      state.done = true
      out.toStaff++
    })
  }
  for (let next = queue.take(); next; next = queue.take()) {
    beliefs.moveTo(next.at)
    next.act()
  }
  return out

  function offer(state: State, now: Date): void {
    if (state.done || state.open.length > 0 || now >= state.handOverAt) return
    const { members, minutes, chances } = route({ ...state, need: { ...state.need, passed: state.passed } }, index, now)
    if (members.length === 0) {
      const later = new Date(now.getTime() + AGAIN)
      queue.at(later, () => offer(state, later))
      return
    }
    const wave = state.wave++
    const until = new Date(Math.min(now.getTime() + minutes * MINUTE, state.handOverAt.getTime()))
    for (const [n, member] of members.entries()) {
      state.open.push({ member, since: now })
      note(state, member, chances[n] ?? null)
      const claimed = claimAt(people.get(member)!, state, now, until)
      if (claimed) queue.at(claimed, () => claim(state, member, wave, claimed))
    }
    queue.at(until, () => {
      if (state.done || state.wave !== wave + 1) return
      state.passed.push(...state.open.map(({ member }) => member))
      end(state, until, null)
      offer(state, until)
    })
  }

  function note({ mayLearn }: State, member: string, chance: Chance | null): void {
    out.offers.set(member, (out.offers.get(member) ?? 0) + 1)
    if (!mayLearn) out.exploredOnGrave += chance?.explored ? 1 : 0
    else {
      out.learnable.all++
      if (people.get(member)?.newcomer) out.learnable.newcomers++
      if (chance?.explored) out.learnable.explored++
    }
  }

  function claim(state: State, member: string, wave: number, now: Date): void {
    if (state.done || state.wave !== wave + 1) return
    state.done = true
    end(state, now, member)
    const random = draws(seedOf(state.id, member))
    const answered = new Date(now.getTime() + (4 + 16 * random()) * MINUTE)
    const { truth } = people.get(member)!
    const quality =
      state.need.skills.reduce((sum, { skill }) => sum + (truth.get(skill) ?? 0), 0) / state.need.skills.length
    queue.at(answered, () => {
      addLoad(index, member, -1)
      if (answered.getTime() <= state.at.getTime() + RESPONSE_MINUTES * MINUTE) out.inTime++
      out.quality.push(quality)
      beliefs.answered(member, state, random() < quality, answered)
    })
  }

  /** Ends the open offers; the holder keeps the place until the answer is out. */
  function end(state: State, now: Date, holder: string | null): void {
    for (const { member, since } of state.open) {
      if (member !== holder) addLoad(index, member, -1)
      beliefs.stoodOpen(member, since, now, member === holder)
    }
    state.open = []
  }
}

/** What is learnt of members while they answer: fit at once, hours now and then. */
function openBeliefs(index: MemberIndex, people: ReadonlyMap<string, Simulated>) {
  const evidence = new Map<string, Evidence>()
  const hours = new Map([...people.keys()].map((id) => [id, new Float64Array(2 * 168)]))
  let minute = 0
  let learnt = BEGINS.getTime()
  const cellsOf = (seen: Float64Array): Cells =>
    Float32Array.from(
      Array.from({ length: 168 }, (_, hour) => [hour, seen[2 * hour]!, seen[2 * hour + 1]!])
        .filter(([, , open]) => open! > 0)
        .flat(),
    )
  return {
    moveTo(at: Date): void {
      if (Math.floor(at.getTime() / MINUTE) === minute) return
      minute = Math.floor(at.getTime() / MINUTE)
      setTime(index, at)
      if (at.getTime() - learnt < LEARNT_EVERY) return
      learnt = at.getTime()
      const cells = index.members.map(({ id }) => cellsOf(hours.get(id)!))
      const community = communityRates(cells)
      for (const [n, member] of index.members.entries())
        putMember(index, {
          ...member,
          load: index.loads[n]!,
          response: { community, pace: paceOf(cells[n]!, community), own: cells[n]! },
        })
    },
    stoodOpen(member: string, since: Date, until: Date, claimed: boolean): void {
      const seen = hours.get(member)!
      for (let from = since.getTime(); from < until.getTime(); from = (Math.floor(from / HOUR) + 1) * HOUR)
        seen[2 * hourOfWeek(from) + 1]! +=
          (Math.min(until.getTime(), (Math.floor(from / HOUR) + 1) * HOUR) - from) / HOUR
      if (claimed) seen[2 * hourOfWeek(until.getTime() - 1)]! += 1
    },
    answered(id: string, post: Posted, thanked: boolean, at: Date): void {
      const position = positionOf(index, id)!
      const member = index.members[position]!
      const skills = member.skills.map((held) => {
        if (!post.need.skills.some(({ skill }) => skill === held.skill)) return held
        const key = `${id} ${held.skill}`
        const known = evidence.get(key) ?? { good: 0, bad: 0 }
        for (const cause of ['accepted', thanked ? 'thanked' : 'complained'] as const) {
          known.good += weightAt(at, HALF_LIFE) * EVIDENCE[cause].good
          known.bad += weightAt(at, HALF_LIFE) * EVIDENCE[cause].bad
        }
        evidence.set(key, known)
        return { ...held, ...fitOf({ level: held.level, rank: member.rank }, known, at) }
      })
      putMember(index, { ...member, skills, load: index.loads[position]! })
    },
  }
}

/** What is to happen, in the order of time; what was put in first comes first. */
function openQueue() {
  const heap: { at: Date; nth: number; act: () => void }[] = []
  let count = 0
  const isBefore = (a: number, b: number) => {
    const [one, other] = [heap[a]!, heap[b]!]
    return one.at.getTime() < other.at.getTime() || (one.at.getTime() === other.at.getTime() && one.nth < other.nth)
  }
  const swap = (a: number, b: number) => {
    ;[heap[a], heap[b]] = [heap[b]!, heap[a]!]
  }
  return {
    at(at: Date, act: () => void): void {
      let place = heap.push({ at, nth: count++, act }) - 1
      for (; place > 0 && isBefore(place, (place - 1) >> 1); place = (place - 1) >> 1) swap(place, (place - 1) >> 1)
    },
    take(): { at: Date; act: () => void } | undefined {
      if (heap.length === 0) return undefined
      swap(0, heap.length - 1)
      const first = heap.pop()
      for (let place = 0; ; ) {
        let least = place
        for (const child of [2 * place + 1, 2 * place + 2])
          if (child < heap.length && isBefore(child, least)) least = child
        if (least === place) return first
        swap(place, least)
        place = least
      }
    },
  }
}

/** How unevenly offers fall: 0 everybody the same, towards 1 one has all (Gini 1912). Over everybody, asked or not. */
export function giniOf(counts: readonly number[]): number {
  const sorted = [...counts].sort((a, b) => a - b)
  const all = sorted.reduce((sum, one) => sum + one, 0)
  const weighted = sorted.reduce((sum, one, n) => sum + (2 * (n + 1) - sorted.length - 1) * one, 0)
  return all === 0 ? 0 : weighted / (sorted.length * all)
}
