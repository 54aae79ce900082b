import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { inBrand } from '../../src/db/client.ts'
import { decideRoutes } from '../../src/decide/routes.ts'
import { openCases } from '../../src/escalate/queries.ts'
import { openKits } from '../../src/kit.ts'
import { openWhyNot } from '../../src/why-not.ts'
import { type Asking, aServer, signedIn } from '../asking.ts'
import { aBrand, aMember, aMention, anOffer, aStaff, NINE } from '../builders.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'

let test: TestDatabase
let server: Asking
const woken: string[][] = []
beforeAll(async () => {
  test = await freshDatabase()
  server = await aServer((app, guard) =>
    decideRoutes(app, {
      ...guard,
      db: test.db,
      clock: { now: () => NINE },
      mask: (text) => text.toUpperCase(),
      openCases,
      matchAgain: async (_, ids) => void woken.push(ids),
      askWhyNot: openWhyNot({ db: test.db, kits: openKits(test.db) }),
    }),
  )
})
afterAll(async () => {
  await server.app.close()
  await test.drop()
})

let brandId: string
let admin: ReturnType<typeof signedIn>
beforeEach(async () => {
  brandId = (await aBrand(test.db)).id
  admin = signedIn((await aStaff(test.db, brandId, { role: 'admin', name: 'Ada' })).id, brandId, 'admin')
})

const TEXT = `
name: ours
rules: []
otherwise: { community: {} }
`

it('a policy is checked, saved, published and shown in words; a fault names its line (R3, R5)', async () => {
  expect((await server.ask(admin, 'GET', '/policy')).body).toEqual({
    text: '',
    version: 0,
    readable: true,
    rules: [],
    versions: [],
  })
  const checked = await server.ask(admin, 'POST', '/policy/check', { text: `${TEXT}rulez: 1` })
  expect(checked.body).toMatchObject({ ok: false, faults: [{ at: expect.stringMatching(/rulez, line \d/) }] })
  const never = '{ name: r, when: { field: anger, below: 0 }, then: { triage: {} } }'
  const advised = await server.ask(admin, 'POST', '/policy/check', { text: TEXT.replace('[]', `[${never}]`) })
  expect(advised.body).toEqual({ ok: true, faults: [{ at: 'rules[0].when, line 3', says: 'This never holds.' }] })
  const saved = await server.ask(admin, 'POST', '/policy', { text: TEXT, note: 'A beginning.', basedOn: 0 })
  expect(saved).toMatchObject({
    status: 201,
    body: {
      version: 1,
      rules: [{ name: 'otherwise', then: 'to the community' }],
      versions: [{ author: 'Ada', published: true }],
    },
  })
  const again = await server.ask(admin, 'POST', '/policy', { text: TEXT, note: 'A beginning.', basedOn: 0 })
  expect(again).toMatchObject({ status: 409, body: { version: 1 } })
  const wrong = await server.ask(admin, 'POST', '/policy', { text: 'name: 3', note: 'Worse.', basedOn: 1 })
  expect(wrong.status).toBe(422)
  expect((await server.ask(admin, 'POST', '/policy/1/publish')).body).toMatchObject({ version: 1 })
  expect((await server.ask(admin, 'POST', '/policy/7/publish')).status).toBe(404)
})

it('a mention in triage is listed and decided, and whoever matches is woken', async () => {
  const mention = await inBrand(test.db, brandId, (tx) => aMention(tx, { state: 'triage', text: 'is it you?' }))
  const list = await server.ask(admin, 'GET', '/triage')
  expect(list.body).toMatchObject({ items: [{ mentionId: mention.id, text: 'IS IT YOU?' }], nextCursor: null })
  const choice = { destination: 'community', reason: 'a plain question' }
  const decided = await server.ask(admin, 'POST', `/triage/${mention.id}`, choice)
  expect(decided).toEqual({ status: 200, body: { mentionId: mention.id, state: 'triaged' } })
  expect(woken).toEqual([[mention.id]])
  expect((await server.ask(admin, 'POST', `/triage/${mention.id}`, choice)).status).toBe(409)
  expect((await server.ask(admin, 'GET', `/mentions/${mention.id}/why`)).body).toMatchObject({
    decisions: [{ by: 'Ada', destination: 'community', rule: null }],
  })
})

it('a member may ask why of what they were offered, and of nothing else (R7)', async () => {
  const ana = await aMember(test.db, brandId)
  const me = signedIn(ana.userId, brandId, 'member', ana.id)
  const [mine, others] = await inBrand(test.db, brandId, async (tx) => {
    const made = [await aMention(tx, { state: 'offered' }), await aMention(tx, { state: 'offered' })] as const
    await anOffer(tx, { mentionId: made[0].id, memberId: ana.id })
    return made
  })
  expect((await server.ask(me, 'GET', `/mentions/${mine.id}/why`)).status).toBe(200)
  expect((await server.ask(me, 'GET', `/mentions/${others.id}/why`)).status).toBe(404)
  expect((await server.ask(me, 'GET', '/policy')).status).toBe(403)
})
