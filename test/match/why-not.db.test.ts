import { sql } from 'drizzle-orm'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildApp } from '../../src/app.ts'
import { inBrand } from '../../src/db/client.ts'
import { MINUTE } from '../../src/domain/clock.ts'
import { newId } from '../../src/domain/id.ts'
import { passOffer } from '../../src/feed/claim.ts'
import { changeDesk } from '../../src/feed/desk.ts'
import { createUser } from '../../src/people/auth.ts'
import { addMembership } from '../../src/people/create.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'
import { type Ask, signedIn } from '../signed-in.ts'
import { aWorld, type Helper, type TestWorld } from '../world.ts'

const PASSWORD = 'a long password'

let test: TestDatabase
let world: TestWorld
let app: FastifyInstance
let admin: Ask
let mention: string
/** Nobody shares a name with these. */
let paused: Helper
let passed: Helper

beforeAll(async () => {
  test = await freshDatabase()
  world = await aWorld(test, { members: 20, password: PASSWORD })
  app = await buildApp(world.world, null)
  const { cast, clock } = world
  const userId = await createUser(test.db, { name: 'Ada', email: 'ada@example.test', password: PASSWORD })
  const inside = <T>(work: Parameters<typeof inBrand<T>>[2]) => inBrand(test.db, cast.brandId, work)
  await inside((tx) => addMembership(tx, { userId, role: 'admin', by: 'system', at: clock.now() }))
  admin = await signedIn(app, 'ada@example.test', PASSWORD)
  paused = cast.members[18]!
  const by = (helper: Helper) => ({ memberId: helper.id, userId: helper.userId })
  await inside((tx) => changeDesk(tx, by(paused), { paused: true }, clock.now()))
  clock.pass(MINUTE)
  await world.postAs('frida', '@acme how do I connect the printer to my wifi router?')
  await world.drain()
  const rows = await test.db.execute<{ id: string; mention_id: string; member_id: string }>(
    sql`select * from offer order by id`,
  )
  mention = rows[0]!.mention_id
  passed = cast.members.find(({ id }) => id === rows[0]!.member_id)!
  clock.pass(MINUTE)
  await inside((tx) => passOffer(tx, rows[0]!.id, by(passed), 'not-now', clock.now()))
  // All that is known of the break now is what the log said of it then.
  await inside((tx) => changeDesk(tx, by(paused), { paused: false }, clock.now()))
  clock.pass(30 * MINUTE)
  await world.drain()
}, 90_000)
afterAll(async () => {
  await app.close()
  await world.close()
  await test.drop()
})

type Look = {
  answer: string
  filter: string | null
  basis: string
  score: number
  words: string
  place: object
  terms: { value: number }[]
}
async function ask(name: string): Promise<Look[]> {
  const { status, body } = await admin('GET', `/mentions/${mention}/why-not?name=${encodeURIComponent(name)}`)
  expect(status).toBe(200)
  return body.members.find((one: { name: string }) => one.name === name).looks
}

describe('why a post was not offered to somebody, asked by an admin (R7)', () => {
  it('names the filter, and whether the log or data of today say so', async () => {
    const [skill] = await ask('Helper 1')
    expect(skill).toMatchObject({ answer: 'left-out', filter: 'skill', basis: 'today' })
    expect(skill!.words).toBe('Helper 1 was left out: has none of the skills asked for, by their data of today.')
    const [rest] = await ask(paused.name)
    expect(rest).toMatchObject({ answer: 'left-out', filter: 'paused', basis: 'kept' })
    const looks = await ask(passed.name)
    expect(looks[0]).toMatchObject({ answer: 'offered', basis: 'kept' })
    expect(looks[1]).toMatchObject({ answer: 'left-out', filter: 'passed', basis: 'kept' })
  })

  it('gives score and place to whoever passed the filters and was not among those compared', async () => {
    const all = (await Promise.all(world.cast.members.map(({ name }) => ask(name)))).map(([first]) => first!)
    const answers = (of: string) => all.filter(({ answer }) => answer === of)
    // Ten know wifi, one takes a break: three are offered it, three come next, three after those.
    expect(['offered', 'compared', 'outscored', 'left-out'].map((of) => answers(of).length)).toEqual([3, 3, 3, 11])
    const lowest = Math.min(...[...answers('offered'), ...answers('compared')].map(({ score }) => score))
    for (const { score, terms, place } of answers('outscored')) {
      expect(place).toEqual({ from: 7, to: 9 })
      expect(score).toBeLessThanOrEqual(lowest)
      expect(terms.reduce((sum, { value }) => sum + value, 0)).toBeCloseTo(score, 9)
    }
  })

  it('says so when their data have changed since', async () => {
    const all = await Promise.all(world.cast.members.map(async ({ id, name }) => ({ id, looks: await ask(name) })))
    const { id } = all.find(({ looks }) => looks[0]!.answer === 'outscored')!
    await test.db.execute(sql`update member set rank = 'champion' where id = ${id}`)
    const name = world.cast.members.find((one) => one.id === id)!.name
    expect((await ask(name))[0]!.words).toMatch(/that is more than the last of them had/)
    await test.db.execute(sql`update member_skill set skill = 'wifi' where member_id = ${world.cast.members[1]!.id}`)
    expect((await ask('Helper 1'))[0]).toMatchObject({ answer: 'outscored', basis: 'today' })
  })

  it('is told for a few people of a name at once, to admins only', async () => {
    const several = await admin('GET', `/mentions/${mention}/why-not?name=helper`)
    expect(several.body.members).toHaveLength(5)
    expect(several.body.more).toBe(true)
    const { body } = await admin('GET', `/mentions/${mention}/why-not?name=nobody`)
    expect(body).toEqual({ members: [], more: false })
    expect((await admin('GET', `/mentions/${newId()}/why-not?name=helper`)).status).toBe(404)
    const staff = await signedIn(app, world.cast.staff.email, PASSWORD)
    expect((await staff('GET', `/mentions/${mention}/why-not?name=helper`)).status).toBe(403)
  })

  it('is answered for more who ask at once than there are connections', async () => {
    const asked = await Promise.all(
      Array.from({ length: 12 }, () => admin('GET', `/mentions/${mention}/why-not?name=helper`)),
    )
    expect(asked.map(({ status }) => status)).toEqual(Array(12).fill(200))
  })
})
