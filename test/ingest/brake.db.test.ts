import { sql } from 'drizzle-orm'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import type { Connector } from '../../connectors/connector.ts'
import { buildApp } from '../../src/app.ts'
import { capabilitiesOf } from '../../src/connections.ts'
import { inBrand } from '../../src/db/client.ts'
import { DAY, HOUR } from '../../src/domain/clock.ts'
import { noFaults } from '../../src/domain/fault.ts'
import type { SourceRow } from '../../src/ingest/queries.ts'
import { runRecheck } from '../../src/ingest/recheck-run.ts'
import { withdraw } from '../../src/ingest/store.ts'
import { createUser } from '../../src/people/auth.ts'
import { addMembership } from '../../src/people/create.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'
import { broken } from '../faults/invariants.ts'
import { type Ask, signedIn } from '../signed-in.ts'
import { aWorld, type TestWorld } from '../world.ts'

const PASSWORD = 'a long password'
/** As unlike each other as may be, so that they are no storm. */
const QUESTIONS = [
  'how do I connect the router to the attic?',
  'which cartridge goes into the small printer?',
  'is there a shop in Bremen where one can see the lamps?',
  'what is the newsletter about, and how often does it come?',
  'do you still make the green kettle with the whistle?',
  'can a colleague use my login while I travel?',
  'does the warranty cover the screen when a cat walks on it?',
  'my parcel came without the screws; whom do I ask?',
  'who composed the music of the advert with the snail?',
  'may schools have a discount on twenty headphones?',
  'is the battery of the drill the same as in the saw?',
  'how long does milk keep in the travel mug?',
]
const HIDDEN = '[its network says it is gone; it is asked again]'

let test: TestDatabase
let w: TestWorld
let app: FastifyInstance
let ada: Ask
let posts: { author: string; id: string }[]
let dies: string | null = null

/** A source with so many posts, all of them due to be asked after. */
async function aSourceWith(count: number): Promise<void> {
  await close()
  test = await freshDatabase()
  w = await aWorld(test, {
    members: 2,
    password: PASSWORD,
    fault: (name) => {
      if (name !== dies) return
      dies = null
      throw new Error(`died at ${name}`)
    },
  })
  posts = []
  for (let n = 0; n < count; n++) {
    const author = `author${n}`
    posts.push({ author, id: await w.postAs(author, `@acme ${QUESTIONS[n]}`) })
  }
  await w.drain()
  app = await buildApp(w.world, null)
  const userId = await createUser(test.db, { name: 'Ada', email: 'ada@example.test', password: PASSWORD })
  await inBrand(test.db, w.cast.brandId, (tx) =>
    addMembership(tx, { userId, role: 'admin', by: 'system', at: w.clock.now() }),
  )
  ada = await signedIn(app, 'ada@example.test', PASSWORD)
}
async function close() {
  await app?.close()
  await w?.close()
  await test?.drop()
}
afterAll(close)

/** Asks after all that stand. */
async function recheck(): Promise<void> {
  await test.db.execute(sql`
    update mention set recheck_at = ${w.clock.now().toISOString()} where state not in ('hidden', 'withdrawn')`)
  await asked()
}
const asked = async () => {
  await w.queue.queues.wake('recheck', { brandId: w.cast.brandId, sourceId: w.cast.sourceIds[0]! })
  await w.work()
}
/** The network says of whatever it is asked after that it is gone. */
async function recheckWrongly(): Promise<void> {
  await test.db.execute(sql`update mention set recheck_at = ${w.clock.now().toISOString()}`)
  const { db, clock, random, connectors } = w.world
  const standing: Connector['standing'] = async (refs) =>
    refs.map((ref) => ({ ref, gone: true, metrics: {}, answers: [] }))
  const connectorOf = (row: SourceRow) => ({ ...connectors.ofSource(row), standing })
  const run = runRecheck({ ...{ db, clock, random, connectorOf, capabilitiesOf }, fault: noFaults })
  await run({ brandId: w.cast.brandId, sourceId: w.cast.sourceIds[0]! }, AbortSignal.timeout(60_000))
}
const remove = async (count: number) => {
  for (const { author, id } of posts.slice(0, count)) await w.network.remove(author, id)
}
const states = async () => {
  const rows = await test.db.execute<{ state: string; n: number }>(sql`
    select case when state in ('hidden', 'withdrawn') then state else 'stands' end as state, count(*)::int as n
    from mention group by 1`)
  return Object.fromEntries(rows.map(({ state, n }) => [state, n]))
}
const source = async () => (await ada('GET', '/sources')).body.items[0]
const lawful = async () =>
  expect((await broken(test.db, w.clock.now())).filter((law) => !law.startsWith('I4'))).toEqual([])

