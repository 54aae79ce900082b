import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { inBrand } from '../../src/db/client.ts'
import { appendEvents } from '../../src/db/events.ts'
import { systemClock } from '../../src/domain/clock.ts'
import { makeTarget } from '../../src/people/webhooks/targets.ts'
import { aMention } from '../builders.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'
import { aReceiver, idsOf } from '../people/a-receiver.ts'
import { aWorld, type TestWorld } from '../world.ts'
import { openWorkers, type Workers } from './processes.ts'

/** More than the dead take along. */
const POSTS = 150
const DEATHS = ['webhook.taken', 'webhook.sent', 'webhook.taken:2', 'webhook.sent:2']

let test: TestDatabase
let w: TestWorld
let workers: Workers
let receiver: Awaited<ReturnType<typeof aReceiver>>
beforeAll(async () => {
  test = await freshDatabase()
  receiver = await aReceiver()
  w = await aWorld(test, { clock: { ...systemClock, pass: () => {} }, members: 0 })
  workers = await openWorkers(test.url, null)
})
afterAll(async () => {
  await workers.close()
  await w.close()
  await receiver.close()
  await test.drop()
})

const states = async () => {
  const rows = await test.db.execute<{ state: string; n: number }>(
    sql`select state, count(*)::int as n from webhook_delivery group by 1`,
  )
  return Object.fromEntries(rows.map(({ state, n }) => [state, n]))
}

describe('a worker killed while it tells a webhook', () => {
  it('leaves nothing untold, and what is told twice has one id (O1, I4)', async () => {
    await test.db.execute(sql`update source set next_poll_at = now() + interval '1 day'`)
    const at = systemClock.now()
    const posts = await inBrand(test.db, w.cast.brandId, async (tx) => {
      const url = `${receiver.url}/in`
      const target = { name: 'The CRM', kind: 'standard', url, types: ['mention.received'] } as const
      await makeTarget(tx, w.world.vault, target, { userId: w.cast.staff.userId, at, key: 'a press' })
      const made: string[] = []
      for (let n = 0; n < POSTS; n++) made.push((await aMention(tx, { state: 'ignored', receivedAt: at })).id)
      const event = { kind: 'mention.received' as const, actor: 'system', at }
      await appendEvents(
        tx,
        made.map((mentionId) => ({ ...event, mentionId })),
      )
      return made
    })
    for (const fault of DEATHS) {
      const { signal, said } = await workers.start(fault).ended
      expect(signal, said).toBe('SIGKILL')
    }
    expect((await states()).sending).toBeGreaterThan(0)

    workers.start()
    await expect.poll(states, { timeout: 120_000, interval: 100 }).toEqual({ sent: POSTS })
    const told = new Map<string, Set<string>>()
    for (const { headers, body } of receiver.got) {
      const { id } = JSON.parse(body).data.mention
      told.set(id, (told.get(id) ?? new Set()).add(String(headers['webhook-id'])))
    }
    expect([...told.keys()].sort()).toEqual([...posts].sort())
    expect([...told.values()].filter((ids) => ids.size !== 1)).toEqual([])
    // Somebody died after it was told and before it was written.
    expect(idsOf(receiver.got).length).toBeGreaterThan(POSTS)
  }, 300_000)
})
