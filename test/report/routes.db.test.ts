import { afterAll, beforeAll, expect, it } from 'vitest'
import { inBrand } from '../../src/db/client.ts'
import { appendEvents } from '../../src/db/events.ts'
import { HOUR } from '../../src/domain/clock.ts'
import { reportRoutes } from '../../src/report/routes.ts'
import { type Asking, aServer, signedIn } from '../asking.ts'
import { aBrand, after, aMember, aMention, aStaff, NINE } from '../builders.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'

let test: TestDatabase
let server: Asking
beforeAll(async () => {
  test = await freshDatabase()
  server = await aServer((app, guard) =>
    reportRoutes(app, { ...guard, db: test.db, clock: { now: () => after(HOUR) }, mask: (text) => text.toUpperCase() }),
  )
})
afterAll(async () => {
  await server.app.close()
  await test.drop()
})

it('a reader reads the report and the mentions behind it, masked; a member may not (T1, U7)', async () => {
  const brand = await aBrand(test.db)
  const reader = signedIn((await aStaff(test.db, brand.id, { role: 'reader' })).id, brand.id, 'reader')
  const mention = await inBrand(test.db, brand.id, async (tx) => {
    const made = await aMention(tx, { text: 'hello' })
    const data = { network: 'sandbox', addressed: true, followUp: false, sourceId: made.sourceId }
    const about = { mentionId: made.id, actor: 'system' }
    const reply = { by: 'staff', minutes: 12, network: 'sandbox' }
    await appendEvents(tx, [
      { ...about, kind: 'mention.received', data, at: NINE },
      { ...about, kind: 'reply.sent', data: reply, at: after(HOUR / 5) },
    ])
    return made
  })
  const report = await server.ask(reader, 'GET', '/report')
  expect(report).toMatchObject({
    status: 200,
    body: { response: { answered: 1, total: 1, rate: null }, reference: { rate: 0.14, hours: 2 }, step: 'day' },
  })
  const behind = await server.ask(reader, 'GET', '/report/mentions?answeredBy=staff&scope=with-handle')
  expect(behind.body).toEqual({
    items: [
      {
        mentionId: mention.id,
        network: 'sandbox',
        text: 'HELLO',
        authorHandle: 'pat',
        receivedAt: NINE.toISOString(),
        answeredBy: 'staff',
        minutes: 12,
      },
    ],
    nextCursor: null,
  })
  expect((await server.ask(reader, 'GET', '/report?to=2020-01-01T00:00:00Z&from=2021-01-01T00:00:00Z')).status).toBe(
    422,
  )
  const ana = await aMember(test.db, brand.id)
  expect((await server.ask(signedIn(ana.userId, brand.id, 'member', ana.id), 'GET', '/report')).status).toBe(403)
})
