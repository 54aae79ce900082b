import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { inBrand } from '../../src/db/client.ts'
import { nearbyRoutes } from '../../src/feed/nearby/routes.ts'
import { type Asking, aServer, signedIn } from '../asking.ts'
import { aBrand, aMember, aStaff } from '../builders.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'
import { aLiveServer, type LiveServer, someone } from '../live/live-server.ts'
import { anOffered } from './offered.ts'

let test: TestDatabase
/** Two processes: what is said at one is seen at the other. */
let here: { live: LiveServer; rooms: Asking }
let there: typeof here
beforeAll(async () => {
  test = await freshDatabase()
  const aProcess = async () => {
    const live = await aLiveServer(test, { again: 50 })
    const present = (id: string) => live.hub.present(id, 'posts')
    return { live, rooms: await aServer((app, guard) => nearbyRoutes(app, { ...guard, db: test.db, present })) }
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

const helper = ({ id, userId }: { id: string; userId: string }, brandId: string) =>
  signedIn(userId, brandId, 'member', id)
const changes = (stream: { events: () => { kind: string }[] }) =>
  stream.events().filter(({ kind }) => kind === 'nearby.changed').length

describe('a member with a post open', () => {
  it('is seen, live and in every process, by the others who are offered it, and by nobody else (F1, I5)', async () => {
    const [brand, elsewhere] = [await aBrand(test.db), await aBrand(test.db)]
    const [ana, ben, cleo] = [
      await aMember(test.db, brand.id, { name: 'Ana' }),
      await aMember(test.db, brand.id, { name: 'Ben' }),
      await aMember(test.db, brand.id, { name: 'Cleo' }),
    ]
    const stranger = await aMember(test.db, elsewhere.id)
    const sam = await aStaff(test.db, brand.id)
    const { offers } = await inBrand(test.db, brand.id, (tx) => anOffered(tx, [ana, ben]))
    const hears = (memberId: string, brandId = brand.id) =>
      there.live.open(someone({ brandId, role: 'member', memberId }))
    const streams = await Promise.all([hears(ana.id), hears(ben.id), hears(cleo.id), hears(stranger.id, elsewhere.id)])
    const [hers, his, others, outside] = streams

    const say = (who: typeof ana, offer: string, doing: string, window = 'one') =>
      here.rooms.ask(helper(who, brand.id), 'POST', `/offers/${offer}/presence`, { doing, window })
    const seenBy = async (who: typeof ana, brandId = brand.id) =>
      (await there.rooms.ask(helper(who, brandId), 'GET', '/feed/presence')).body.items
    expect((await say(ana, offers[0]!, 'viewing')).status).toBe(204)
    await his.until(() => changes(his) === 1)
    expect(await seenBy(ben)).toEqual([{ offerId: offers[1], memberId: ana.id, name: 'Ana', doing: 'viewing' }])
    // Said again it is no news; another window of hers takes nothing back.
    await say(ana, offers[0]!, 'viewing')
    await say(ana, offers[0]!, 'writing', 'other')
    await his.until(() => changes(his) === 2)
    expect(await seenBy(ben)).toMatchObject([{ doing: 'writing' }])
    // Oneself is nobody else; who is not offered the post knows nothing of it, nor does another brand, nor staff.
    expect([await seenBy(ana), await seenBy(cleo), await seenBy(stranger, elsewhere.id)]).toEqual([[], [], []])
    const asStaff = await there.rooms.ask(signedIn(sam.id, brand.id, 'staff'), 'GET', '/feed/presence')
    expect(asStaff.status).toBe(403)
    // Nobody speaks from somebody else's offer.
    for (const [who, brandId] of [
      [cleo, brand.id],
      [stranger, elsewhere.id],
    ] as const) {
      const refused = await here.rooms.ask(helper(who, brandId), 'POST', `/offers/${offers[0]}/presence`, {
        doing: 'viewing',
        window: 'one',
      })
      expect(refused.status).toBe(404)
    }
    await say(ana, offers[0]!, 'left')
    await say(ana, offers[0]!, 'left', 'other')
    await his.until(() => changes(his) === 3)
    expect(await seenBy(ben)).toEqual([])
    expect([hers, others, outside].map(changes)).toEqual([0, 0, 0])
    const [events] = await test.db.execute<{ n: number }>(sql`select count(*)::int as n from event`)
    expect(events?.n).toBe(0)
    for (const one of streams) one.close()
  })

  it('who stands on no board is seen and not named (P4)', async () => {
    const brand = await aBrand(test.db)
    const [ana, ben] = [
      await aMember(test.db, brand.id, { name: 'Ana', listed: false }),
      await aMember(test.db, brand.id, { name: 'Ben' }),
    ]
    const { offers } = await inBrand(test.db, brand.id, (tx) => anOffered(tx, [ana, ben]))
    const path = `/offers/${offers[0]}/presence`
    await here.rooms.ask(helper(ana, brand.id), 'POST', path, { doing: 'viewing', window: 'one' })
    await expect
      .poll(async () => (await here.rooms.ask(helper(ben, brand.id), 'GET', '/feed/presence')).body.items)
      .toEqual([{ offerId: offers[1], memberId: ana.id, name: null, doing: 'viewing' }])
  })

  it('of a post that ended for either of them nothing is told', async () => {
    const brand = await aBrand(test.db)
    const [ana, ben] = [await aMember(test.db, brand.id), await aMember(test.db, brand.id)]
    const { offers } = await inBrand(test.db, brand.id, (tx) => anOffered(tx, [ana, ben]))
    const ended = (id: string) =>
      inBrand(test.db, brand.id, (tx) => tx.execute(sql`update offer set state = 'passed' where id = ${id}`))
    const say = (who: typeof ana, id: string) =>
      here.rooms.ask(helper(who, brand.id), 'POST', `/offers/${id}/presence`, { doing: 'viewing', window: 'one' })
    await say(ana, offers[0]!)
    await expect.poll(() => here.live.hub.present(brand.id, 'posts')).toHaveLength(1)
    expect((await here.rooms.ask(helper(ben, brand.id), 'GET', '/feed/presence')).body.items).toHaveLength(1)
    await ended(offers[0]!)
    expect((await here.rooms.ask(helper(ben, brand.id), 'GET', '/feed/presence')).body.items).toEqual([])
    await ended(offers[1]!)
    expect((await say(ben, offers[1]!)).status).toBe(204)
    expect(here.live.hub.present(brand.id, 'posts')).toHaveLength(1)
  })
})
