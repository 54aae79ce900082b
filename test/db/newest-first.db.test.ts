import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { freshDatabase, type TestDatabase } from '../database.ts'

let test: TestDatabase
beforeAll(async () => {
  test = await freshDatabase()
})
afterAll(() => test.drop())

describe('an index for a list that begins with the newest', () => {
  it('has its nulls where “order by … desc” looks for them: at the other end it would only be sorted again', async () => {
    const odd = await test.db.execute(sql`select indexname from pg_indexes where indexdef like '%DESC NULLS LAST%'`)
    expect([...odd]).toEqual([])
    const plan = await test.db.transaction(async (tx) => {
      for (const way of ['seqscan', 'bitmapscan', 'sort']) await tx.execute(sql.raw(`set local enable_${way} = off`))
      return tx.execute<{ 'QUERY PLAN': string }>(sql`
        explain select id from offer where member_id = '01a2049f-f8d1-77cc-9ec6-3a5d84b560a2' order by offered_at desc, id desc limit 20`)
    })
    const lines = plan.map((line) => line['QUERY PLAN']).join('\n')
    expect(lines).toContain('Backward using offer_feed')
    expect(lines).not.toContain('Sort')
  })
})