describe('posts that vanish all at once (L7)', () => {
  beforeEach(() => aSourceWith(QUESTIONS.length), 120_000)

  it('are hidden from everybody and kept, and an admin is told with figures', async () => {
    const [feed] = await test.db.execute<{ n: number }>(sql`select count(*)::int as n from offer where state = 'open'`)
    expect(feed!.n).toBeGreaterThan(0)
    await remove(12)
    await recheck()
    expect(await states()).toEqual({ hidden: 12 })
    expect((await source()).brake).toEqual({
      ...{ since: w.clock.now().toISOString(), hidden: 12, asked: 12, gone: 12 },
      until: new Date(w.clock.now().getTime() + DAY).toISOString(),
    })
    const texts = await test.db.execute(sql`select distinct text, author_name, url from mention`)
    expect(texts).toEqual([{ text: HIDDEN, author_name: null, url: null }])
    const member = await signedIn(app, w.cast.members[0]!.email, PASSWORD)
    for (const path of ['/feed', '/feed?view=all'])
      expect(JSON.stringify((await member('GET', path)).body)).not.toContain('attic')
    expect(await test.db.execute(sql`select 1 from offer where state in ('open', 'claimed')`)).toEqual([])
    await lawful()
  })

  it('are erased once the network has said so again after a day, wherever the process dies, and not before', async () => {
    await remove(12)
    await recheck()
    w.clock.pass(DAY / 2)
    await asked()
    expect(await states()).toEqual({ hidden: 12 })
    w.clock.pass(DAY / 2)
    dies = 'recheck.stored'
    await expect(asked()).rejects.toThrow('died at recheck.stored')
    await asked()
    expect(await states()).toEqual({ withdrawn: 12 })
    expect((await source()).brake).toBeNull()
    expect(await test.db.execute(sql`select 1 from hidden_post`)).toEqual([])
    await lawful()
  })

  it('come back to members when the network was wrong', async () => {
    const before = await test.db.execute(sql`select id, text, author_name, url, closed from mention order by id`)
    await recheckWrongly()
    expect(await states()).toEqual({ hidden: 12 })
    w.clock.pass(DAY / 2)
    await asked()
    expect(await states()).toEqual({ stands: 12 })
    expect(await test.db.execute(sql`select id, text, author_name, url, closed from mention order by id`)).toEqual(
      before,
    )
    expect((await source()).brake).toBeNull()
    await w.drain()
    await lawful()
  })

  it('are asked after at once when an admin says so; what is still gone stays hidden', async () => {
    await recheckWrongly()
    await remove(3)
    expect((await ada('POST', `/sources/${w.cast.sourceIds[0]}/hidden`, { choice: 'ask-again' })).status).toBe(200)
    await w.drain()
    expect(await states()).toEqual({ stands: 9, hidden: 3 })
    expect((await source()).brake).toMatchObject({ hidden: 3, asked: 12, gone: 12 })
  })

  it('are erased at once when an admin says that they are gone, who is written down', async () => {
    await remove(12)
    await recheck()
    const answer = await ada('POST', `/sources/${w.cast.sourceIds[0]}/hidden`, { choice: 'gone' })
    expect(answer).toMatchObject({ status: 200, body: { brake: null } })
    expect(await states()).toEqual({ withdrawn: 12 })
    await w.drain()
    const [row] = await test.db.execute(sql`select braked_at, recheck_gone from source`)
    expect(row).toEqual({ braked_at: null, recheck_gone: 0 })
    expect(await test.db.execute(sql`select 1 from audit where act = 'source.gone'`)).toHaveLength(1)
    expect((await ada('POST', `/sources/${w.cast.sourceIds[0]}/hidden`, { choice: 'gone' })).status).toBe(409)
    await lawful()
  })

  it('are not kept when their network tells of the deletion itself', async () => {
    await remove(12)
    await recheck()
    const told = posts.map(({ id }) => ({ instance: 'sandbox', nativeId: id }))
    await inBrand(test.db, w.cast.brandId, (tx) => withdraw(tx, 'sandbox', told, w.clock.now()))
    expect(await states()).toEqual({ withdrawn: 12 })
    expect(await test.db.execute(sql`select 1 from hidden_post`)).toEqual([])
  })

  it('are erased as ever when they are few, by number or by share', async () => {
    await remove(8)
    await recheck()
    expect(await states()).toEqual({ stands: 4, withdrawn: 8 })
    w.clock.pass(7 * HOUR)
    for (const { author, id } of posts.slice(8, 10)) await w.network.remove(author, id)
    await recheck()
    expect(await states()).toEqual({ stands: 2, withdrawn: 10 })
  })
})
