import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type BrandTx, inBrand } from '../../src/db/client.ts'
import { listRoutes } from '../../src/decide/lists/routes.ts'
import { lookAt, savePolicy } from '../../src/decide/publish.ts'
import { openKits } from '../../src/kit.ts'
import { type Asking, aServer, signedIn } from '../asking.ts'
import { aBrand, aStaff, NINE } from '../builders.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'

let test: TestDatabase
let server: Asking
beforeAll(async () => {
  test = await freshDatabase()
  server = await aServer((app, guard) => listRoutes(app, { ...guard, db: test.db, clock: { now: () => NINE } }))
})
afterAll(async () => {
  await server.app.close()
  await test.drop()
})

let brandId: string
let by: { userId: string }
let admin: ReturnType<typeof signedIn>
beforeEach(async () => {
  brandId = (await aBrand(test.db)).id
  by = { userId: (await aStaff(test.db, brandId, { name: 'Ada', role: 'admin' })).id }
  admin = signedIn(by.userId, brandId, 'admin')
})
const brand = <T>(work: (tx: BrandTx) => Promise<T>) => inBrand(test.db, brandId, work)

const POLICY = `
name: ours
rules:
  - { name: rivals, when: { field: text, inList: rivals }, then: { tag: [rival] } }
otherwise: { community: {} }
`
const begin = async (name: string, kind: 'words' | 'handles', entries: string[]) =>
  (await server.ask(admin, 'POST', '/lists', { name, kind, entries })) as {
    status: number
    body: { id: string; version: number; entries: string[]; detail: string }
  }

