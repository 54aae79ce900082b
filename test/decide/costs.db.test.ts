import { readFileSync } from 'node:fs'
import { sql } from 'drizzle-orm'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { compile } from '../../rules/evaluate.ts'
import type { Facts } from '../../rules/fields.ts'
import { readPolicy } from '../../rules/language.ts'
import { buildApp } from '../../src/app.ts'
import { inBrand } from '../../src/db/client.ts'
import { decide } from '../../src/decide/decide.ts'
import { MINUTE } from '../../src/domain/clock.ts'
import { createUser } from '../../src/people/auth.ts'
import { addMembership } from '../../src/people/create.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'
import { type Ask, signedIn } from '../signed-in.ts'
import { aWorld, type TestWorld } from '../world.ts'

const PASSWORD = 'a long password'
const MIXED = '@acme this is annoying, the ink cartridge is empty again after one week?'

let test: TestDatabase
let world: TestWorld
let app: FastifyInstance
let admin: Ask
beforeAll(async () => {
  test = await freshDatabase()
  world = await aWorld(test, { members: 3 })
  app = await buildApp(world.world, null)
  const userId = await createUser(test.db, { name: 'Ada', email: 'ada@example.test', password: PASSWORD })
  const made = { userId, role: 'admin' as const, by: 'system', at: world.clock.now() }
  await inBrand(test.db, world.cast.brandId, (tx) => addMembership(tx, made))
  admin = await signedIn(app, 'ada@example.test', PASSWORD)
}, 90_000)
afterAll(async () => {
  await app.close()
  await world.close()
  await test.drop()
})

async function heard(handle: string): Promise<Record<string, unknown>> {
  await world.network.postAs(handle, MIXED)
  world.clock.pass(MINUTE)
  await world.drain()
  const [row] = await test.db.execute<Record<string, unknown>>(sql`
    select d.destination, d.rule, d.facts, d.reason, d.action from decision d join mention m on m.id = d.mention_id
    where m.author_handle = ${handle} and d.by = 'policy'`)
  return row!
}

describe('the costs of mistakes', () => {
  it('change nothing until an admin sets them, then the next post obeys, and each decision can be re-run (R6, I7)', async () => {
    expect(await heard('one')).toMatchObject({ destination: 'community' })
    const { body: before } = await admin('GET', '/costs')
    expect(before).toMatchObject({ inForce: null, languages: [{ language: 'en', posts: 1, judged: 0, shift: 0 }] })

    const anger = Number(((await heard('two')).facts as Facts).anger)
    expect(anger).toBeGreaterThan(0)
    // Nearly every mistake of a fan is dearer than staff: the threshold falls to the floor.
    const set = await admin('PUT', '/costs', { angryToFan: 1_000, easyToStaff: 1, humanTriage: 900 })
    expect(set.status).toBe(200)
    expect(set.body.inForce).toMatchObject({ angryToFan: 1_000 })
    const dear = await heard('three')
    expect(dear).toMatchObject({ destination: 'escalation', rule: 'costs' })
    expect(dear.reason).toContain('staff are cheaper')

    await admin('PUT', '/costs', { angryToFan: 1_000, easyToStaff: 500, humanTriage: 0.01 })
    expect(await heard('four')).toMatchObject({ destination: 'triage', rule: 'costs' })
    const { body: after } = await admin('DELETE', '/costs')
    expect(after.inForce).toBeNull()
    expect(await heard('five')).toMatchObject({ destination: 'community' })

    const policy = compile(readPolicy(readFileSync('rules/presets/balanced.yaml', 'utf8')))
    const rows = await test.db.execute<Record<string, unknown>>(
      sql`select destination, rule, reason, facts, action from decision where by = 'policy'`,
    )
    expect(rows).toHaveLength(5)
    for (const { destination, rule, reason, facts, action } of rows)
      expect(decide(facts as Facts, policy)).toEqual({ destination, rule, reason, ...(action as object) })
    const [audited] = await test.db.execute(sql`select count(*)::int as n from audit where act = 'costs.changed'`)
    expect(audited).toEqual({ n: 3 })
  })

  it('are shown for costs that are only asked about, and learn from what people decided', async () => {
    const { body } = await admin('GET', '/costs?angryToFan=9&easyToStaff=1&humanTriage=5')
    expect(body.inForce).toBeNull()
    expect(body.costs).toEqual({ angryToFan: 9, easyToStaff: 1, humanTriage: 5 })
    expect(body.otherwise).toEqual({ community: 0.1, staff: 0.1 })
    expect(body.languages[0].curve).toHaveLength(101)

    await test.db.execute(sql`
      insert into decision (id, brand_id, mention_id, by, facts, destination, reason, action, at)
      select gen_random_uuid(), brand_id, mention_id, ${world.cast.staff.userId}, '{}', 'escalation', 'It was theirs.', '{}', at
      from decision where by = 'policy'`)
    const { body: taught } = await admin('GET', '/costs')
    expect(taught.languages[0]).toMatchObject({ judged: 5 })
    expect(taught.languages[0].shift).toBeGreaterThan(0)
    expect(taught.languages[0].thresholds.staff).toBeLessThan(taught.otherwise.staff)
  })

  it('are refused where they are none', async () => {
    for (const wrong of [
      { angryToFan: 0, easyToStaff: 1, humanTriage: 1 },
      { angryToFan: 1 },
      { angryToFan: -5, easyToStaff: 1, humanTriage: 1 },
    ])
      expect((await admin('PUT', '/costs', wrong)).status).toBe(422)
  })
})
