import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { maskPersonalData } from '../../src/classify/flags.ts'
import { capabilitiesOf } from '../../src/connections.ts'
import { inBrand } from '../../src/db/client.ts'
import { MINUTE } from '../../src/domain/clock.ts'
import { noFaults } from '../../src/domain/fault.ts'
import { claimOffer } from '../../src/feed/claim.ts'
import { handlers } from '../../src/pipeline.ts'
import { requestReply } from '../../src/reply/request.ts'
import { sweep } from '../../src/sweep.ts'
import { runTriage } from '../../src/triage.ts'
import { freshDatabase, type TestDatabase, untilSomebodyWaits } from '../database.ts'
import { aWorld, type TestWorld } from '../world.ts'
import { assertInvariants } from './invariants.ts'

let test: TestDatabase
let w: TestWorld
beforeAll(async () => {
  test = await freshDatabase()
  w = await aWorld(test, { members: 4 })
})
afterAll(async () => {
  await w.close()
  await test.drop()
})

const isFree = (memberId: string) =>
  test.db
    .execute(sql`select 1 from member where id = ${memberId} for no key update skip locked`)
    .then((rows) => rows.length === 1)

/** Hears all there is to hear and judges nothing of it. */
async function hear(): Promise<string[]> {
  const run = handlers(w.world, w.queue.queues, noFaults)
  const { db, clock, log } = w.world
  await sweep({ db, clock, wake: w.queue.queues.wake, log })
  for (let job = w.queue.take(); job; job = w.queue.take())
    if (job.name !== 'triage') await run[job.name](job.payload as never, new AbortController().signal)
  const heard = await db.execute<{ id: string }>(sql`select id from mention where state = 'new' order by id`)
  return heard.map(({ id }) => id)
}

describe('a page that gives points to one member and offers a post to another', () => {
  it('holds neither while it waits for the first of them in the order of ids (R11)', async () => {
    const [wifi, ink] = [
      '@acme how do I connect the printer to my wifi router?',
      '@acme how do I change the ink cartridge?',
    ]
    const byId = [...w.cast.members].sort((a, b) => (a.id < b.id ? -1 : 1))
    const helper = byId.at(-1)! // one of four
    const knowsWifi = w.cast.members.indexOf(helper) % 2 === 0
    const first = byId.find((member) => (w.cast.members.indexOf(member) % 2 === 0) !== knowsWifi)!.id

    await w.postAs('frida', knowsWifi ? wifi : ink)
    await w.drain()
    const [offer] = await test.db.execute<{ id: string; mention_id: string }>(
      sql`select id, mention_id from offer where state = 'open' and member_id = ${helper.id}`,
    )
    const { id, mention_id: mentionId } = offer!
    await inBrand(test.db, w.cast.brandId, async (tx) => {
      await claimOffer(tx, id, helper.id, w.clock.now(), 20 * MINUTE)
      const author = { ...helper, member: { id: helper.id, rank: 'helper' as const } }
      const wanted = { mentionId, text: 'Press WPS first.', voice: 'own' as const, key: 'a-key-1' }
      await requestReply(tx, author, wanted, capabilitiesOf, w.clock, maskPersonalData)
    })
    await w.drain()
    const [reply] = await test.db.execute<{ remote_id: string }>(sql`select remote_id from reply where state = 'sent'`)

    // One page: thanks for the helper, and a question for those who know the other thing, who come before the helper.
    await w.postAs('frida', 'That worked, thank you so much!', reply!.remote_id)
    await w.postAs('otto', knowsWifi ? ink : wifi)
    w.clock.pass(MINUTE)
    const page = { brandId: w.cast.brandId, mentionIds: await hear() }
    expect(page.mentionIds).toHaveLength(2)
    let worked: Promise<unknown> = Promise.resolve()
    await test.db.transaction(async (other) => {
      await other.execute(sql`select 1 from member where id = ${first} for no key update`)
      worked = runTriage({ ...w.world, fault: noFaults })(page)
      await untilSomebodyWaits(test.db)
      expect(await isFree(helper.id)).toBe(true)
    })
    await worked
    expect(await w.counts()).toMatchObject({ points: 25, mentions: { closed: 2, offered: 1 } })
    await assertInvariants(test.db, w.clock.now())
  })
})
