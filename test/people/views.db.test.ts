import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { inBrand } from '../../src/db/client.ts'
import type { Role } from '../../src/domain/roles.ts'
import { viewRoutes } from '../../src/people/views/routes.ts'
import { type Asking, aServer, signedIn } from '../asking.ts'
import { aBrand, aMember, aStaff, NINE } from '../builders.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'

let test: TestDatabase
let server: Asking
let brandId: string
beforeAll(async () => {
  test = await freshDatabase()
  server = await aServer((app, guard) => viewRoutes(app, { ...guard, db: test.db, clock: { now: () => NINE } }))
})
afterAll(async () => {
  await server.app.close()
  await test.drop()
})
beforeEach(async () => {
  brandId = (await aBrand(test.db)).id
})

type Me = ReturnType<typeof signedIn>
const someone = async (role: Exclude<Role, 'member'>, name: string): Promise<Me> =>
  signedIn((await aStaff(test.db, brandId, { role, name })).id, brandId, role, null, name)
const keep = (me: Me, name: string, more: object = {}) =>
  server.ask(me, 'POST', '/views', { screen: 'inbox', name, query: 'view=mine&team=care', ...more })
const names = async (me: Me, screen = 'inbox') =>
  ((await server.ask(me, 'GET', `/views?screen=${screen}`)).body.items as { name: string }[]).map(({ name }) => name)
const idOf = (answer: { body: Record<string, unknown> }) => String(answer.body.id)

describe('a saved view', () => {
  it('is kept, renamed, put in order and removed by its owner', async () => {
    const sam = await someone('staff', 'Sam')
    const [a, b, c] = [await keep(sam, 'A'), await keep(sam, 'B'), await keep(sam, 'C')]
    expect(a).toMatchObject({
      status: 201,
      body: { name: 'A', query: 'view=mine&team=care', mine: true, shared: false },
    })
    await server.ask(sam, 'PATCH', `/views/${idOf(b)}`, { name: 'Later' })
    // Those that are not named follow; ids of nobody have no effect.
    const order = await server.app.inject({
      method: 'PUT',
      url: '/api/v1/views',
      headers: { 'sec-fetch-site': 'same-origin', 'x-me': sam.userId, cookie: 'session=one' },
      payload: { screen: 'inbox', ids: [idOf(c), crypto.randomUUID()] },
    })
    expect(order.statusCode).toBe(200)
    expect(await names(sam)).toEqual(['C', 'A', 'Later'])
    expect(await names(sam, 'feed')).toEqual([])
    expect((await server.ask(sam, 'DELETE', `/views/${idOf(a)}`)).body).toEqual({ removed: 'A' })
    expect(await names(sam)).toEqual(['C', 'Later'])
  })

  it('of one name is kept once, however often it is pressed', async () => {
    const sam = await someone('staff', 'Sam')
    const pressed = await Promise.all([1, 2, 3, 4].map(() => keep(sam, 'Angry ones')))
    expect(pressed.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409])
    const other = await keep(sam, 'Other')
    expect((await server.ask(sam, 'PATCH', `/views/${idOf(other)}`, { name: 'Angry ones' })).status).toBe(409)
    expect((await keep(sam, 'Angry ones', { screen: 'search' })).status).toBe(201)
  })

  it('is seen by colleagues once it is shared, with a line in the audit, and changed by its owner alone', async () => {
    const [sam, ida, ada] = [
      await someone('staff', 'Sam'),
      await someone('staff', 'Ida'),
      await someone('admin', 'Ada'),
    ]
    const id = idOf(await keep(sam, 'Angry ones', { shared: true }))
    await keep(sam, 'Private')
    await keep(ida, 'Own')
    expect(await names(ida)).toEqual(['Own', 'Angry ones'])
    expect((await server.ask(ida, 'PATCH', `/views/${id}`, { name: 'Stolen' })).status).toBe(403)
    expect((await server.ask(ida, 'DELETE', `/views/${id}`)).status).toBe(403)
    expect((await server.ask(ada, 'DELETE', `/views/${id}`)).status).toBe(200)
    expect(await names(sam)).toEqual(['Private'])
    const log = await inBrand(test.db, brandId, (tx) =>
      tx.execute(sql`select act, target from audit order by act desc`),
    )
    expect([...log]).toEqual([
      { act: 'view.shared', target: 'view Angry ones' },
      { act: 'view.removed', target: 'view Angry ones of Sam' },
    ])
  })

  it('of a member is theirs; they see none of staff and share none', async () => {
    const { userId, id } = await aMember(test.db, brandId)
    const mia = signedIn(userId, brandId, 'member', id)
    const sam = await someone('staff', 'Sam')
    const shared = idOf(await keep(sam, 'Angry ones', { screen: 'search', shared: true }))
    expect(await names(mia, 'search')).toEqual([])
    expect((await keep(mia, 'German', { screen: 'feed', query: 'language=de' })).status).toBe(201)
    expect(await names(mia, 'feed')).toEqual(['German'])
    expect((await keep(mia, 'For all', { screen: 'search', shared: true })).status).toBe(422)
    expect((await server.ask(mia, 'DELETE', `/views/${shared}`)).status).toBe(403)
    expect((await keep(sam, 'Feed of all', { screen: 'feed', shared: true })).status).toBe(422)
  })

  it('holds the query of an address and nothing else, and there are at most thirty', async () => {
    const sam = await someone('staff', 'Sam')
    for (const query of ['javascript:alert(1)', 'a=<b>', 'a b', 'x'.repeat(1_001)])
      expect([query, (await keep(sam, 'Bad', { query })).status]).toEqual([query, 422])
    for (let n = 0; n < 30; n++) expect((await keep(sam, `View ${n}`)).status).toBe(201)
    expect(await keep(sam, 'One more')).toMatchObject({
      status: 409,
      body: { detail: expect.stringContaining('30 views') },
    })
  })

  it('of another brand does not exist (I5)', async () => {
    const sam = await someone('staff', 'Sam')
    const id = idOf(await keep(sam, 'Ours', { shared: true }))
    const stranger = signedIn(crypto.randomUUID(), (await aBrand(test.db)).id, 'admin')
    expect((await server.ask(stranger, 'DELETE', `/views/${id}`)).status).toBe(404)
    expect(await names(stranger)).toEqual([])
  })
})
