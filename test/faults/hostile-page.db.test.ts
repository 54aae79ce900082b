import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Change, RawMention } from '../../connectors/connector.ts'
import { sandboxConnector } from '../../connectors/sandbox/sandbox.ts'
import { inBrand } from '../../src/db/client.ts'
import { noFaults } from '../../src/domain/fault.ts'
import { newId } from '../../src/domain/id.ts'
import { systemRandom } from '../../src/domain/random.ts'
import { runPoll } from '../../src/ingest/poll.ts'
import { sourceById } from '../../src/ingest/queries.ts'
import { storeChanges } from '../../src/ingest/store.ts'
import { brandById } from '../../src/people/brands.ts'
import { wakeTriage } from '../../src/pipeline.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'
import { HOSTILE, type HostileEntry } from '../ingest/hostile.ts'
import { aWorld, counts, type TestWorld } from '../world.ts'
import { assertInvariants } from './invariants.ts'

const GOOD = 99
/** What one page may keep others waiting, in milliseconds of our own work. */
const MOST_STALL_MS = 200
/** No answer of a network is read beyond this; what is larger is the network's fault, told on the source. */
const MOST_BYTES = 10_000_000

let test: TestDatabase
let w: TestWorld
let server: Server
let items: unknown[] = []
let stall: ReturnType<typeof watchStalls>
beforeAll(async () => {
  test = await freshDatabase()
  w = await aWorld(test, { members: 1 })
  // What is read and compiled once for a brand is not what is measured.
  await w.postAs('pat', 'Hello acme, how are you?')
  await w.drain()
  server = createServer(({ url }, response) => {
    const page = url?.startsWith('/api/changes') ? { items: [], next: '0', more: false } : { items, next: null }
    response.setHeader('content-type', 'application/json').end(JSON.stringify(page))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  stall = watchStalls()
})
afterAll(async () => {
  stall.close()
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
  await w.close()
  await test.drop()
})

/**
 * The longest the event loop did not turn, in milliseconds of this process's own CPU: on a busy machine the clock on
 * the wall would accuse us of what others do.
 */
function watchStalls(): { worst: () => number; close: () => void } {
  let worst = 0
  let [wall, cpu] = [performance.now(), process.cpuUsage()]
  const timer = setInterval(() => {
    const used = process.cpuUsage(cpu)
    const gap = performance.now() - wall - 5
    worst = Math.max(worst, Math.min(gap, (used.user + used.system) / 1_000))
    ;[wall, cpu] = [performance.now(), process.cpuUsage()]
  }, 5)
  return {
    worst: () => {
      const seen = worst
      worst = 0
      return seen
    },
    close: () => clearInterval(timer),
  }
}

const at = (n: number) => new Date(Date.UTC(2026, 2, 4, 8, 59) + n)

/** Good posts with one bad among them, each page with ids of its own. */
function pageWith(name: string, make: (id: string, n: number) => RawMention, bad: RawMention): RawMention[] {
  const page = Array.from({ length: GOOD }, (_, n) => make(`${name}-${n}`, n))
  page.splice(50, 0, withOwnId(name, bad))
  return page
}

/** Posts of the corpus share one id where the id is not what is wrong with them; here each is a post of its own. */
const COMMON_ID = '9007199254740993'
const withOwnId = (name: string, bad: RawMention): RawMention =>
  bad?.ref?.id === COMMON_ID ? { ...bad, ref: { ...bad.ref, id: `bad-${name}` } } : bad

const good = (id: string, n: number): RawMention => ({
  ref: { network: 'sandbox', instance: 'sandbox', id },
  kind: 'keyword',
  author: { id: `author-${n}`, handle: `author${n}` },
  text: `How do I descale the acme kettle, step ${n}, after ${newId()}?`,
  createdAt: at(n),
})

/** The post as the network's own JSON: what JSON cannot say is lost on the way, as it would be. */
const asSandboxPost = (raw: RawMention | null | string) => {
  if (raw === null || typeof raw !== 'object') return raw
  const { ref, author, text, language, createdAt, parent, ...rest } = raw as Partial<RawMention>
  const date = createdAt instanceof Date && !Number.isNaN(createdAt.getTime()) ? createdAt.toISOString() : createdAt
  return {
    ...rest,
    ...{ id: ref?.id, text, language: language ?? null, createdAt: date, editedAt: null },
    author: author && { name: '', followers: 0, ...author },
    ...{ replyTo: parent?.id ?? null, root: null, likes: 0, replies: 0 },
  }
}

const refusedSoFar = async () => Object.values((await counts(test.db)).refusals).reduce((sum, n) => sum + Number(n), 0)
const stored = async (like: string) => {
  const [row] = await test.db.execute<{ n: number }>(
    sql`select count(*)::int as n from mention where starts_with(native_id, ${`${like}-`})`,
  )
  return row!.n // an aggregate has one row
}

describe('a page with one hostile post among 99 good ones', () => {
  it.each(HOSTILE.map((entry, n) => ({ ...entry, n })))(
    'stores the others when it comes by itself, as to a webhook: $name (R11, L6, L8)',
    async (entry: HostileEntry & { n: number }) => {
      const { brandId, sourceIds } = w.cast
      const brand = (await brandById(test.db, brandId))!
      const source = (await inBrand(test.db, brandId, (tx) => sourceById(tx, sourceIds[0]!)))!
      const changes = pageWith(`direct-${entry.n}`, good, entry.raw).map(
        (mention): Change => ({ type: 'upsert', mention }),
      )
      const before = await refusedSoFar()
      stall.worst()
      const ids = await inBrand(test.db, brandId, (tx) => storeChanges(tx, brand, source, changes, w.clock.now()))
      const refused = (await refusedSoFar()) - before
      const worst = stall.worst()

      expect(await stored(`direct-${entry.n}`)).toBe(GOOD)
      // Stored or counted by its reason, and never both.
      const { [entry.fate]: counted = 0 } = (await counts(test.db)).refusals
      expect({ stored: ids.length - GOOD, refused }).toEqual(
        entry.fate === 'kept' ? { stored: 1, refused: 0 } : { stored: 0, refused: 1 },
      )
      if (entry.fate !== 'kept') expect(counted).toBeGreaterThan(0)
      expect(worst).toBeLessThanOrEqual(MOST_STALL_MS)
    },
  )

  it.each(HOSTILE.map((entry, n) => ({ ...entry, n })))(
    'stores the others when a network gives it over HTTP: $name (R11, L6, L8)',
    async ({ n, raw }: HostileEntry & { n: number }) => {
      items = pageWith(`polled-${n}`, good, raw).map(asSandboxPost)
      const tooLarge = JSON.stringify(items).length > MOST_BYTES
      const before = await refusedSoFar()
      stall.worst()
      const woken: string[] = []
      const { port } = server.address() as AddressInfo
      const settings = { baseUrl: `http://127.0.0.1:${port}`, token: 'any', instance: 'sandbox' }
      await test.db.execute(sql`update source set cursor = null`) // each page is the first of its network
      await runPoll({
        db: test.db,
        clock: w.clock,
        random: () => 0.5,
        connectorOf: () => sandboxConnector(settings, { fetch, random: systemRandom, clock: w.clock }),
        brandOf: async (id) => (await brandById(test.db, id))!,
        wake: async (_brand, ids) => woken.push(...ids),
        fault: noFaults,
        log: w.world.log,
      })({ sourceId: w.cast.sourceIds[0]! }, new AbortController().signal)
      const worst = stall.worst()
      const [source] = await test.db.execute<{ trouble: string | null }>(
        sql`select trouble from source where id = ${w.cast.sourceIds[0]}`,
      )

      if (tooLarge) expect(source?.trouble).toContain('more than 10 MB')
      else {
        expect({ trouble: source?.trouble, stored: await stored(`polled-${n}`) }).toEqual({
          trouble: null,
          stored: GOOD,
        })
        expect(woken.length - GOOD + (await refusedSoFar()) - before).toBe(1)
      }
      expect(worst).toBeLessThanOrEqual(MOST_STALL_MS)
    },
  )

  it('leaves rows that every later step can work with', async () => {
    const rows = await test.db.execute<{ id: string }>(
      sql`select id from mention where text not like 'How do I descale%' order by id`,
    )
    expect(rows.length).toBeGreaterThan(100)
    await wakeTriage(w.queue.queues)(
      w.cast.brandId,
      rows.map(({ id }) => id),
    )
    stall.worst()
    await w.work()
    expect(stall.worst()).toBeLessThanOrEqual(MOST_STALL_MS)
    const [left] = await test.db.execute(
      sql`select count(*)::int as n from mention where state = 'new' and text not like 'How do I descale%'`,
    )
    expect(left).toEqual({ n: 0 })
    await assertInvariants(test.db, w.clock.now())
  }, 180_000)
})
