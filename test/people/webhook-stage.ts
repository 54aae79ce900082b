import { randomBytes } from 'node:crypto'
import { sql } from 'drizzle-orm'
import type { FastifyInstance } from 'fastify'
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest'
import type { Fetch } from '../../connectors/http.ts'
import { buildApp } from '../../src/app.ts'
import { type BrandTx, inBrand } from '../../src/db/client.ts'
import { appendEvents, type EventKind } from '../../src/db/events.ts'
import { MINUTE } from '../../src/domain/clock.ts'
import { WEBHOOK_TYPES } from '../../src/domain/webhooks.ts'
import { createUser } from '../../src/people/auth.ts'
import { addMembership } from '../../src/people/create.ts'
import { runWebhook } from '../../src/people/webhooks/deliver.ts'
import { dueTargets } from '../../src/people/webhooks/queries.ts'
import { spreadEvents } from '../../src/people/webhooks/spread.ts'
import { aMention } from '../builders.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'
import { type Ask, signedIn } from '../signed-in.ts'
import { aWorld, setClock, type TestWorld } from '../world.ts'
import { aReceiver } from './a-receiver.ts'

/** The idempotency key of another press. */
export const newKey = (): string => randomBytes(12).toString('hex')

const PASSWORD = 'a long password'

/** What the tests of a file share: a database for all, and a brand, an admin and a receiver for each. */
type Stage = {
  test: TestDatabase
  receiver: Awaited<ReturnType<typeof aReceiver>>
  world: TestWorld
  app: FastifyInstance
  ada: Ask
  /** Makes the process "die" at the point named; once. */
  deadly: string | null
}

/** Sets the stage before each test of the file that calls it. */
export function webhookStage() {
  const on = { deadly: null } as unknown as Stage // the rest is there before any test begins
  beforeAll(async () => {
    on.test = await freshDatabase()
  })
  afterAll(() => on.test.drop())
  beforeEach(async () => {
    on.receiver = await aReceiver()
    on.deadly = null
    const fault = (point: string) => {
      if (point !== on.deadly) return
      on.deadly = null
      throw new Error('killed')
    }
    // Verifying compares with the real clock.
    on.world = await aWorld(on.test, { members: 1, clock: setClock(new Date()), fault })
    on.app = await buildApp(on.world.world, null)
    const email = `ada-${on.world.cast.brandId}@example.test`
    const userId = await createUser(on.test.db, { name: 'Ada', email, password: PASSWORD })
    await inside((tx) => addMembership(tx, { userId, role: 'admin', by: 'system', at: now() }))
    on.ada = await signedIn(on.app, email, PASSWORD)
  }, 90_000)
  afterEach(async () => {
    // The sweep is for all brands: those of the tests before tell nobody any more.
    await on.test.db.execute(sql`delete from webhook_target`)
    await on.app.close()
    await on.world.close()
    await on.receiver.close()
  })

  const now = () => on.world.clock.now()
  const inside = <T>(work: (tx: BrandTx) => Promise<T>) => inBrand(on.test.db, on.world.cast.brandId, work)
  const happens = (kind: EventKind, mentionId: string | null, data: object = {}, memberIds: string[] = []) =>
    inside((tx) => appendEvents(tx, [{ kind, mentionId, memberIds, actor: 'system', data: { ...data }, at: now() }]))
  const aPost = (row: Parameters<typeof aMention>[1] = {}) =>
    inside((tx) => aMention(tx, { state: 'triage', receivedAt: now(), ...row }))

  async function aTarget(given: { types?: readonly string[]; kind?: string; url?: string } = {}) {
    const body = { name: 'The CRM', kind: 'standard', url: `${on.receiver.url}/in`, types: WEBHOOK_TYPES, ...given }
    await settled()
    const made = await on.ada('POST', '/webhooks', body, newKey())
    expect(made.status).toBe(201)
    return { id: made.body.webhook.id as string, secret: made.body.secret as string }
  }
  /** Until every event can be read: a transaction of anybody else on the same server holds them back. */
  async function settled() {
    for (let tries = 0; tries < 400; tries++) {
      const [row] = await on.test.db.execute<{ held: boolean }>(sql`
        select exists (select 1 from event where xid >= pg_snapshot_xmin(pg_current_snapshot())) as held`)
      if (!row!.held) return // a select without from has one row
      await new Promise((resolve) => setTimeout(resolve, 25))
    }
    throw new Error('somebody holds the event log back')
  }
  /** What the sweep does for webhooks, and the work it wakes. */
  async function tell() {
    await settled()
    await inside((tx) => spreadEvents(tx, now()))
    for (const target of await dueTargets(on.test.db, now(), 100)) await on.world.queue.queues.wake('webhook', target)
    await on.world.work()
  }
  /** Sends what is due at one target as a worker does, over another line. */
  async function sendBy(fetch: Fetch, targetId: string, signal = new AbortController().signal) {
    const { db, clock, vault } = on.world.world
    const writing = { baseUrl: '', mask: (text: string) => text }
    const chance = { random: () => 0.5, fault: () => {}, silentMs: MINUTE }
    await runWebhook({ db, clock, vault, writing, fetch, ...chance })(
      { brandId: on.world.cast.brandId, targetId },
      signal,
    )
  }
  const log = async (id: string) => (await on.ada('GET', `/webhooks/${id}/deliveries`)).body.items
  const shown = async (id: string) =>
    (await on.ada('GET', '/webhooks')).body.items.find((one: { id: string }) => one.id === id)
  return { on, now, inside, happens, aPost, aTarget, settled, tell, sendBy, log, shown }
}
