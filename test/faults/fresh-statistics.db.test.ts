import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { MINUTE } from '../../src/domain/clock.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'
import { aWorld, type TestWorld } from '../world.ts'
import { answerSome } from './members.ts'
import { aText, draws } from './texts.ts'

let test: TestDatabase
let w: TestWorld
beforeAll(async () => {
  test = await freshDatabase()
  w = await aWorld(test, { members: 6, capacity: 5_000 })
})
afterAll(async () => {
  await w.close()
  await test.drop()
})

describe('a new installation that begins with a storm', () => {
  // PostgreSQL knows nothing of tables it never analysed, and reads one whole for each row of another.
  it('claims and answers among 1,200 offers without reading tables whole', async () => {
    const draw = draws(1)
    for (let n = 0; n < 400; n++) await w.postAs(`author${draw(30)}`, aText(draw))
    await w.drain()
    await w.drain()
    expect(await answerSome(test.db, w.cast, 1, w.clock)).toBe(1)
    const rowsRead = async () => {
      await test.db.execute(sql`select pg_stat_force_next_flush()`)
      const [row] = await test.db.execute<{ n: number }>(
        sql`select sum(seq_tup_read + coalesce(idx_tup_fetch, 0))::int as n from pg_stat_user_tables where relname in ('mention', 'offer')`,
      )
      return row!.n // an aggregate has one row
    }
    w.clock.pass(MINUTE)
    const before = await rowsRead()
    expect(await answerSome(test.db, w.cast, 10, w.clock)).toBe(10)
    // The look-up of ten open offers reads them all once; each claim and reply then a handful.
    expect((await rowsRead()) - before).toBeLessThan(10_000)
  }, 60_000)
})
