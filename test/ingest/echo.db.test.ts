import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { RawMention } from '../../connectors/connector.ts'
import { MINUTE } from '../../src/domain/clock.ts'
import { type Known, sort } from '../../src/ingest/ingest.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'
import { assertInvariants } from '../faults/invariants.ts'
import { answerSome } from '../faults/members.ts'
import { aWorld, counts, type TestWorld } from '../world.ts'

let test: TestDatabase
let w: TestWorld
let dies = false
beforeAll(async () => {
  test = await freshDatabase()
  // A process that dies with the network's answer in its hands.
  const fault = (point: string) => {
    if (point !== 'send.answered' || !dies) return
    dies = false
    throw new Error('the process died')
  }
  w = await aWorld(test, { members: 1, fault })
})
afterAll(async () => {
  await w.close()
  await test.drop()
})

describe('a reply of ours', () => {
  it('that a poll brings before its sender could write its id down is known for ours (L5, 45)', async () => {
    const asked = await w.postAs('pat', 'How do I pair my phone with the acme scanner?')
    await w.drain()
    await answerSome(test.db, w.cast, 1, w.clock)
    await test.db.execute(sql`update reply set text = 'Hold the button of the acme scanner.'`)
    dies = true
    await expect(w.drain()).rejects.toThrow('the process died')
    expect(w.network.answers().get(asked)).toHaveLength(1)

    w.clock.pass(20_000) // time to poll, and too early to take the send over
    await w.drain()
    const { mentions, replies, refusals } = await counts(test.db)
    expect({ mentions, replies, echo: refusals.echo }).toEqual({
      mentions: { claimed: 1 },
      replies: { sending: 1 },
      echo: 1,
    })
    w.clock.pass(MINUTE)
    await w.drain()
    expect((await counts(test.db)).replies).toEqual({ sent: 1 })
    await assertInvariants(test.db, w.clock.now())
  })

  it('that a person found on the network, so that its id stays unknown, is known for ours as well', async () => {
    await test.db.execute(sql`update reply set remote_id = null`)
    await test.db.execute(sql`update source set cursor = null, next_poll_at = ${w.clock.now().toISOString()}`)
    await w.drain() // everything once more
    expect((await counts(test.db)).mentions).toEqual({ replied: 1 })
  })

  it('is known for ours by its account too, where the network tells apps nobody’s name', async () => {
    const [answer] = [...w.network.answers().values()].flat()
    await test.db.execute(sql`
      update linked_account set handle = 'Ana Lind', remote_id = ${answer!.by} where id in (select account_id from reply)`)
    await test.db.execute(sql`update source set cursor = null, next_poll_at = ${w.clock.now().toISOString()}`)
    await w.drain()
    expect((await counts(test.db)).mentions).toEqual({ replied: 1 })
  })
})

describe('a post without a parent, by an account that has a reply on its way', () => {
  const since = new Date('2026-03-04T09:00:00Z')
  const known: Known = {
    handles: new Set(),
    blockedAuthors: new Set(),
    exclude: [],
    replies: new Map(),
    inFlight: [{ handle: 'ana', authorId: '7', parentId: '1', text: 'Hold the acme button.', since }],
  }
  const refused = (change: Partial<RawMention>) => {
    const mention: RawMention = {
      ref: { network: 'sandbox', instance: 'sandbox', id: '2' },
      kind: 'keyword',
      author: { id: '7', handle: 'Ana' },
      text: 'Hold the acme button.',
      createdAt: since,
      ...change,
    }
    const { refused } = sort([{ type: 'upsert', mention }], known, new Date(since.getTime() + MINUTE), () => 'id')
    return [...refused.keys()][0] ?? null
  }

  it('is that reply by its words and time', () => {
    expect(refused({})).toBe('echo')
    expect(refused({ text: 'Hold the acme button. ' })).toBe('echo')
    expect(refused({ text: 'I love my acme kettle' })).toBeNull()
    expect(refused({ createdAt: new Date(since.getTime() - 10 * MINUTE) })).toBeNull()
    expect(refused({ author: { id: '8', handle: 'ben' } })).toBeNull()
  })

  it('is known by its account where a network tells nobody’s name', () => {
    expect(refused({ author: { id: '7', handle: 'Somebody on LinkedIn' } })).toBe('echo')
    expect(refused({ author: { id: '8', handle: 'Somebody on LinkedIn' } })).toBeNull()
  })
})
