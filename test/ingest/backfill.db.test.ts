import { sql } from 'drizzle-orm'
import type { FastifyInstance } from 'fastify'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Connector, ConnectorError, type Meter, type PollInput } from '../../connectors/connector.ts'
import { buildApp } from '../../src/app.ts'
import { inBrand } from '../../src/db/client.ts'
import { DAY, HOUR, MINUTE, SECOND } from '../../src/domain/clock.ts'
import { type FaultPoint, noFaults } from '../../src/domain/fault.ts'
import { keepPast } from '../../src/history.ts'
import { runBackfill } from '../../src/ingest/backfill-run.ts'
import { createUser } from '../../src/people/auth.ts'
import { addMembership } from '../../src/people/create.ts'
import { figures } from '../../src/report/queries.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'
import { type Ask, signedIn } from '../signed-in.ts'
import { aWorld, type TestWorld } from '../world.ts'

/** Ten days with posts, then a day in which the brand began to listen. */
const DAYS = 10
const POSTS_A_DAY = 40
const SINCE = '2026-03-05'

let test: TestDatabase
let w: TestWorld
let app: FastifyInstance
let admin: Ask

beforeEach(async () => {
  test = await freshDatabase()
  w = await aWorld(test, { members: 2, pollEverySeconds: 60 })
  for (let day = 0; day < DAYS; day++) {
    for (let n = 0; n < POSTS_A_DAY; n++)
      await w.postAs(`author${n % 5}`, `acme, how do I pair my wifi router ${day}-${n}?`)
    w.clock.pass(DAY)
  }
  await w.postAs('frida', 'acme, what of today?')
  await w.drain()
  app = await buildApp(w.world, null)
  const email = `${w.cast.brandId}@example.test`
  const userId = await createUser(test.db, { name: 'Ada', email, password: 'a long password' })
  await inBrand(test.db, w.cast.brandId, (tx) =>
    addMembership(tx, { userId, role: 'admin', by: 'system', at: w.clock.now() }),
  )
  admin = await signedIn(app, email, 'a long password')
}, 120_000)
afterEach(async () => {
  await app.close()
  await w.close()
  await test.drop()
})

const sourceId = () => w.cast.sourceIds[0]!
const path = () => `/sources/${sourceId()}/backfill`
const asked = (since = SINCE, capUsd: number | null = null) => admin('POST', path(), { since, capUsd })
const shown = async () => (await admin('GET', '/sources')).body.items[0].backfill
const rows = <T extends Record<string, unknown>>(query: ReturnType<typeof sql>) => test.db.execute<T>(query)
const history = async () =>
  (await rows<{ n: number }>(sql`select count(*)::int as n from mention where state = 'closed'`))[0]?.n
const running = async () => (await rows<{ id: string }>(sql`select id from backfill where state = 'running'`))[0]!.id

type Answer = (input: PollInput, meter: Meter) => ReturnType<Connector['poll']>

/** One page of the backfill under way, over its network or over a connector that answers so. */
async function page({ answer, fault = noFaults }: { answer?: Answer; fault?: FaultPoint } = {}) {
  const stop = new AbortController()
  const { world } = w
  await runBackfill({
    ...{ db: test.db, clock: w.clock, random: () => 0.5, keepPast: keepPast(world.kits) },
    connectorOf: (source, meter) =>
      answer
        ? ({ poll: (input: PollInput) => answer(input, meter) } as Partial<Connector> as Connector)
        : world.connectors.ofSource(source, meter),
    brandOf: async (id) => (await world.kits.of(id)).brand,
    fault: (name) => {
      fault(name)
      if (name === 'backfill.stored') stop.abort()
    },
    log: { error: () => {} },
  })({ brandId: w.cast.brandId, backfillId: await running() }, stop.signal)
}

const LOST = 'What came before last week was not heard.'
const losing: Answer = async () => ({ changes: [], cursor: 'c', state: 'more', gaps: [LOST] })

/** Nine of the ten days are older than the chosen day, or than listening reaches. */
const WANTED = (DAYS - 2) * POSTS_A_DAY + 1

