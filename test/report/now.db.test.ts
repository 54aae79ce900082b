import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { inBrand } from '../../src/db/client.ts'
import { DAY, HOUR, MINUTE } from '../../src/domain/clock.ts'
import { nowRoutes } from '../../src/report/now/routes.ts'
import { type Asking, aServer, signedIn } from '../asking.ts'
import { aBrand, after, aMember, aMention, anEscalation, aStaff, NINE } from '../builders.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'

let test: TestDatabase
let server: Asking
let brandId: string
let ada: string
beforeAll(async () => {
  test = await freshDatabase()
  server = await aServer((app, guard) =>
    nowRoutes(app, { ...guard, db: test.db, clock: { now: () => NINE }, mail: false }),
  )
})
beforeEach(async () => {
  brandId = (await aBrand(test.db, { timeZone: 'UTC', settings: { handles: [] } })).id
  ada = (await aStaff(test.db, brandId, { name: 'Ada', role: 'admin' })).id
})
afterAll(async () => {
  await server.app.close()
  await test.drop()
})

// biome-ignore lint/suspicious/noExplicitAny: a test reads what it expects and fails when it is not there
const ask = async (path: string): Promise<any> => (await server.ask(signedIn(ada, brandId, 'admin'), 'GET', path)).body

it('Now counts what waits by where and since when, and cases whose clock ran or runs out', async () => {
  const other = (await aBrand(test.db)).id
  await inBrand(test.db, other, (tx) => aMention(tx, { state: 'triage', receivedAt: NINE }))
  await inBrand(test.db, brandId, async (tx) => {
    await aMention(tx, { state: 'triaged', receivedAt: after(-MINUTE) })
    await aMention(tx, { state: 'triage', receivedAt: after(-3 * HOUR) })
    const aCase = async (dueAt: Date, more: object = {}) =>
      anEscalation(tx, {
        ...{ mentionId: (await aMention(tx, { state: 'escalated' })).id, openedAt: after(-3 * DAY), dueAt },
        ...more,
      })
    await aCase(after(30 * MINUTE))
    await aCase(after(2 * HOUR))
    await aCase(after(-HOUR))
    await aCase(after(-2 * DAY))
    // Answered today: one in time, one too late.
    await aCase(after(-HOUR), { state: 'answered', closedAt: after(-2 * HOUR) })
    await aCase(after(-HOUR), { state: 'answered', closedAt: after(-MINUTE) })
  })
  const { backlog, cases } = await ask('/now')
  expect(cases).toEqual({ open: 4, late: 2, nextHour: 1, breachedToday: 2 })
  expect(backlog).toHaveLength(3)
  expect(backlog).toEqual(
    expect.arrayContaining([
      { stage: 'waiting', age: '30m', count: 1 },
      { stage: 'triage', age: '8h', count: 1 },
      { stage: 'staff', age: 'older', count: 4 },
    ]),
  )
})

it('Now knows who is here and who could be offered something', async () => {
  const here = await aMember(test.db, brandId, { name: 'Here' })
  await aMember(test.db, brandId, { name: 'Paused', paused: true })
  await aMember(test.db, brandId, { name: 'Suspended', standing: 'suspended' })
  await test.db.execute(
    sql`update auth_user set last_active_at = ${after(-MINUTE).toISOString()} where id = ${here.userId}`,
  )
  expect((await ask('/now')).members).toEqual({ online: 1, free: 1, all: 2 })
})

it('the set-up says of each step what is really there', async () => {
  const state = async () =>
    Object.fromEntries((await ask('/setup')).steps.map((one: { step: string; state: string }) => [one.step, one.state]))
  expect(await state()).toEqual({
    ...{ brand: 'todo', sources: 'todo', accounts: 'todo', people: 'todo', rules: 'todo', notify: 'todo' },
  })
  await aStaff(test.db, brandId)
  await aMember(test.db, brandId)
  await test.db.execute(
    sql`update brand set settings = settings || '{"handles": ["acme"], "skills": {"wifi": {}}}' where id = ${brandId}`,
  )
  expect(await state()).toMatchObject({ brand: 'done', people: 'done', sources: 'todo' })
})
