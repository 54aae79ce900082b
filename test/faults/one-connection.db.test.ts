import { sql } from 'drizzle-orm'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type OpenDb, openDb } from '../../src/db/client.ts'
import { MINUTE } from '../../src/domain/clock.ts'
import { SWEEP_SETTINGS, wakeDue } from '../../src/sweep.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'
import { aWorld, counts, type TestWorld } from '../world.ts'
import { assertInvariants } from './invariants.ts'
import { answerSome } from './members.ts'

let test: TestDatabase
let single: OpenDb
let w: TestWorld
beforeAll(async () => {
  test = await freshDatabase()
  single = openDb(test.url, { max: 1 })
  w = await aWorld({ ...test, db: single.db })
})
afterAll(async () => {
  await w.close()
  await single.close()
  await test.drop()
})

describe('a job', () => {
  // One that waits for a second connection while its transaction holds locks hangs for ever once the pool is full of
  // jobs that wait for those locks; PostgreSQL sees no ring in it. With a pool of one it hangs at once.
  it('needs no second connection while it holds one, all the way from a post to thanks for its answer', async () => {
    const { clock, network, queue } = w
    const all = async () => {
      await wakeDue({
        db: test.db,
        clock,
        wake: queue.queues.wake,
        log: pino({ level: 'silent' }),
        settings: SWEEP_SETTINGS,
      })
      return w.work()
    }
    for (let n = 0; n < 5; n++) await network.postAs('pat', `How do I pair my phone with the acme scanner, model ${n}?`)
    await all()
    expect(await answerSome(test.db, w.cast, 5, clock)).toBe(5)
    clock.pass(1_000)
    await all()
    for (const [answer] of network.answers().values()) {
      await network.like('pat', answer!.id)
      await network.postAs('pat', 'Thank you so much, that was it!', answer!.id)
    }
    clock.pass(MINUTE)
    await all()
    await all()
    const [row] = await test.db.execute(sql`select count(*)::int as thanked from reply where outcome = 'thanked'`)
    expect(row, JSON.stringify(await counts(test.db))).toEqual({ thanked: 5 })
    await assertInvariants(test.db, clock.now())
  })
})
