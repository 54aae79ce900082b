import { sql } from 'drizzle-orm'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { inBrand } from '../../src/db/client.ts'
import { insertDecisions } from '../../src/decide/queries.ts'
import { HOUR, MINUTE } from '../../src/domain/clock.ts'
import { draws } from '../../src/domain/seeded.ts'
import { sendToStaff } from '../../src/escalate/send-to-staff.ts'
import { claimOffer, passOffer, releaseClaim } from '../../src/feed/claim.ts'
import { withdrawMentions } from '../../src/ingest/store.ts'
import { rebuildHours } from '../../src/people/offer-log.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'
import { aWorld, type TestWorld } from '../world.ts'

let test: TestDatabase
let world: TestWorld
beforeEach(async () => {
  test = await freshDatabase()
  world = await aWorld(test, { members: 6, capacity: 5 })
})
afterEach(async () => {
  await world.close()
  await test.drop()
})

const inside = <T>(work: Parameters<typeof inBrand<T>>[2]) => inBrand(test.db, world.cast.brandId, work)
const hours = () => test.db.execute<{ hours: number[] }>(sql`select * from response_hours order by member_id`)
type Open = { id: string; mention_id: string; member_id: string; user_id: string }

it('the hours in which members claim, counted anew from the event log, are the same to the last bit (M2, I7)', async () => {
  const random = draws(7)
  const acts = new Map<string, number>()
  for (let turn = 0; turn < 60; turn++) {
    await world.postAs(`asker${turn % 20}`, `@acme how do I connect printer number ${turn} to my wifi router?`)
    await world.drain()
    world.clock.pass(Math.round(random() * 25 * MINUTE) + turn)
    const offers = await test.db.execute<Open>(sql`
      select o.id, o.mention_id, o.member_id, p.user_id
      from offer o join member p on p.id = o.member_id join mention m on m.id = o.mention_id
      where o.state = 'open' order by o.id`)
    const one = offers[Math.floor(random() * offers.length)]
    if (!one) continue
    const at = world.clock.now()
    const by = { memberId: one.member_id, userId: one.user_id }
    const act = ['claim', 'claim', 'pass', 'release', 'staff', 'delete', 'wait'][Math.floor(random() * 7)]!
    acts.set(act, (acts.get(act) ?? 0) + 1)
    if (act === 'claim' || act === 'release') await inside((tx) => claimOffer(tx, one.id, by.memberId, at, 20 * MINUTE))
    if (act === 'release') await inside((tx) => releaseClaim(tx, one.id, by, at))
    if (act === 'pass') await inside((tx) => passOffer(tx, one.id, by, 'not-now', at))
    if (act === 'staff') await inside((tx) => sendToStaff(tx, one.mention_id, 'Too hard.', by, at, insertDecisions))
    if (act === 'delete') await inside((tx) => withdrawMentions(tx, [one.mention_id], at))
    if (act === 'wait') world.clock.pass(HOUR)
  }
  await world.postAs('last', '@acme where is the wifi button of my kettle?')
  await world.drain()
  expect(acts.size).toBe(6)
  const live = await hours()
  expect(live.flatMap((row) => row.hours).length).toBeGreaterThan(30)
  const { open } = (
    await test.db.execute<{ open: number }>(sql`
    select count(*)::int as open from offer where state = 'open'`)
  )[0]!
  expect(open).toBeGreaterThan(0)
  await test.db.execute(sql`update response_hours set claims = open`)
  expect(await inside(rebuildHours)).toBeGreaterThan(100)
  expect(await hours()).toEqual(live)
})
