// Budget: posts lost in bursts 0, or the bench fails; CPU of hearing and storing ÷ fetch, parse and bare insert ≤ 3 with each network.
import { sql } from 'drizzle-orm'
import type { Network, PollResult, RawMention } from '../connectors/connector.ts'
import { type Db, openDb } from '../src/db/client.ts'
import { SECOND } from '../src/domain/clock.ts'
import { openOutgoing } from '../src/http/outgoing.ts'
import { sourceToPoll } from '../src/ingest/queries.ts'
import { LISTEN } from '../test/connectors/stage.ts'
import { bareInsert } from './bare-insert.ts'
import { BURSTY, burstSchedule, race } from './bursts.ts'
import { openListener } from './listener.ts'
import { type Bench, type Figure, held, plain } from './measure.ts'
import { SIMULATED, type Simulated } from './networks.ts'
import { embedded, type Place, production } from './places.ts'
import { manyPosts } from './posts.ts'
import { pushed } from './pushing.ts'
import { aStage } from './stage.ts'
import { assertStored, figuresOf, type Rounds, storedOf, type Taken, timed } from './taken.ts'
import { playing, recording, type Take } from './tape.ts'

const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 3)
const POSTS = Number(process.env.BENCH_POSTS ?? 500)
const BURST_MINUTES = 40
/** So many of them stand in the five minutes that drains read again as a busy day has. */
const APART_MS = 5 * SECOND

/** What one poll took and brought: its requests on the tape, and the mentions among its changes. */
type Page = { from: number; to: number; mentions: RawMention[] }
/** `cursor`: where the source stood before the posts. */
type Recorded = { cursor: string | null; tape: Take[]; pages: Page[] }

/**
 * Each connector drains as many posts from its simulator through the product's own poll into the database. Simulators
 * hold their answers against the networks' descriptions, which costs more than polling; so one drain is recorded, and a
 * process of its own plays those answers, over HTTP on loopback, to the drains that are measured.
 */
export const bench: Bench = async (say) => {
  const place = (process.env.BENCH_DATABASE_URL && (await production())) || (await embedded())
  try {
    const figures: Figure[] = []
    for (const [network, { open, most = POSTS, longest }] of Object.entries(SIMULATED)) {
      const stage = await open()
      try {
        const texts = textsOf(Math.min(POSTS, most), longest)
        figures.push(...figuresOf(network, await measure(place, network as Network, stage, texts))) // the table's keys
        say(`polling: ${network}: ${figures.at(-4)?.value}`)
      } finally {
        await stage.close()
      }
    }
    figures.push(...figuresOf('webhook', await pushed(place, POSTS, ROUNDS)))
    say('polling: webhook')
    return [...figures, ...(await bursts(place, say))]
  } finally {
    await place.close()
  }
}

const textsOf = (count: number, longest = Number.POSITIVE_INFINITY): string[] =>
  manyPosts(count, 11).map(({ text }) => [...`kettle ${text}`].slice(0, longest).join(''))

async function measure(place: Place, network: Network, stage: Simulated, texts: readonly string[]): Promise<Rounds> {
  const recorded = await record(place, network, stage, texts)
  const outgoing = openOutgoing(['127.0.0.1'])
  const player = await playing(recorded.tape, outgoing.fetch)
  const lone = openDb(place.url, { max: 1 })
  const listener = openListener(place, stage.clock, (meter) => stage.connector({ fetch: player.fetch, meter }))
  const taken = { bare: [] as Taken[], ours: [] as Taken[] }
  try {
    for (let round = -1; round < ROUNDS; round++) {
      const bare = await bareOf(lone.db, place.db, player.origin, recorded)
      const source = await aStage(place.db, 1, { network, listen: LISTEN, cursor: recorded.cursor })
      await listener.ready(source.brandId)
      const arms = [
        async () => ({ arm: 'bare', took: await timed(place, bare) }) as const,
        async () => ({ arm: 'ours', took: await timed(place, () => listener.drain(source.sourceId)) }) as const,
      ]
      // In turn the first, so that neither always meets the other's garbage.
      for (const run of round % 2 === 0 ? arms : arms.toReversed()) {
        await place.db.execute(sql`analyze`)
        const { arm, took } = await run()
        if (round >= 0) taken[arm].push(took) // the round before the first compiles what is hot
      }
      await assertStored(place.db, source.sourceId, texts.length)
    }
    return { posts: texts.length, requests: recorded.tape.length, ...taken }
  } finally {
    await player.close()
    await outgoing.close()
    await lone.close()
  }
}

