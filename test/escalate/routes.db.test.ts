import { afterAll, beforeAll, expect, it } from 'vitest'
import { inBrand } from '../../src/db/client.ts'
import { insertDecisions } from '../../src/decide/queries.ts'
import { escalateRoutes } from '../../src/escalate/routes.ts'
import { type Asking, aServer, signedIn } from '../asking.ts'
import { aBrand, aMember, aMention, anEscalation, anOffer, aStaff, NINE } from '../builders.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'

let test: TestDatabase
let server: Asking
const woken: string[][] = []
beforeAll(async () => {
  test = await freshDatabase()
  server = await aServer((app, guard) =>
    escalateRoutes(app, {
      ...guard,
      db: test.db,
      clock: { now: () => NINE },
      mask: (text) => text.replace(/\d{4,}/g, '…'),
      answeringOf: async () => ({
        maxLength: 300,
        lengthUnit: 'graphemes',
        thread: null,
        begins: '',
        pictures: { refusal: null, most: 4, altLength: 9 },
        closed: null,
      }),
      takeBackOf: () => null,
      insertDecisions,
      matchAgain: async (_, ids) => void woken.push(ids),
    }),
  )
})
afterAll(async () => {
  await server.app.close()
  await test.drop()
})

it('a case goes through the inbox: listed, taken, noted, and handed back for whoever fits (E1–E3)', async () => {
  const brand = await aBrand(test.db)
  const [sam, kim] = [await aStaff(test.db, brand.id), await aStaff(test.db, brand.id, { name: 'Kim' })]
  const [me, other] = [signedIn(sam.id, brand.id, 'staff'), signedIn(kim.id, brand.id, 'staff')]
  const { id, mentionId } = await inBrand(test.db, brand.id, async (tx) => {
    const mention = await aMention(tx, {
      state: 'escalated',
      text: 'My number is 5551234, call me!',
      understood: { why: [{ head: 'urgency', words: 'call 5551234', push: 0.3 }] },
    })
    const decision = { destination: 'escalation' as const, rule: 'angry', reason: 'anger is 0.9' }
    await insertDecisions(tx, [{ mentionId: mention.id, policyVersion: 1, by: 'policy', facts: {}, decision }], NINE)
    return anEscalation(tx, { mentionId: mention.id })
  })

  const list = await server.ask(me, 'GET', '/escalations?view=unassigned')
  expect(list).toMatchObject({
    status: 200,
    body: { nextCursor: null, items: [{ id, mention: { text: 'My number is …, call me!' }, assignee: null }] },
  })

  expect((await server.ask(me, 'POST', `/escalations/${id}/take`)).body).toMatchObject({
    state: 'assigned',
    assignee: { userId: sam.id, me: true },
    why: { rule: 'angry', evidence: [{ words: 'call …' }] },
    maxLength: 300,
  })
  expect(await server.ask(other, 'POST', `/escalations/${id}/take`)).toMatchObject({
    status: 409,
    body: { code: 'CONFLICT', holder: { userId: sam.id, name: 'Sam' } },
  })
  // What a saved view says of itself, each viewer's own.
  const held = async (asks: typeof me) => (await server.ask(asks, 'GET', '/escalations/count?view=mine')).body
  expect([await held(me), await held(other)]).toEqual([
    { count: 1, more: false },
    { count: 0, more: false },
  ])
  const note = (text = 'Waiting for the warehouse.') =>
    server.ask(me, 'POST', `/escalations/${id}/notes`, { text }, 'a-press-of-its-own')
  // Pressed again after no answer came, it is one note all the same.
  const [noted] = [await note(), await note()]
  // Other words under its key are refused, so that nobody takes them for kept.
  expect(await note('Waiting for the bank.')).toMatchObject({
    status: 409,
    body: { code: 'CONFLICT', detail: expect.stringMatching(/^Your note was kept as you first wrote it/) },
  })
  expect((await server.ask(me, 'GET', `/escalations/${id}`)).body.notes).toHaveLength(1)
  expect(noted).toMatchObject({ status: 201, body: { notes: [{ author: 'Sam', text: 'Waiting for the warehouse.' }] } })
  const back = await server.ask(me, 'POST', `/escalations/${id}/hand-back`, { guidance: 'Parts are in stock again.' })
  expect(back).toMatchObject({ status: 200, body: { state: 'handed-back' } })
  expect((back.body.history as { words: string }[]).map(({ words }) => words)).toEqual([
    'took the case',
    'added a note',
    'handed it back to the community: Parts are in stock again.',
    'waits for a free member',
  ])
  expect(woken).toEqual([[mentionId]])
})

it('a member sends a mention to staff, and staff see who can take it back (E2)', async () => {
  const brand = await aBrand(test.db)
  const ana = await aMember(test.db, brand.id)
  const sam = await aStaff(test.db, brand.id)
  const mention = await inBrand(test.db, brand.id, async (tx) => {
    const made = await aMention(tx, { state: 'offered' })
    await anOffer(tx, { mentionId: made.id, memberId: ana.id })
    return made
  })
  const me = signedIn(ana.userId, brand.id, 'member', ana.id)
  const staff = signedIn(sam.id, brand.id, 'staff')
  const made = await server.ask(me, 'POST', `/mentions/${mention.id}/escalate`, { reason: 'needs a refund' })
  expect(made.status).toBe(201)
  const page = await server.ask(staff, 'GET', `/escalations/${made.body.escalationId}`)
  expect(page.body).toMatchObject({ origin: 'member', reason: 'needs a refund' })
  expect((await server.ask(staff, 'GET', '/helpers')).body).toMatchObject({ items: [{ name: 'Ana', free: 3 }] })
  expect((await server.ask(me, 'GET', '/helpers')).status).toBe(403)
})

it('a case that is not there, or another brand’s, is not found (I5)', async () => {
  const [brand, elsewhere] = [await aBrand(test.db), await aBrand(test.db)]
  const sam = await aStaff(test.db, brand.id)
  const theirs = await inBrand(test.db, elsewhere.id, (tx) => anEscalation(tx))
  const answer = await server.ask(signedIn(sam.id, brand.id, 'staff'), 'GET', `/escalations/${theirs.id}`)
  expect(answer).toMatchObject({ status: 404, body: { code: 'NOT_FOUND' } })
})
