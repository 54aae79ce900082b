import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Connector, PollResult, RawMention } from '../../connectors/connector.ts'
import { SECOND } from '../../src/domain/clock.ts'
import { noFaults } from '../../src/domain/fault.ts'
import { runPoll } from '../../src/ingest/poll.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'
import { aWorld, type TestWorld } from '../world.ts'

let test: TestDatabase
let w: TestWorld
beforeAll(async () => {
  test = await freshDatabase()
  w = await aWorld(test, { pollEverySeconds: 15 })
})
afterAll(async () => {
  await w.close()
  await test.drop()
})

let logged: string[]
beforeEach(() => {
  logged = []
})

const post = (id: string): RawMention => ({
  ref: { network: 'sandbox', instance: 'sandbox', id },
  kind: 'keyword',
  author: { id: 'a', handle: 'frida' },
  text: `acme post ${id}`,
  createdAt: w.clock.now(),
})

/** Polls once over a network that answers so; only `poll` of a connector is asked here. */
async function polled(answer: () => Promise<PollResult>): Promise<{ asked: number }> {
  let asked = 0
  const poll = async () => {
    asked++
    return answer()
  }
  await runPoll({
    db: test.db,
    clock: w.clock,
    random: () => 0.5,
    connectorOf: () => ({ poll }) as Partial<Connector> as Connector,
    brandOf: async (id) => (await w.world.kits.of(id)).brand,
    wake: async () => {},
    fault: noFaults,
    log: { error: (_about, message) => void logged.push(message) },
  })({ sourceId: w.cast.sourceIds[0]! }, new AbortController().signal)
  return { asked }
}

const source = async () => {
  const [row] = await test.db.execute<{ trouble: string | null; next_poll_at: string; failures: number }>(
    sql`select trouble, next_poll_at, failures from source`,
  )
  return { ...row, waitsMs: new Date(row?.next_poll_at ?? 0).getTime() - w.clock.now().getTime() }
}

const troubled = async () =>
  (await test.db.execute<{ n: number }>(sql`select count(*)::int as n from event where kind = 'source.troubled'`))[0]?.n

describe('a poll', () => {
  it('reads a backlog on at once while it brings anything new, ten pages in a row at most (L3)', async () => {
    let n = 0
    const { asked } = await polled(async () => ({
      changes: [{ type: 'upsert', mention: post(`new-${n}`) }],
      cursor: String(++n),
      state: 'more',
      gaps: [],
    }))
    expect(asked).toBe(10)
    expect((await source()).waitsMs).toBe(0)
  })

  it('does not hurry a network that says “more” and gives nothing new, or it would ask without a pause (L4)', async () => {
    const again = post('the-same')
    const same = async (): Promise<PollResult> => ({
      changes: [{ type: 'upsert', mention: again }],
      cursor: 'c',
      state: 'more',
      gaps: [],
    })
    expect((await polled(same)).asked).toBe(2) // the first brought it, the second nothing new
    expect((await source()).waitsMs).toBe(15 * SECOND)
  })

  it('writes a connector’s own failure down as the source’s trouble, and waits longer each time (L4, L8)', async () => {
    const broken = async () => {
      throw new TypeError('undefined is not a function')
    }
    await polled(broken)
    const first = await source()
    expect(first.trouble).toBe('The connector failed unexpectedly; the log says how.')
    expect(logged).toHaveLength(1)
    await polled(broken)
    expect((await source()).waitsMs).toBeGreaterThan(first.waitsMs)
    expect(await troubled()).toBe(0)
    for (let nth = 3; nth <= 7; nth++) await polled(broken)
    // Told once, at the fifth in a row.
    expect(await troubled()).toBe(1)
    await polled(async () => ({ changes: [], cursor: 'well', state: 'drained', gaps: [] }))
    expect(await source()).toMatchObject({ trouble: null, failures: 0 })
  })
})
