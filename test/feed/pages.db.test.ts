import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { MOST_READ, PAGES, planOf } from '../../bench/feed.ts'
import { growTo, justAfter } from '../../bench/feed-fill.ts'
import { aStage } from '../../bench/stage.ts'
import { inBrand } from '../../src/db/client.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'

/** So many that each member's history, and what all of them have open, are more than a page may read. */
const SIZE = 8_000
const MEMBERS = 50

let test: TestDatabase
let brandId: string
beforeAll(async () => {
  test = await freshDatabase()
  brandId = (await aStage(test.db, MEMBERS)).brandId
  await growTo(test.db, { brandId, members: MEMBERS }, 0, SIZE)
})
afterAll(() => test.drop())

describe('a page of a long history', () => {
  it.each(Object.entries(PAGES))('reads a few rows of it and not all: %s', async (_name, page) => {
    const { plan, rows } = await inBrand(test.db, brandId, async (tx) => {
      const [member] = await tx.execute<{ id: string }>(sql`select id from member order by id limit 1`)
      const asked = { size: SIZE, now: justAfter(SIZE), memberId: member!.id } // fifty were made
      // A table as small as a test's is cheap to read whole; what is asked is whether there is another way.
      for (const way of ['seqscan', 'bitmapscan']) await tx.execute(sql.raw(`set local enable_${way} = off`))
      return { rows: await page(tx, asked), plan: await planOf(tx, page, asked) }
    })
    expect(rows.length).toBeGreaterThan(0)
    expect(plan.driving, plan.words).toBeLessThanOrEqual(MOST_READ)
  })
})
