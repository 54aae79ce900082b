import { sql } from 'drizzle-orm'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildApp } from '../../src/app.ts'
import { inBrand } from '../../src/db/client.ts'
import { MINUTE } from '../../src/domain/clock.ts'
import { createUser } from '../../src/people/auth.ts'
import { addMembership } from '../../src/people/create.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'
import { type Ask, signedIn } from '../signed-in.ts'
import { tablesWith } from '../tables-with.ts'
import { aWorld, type TestWorld } from '../world.ts'

const PASSWORD = 'a long password'

let test: TestDatabase
let w: TestWorld
let app: FastifyInstance
let ada: Ask
let accountId: string
beforeAll(async () => {
  test = await freshDatabase()
  w = await aWorld(test, { members: 2, password: PASSWORD })
  app = await buildApp(w.world, null)
  const userId = await createUser(test.db, { name: 'Ada', email: 'ada@example.test', password: PASSWORD })
  await inBrand(test.db, w.cast.brandId, (tx) =>
    addMembership(tx, { userId, role: 'admin', by: 'system', at: w.clock.now() }),
  )
  ada = await signedIn(app, 'ada@example.test', PASSWORD)
  const [account] = await test.db.execute<{ id: string }>(sql`select id from linked_account where member_id is null`)
  accountId = account!.id // the cast has one
  await test.db.execute(sql`update source set account_id = ${accountId}`)
}, 90_000)
afterAll(async () => {
  await app.close()
  await w.close()
  await test.drop()
})

const disconnect = (data: string) => ada('DELETE', `/accounts/${accountId}?data=${data}`)

describe('disconnecting an account, when what was read with it is to go too (65)', () => {
  it('says beforehand what that is', async () => {
    for (let n = 0; n < 230; n++)
      await w.postAs(`xantippe${n}`, `@acme how do I connect the quuxian router number ${n} to the wifi?`)
    await w.drain()
    await test.db.execute(sql`
      insert into rejected_item (id, brand_id, source_id, reason, raw, at)
      values (gen_random_uuid(), ${w.cast.brandId}, ${w.cast.sourceIds[0]!}, 'unreadable', 'quuxian', ${w.clock.now().toISOString()})`)
    const { brand } = (await ada('GET', '/accounts')).body
    expect(brand[0].reads).toEqual({ sources: ['Sandbox 0'], posts: 230 })
  })

  it('erases it from every table, page by page, and keeps the counts', async () => {
    const count = async () =>
      (
        await test.db.execute<{ n: number }>(sql`
        select (select count(*) from mention)::int + (select count(*) from event where kind = 'mention.received')::int as n`)
      )[0]!.n
    const before = await count()
    expect(await tablesWith(test.db, 'quuxian')).toEqual(
      expect.arrayContaining(['mention', 'decision', 'rejected_item']),
    )
    expect(await disconnect('erase')).toMatchObject({ status: 200, body: { told: 'cannot' } })
    expect((await ada('GET', '/sources')).body.items[0].erasing).toBe(true)
    w.clock.pass(MINUTE)
    await w.drain()
    expect((await ada('GET', '/sources')).body.items[0].erasing).toBe(false)
    expect(await tablesWith(test.db, 'quuxian')).toEqual([])
    expect(await tablesWith(test.db, 'xantippe')).toEqual([])
    expect(await count()).toBe(before)
    const acts = await test.db.execute<{ act: string }>(
      sql`select act from audit where target in (${accountId}, ${w.cast.sourceIds[0]!}) order by at, id`,
    )
    expect(acts.map(({ act }) => act)).toEqual([
      'account.unlinked',
      'account.erase',
      'account.revoked',
      'source.erased',
    ])
  })
})
