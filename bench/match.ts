// Budget: the best of 100,000 members in 100 µs of CPU (median; 1 ms for 99 of 100), of 1,000,000 in 1 ms, in 110 bytes each.
import { addLoad } from '../src/match/changes.ts'
import { indexMembers } from '../src/match/lay-out.ts'
import { matchIn, scanIn } from '../src/match/match.ts'
import { bytesOf, type MemberIndex } from '../src/match/members.ts'
import type { Need, Wider } from '../src/match/need.ts'
import { aCrowd, needsOf } from './crowd.ts'
import { type Bench, type Figure, held, median, ownCpuMicros, plain, short } from './measure.ts'
import { serverSearch } from './server-search.ts'

const SIZES = [1_000, 10_000, 100_000, 1_000_000].slice(0, Number(process.env.BENCH_SIZES ?? 4))
const SEARCHES = 4_000
const WARM = 1_000
const SCANS = 60
/** So many members of a hundred hold an offer when it settles: what is offered first ends first. */
const HOLDING = 0.3

export const bench: Bench = async (say) => {
  const figures: Figure[] = []
  const cost = new Map<number, number>()
  const all: ((at: Date) => MemberIndex)[] = SIZES.map((size) => (at) => indexMembers(aCrowd(size), at))
  for (const [n, size] of SIZES.entries()) {
    const began = ownCpuMicros()
    const index = all[n]!(new Date('2026-11-20T12:00:00Z'))
    const laid = (ownCpuMicros() - began) / size
    say(`match: ${size} members are laid out`)
    const micros = offering(index, needsOf(WARM + SEARCHES, 7)).slice(WARM)
    const [middle, tail] = [median(micros), quantile(micros, 0.99)]
    cost.set(size, middle)
    const what = `best of ${short(size)}`
    figures.push(
      size === 100_000
        ? held(what, middle, { atMost: 100 }, ' µs')
        : size === 1_000_000
          ? held(what, middle, { atMost: 1_000 }, ' µs')
          : plain(what, `${short(middle)} µs`),
      size === 100_000
        ? held(`${what}, 99 of 100`, tail, { atMost: 1_000 }, ' µs')
        : plain(`${what}, 99 of 100`, `${short(tail)} µs`),
      plain(`${what}, full scan`, `${short(median(scanning(index, needsOf(SCANS, 8))))} µs`),
      held(`${what}, bytes a member`, bytesOf(index) / size, { atMost: size >= 100_000 ? 110 : 200 }),
      plain(`${what}, members made and laid out`, `${short(laid)} µs a member`),
    )
  }
  const exponent = Math.log(cost.get(SIZES.at(-1)!)! / cost.get(10_000)!) / Math.log(SIZES.at(-1)! / 10_000)
  if (SIZES.length > 2) figures.push(held('growth exponent from 10 000 members on', exponent, { atMost: 0.9 }))
  figures.push(...(await serverSearch(say)))
  return figures
}

/** As triage does it: the narrowest width that finds somebody, who then holds a place more. @returns µs of CPU each */
function offering(index: MemberIndex, needs: readonly Need[]): number[] {
  const holding: string[] = []
  return needs.map((need) => {
    const before = ownCpuMicros()
    const best = bestOf(index, need)
    if (best) {
      addLoad(index, best, 1)
      holding.push(best)
    }
    const micros = ownCpuMicros() - before
    if (holding.length > index.size * HOLDING) addLoad(index, holding.shift()!, -1)
    return micros
  })
}

function bestOf(index: MemberIndex, need: Need): string | null {
  for (const wider of [0, 1, 2] as Wider[]) {
    const [best] = matchIn(index, need, { most: 1, wider })
    if (best) return best.member
  }
  return null
}

function scanning(index: MemberIndex, needs: readonly Need[]): number[] {
  return needs.map((need) => {
    const before = ownCpuMicros()
    const [found] = scanIn(index, need, { most: 1, wider: 0 })
    const micros = ownCpuMicros() - before
    if (found && matchIn(index, need, { most: 1, wider: 0 })[0]?.member !== found.member) throw new Error('They differ')
    return micros
  })
}

const quantile = (values: readonly number[], share: number): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length * share)]!