describe('older posts of a source (L3)', () => {
  it('are kept as history: with their own dates, understood, decided and closed; nobody is offered them, no report counts them', async () => {
    const before = await w.counts()
    const [lively] = await rows(sql`select last_item_at, cursor, next_poll_at from source`)
    const { status, body } = await asked()
    expect([status, body.backfill]).toEqual([
      202,
      expect.objectContaining({ state: 'running', since: SINCE, share: 0, found: 0, trouble: null, waits: null }),
    ])
    await w.drain()
    const done = await shown()
    expect(done).toMatchObject({ state: 'done', share: 1, refused: 0, trouble: null, waits: null })
    // The newest day came by listening; of the first the posts before midnight are too old.
    expect(done.found).toBe(done.stored + done.known)
    expect(await history()).toBe(done.stored)
    expect(done.stored).toBeGreaterThan((DAYS - 3) * POSTS_A_DAY)
    expect(done.stored).toBeLessThanOrEqual(WANTED)

    const after = await w.counts()
    expect(after.offers).toEqual(before.offers)
    expect(after.events).toEqual({ ...before.events, 'source.changed': expect.any(Number) })
    expect(after.refusals).toEqual(before.refusals)
    const [odd] = await rows<{ n: number }>(sql`
      select count(*)::int as n from mention m left join decision d on d.mention_id = m.id left join classification c on c.mention_id = m.id
      where m.state = 'closed' and (m.received_at <> m.posted_at or m.hand_over_at is not null or m.cluster_id is not null
        or d.at is distinct from m.posted_at or c.mention_id is null or m.posted_at >= ${w.clock.now().toISOString()}::timestamptz - interval '1 day')`)
    expect(odd?.n).toBe(0)
    const now = w.clock.now()
    const span = { from: new Date(now.getTime() - 12 * DAY), to: new Date(now.getTime() + DAY), step: 'day' as const }
    const { total } = await inBrand(test.db, w.cast.brandId, (tx) =>
      figures(tx, { span, scope: 'all', network: null, settledBy: now }),
    )
    expect(total).toMatchObject({ total: before.events['mention.received'] })
    // Listening is where it was, and as quiet as it was.
    expect((await rows(sql`select last_item_at, cursor, next_poll_at from source`))[0]).toEqual(lively)
    const [day] = await rows<{ mentions: number; requests: number }>(
      sql`select mentions, requests from source_day order by day desc limit 1`,
    )
    expect(day?.mentions).toBe(before.events['mention.received'])
    expect(day?.requests).toBeGreaterThan(done.requests)
  })

  it('are one row with what listening brought, and a second time nothing is new', async () => {
    // Both stretches end between the posts of a day and those of the next.
    w.clock.pass(SECOND)
    await asked()
    await w.drain()
    const first = await shown()
    w.clock.pass(SECOND) // the newest is the one shown
    await asked('2026-03-04')
    await w.drain()
    const second = await shown()
    expect(second.known).toBe(first.found)
    expect(second.stored).toBe(second.found - first.found)
    const [twice] = await rows<{ n: number }>(
      sql`select count(*)::int as n from (select native_id from mention group by 1 having count(*) > 1) t`,
    )
    expect(twice?.n).toBe(0)
  })

  it('leave the last day to listening, even when that has not come to it', async () => {
    await w.postAs('gustav', 'acme, this was just posted')
    await asked()
    for (let n = 0; n < 20 && (await shown()).state === 'running'; n++) await page()
    expect((await shown()).state).toBe('done')
    const posted = () => rows<{ state: string }>(sql`select state from mention where text like '%just posted'`)
    expect(await posted()).toEqual([])
    w.clock.pass(MINUTE)
    await w.drain()
    expect(await posted()).toEqual([{ state: 'triage' }])
  })

  it('are told to the page as they come: how far, how many, and the oldest', async () => {
    await asked()
    const shares: number[] = []
    const found: number[] = []
    for (let n = 0; n < 20 && (await shown()).state === 'running'; n++) {
      await page()
      const { share, found: many } = await shown()
      shares.push(share)
      found.push(many)
    }
    expect(shares.length).toBeGreaterThan(3)
    expect(shares).toEqual(shares.toSorted((a, b) => a - b))
    expect(shares.filter((share) => share > 0.1 && share < 0.9).length).toBeGreaterThan(1)
    expect(found).toEqual(found.toSorted((a, b) => a - b))
    expect((await shown()).oldestAt.slice(0, 10)).toBe(SINCE)
  })
})

