import { sql } from 'drizzle-orm'
import type { Db } from '../../src/db/client.ts'
import { systemClock } from '../../src/domain/clock.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'
import { freeRedisDatabase } from '../services/redis.ts'
import { aCast, type Cast, counts } from '../world.ts'
import { assertInvariants, assertNetwork } from './invariants.ts'
import { answerSome } from './members.ts'
import { aNetwork, type TestNetwork } from './network.ts'
import { openWorkers, type Workers } from './processes.ts'
import { aText, type Draw } from './texts.ts'

/** A brand on a live network with worker processes to be killed, and people who go on posting and answering. */
export type Scene = {
  db: Db
  network: TestNetwork
  cast: Cast
  workers: Workers
  /** Authors post, members answer, the network's people like and thank, and looking at replies falls due. */
  act: (posts: number, replies: number) => Promise<void>
  /** Resolves when everything has come to rest; throws what still moves after `withinMs`. @returns milliseconds taken */
  rest: (withinMs: number) => Promise<number>
  /** The laws, and the network's own count (I1–I4, I6). */
  assertWell: (about: string) => Promise<void>
  close: () => Promise<void>
}

export async function aScene(draw: Draw, queue: 'redis' | 'postgres', haste?: number): Promise<Scene> {
  const test: TestDatabase = await freshDatabase()
  const redis = queue === 'redis' ? await freeRedisDatabase() : null
  const network = await aNetwork(systemClock)
  const cast = await aCast(test.db, systemClock, network, {
    members: 6,
    capacity: 5_000,
    sources: 3,
    pollEverySeconds: 1,
  })
  const workers = await openWorkers(test.url, redis?.url ?? null, haste)
  const { db } = test
  const thanked = new Set<string>()

  const act = async (posts: number, replies: number) => {
    for (let n = 0; n < posts; n++) await network.postAs(`author${draw(20)}`, aText(draw))
    await answerSome(db, cast, replies, systemClock)
    for (const [asked, [answer]] of network.answers()) {
      if (!answer || thanked.has(asked)) continue
      thanked.add(asked)
      await network.like(`author${draw(20)}`, answer.id)
      const author = await authorOf(db, asked)
      if (author) await network.postAs(author, 'Thank you so much, that helped, you are wonderful!', answer.id)
    }
    // The next look at a reply is twenty seconds away; here it is now.
    await db.execute(sql`update reply set checked_at = now() where id in (
      select id from reply where state = 'sent' and checked_at > now() order by id for no key update)`)
  }

  const rest = async (withinMs: number) => {
    const from = Date.now()
    for (;;) {
      const left = await moving(db, network)
      if (left === null) return Date.now() - from
      if (Date.now() - from > withinMs) throw new Error(`still moving after ${withinMs} ms: ${left}; ${await told(db)}`)
      await new Promise((resolve) => setTimeout(resolve, 200))
    }
  }

  return {
    ...{ db, network, cast, workers, act, rest },
    assertWell: async (about) => {
      await assertInvariants(db, new Date(), about)
      await assertNetwork(db, network, about)
    },
    close: async () => {
      await workers.close()
      await network.close()
      await redis?.close()
      await test.drop()
    },
  }
}

/** What a person would look at first. */
async function told(db: Db): Promise<string> {
  const sources = await db.execute(
    sql`select state, failures, trouble, gaps, last_poll_at, next_poll_at, now() as now from source`,
  )
  return JSON.stringify({ ...(await counts(db)), sources })
}

const authorOf = async (db: Db, nativeId: string) => {
  const [row] = await db.execute<{ author_handle: string }>(
    sql`select author_handle from mention where native_id = ${nativeId}`,
  )
  return row?.author_handle ?? null
}

/** What has not come to rest: posts nobody fetched, mentions nobody judged, replies on their way. Null: nothing. */
async function moving(db: Db, network: TestNetwork): Promise<string | null> {
  const [row] = await db.execute<{ stored: number; unjudged: number; sending: number }>(sql`
    select (select count(*)::int from mention where parent_id is null) as stored,
      (select count(*)::int from mention where state in ('new', 'triaged')) as unjudged,
      (select count(*)::int from reply where state in ('queued', 'sending')) as sending`)
  const missing = network.asked().length - row!.stored // a select without from has one row
  const { unjudged, sending } = row!
  return missing === 0 && unjudged === 0 && sending === 0
    ? null
    : `${missing} not stored, ${unjudged} not judged, ${sending} not sent`
}
