import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Capabilities } from '../../connectors/connector.ts'
import { SANDBOX_CAPABILITIES } from '../../connectors/sandbox/sandbox.ts'
import { inBrand } from '../../src/db/client.ts'
import { HOUR, SECOND } from '../../src/domain/clock.ts'
import { noFaults } from '../../src/domain/fault.ts'
import { paceOf } from '../../src/reply/reply.ts'
import { runSend } from '../../src/reply/send.ts'
import { after, aMention, anOffer, aReply } from '../builders.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'
import { aWorld, type TestWorld } from '../world.ts'

let test: TestDatabase
let w: TestWorld
beforeAll(async () => {
  test = await freshDatabase()
  w = await aWorld(test, { members: 1 })
})
afterAll(async () => {
  await w.close()
  await test.drop()
})
beforeEach(async () => {
  w.clock.pass(24 * HOUR)
  await test.db.execute(sql`delete from reply`)
})

/** Replies of one member, due now. @returns their ids */
async function dueReplies(many: number): Promise<string[]> {
  const [member] = w.cast.members
  const at = w.clock.now()
  const ids: string[] = []
  for (let n = 0; n < many; n++) {
    const nativeId = await w.network.postAs('pat', `How do I clean my acme printer ${n}?`)
    await inBrand(test.db, w.cast.brandId, async (tx) => {
      const place = { network: 'sandbox', instance: 'sandbox' }
      const held = { holderId: member!.id, leaseUntil: after(HOUR, at) }
      const sourceId = w.cast.sourceIds[0]! // the one
      const { id: mentionId } = await aMention(tx, {
        ...place,
        ...held,
        nativeId,
        sourceId,
        state: 'claimed',
        receivedAt: at,
      })
      await anOffer(tx, {
        mentionId,
        memberId: member!.id,
        state: 'claimed',
        offeredAt: at,
        expiresAt: after(HOUR, at),
      })
      const [account] = await tx.execute<{ id: string }>(
        sql`select id from linked_account where member_id = ${member!.id}`,
      )
      const by = { memberId: member!.id, userId: member!.userId, accountId: account!.id } // made with the cast
      ids.push(
        (await aReply(tx, { ...place, ...by, mentionId, state: 'queued', requestedAt: at, text: `Softly ${n}.` })).id,
      )
    })
  }
  return ids
}

const sendAt = (pace: NonNullable<Capabilities['reply']>['pace']) =>
  runSend({
    db: test.db,
    clock: w.clock,
    random: () => 0.5,
    connectorFor: w.world.connectors.ofSourceId,
    useAccount: w.world.grants.use,
    capabilityOf: () => ({ ...SANDBOX_CAPABILITIES.reply!, ...(pace ? { pace } : { pace: { seconds: 30 } }) }),
    onSent: async () => {},
    onTakenBack: async () => {},
    fault: noFaults,
  })

const states = async () => {
  const rows = await test.db.execute<{ state: string; wait: number }>(sql`
    select state, extract(epoch from send_after - ${w.clock.now().toISOString()}::timestamptz)::int as wait
    from reply order by state desc, id`)
  return rows.map(({ state, wait }) => (state === 'queued' ? `queued for ${wait} s` : state))
}
const all = (send: ReturnType<typeof runSend>, ids: string[]) =>
  Promise.all(ids.map((replyId) => send({ brandId: w.cast.brandId, replyId }, new AbortController().signal)))

describe('the pace of an account (F5)', () => {
  it('lets one of many replies leave that are due at once, and the next half a minute later', async () => {
    const ids = await dueReplies(4)
    const send = sendAt({ seconds: 30 })
    await all(send, ids)
    expect(await states()).toEqual(['sent', 'queued for 30 s', 'queued for 30 s', 'queued for 30 s'])
    w.clock.pass(30 * SECOND)
    await all(send, ids)
    expect((await states()).filter((state) => state === 'sent')).toHaveLength(2)
  })

  it('keeps within what the network takes in a window, however many press at once', async () => {
    const ids = await dueReplies(6)
    const send = sendAt({ seconds: 0, most: { posts: 2, minutes: 60 } })
    await all(send, ids)
    expect((await states()).filter((state) => state === 'sent')).toHaveLength(2)
    w.clock.pass(30 * SECOND)
    await all(send, ids)
    expect((await states()).filter((state) => state === 'sent')).toHaveLength(2)
    w.clock.pass(HOUR)
    await all(send, ids)
    expect((await states()).filter((state) => state === 'sent')).toHaveLength(4)
  })

  it('is 30 to 45 seconds where a network says nothing of it', () => {
    const { pace: _, ...silent } = SANDBOX_CAPABILITIES.reply!
    expect([0, 0.999].map((random) => Math.floor(paceOf(silent, random).gapMs / SECOND))).toEqual([30, 44])
    expect(paceOf(SANDBOX_CAPABILITIES.reply, 0.5)).toEqual({ gapMs: 0, most: null })
  })
})
