import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { inBrand } from '../../src/db/client.ts'
import { newId } from '../../src/domain/id.ts'
import { award } from '../../src/reward/award.ts'
import { badgeRoutes } from '../../src/reward/badges/routes.ts'
import { forThanks } from '../../src/reward/reward.ts'
import { type Asking, aServer, signedIn } from '../asking.ts'
import { aBrand, aMember, aStaff, NINE } from '../builders.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'

let test: TestDatabase
let server: Asking
let brandId: string
let ada: string
let ana: Awaited<ReturnType<typeof aMember>>
beforeAll(async () => {
  test = await freshDatabase()
  server = await aServer((app, guard) => badgeRoutes(app, { ...guard, db: test.db, clock: { now: () => NINE } }))
})
beforeEach(async () => {
  brandId = (await aBrand(test.db)).id
  ada = (await aStaff(test.db, brandId, { name: 'Ada', role: 'admin' })).id
  ana = await aMember(test.db, brandId, { name: 'Ana' })
  await aMember(test.db, brandId, { name: 'Ben' })
  const thanks = [newId(), newId()].flatMap((replyId) => forThanks({ memberId: ana.id, replyId }))
  await inBrand(test.db, brandId, (tx) => award(tx, thanks, NINE))
})
afterAll(async () => {
  await server.app.close()
  await test.drop()
})

// biome-ignore lint/suspicious/noExplicitAny: a test reads what it expects and fails when it is not there
type Answer = { status: number; body: any }
const admin = (method: 'GET' | 'PUT', path: string, body?: object): Promise<Answer> =>
  server.ask(signedIn(ada, brandId, 'admin', null, 'Ada'), method as 'GET', path, body)
const mine = async () => (await server.ask(signedIn(ana.userId, brandId, 'member', ana.id), 'GET', '/badges')).body

it('badges are off until an admin switches them on; whoever has earned one is given it at once (P3, P5)', async () => {
  const begun = (await admin('GET', '/badges/rules')).body
  expect(begun.items.map(({ badge, on }: { badge: string; on: boolean }) => [badge, on])).toEqual([
    ...[
      ['thanked', false],
      ['specialist', false],
      ['versatile', false],
      ['polyglot', false],
      ['reliable', false],
    ],
  ])
  expect(await mine()).toEqual({ items: [] })
  const items = [{ badge: 'thanked', on: true, needs: 2 }]
  const set = await admin('PUT', '/badges/rules', { version: begun.version, items })
  expect(set.body.items[0]).toEqual({ badge: 'thanked', on: true, needs: 2, least: 1, members: 1 })
  expect(await mine()).toEqual({
    items: [{ badge: 'thanked', needs: 2, held: [{ skill: '', at: NINE.toISOString() }], next: null }],
  })
  const [written] = await test.db.execute(
    sql`select details from audit where act = 'settings.badges' and brand_id = ${brandId}`,
  )
  expect(written).toMatchObject({ details: { before: {}, after: { thanked: { on: true, needs: 2 } } } })
})

it('of two who set them the second is told, and nothing is overwritten', async () => {
  const { version } = (await admin('GET', '/badges/rules')).body
  const put = (needs: number) =>
    admin('PUT', '/badges/rules', { version, items: [{ badge: 'polyglot', on: true, needs }] })
  expect((await put(3)).status).toBe(200)
  expect(await put(4)).toMatchObject({ status: 409, body: { changedBy: 'Ada' } })
})

it('a badge for breadth asks for two at least, and says so beside the field', async () => {
  const { version } = (await admin('GET', '/badges/rules')).body
  const items = [{ badge: 'polyglot', on: true, needs: 1 }]
  const { status, body } = await admin('PUT', '/badges/rules', { version, items })
  expect([status, body.errors[0].detail]).toEqual([422, 'This badge asks for 2 at least.'])
})

it('an admin sees who would hold a badge before it is switched on', async () => {
  const would = async (needs: number) => (await admin('GET', `/badges/preview?badge=thanked&needs=${needs}`)).body
  expect(await would(2)).toEqual({ members: 1, names: ['Ana'] })
  expect(await would(3)).toEqual({ members: 0, names: [] })
})

it('a member sees how far they are towards what they do not hold', async () => {
  const { version } = (await admin('GET', '/badges/rules')).body
  const items = [
    { badge: 'thanked', on: true, needs: 5 },
    { badge: 'polyglot', on: true, needs: 2 },
  ]
  await admin('PUT', '/badges/rules', { version, items })
  expect(await mine()).toEqual({
    items: [
      { badge: 'thanked', needs: 5, held: [], next: { skill: '', have: 2 } },
      { badge: 'polyglot', needs: 2, held: [], next: { skill: '', have: 0 } },
    ],
  })
})
