import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { MINUTE } from '../../src/domain/clock.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'
import { aWorld, counts, type TestWorld } from '../world.ts'
import { assertInvariants, assertNetwork } from './invariants.ts'
import { answerSome } from './members.ts'

let test: TestDatabase
let w: TestWorld
beforeAll(async () => {
  test = await freshDatabase()
  w = await aWorld(test, { members: 2 })
})
afterAll(async () => {
  await w.close()
  await test.drop()
})

const isReply = ({ method, url }: { method: string; url: string }) => method === 'POST' && url === '/api/posts'

/** Somebody asks, and a member's answer is about to leave. */
async function answered(author: string, text: string): Promise<void> {
  w.clock.pass(MINUTE)
  await w.postAs(author, text)
  await w.drain()
  expect(await answerSome(test.db, w.cast, 1, w.clock)).toBe(1)
}

describe('a reply whose sending got no clear answer', () => {
  it('is looked for at the network, found, and not sent again (F6, I3)', async () => {
    await answered('pat', 'How do I pair my phone with the acme scanner?')
    // It arrives, and the connection breaks before the network can say so.
    w.network.misbehave((request) => (isReply(request) ? 'drop-after' : null))
    await w.drain()
    w.network.misbehave(null)
    expect((await counts(test.db)).replies).toEqual({ sending: 1 })

    w.clock.pass(MINUTE)
    await w.drain()
    expect((await counts(test.db)).replies).toEqual({ sent: 1 })
    await assertNetwork(test.db, w.network)
    await assertInvariants(test.db, w.clock.now())
  })

  it('is sent once more when the network is sure that it never arrived', async () => {
    await answered('kim', 'How do I pair my tablet with the acme plotter?')
    w.network.misbehave((request) => (isReply(request) ? 'drop-before' : null))
    await w.drain()
    w.network.misbehave(null)
    for (let n = 0; n < 3; n++) {
      w.clock.pass(MINUTE)
      await w.drain()
    }
    expect((await counts(test.db)).replies).toEqual({ sent: 2 })
    expect([...w.network.answers().values()].map((posts) => posts.length)).toEqual([1, 1])
    await assertInvariants(test.db, w.clock.now())
  })

  it('is left to a person when the network cannot say', async () => {
    await answered('lee', 'How do I pair my laptop with the acme label maker?')
    w.network.misbehave((request) => (isReply(request) ? 'drop-after' : null))
    await w.drain()
    // The look-up is answered by something that is no answer.
    w.network.misbehave(({ url }) => (url.startsWith('/api/posts/by-key') ? 'redirect' : null))
    w.clock.pass(MINUTE)
    await w.drain()
    w.network.misbehave(null)
    const { replies, events } = await counts(test.db)
    expect({ replies, told: events['reply.unknown'] }).toEqual({ replies: { sent: 2, unknown: 1 }, told: 1 })
    await assertInvariants(test.db, w.clock.now())
  })
})
