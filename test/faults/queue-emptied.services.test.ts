import { sql } from 'drizzle-orm'
import { Redis } from 'ioredis'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { inBrand } from '../../src/db/client.ts'
import { systemClock } from '../../src/domain/clock.ts'
import { noFaults } from '../../src/domain/fault.ts'
import { sourceById } from '../../src/ingest/queries.ts'
import { storeChanges } from '../../src/ingest/store.ts'
import { brandById } from '../../src/people/brands.ts'
import { handlers, wakeTriage } from '../../src/pipeline.ts'
import { openQueues, type Queues, startWorkers, WORKER_SETTINGS } from '../../src/queue/queues.ts'
import { sweep } from '../../src/sweep.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'
import { redisBinary, type Server, startRedis } from '../services/servers.ts'
import { aWorld, counts, type TestWorld } from '../world.ts'
import { assertInvariants, assertNetwork } from './invariants.ts'
import { answerSome } from './members.ts'
import { aText, draws, seed, withSeed } from './texts.ts'

const QUEUED = 1_500
const REPLIES = 40
const log = pino({ level: 'silent' })
const haste = { ...WORKER_SETTINGS, lockMs: 1_500, stalledCheckMs: 500 }
const settings = { unjudgedMs: 500, rematchMs: 750, silentMs: 10_000 }

const binary = redisBinary()
let test: TestDatabase
let redis: Server
let w: TestWorld
let queues: Queues
beforeAll(async () => {
  if (!binary) return
  // A Redis of this test's own: nobody else's is ever emptied.
  redis = await startRedis(binary)
  test = await freshDatabase()
  w = await aWorld(test, { clock: { ...systemClock, pass: () => {} }, members: 6, capacity: 5_000 })
  queues = openQueues({ kind: 'redis', url: redis.url }, log)
})
afterAll(async () => {
  if (!binary) return
  await queues.close()
  await w.close()
  await test.drop()
  await redis.stop()
})

/** Mentions as a poll stores them, each woken by a job of its own: as many jobs as a queue may hold at once. */
async function queued(count: number): Promise<string[]> {
  const draw = draws(seed)
  const ids: string[] = []
  for (let n = 0; n < count; n += 50) {
    const some = Array.from({ length: 50 }, () => w.postAs(`author${draw(30)}`, aText(draw)))
    ids.push(...(await Promise.all(some)))
  }
  const source = (await inBrand(test.db, w.cast.brandId, (tx) => sourceById(tx, w.cast.sourceIds[0]!)))!
  const brand = (await brandById(test.db, w.cast.brandId))!
  const posted = new Map(w.network.asked().map((post) => [post.id, post]))
  const stored: string[] = []
  for (let n = 0; n < count; n += 100) {
    const changes = ids.slice(n, n + 100).map((id) => ({
      type: 'upsert' as const,
      mention: {
        ref: { network: 'sandbox' as const, instance: 'sandbox', id },
        kind: 'keyword' as const,
        author: { id: posted.get(id)!.by, handle: `author-${posted.get(id)!.by}` },
        text: posted.get(id)!.text,
        createdAt: new Date(posted.get(id)!.at),
      },
    }))
    stored.push(
      ...(await inBrand(test.db, brand.id, (tx) => storeChanges(tx, brand, source, changes, systemClock.now()))),
    )
  }
  await Promise.all(stored.map((id) => wakeTriage(queues)(brand.id, [id])))
  return stored
}

describe('a queue that is emptied', () => {
  it.skipIf(!binary)(
    `is built up again from the rows within ten seconds, with ${QUEUED} jobs in it, and nobody is answered again (R3)`,
    async () => {
      const { db } = test
      const server = { kind: 'redis' as const, url: redis.url }
      const world = { ...w.world, clock: systemClock, queues, sweepSettings: settings }
      const work = () => startWorkers(server, handlers(world, queues, noFaults), log, haste)
      const client = new Redis(redis.url)
      const flush = async () => {
        const held = await queues.depth()
        await client.flushall()
        return Object.values(held).reduce((sum, states) => sum + (states.waiting ?? 0) + (states.active ?? 0), 0)
      }
      const sweeping = async (until: () => Promise<boolean>, withinMs: number) => {
        const from = Date.now()
        while (!(await until())) {
          if (Date.now() - from > withinMs)
            throw new Error(`not there after ${withinMs} ms: ${JSON.stringify(await counts(db))}`)
          await sweep({ db, clock: systemClock, wake: queues.wake, log, settings })
          await new Promise((resolve) => setTimeout(resolve, 100))
        }
        return Date.now() - from
      }

      // What comes in is stored by hand here; nobody polls meanwhile.
      await db.execute(sql`update source set state = 'paused'`)
      await queued(QUEUED)
      const lost = await flush()
      expect(lost).toBeGreaterThanOrEqual(1_000)
      const workers = work()
      // The sweep counts a try when it wakes one: whoever has moved or was counted is known to somebody again.
      const forgotten = sql`select count(*)::int as n from mention where state = 'new' and attempts = 0`
      const rebuilt = await sweeping(async () => (await db.execute<{ n: number }>(forgotten))[0]?.n === 0, 10_000)
      const judged = await sweeping(async () => ((await counts(db)).mentions.new ?? 0) === 0, 60_000)

      // And once more with replies on their way, in the middle of the work.
      await answerSome(db, w.cast, REPLIES, systemClock)
      await sweep({ db, clock: systemClock, wake: queues.wake, log, settings })
      const again = await flush()
      const sent = await sweeping(async () => (await counts(db)).replies.sent === REPLIES, 60_000)
      await workers.close()
      client.disconnect()

      console.info(
        'queue emptied',
        JSON.stringify({ lost, rebuiltMs: rebuilt, judgedMs: judged, lostAgain: again, sentMs: sent }),
        withSeed,
      )
      expect(w.network.answers().size, withSeed).toBe(REPLIES)
      await assertInvariants(db, undefined, withSeed)
      await assertNetwork(db, w.network, withSeed)
    },
    240_000,
  )
  if (!binary) console.info('skipped: redis-server is not on this machine, and no other Redis may be emptied')
})
