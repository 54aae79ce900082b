import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { inBrand } from '../../src/db/client.ts'
import { presenceRoutes } from '../../src/escalate/presence/routes.ts'
import { type Asking, aServer, signedIn } from '../asking.ts'
import { aBrand, anEscalation, aStaff } from '../builders.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'
import { aLiveServer, type LiveServer, someone } from '../live/live-server.ts'

let test: TestDatabase
/** Two processes: what is said at one is seen at the other. */
let here: { live: LiveServer; rooms: Asking }
let there: typeof here
beforeAll(async () => {
  test = await freshDatabase()
  const aProcess = async () => {
    const live = await aLiveServer(test, { again: 50 })
    const rooms = await aServer((app, guard) =>
      presenceRoutes(app, { ...guard, db: test.db, present: (id) => live.hub.present(id, 'cases') }),
    )
    return { live, rooms }
  }
  ;[here, there] = [await aProcess(), await aProcess()]
})
afterAll(async () => {
  for (const { live, rooms } of [here, there]) {
    await live.app.close()
    await rooms.app.close()
  }
  await test.drop()
})

describe('a colleague at a case', () => {
  it('is seen in every process, live, by the staff of the brand alone, and no row is written (E1, I5)', async () => {
    const [brand, elsewhere] = [await aBrand(test.db), await aBrand(test.db)]
    const [sam, kim] = [await aStaff(test.db, brand.id), await aStaff(test.db, brand.id, { name: 'Kim' })]
    const stranger = signedIn((await aStaff(test.db, elsewhere.id)).id, elsewhere.id, 'staff')
    const { id: caseId } = await inBrand(test.db, brand.id, (tx) => anEscalation(tx))
    const stream = await there.live.open(someone({ brandId: brand.id }))
    const member = await there.live.open(someone({ brandId: brand.id, role: 'member' }))
    const outside = await there.live.open(someone({ brandId: elsewhere.id }))

    const say = (doing: string, window = 'one') =>
      here.rooms.ask(signedIn(sam.id, brand.id, 'staff'), 'POST', `/escalations/${caseId}/presence`, { doing, window })
    const told = () => stream.events().filter(({ kind }) => kind === 'presence.changed').length
    const seenBy = async (userId: string) =>
      (await there.rooms.ask(signedIn(userId, brand.id, 'staff'), 'GET', '/presence')).body.items
    expect((await say('viewing')).status).toBe(204)
    await stream.until(() => told() === 1)
    expect(await seenBy(kim.id)).toEqual([{ caseId, userId: sam.id, name: 'Sam', doing: 'viewing' }])
    // Oneself is no colleague.
    expect(await seenBy(sam.id)).toEqual([])
    await say('viewing')
    await say('writing')
    await stream.until(() => told() === 2)
    expect(await seenBy(kim.id)).toMatchObject([{ doing: 'writing' }])
    // Another window of theirs changes nothing of that.
    await say('viewing', 'other')
    await say('left', 'other')
    await say('left')
    await stream.until(() => told() === 3)
    expect(await seenBy(kim.id)).toEqual([])

    // It is in no log: nobody's place in it moves, and members and other brands hear nothing.
    expect(stream.raw()).not.toMatch(/id: .*\ndata: .*presence/)
    expect([member.events(), outside.events()]).toEqual([[], []])
    expect((await there.rooms.ask(stranger, 'GET', '/presence')).body).toEqual({ items: [] })
    const answer = await here.rooms.ask(stranger, 'POST', `/escalations/${caseId}/presence`, {
      doing: 'viewing',
      window: 'one',
    })
    expect(answer.status).toBe(404)
    const [events] = await test.db.execute<{ n: number }>(sql`select count(*)::int as n from event`)
    expect(events?.n).toBe(0)
    for (const one of [stream, member, outside]) one.close()
  })
})