describe('a backfill whose worker dies (L3, L4)', () => {
  it.each(['backfill.fetched', 'backfill.stored'])(
    'at %s is taken up by another once that is taken for dead, with nothing lost or twice',
    async (point) => {
      await asked()
      const died = page({
        fault: (name) => {
          if (name === point) throw new Error('killed')
        },
      })
      await expect(died).rejects.toThrow('killed')
      const stored = (await shown()).stored
      expect(stored > 0).toBe(point === 'backfill.stored')
      expect(stored).toBe((await history()) ?? 0)
      if (point === 'backfill.fetched') {
        const { requests } = await shown()
        await page() // another worker, too early: it is not asked
        expect((await shown()).requests).toBe(requests)
      }
      w.clock.pass(4 * MINUTE)
      await w.drain()
      const done = await shown()
      expect(done).toMatchObject({ state: 'done', refused: 0 })
      expect(done.stored).toBe(await history())
      expect(done.found).toBe(done.stored + done.known)
      expect(done.stored).toBeGreaterThan((DAYS - 3) * POSTS_A_DAY)
    },
  )

  it('is worked on by one of two at once', async () => {
    await asked()
    let polls = 0
    const answer: Answer = async (_input, meter) => {
      meter.request()
      polls++
      await new Promise((resolve) => setTimeout(resolve, 50))
      return { changes: [], cursor: `c${polls}`, state: 'more', gaps: [] }
    }
    await Promise.all([page({ answer }), page({ answer }), page({ answer })])
    expect(polls).toBe(1)
    expect((await shown()).requests).toBe(1)
  })
})

describe('a backfill that is cancelled', () => {
  it('keeps what came, stores nothing of the page under way, and its requests are counted', async () => {
    await asked()
    await page()
    const before = await shown()
    const spent = async () =>
      (await rows<{ n: number }>(sql`select sum(requests)::int as n from source_day`))[0]?.n ?? 0
    const requests = await spent()
    await page({
      answer: async (_input, meter) => {
        meter.request()
        expect((await admin('DELETE', path())).body.backfill).toMatchObject({ state: 'cancelled' })
        const createdAt = new Date(w.clock.now().getTime() - 5 * DAY)
        const author = { id: 'late', handle: 'late' }
        const ref = { network: 'sandbox' as const, instance: 'sandbox', id: 'late' }
        const mention = { ref, kind: 'keyword' as const, author, text: 'acme too late', createdAt }
        return { changes: [{ type: 'upsert', mention }], cursor: 'c', state: 'more', gaps: [] }
      },
    })
    expect(await shown()).toMatchObject({ state: 'cancelled', stored: before.stored, found: before.found, waits: null })
    expect(await history()).toBe(before.stored)
    expect(await spent()).toBe(requests + 1)
    expect((await admin('DELETE', path())).status).toBe(404)
    const acts = await rows<{ act: string }>(
      sql`select act from audit where act like 'source.backfill%' order by at, id`,
    )
    expect(acts.map(({ act }) => act)).toEqual(['source.backfill', 'source.backfill-cancelled'])
    expect((await asked()).status).toBe(202)
  })

  it('ends with its source when that is removed, and says what is missing of what it has read', async () => {
    await asked()
    await page({ answer: losing })
    expect((await admin('DELETE', `/sources/${sourceId()}`)).status).toBe(204)
    expect(await rows(sql`select state, trouble from backfill`)).toEqual([{ state: 'cancelled', trouble: LOST }])
  })
})

describe('a backfill and listening (L4)', () => {
  it('waits while its half of the network’s patience is used up, says so, and listening goes on', async () => {
    const resetAt = new Date(w.clock.now().getTime() + HOUR)
    await test.db.execute(sql`delete from budget`)
    await test.db.execute(sql`
      insert into budget (brand_id, network, instance, scope, owner, key, "limit", remaining, reset_at)
      values (${w.cast.brandId}, 'sandbox', 'sandbox', 'app', '', 'requests', 100, 48, ${resetAt.toISOString()})`)
    await asked()
    await page({ answer: () => expect.fail('it should not have been asked') })
    const { waits } = await shown()
    expect(waits.why).toBe('The other half of what the network allows is kept for listening.')
    expect(new Date(waits.until).getTime()).toBeGreaterThan(resetAt.getTime())
    const before = w.network.answered.length
    w.clock.pass(MINUTE)
    await w.postAs('gustav', 'acme, are you there?')
    await w.drain()
    expect(w.network.answered.length).toBeGreaterThan(before)
    expect((await admin('GET', '/sources')).body.items[0]).toMatchObject({ putOff: null, trouble: null })
    expect((await shown()).found).toBe(0)
  })

  it('waits with a source that is paused or in trouble', async () => {
    await asked()
    for (const [set, why] of [
      [sql`state = 'paused'`, 'It waits until its source listens again.'],
      [sql`state = 'on', trouble = 'The network is down.'`, 'It waits until what is new can be heard again.'],
    ] as const) {
      await test.db.execute(sql`update source set ${set}`)
      await page({ answer: () => expect.fail('it should not have been asked') })
      expect((await shown()).waits).toEqual({ why, until: null })
    }
  })

  it('does not wait for a poll that stores its page, nor that for it', async () => {
    await asked()
    let polled: Promise<number> | null = null
    await w.postAs('gustav', 'acme, one more')
    w.clock.pass(MINUTE)
    await page({
      fault: (name) => {
        if (name === 'backfill.fetched') polled = w.drain()
      },
    })
    await polled
    expect((await w.counts()).mentions).toMatchObject({ offered: expect.any(Number) })
    expect((await shown()).state).toBe('done')
  })
})

