import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { inBrand } from '../../src/db/client.ts'
import { MINUTE } from '../../src/domain/clock.ts'
import { endTry } from '../../src/reply/queries.ts'
import { after, NINE } from '../builders.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'
import { aWorld, counts, setClock, type TestWorld } from '../world.ts'
import { assertInvariants, assertNetwork } from './invariants.ts'
import { answerSome } from './members.ts'

const clock = setClock()
let stands = false
let test: TestDatabase
let w: TestWorld
beforeAll(async () => {
  test = await freshDatabase()
  // A process that is stopped, or whose event loop is blocked, just before it speaks to the network.
  const fault = (point: string) => {
    if (stands && point === 'send.begun') clock.pass(2 * MINUTE)
    if (point === 'send.begun') stands = false
  }
  w = await aWorld(test, { members: 2, clock, fault })
})
afterAll(async () => {
  await w.close()
  await test.drop()
})

describe('a sender that stood still', () => {
  it('sends nothing once another may have taken over; the reply leaves later, once (R15, I3)', async () => {
    await w.postAs('pat', 'How do I pair my phone with the acme scanner?')
    await w.drain()
    expect(await answerSome(test.db, w.cast, 1, clock)).toBe(1)
    stands = true
    // The send alone: a sweep would go on with it at once.
    await w.queue.queues.wake('send', { brandId: w.cast.brandId, replyId: await onlyReply() })
    await w.work()
    expect(stands).toBe(false)
    expect(w.network.requests.size).toBe(0)

    for (let n = 0; n < 3; n++) {
      clock.pass(MINUTE)
      await w.drain()
    }
    expect((await counts(test.db)).replies).toEqual({ sent: 1 })
    await assertNetwork(test.db, w.network)
    await assertInvariants(test.db, clock.now())
  })
})

describe('the end of a try', () => {
  it('counts from whoever has the try now, except that a reply that stands is believed of anybody (I3)', async () => {
    const id = await onlyReply()
    const [first, second] = [NINE, after(MINUTE)]
    const note = 'It did not arrive.'
    const put = { state: 'queued' as const, sendAfter: second, note }
    const sent = { state: 'sent' as const, at: second, ref: null, checkAt: null }
    const outcomes = await inBrand(test.db, w.cast.brandId, async (tx) => {
      await tx.execute(sql`update reply set state = 'sending', sending_at = ${second.toISOString()} where id = ${id}`)
      return [
        await endTry(tx, id, { begun: first }, put), // whom another has followed
        await endTry(tx, id, { begun: first }, { state: 'failed', note }),
        await endTry(tx, id, { begun: second }, put),
        await endTry(tx, id, { begun: first }, sent), // late, and true: it must not leave again
        await endTry(tx, id, { begun: second }, sent),
      ]
    })
    expect(outcomes).toEqual([false, false, true, true, false])
  })
})

async function onlyReply(): Promise<string> {
  const [row] = await test.db.execute<{ id: string }>('select id from reply')
  return row!.id // the test stored one
}
