// Budget: end to end ÷ bare insert ≥ 0.35 with Redis, ≥ 0.30 embedded; CPU end to end ÷ bare insert ≤ 6; end to end ÷ no-op jobs ≥ 0.04.
import { sql } from 'drizzle-orm'
import { openDb } from '../src/db/client.ts'
import { assertWhole } from './assert-whole.ts'
import { bareInsert } from './bare-insert.ts'
import { type Bench, type Figure, held, median, ownCpuMicros, plain, short, spread } from './measure.ts'
import { openWay } from './open-way.ts'
import { embedded, type Place, production } from './places.ts'
import { manyPosts } from './posts.ts'
import { aStage } from './stage.ts'

const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 3)
const MENTIONS = Number(process.env.BENCH_MENTIONS ?? 6_000)
const MEMBERS = 1_000
/** A job that does nothing is over so soon that more of them are needed. */
const IDLE_TIMES = 20

const ARMS = ['bare insert', 'no-op jobs', 'end to end, 3 offers', 'end to end, 1 offer'] as const
type Arm = (typeof ARMS)[number]
/** CPU in µs, of this process and of the servers. */
type Taken = { seconds: number; mentions: number; own: number; server: number }

export const bench: Bench = async (say) => {
  const figures: Figure[] = []
  const redis = await production()
  if (redis) figures.push(...(await benchAt(redis, 0.35, say)))
  else figures.push(plain('PostgreSQL and Redis', 'did not answer'))
  figures.push(...(await benchAt(await embedded(), 0.3, say)))
  return figures
}

async function benchAt(place: Place, atLeast: number, say: (line: string) => void): Promise<Figure[]> {
  try {
    const taken = await measure(place, say)
    return figuresOf(place.name, taken, atLeast)
  } finally {
    await place.close()
  }
}

/** All arms in turn, several rounds, so that whatever else the machine does falls on all of them alike. */
async function measure(place: Place, say: (line: string) => void): Promise<Record<Arm, Taken[]>> {
  const { db } = place
  const stage = await aStage(db, MEMBERS)
  const other = await aStage(db, 1)
  const lone = openDb(place.url, { max: 1 })
  const way = openWay(place)
  let seed = 0
  const endToEnd = async (offers: number, count = MENTIONS) => {
    const posts = manyPosts(count, ++seed)
    await stage.offerTo(offers)
    await stage.rewind()
    return timed(place, count, () => way.take(stage.sourceId, posts))
  }
  const arms: Record<Arm, () => Promise<Taken>> = {
    'bare insert': async () => {
      const rows = bareInsert(lone.db, other, manyPosts(MENTIONS, ++seed))
      return timed(place, MENTIONS, rows)
    },
    'no-op jobs': () => timed(place, MENTIONS * IDLE_TIMES, () => way.idle(MENTIONS * IDLE_TIMES)),
    'end to end, 3 offers': () => endToEnd(3),
    'end to end, 1 offer': () => endToEnd(1),
  }
  const taken = Object.fromEntries(ARMS.map((arm) => [arm, [] as Taken[]])) as Record<Arm, Taken[]> // one entry an arm
  try {
    await endToEnd(3, MENTIONS / 2) // compiles what is hot
    for (let round = 0; round < ROUNDS; round++) {
      const order = [...ARMS.slice(round % ARMS.length), ...ARMS.slice(0, round % ARMS.length)]
      for (const arm of order) {
        // The server counts its rows by itself once a minute; an arm is over sooner, and must not run on older counts.
        await db.execute(sql`analyze`)
        taken[arm].push(await arms[arm]())
        say(`${place.name}, round ${round + 1}, ${arm}: ${inWords(taken[arm].at(-1)!)}`)
      }
    }
    await assertWhole(db, stage.brandId, MENTIONS / 2 + 2 * ROUNDS * MENTIONS)
    return taken
  } finally {
    await way.close()
    await lone.close()
  }
}

async function timed(place: Place, mentions: number, work: () => Promise<void>): Promise<Taken> {
  const before = { server: await place.serverCpu(), own: ownCpuMicros() }
  const started = performance.now()
  await work()
  const seconds = (performance.now() - started) / 1_000
  const own = ownCpuMicros() - before.own
  return { seconds, mentions, own, server: (await place.serverCpu()) - before.server }
}

const rateOf = ({ mentions, seconds }: Taken): number => mentions / seconds
const cpuOf = ({ mentions, own, server }: Taken): number => (own + server) / mentions

const inWords = (one: Taken): string =>
  `${short(rateOf(one))}/s, CPU a mention ${short(one.own / one.mentions)} + ${short(one.server / one.mentions)} µs`

function figuresOf(where: string, taken: Record<Arm, Taken[]>, atLeast: number): Figure[] {
  const rates = (arm: Arm) => taken[arm].map(rateOf)
  const cpus = (arm: Arm) => taken[arm].map(cpuOf)
  // Rounds are compared with themselves: what slows the machine down slows both arms of a round.
  const perRound = (of: (arm: Arm) => number[], one: Arm, other: Arm) =>
    median(of(one).map((value, round) => value / of(other)[round]!))
  const figures = ARMS.map((arm) =>
    plain(`${where}: ${arm}`, `${spread(rates(arm))}/s, CPU ${spread(cpus(arm))} µs a mention`),
  )
  for (const arm of ['end to end, 3 offers', 'end to end, 1 offer'] as const) {
    figures.push(
      held(`${where}: ${arm} ÷ bare insert`, perRound(rates, arm, 'bare insert'), { atLeast }),
      held(`${where}: CPU of ${arm} ÷ bare insert`, perRound(cpus, arm, 'bare insert'), { atMost: 6 }),
    )
  }
  const whole = 'end to end, 3 offers'
  return [
    ...figures,
    held(`${where}: ${whole} ÷ no-op jobs`, perRound(rates, whole, 'no-op jobs'), { atLeast: 0.04 }),
    held(`${where}: CPU of no-op jobs ÷ ${whole}`, perRound(cpus, 'no-op jobs', whole), { atMost: 0.1 }),
  ]
}