describe('a list', () => {
  it('is begun, shown, changed and removed by admins, each time with an event and a line in the audit (R1, O4)', async () => {
    const made = await begin('rivals', 'words', ['Kettlecorp', 'kettlecorp ', 'Brew-Master'])
    expect(made).toMatchObject({ status: 201, body: { version: 1, entries: ['Kettlecorp', 'Brew-Master'], rules: [] } })
    const { id } = made.body
    expect((await server.ask(admin, 'GET', '/lists')).body).toMatchObject({
      items: [{ id, name: 'rivals', kind: 'words', count: 2, version: 1, changedBy: 'Ada' }],
    })
    const change = { entries: ['Kettlecorp', 'Steamly', 'Pourfect'], version: 1 }
    const changed = await server.ask(admin, 'PATCH', `/lists/${id}`, change)
    expect(changed).toMatchObject({ status: 200, body: { version: 2, entries: change.entries } })
    expect(await server.ask(admin, 'DELETE', `/lists/${id}?version=2`)).toEqual({
      status: 200,
      body: { removed: 'rivals' },
    })
    const log = await brand((tx) => tx.execute(sql`select act, target, details from audit order by at, act`))
    expect([...log]).toEqual([
      { act: 'list.begun', target: 'list rivals', details: { listId: id, name: 'rivals', kind: 'words', entries: 2 } },
      {
        act: 'list.changed',
        target: 'list rivals',
        details: { listId: id, name: 'rivals', added: 2, removed: 1, version: 2 },
      },
      { act: 'list.removed', target: 'list rivals', details: { listId: id, name: 'rivals' } },
    ])
    expect(await brand((tx) => tx.execute(sql`select 1 from event where kind = 'list.changed'`))).toHaveLength(3)
  })

  it('of two changes begun from the same version takes one; the other is told who was faster', async () => {
    const { id } = (await begin('vips', 'handles', ['robin'])).body
    const both = await Promise.all(
      ['ana', 'bo'].map((entry) => server.ask(admin, 'PATCH', `/lists/${id}`, { entries: [entry], version: 1 })),
    )
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409])
    expect(both.find(({ status }) => status === 409)?.body).toMatchObject({
      version: 2,
      detail: 'Ada has changed “vips” meanwhile; look at it and save again.',
    })
  })

  it.each([
    ['rivals', 'words', ['?!'], 422, '“?!” holds no letters'],
    ['vips', 'handles', ['two words'], 422, '“two words” is no handle'],
    ['Not A Name', 'words', [], 422, ''],
    ['taken', 'words', ['x'], 409, 'There is a list “taken” already'],
  ] as const)('named %s of %s %j is refused with the reason', async (name, kind, entries, status, says) => {
    await begin('taken', 'words', ['kept'])
    const answer = await begin(name, kind, [...entries])
    expect(answer.status).toBe(status)
    expect(answer.body.detail).toContain(says)
  })

  it('that a rule in force asks about cannot be removed, and a policy cannot ask about one that is gone', async () => {
    const refused = (await brand((tx) => lookAt(tx, POLICY))).faults
    expect(refused).toMatchObject([
      { at: 'rules[0].when.inList', says: 'There is no list “rivals”. There are none yet.' },
    ])
    const { id } = (await begin('rivals', 'words', ['kettlecorp'])).body
    await brand((tx) => savePolicy(tx, { text: POLICY, note: 'Know our rivals.', basedOn: 0 }, by, NINE))
    expect((await server.ask(admin, 'GET', `/lists/${id}`)).body).toMatchObject({ rules: ['rivals'] })
    const kept = await server.ask(admin, 'DELETE', `/lists/${id}?version=1`)
    expect(kept).toMatchObject({ status: 409, body: { rule: 'rivals' } })
    await brand((tx) =>
      savePolicy(tx, { text: POLICY.replace('text, inList', 'text, contains'), note: 'x', basedOn: 1 }, by, NINE),
    )
    expect((await server.ask(admin, 'DELETE', `/lists/${id}?version=1`)).status).toBe(200)
  })

  it('cannot go while a policy that asks about it is being saved: one of the two is refused', async () => {
    for (let round = 0; round < 5; round++) {
      const fresh = (await aBrand(test.db)).id
      const me = signedIn((await aStaff(test.db, fresh, { role: 'admin' })).id, fresh, 'admin')
      const list = { name: 'rivals', kind: 'words', entries: ['kettlecorp'] }
      const { id } = (await server.ask(me, 'POST', '/lists', list)).body
      const [saved, removed] = await Promise.allSettled([
        inBrand(test.db, fresh, (tx) => savePolicy(tx, { text: POLICY, note: 'x', basedOn: 0 }, by, NINE)),
        server.ask(me, 'DELETE', `/lists/${id}?version=1`),
      ])
      const gone = removed.status === 'fulfilled' && removed.value.status === 200
      expect([saved.status, gone]).toEqual(saved.status === 'fulfilled' ? ['fulfilled', false] : ['rejected', true])
    }
  })

  it('counts from the next page of mentions on, in a process that knew it as it was', async () => {
    const kits = openKits(test.db)
    await brand((tx) =>
      savePolicy(tx, { text: 'name: x\nrules: []\notherwise: { triage: {} }', note: 'x', basedOn: 0 }, by, NINE),
    )
    const falls = async (text: string) => (await kits.of(brandId)).facts.lists?.({ text, handle: 'Robin' })
    expect(await falls('a kettlecorp kettle')).toEqual([])
    const { id } = (await begin('rivals', 'words', ['kettlecorp'])).body
    await begin('vips', 'handles', ['@robin'])
    expect(await falls('a kettlecorp kettle')).toEqual(['rivals', 'vips'])
    const same = await kits.of(brandId)
    expect(await kits.of(brandId)).toBe(same)
    await server.ask(admin, 'PATCH', `/lists/${id}`, { entries: ['steamly'], version: 1 })
    expect(await falls('a kettlecorp kettle')).toEqual(['vips'])
  })

  it('of another brand is neither seen nor asked about (I5)', async () => {
    const { id } = (await begin('rivals', 'words', ['kettlecorp'])).body
    const other = (await aBrand(test.db)).id
    const stranger = signedIn((await aStaff(test.db, other, { role: 'admin' })).id, other, 'admin')
    expect((await server.ask(stranger, 'GET', '/lists')).body).toEqual({ items: [] })
    expect((await server.ask(stranger, 'GET', `/lists/${id}`)).status).toBe(404)
    expect((await server.ask(stranger, 'PATCH', `/lists/${id}`, { entries: [], version: 1 })).status).toBe(404)
    expect((await server.ask(stranger, 'DELETE', `/lists/${id}?version=1`)).status).toBe(404)
    const staff = signedIn((await aStaff(test.db, brandId, { role: 'staff' })).id, brandId, 'staff')
    expect((await server.ask(staff, 'GET', '/lists')).status).toBe(200)
    expect((await server.ask(staff, 'PATCH', `/lists/${id}`, { entries: [], version: 1 })).status).toBe(403)
  })
})
