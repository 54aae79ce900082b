import { sql } from 'drizzle-orm'
import type { Db } from '../src/db/client.ts'
import { type Figure, held, median, ownCpuMicros, plain, short, spread } from './measure.ts'
import type { Place } from './places.ts'

/** CPU in µs, of this process and of the server. */
export type Taken = { seconds: number; own: number; server: number }

/** Rounds of taking in the same posts: the product's way, and with nothing but what cannot be left out. */
export type Rounds = { posts: number; requests: number; bare: Taken[]; ours: Taken[] }

export async function timed(place: Place, work: () => Promise<void>): Promise<Taken> {
  const before = { server: await place.serverCpu(), own: ownCpuMicros() }
  const started = performance.now()
  await work()
  const seconds = (performance.now() - started) / 1_000
  const own = ownCpuMicros() - before.own
  return { seconds, own, server: (await place.serverCpu()) - before.server }
}

/** @throws Error when not all posts of a source, and no others, are stored */
export async function assertStored(db: Db, sourceId: string, posts: number): Promise<void> {
  const { size } = await storedOf(db, sourceId)
  if (size !== posts) throw new Error(`Of ${posts} posts ${size} were stored.`)
}

export async function storedOf(db: Db, sourceId: string): Promise<ReadonlySet<string>> {
  const rows = await db.execute<{ id: string }>(sql`select native_id as id from mention where source_id = ${sourceId}`)
  return new Set(rows.map(({ id }) => id))
}

export function figuresOf(network: string, { posts, requests, bare, ours }: Rounds): Figure[] {
  const rates = (arm: Taken[]) => arm.map(({ seconds }) => posts / seconds)
  const cpus = (arm: Taken[]) => arm.map(({ own, server }) => (own + server) / posts)
  const part = (of: 'own' | 'server') => short(median(ours.map((one) => one[of] / posts)))
  // Rounds are compared with themselves: what slows the machine down slows both arms of a round.
  const perRound = (of: (arm: Taken[]) => number[]) => median(of(ours).map((value, n) => value / of(bare)[n]!))
  return [
    plain(
      `${network}: heard and stored`,
      `${spread(rates(ours))}/s, ${short((requests / posts) * 1_000)} requests for 1 000, CPU ${spread(cpus(ours))} µs a mention (${part('own')} and the server ${part('server')})`,
    ),
    plain(`${network}: bare, parsed and inserted`, `${spread(rates(bare))}/s, CPU ${spread(cpus(bare))} µs a mention`),
    plain(`${network}: rate ÷ bare`, short(perRound(rates))),
    held(`${network}: CPU ÷ bare`, perRound(cpus), { atMost: 3 }),
  ]
}