describe('the money of a backfill (L4)', () => {
  it('ends it once the cap is spent, and it says how far it came', async () => {
    await asked(SINCE, 0.1)
    let n = 0
    const dear: Answer = async ({ maxRequests = 0 }, meter) => {
      for (let nth = 0; nth < maxRequests; nth++) {
        meter.request()
        meter.charge(15_000)
      }
      const reached = new Date(w.clock.now().getTime() - ++n * DAY)
      return { changes: [], cursor: `c${n}`, state: 'more', gaps: [LOST], reached }
    }
    for (let pages = 0; pages < 6 && (await shown()).state === 'running'; pages++) await page({ answer: dear })
    const { state, trouble, usd, share } = await shown()
    expect([state, trouble]).toEqual(['stopped', `The 0.10 $ it may cost are spent. ${LOST}`])
    expect(usd).toBeLessThanOrEqual(0.1)
    expect(usd).toBeGreaterThan(0.08)
    expect(share).toBeGreaterThan(0)
    const { body } = await admin('GET', '/sources')
    expect(body.items[0].spent.usd).toBe(usd)
    // It is no part of what a day of listening usually costs.
    w.clock.pass(DAY)
    await test.db.execute(sql`update source_day set micro_usd = micro_usd + 50000`)
    expect((await admin('GET', '/sources')).body.items[0].lookback).toEqual({ days: null, paid: false, usdADay: 0.05 })
  })
})

describe('a network that fails a backfill', () => {
  const failing =
    (kind: 'network-down' | 'refused' | 'cursor-expired'): Answer =>
    async () => {
      throw new ConnectorError(kind, `It is ${kind}.`)
    }

  it('is asked again later, ever less often, and given up after eight failures', async () => {
    await asked()
    for (let n = 1; n <= 8; n++) {
      expect((await shown()).state).toBe('running')
      await page({ answer: failing('network-down') })
      if (n === 1) expect((await shown()).waits).toMatchObject({ why: 'It is network-down.' })
      w.clock.pass(16 * MINUTE)
    }
    expect(await shown()).toMatchObject({ state: 'stopped', trouble: 'It is network-down.' })
    expect((await rows<{ trouble: string | null }>(sql`select trouble from source`))[0]?.trouble).toBeNull()
  })

  it('ends it at once when it refuses what is asked', async () => {
    await asked()
    await page({ answer: losing })
    await page({ answer: failing('refused') })
    expect(await shown()).toMatchObject({ state: 'stopped', trouble: `It is refused. ${LOST}` })
  })

  it('begins anew when the network no longer knows where it was, and nothing is twice', async () => {
    await asked()
    await page()
    await page({ answer: failing('cursor-expired') })
    w.clock.pass(2 * MINUTE)
    await w.drain()
    const done = await shown()
    expect(done.state).toBe('done')
    expect(done.known).toBeGreaterThan(0)
    expect(done.stored).toBe(await history())
  })

  it('is not asked without end when it gives the same again and again', async () => {
    await asked()
    const same: Answer = async () => ({ changes: [], cursor: 'c', state: 'more', gaps: [] })
    await page({ answer: same })
    for (let n = 1; n <= 8; n++) {
      w.clock.pass(16 * MINUTE)
      await page({ answer: same })
    }
    expect(await shown()).toMatchObject({ state: 'stopped', trouble: 'The network gives nothing further.' })
  })
})

describe('asking for a backfill', () => {
  it('is refused with what to do, and goes to one of two who ask at once', async () => {
    const problem = async (since: string) => {
      const { status, body } = await asked(since)
      return [status, body.detail]
    }
    expect(await problem('2026-03-14')).toEqual([422, expect.stringContaining('choose an earlier one')])
    expect((await problem('yesterday'))[0]).toBe(422)
    const both = await Promise.all([asked(), asked()])
    expect(both.map(({ status }) => status).sort()).toEqual([202, 409])
    w.clock.pass(10 * SECOND)
    expect((await problem(SINCE))[1]).toContain('under way already')
  })
})