/** Posts come while nobody asks, and a drain of them keeps each request with its answer. @throws Error when a post did not come through */
async function record(place: Place, network: Network, stage: Simulated, texts: readonly string[]): Promise<Recorded> {
  const tape: Take[] = []
  const pages: Page[] = []
  const { sourceId } = await aStage(place.db, 1, { network, listen: LISTEN })
  const listener = openListener(place, stage.clock, (meter) => stage.connector({ fetch: recording(tape), meter }))
  await listener.drain(sourceId)
  const cursor = (await sourceToPoll(place.db, sourceId))?.cursor ?? null
  tape.length = 0
  for (const text of texts) {
    stage.clock.pass(APART_MS)
    await stage.post(text)
  }
  await listener.drain(sourceId, (page) =>
    pages.push({ from: pages.at(-1)?.to ?? 0, to: tape.length, mentions: mentionsOf(page) }),
  )
  await assertStored(place.db, sourceId, texts.length)
  return { cursor, tape, pages }
}

const mentionsOf = ({ changes }: PollResult): RawMention[] =>
  changes.flatMap((change) => (change.type === 'upsert' ? [change.mention] : []))

/** The same requests, their answers parsed, and the rows of each poll's posts: nothing is understood, decided or kept track of. */
async function bareOf(lone: Db, db: Db, origin: string, { tape, pages }: Recorded): Promise<() => Promise<void>> {
  const stage = await aStage(db, 1)
  const inserts = pages.map(({ mentions }) => bareInsert(lone, stage, mentions))
  return async () => {
    for (const [n, { from, to }] of pages.entries()) {
      for (const { method, path, body, headers } of tape.slice(from, to)) {
        const answer = await fetch(`${origin}${path}`, { method, ...(body !== '' && { body }) })
        const text = await answer.text()
        if (headers.some(([name, value]) => name === 'content-type' && value.includes('json'))) JSON.parse(text)
      }
      await inserts[n]!() // one for each page
    }
  }
}

/** Our poll beside one that keeps the newest id, on the same bursts. @throws Error when ours lost a post */
async function bursts(place: Place, say: (line: string) => void): Promise<Figure[]> {
  const figures: Figure[] = []
  for (const [network, open] of Object.entries(BURSTY)) {
    const stage = await open()
    try {
      const { brandId, sourceId } = await aStage(place.db, 1, { network, listen: LISTEN })
      const listener = openListener(place, stage.clock, (meter) => stage.connector({ meter }))
      await listener.ready(brandId)
      const { made, lostByPlain, lostByOurs } = await race(stage, burstSchedule(BURST_MINUTES, 1), {
        poll: () => listener.drain(sourceId),
        heard: () => storedOf(place.db, sourceId),
      })
      if (lostByOurs.length > 0) throw new Error(`Our poll lost ${lostByOurs.length} of ${made.length} on ${network}.`)
      figures.push(
        plain(
          `${network}, bursts: lost by a poller that keeps the newest id`,
          `${lostByPlain.length} of ${made.length}`,
        ),
        held(`${network}, bursts: lost by ours`, lostByOurs.length, { atMost: 0 }),
      )
      say(`polling: ${network}: bursts`)
    } finally {
      await stage.close()
    }
  }
  return figures
}
