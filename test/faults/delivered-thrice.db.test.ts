import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Connector, RawMention } from '../../connectors/connector.ts'
import { SANDBOX_CAPABILITIES } from '../../connectors/sandbox/sandbox.ts'
import { type OpenDb, openDb } from '../../src/db/client.ts'
import { noFaults } from '../../src/domain/fault.ts'
import { runPoll } from '../../src/ingest/poll.ts'
import { brandById } from '../../src/people/brands.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'
import { aWorld, counts, type TestWorld } from '../world.ts'
import { dose } from './dose.ts'
import { assertInvariants } from './invariants.ts'
import { aText, type Draw, draws, seed, withSeed } from './texts.ts'

const POSTS = dose(10_000)
const PAGE = 100
/** Pages begin this far apart, so that each shares a fifth of its posts with the next. */
const STEP = 80
const TIMES = 3

let test: TestDatabase
let w: TestWorld
let workers: OpenDb[]
beforeAll(async () => {
  test = await freshDatabase()
  w = await aWorld(test, { members: 1, sources: 4 })
  workers = [openDb(test.url, { max: 3 }), openDb(test.url, { max: 3 })]
})
afterAll(async () => {
  await Promise.all(workers.map(({ close }) => close()))
  await w.close()
  await test.drop()
})

describe('a page that arrives again and again', () => {
  it('is stored once: every page three times, shuffled and overlapping, by two workers at once (R7, I1)', async () => {
    const draw = draws(seed)
    const posts = Array.from({ length: POSTS }, (_, n) => aPost(n, draw))
    const pages: RawMention[][] = []
    for (let from = 0; from < POSTS; from += STEP) pages.push(posts.slice(from, from + PAGE))
    // Mixed a few pages at a time, so that the same page is on its way twice at the same moment.
    const deliveries: RawMention[][] = []
    for (let from = 0; from < pages.length; from += 4) {
      const some = pages.slice(from, from + 4)
      const thrice = Array.from({ length: TIMES }, () => some.map((page) => shuffled(page, draw))).flat()
      deliveries.push(...shuffled(thrice, draw))
    }
    const delivered = deliveries.reduce((sum, page) => sum + page.length, 0)

    const woken: string[] = []
    const failures: unknown[] = []
    // Two polls at once in each of two workers, as the queue runs them, over sources that hear the same.
    const lanes = w.cast.sourceIds.map((sourceId, n) => ({ db: workers[n % 2]!.db, sourceId }))
    await Promise.all(
      lanes.map(async ({ db, sourceId }) => {
        for (let page = deliveries.pop(); page; page = deliveries.pop()) {
          const arrived = page
          const poll = runPoll({
            db,
            clock: w.clock,
            random: () => 0.5,
            connectorOf: () => connectorOf(arrived),
            brandOf: async (id) => (await brandById(db, id))!,
            wake: async (_brand, ids) => woken.push(...ids),
            fault: noFaults,
            log: w.world.log,
          })
          // The queue tries again what fails; so does this, and what failed is told.
          for (let tries = 1; ; tries++) {
            const failure = await poll({ sourceId }, new AbortController().signal).then(
              () => null,
              (error: unknown) => error,
            )
            if (failure === null) break
            failures.push(codeOf(failure))
            if (tries === 3) throw new Error(`three tries: ${codeOf(failure)}`)
          }
        }
      }),
    )

    const [rows] = await test.db.execute<{ n: number; distinct: number }>(
      sql`select count(*)::int as n, count(distinct native_id)::int as distinct from mention`,
    )
    const { events, refusals } = await counts(test.db)
    const seen = { rows, received: events['mention.received'], refusals, woken: new Set(woken).size, failures }
    expect(seen, withSeed).toEqual({
      rows: { n: POSTS, distinct: POSTS },
      received: POSTS,
      refusals: { duplicate: delivered - POSTS },
      woken: POSTS,
      failures: [],
    })
    await assertInvariants(test.db, w.clock.now(), withSeed)
  }, 240_000)
})

const aPost = (n: number, draw: Draw): RawMention => ({
  ref: { network: 'sandbox', instance: 'sandbox', id: String(9_007_199_254_740_993n + BigInt(n)) },
  kind: 'keyword',
  author: { id: `author-${n % 500}`, handle: `author${n % 500}` },
  text: n % 10 === 0 ? `The acme cloud has been down in the whole north since ${draw(24)} o'clock` : aText(draw),
  createdAt: new Date(Date.UTC(2026, 2, 4, 8) + n * 100),
})

const connectorOf = (page: RawMention[]): Connector => ({
  network: 'sandbox',
  capabilities: SANDBOX_CAPABILITIES,
  poll: async () => ({
    changes: page.map((mention) => ({ type: 'upsert', mention })),
    cursor: page[0]!.ref.id,
    state: 'drained',
    gaps: [],
  }),
  reply: () => Promise.reject(new Error('not asked')),
  findReply: async () => 'unknown',
  standing: async () => [],
})

function shuffled<T>(list: readonly T[], draw: Draw): T[] {
  const copy = [...list]
  for (let n = copy.length - 1; n > 0; n--) {
    const other = draw(n + 1)
    ;[copy[n], copy[other]] = [copy[other]!, copy[n]!]
  }
  return copy
}

/** The SQLSTATE of what went wrong; the message would hold the whole page. */
const codeOf = (error: unknown) => (error as { cause?: { code?: string } }).cause?.code ?? String(error)
