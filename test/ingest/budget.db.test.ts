import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Connector, ConnectorError, type Meter, type PollInput } from '../../connectors/connector.ts'
import { inBrand } from '../../src/db/client.ts'
import { HOUR, MINUTE, SECOND } from '../../src/domain/clock.ts'
import { noFaults } from '../../src/domain/fault.ts'
import { takeBudget } from '../../src/ingest/budget-queries.ts'
import { runPoll } from '../../src/ingest/poll.ts'
import { sourceById } from '../../src/ingest/queries.ts'
import { anAccount } from '../builders.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'
import { aWorld, type TestWorld } from '../world.ts'

let test: TestDatabase
let w: TestWorld
const ALLOWED = 8
beforeAll(async () => {
  test = await freshDatabase()
  w = await aWorld(test, {
    members: 0,
    sources: 2,
    pollEverySeconds: 15,
    allowance: { limit: ALLOWED, windowMs: MINUTE },
  })
})
afterAll(async () => {
  await w.close()
  await test.drop()
})

const sources = () =>
  test.db.execute<{ id: string; put_off: string | null; trouble: string | null; waits_s: number; failures: number }>(
    sql`select id, put_off, trouble, failures, extract(epoch from next_poll_at - ${w.clock.now().toISOString()})::float8 as waits_s
      from source order by name`,
  )
const clean = () =>
  test.db.execute(sql`with gone as (delete from budget), spent as (delete from source_day)
    update source set put_off = null, trouble = null, failures = 0, windows = null, monthly_cap_micro_usd = null, next_poll_at = ${w.clock.now().toISOString()}`)

/** One poll of a source over a connector that does so. */
async function polled(sourceId: string, poll: (input: PollInput, meter: Meter) => ReturnType<Connector['poll']>) {
  const asked: number[] = []
  await runPoll({
    db: test.db,
    clock: w.clock,
    random: () => 0.5,
    connectorOf: (_source, meter) =>
      ({
        poll: (input: PollInput) => {
          asked.push(input.maxRequests ?? Number.NaN)
          return poll(input, meter)
        },
      }) as Partial<Connector> as Connector,
    brandOf: async (id) => (await w.world.kits.of(id)).brand,
    wake: async () => {},
    fault: noFaults,
    log: { error: () => {} },
  })({ sourceId }, new AbortController().signal)
  return asked
}
const nothing = async () => ({ changes: [], cursor: 'c', state: 'drained' as const, gaps: [] })

describe('the budget of an app (L4)', () => {
  it('is shared by its sources: over four windows the network refuses nobody, and everything arrives', async () => {
    let posted = 0
    for (let minute = 0; minute < 4; minute++) {
      for (let n = 0; n < 28; n++, posted++)
        await w.postAs(`author${n % 4}`, `acme, post ${posted} of minute ${minute}`)
      for (let s = 0; s < 60; s += 10) {
        await w.drain()
        w.clock.pass(10 * SECOND)
      }
    }
    await w.drain()
    const [stored] = await test.db.execute<{ n: number }>(sql`select count(*)::int as n from mention`)
    expect(w.network.answered).not.toContain(429)
    expect(w.network.answered.length).toBeGreaterThan(20)
    expect(stored?.n).toBe(posted)
    const [day] = await test.db.execute<{ requests: number }>(
      sql`select sum(requests)::int as requests from source_day`,
    )
    expect(day?.requests).toBe(w.network.answered.length)
  })

  it('is closed to both by one refusal, and opened by one request of one of them', async () => {
    await clean()
    w.clock.pass(MINUTE)
    w.network.misbehave(() => '429')
    const before = w.network.answered.length
    await w.drain()
    expect(w.network.answered.slice(before)).toEqual([429])
    // Both were due at the same instant: either may have gone first.
    const [first, second] = [...(await sources())].sort(
      (a, b) => Number(b.trouble !== null) - Number(a.trouble !== null),
    )
    expect(first?.trouble).toContain('asks for fewer requests')
    expect(second).toMatchObject({ trouble: null, failures: 0 })
    expect(second?.put_off).toBe('The network asked for fewer requests.')
    for (const source of [first!, second!]) expect(source.waits_s).toBeGreaterThanOrEqual(31)

    w.network.misbehave(null)
    w.clock.pass(29 * SECOND)
    await w.drain()
    expect(w.network.answered).toHaveLength(before + 1)
    w.clock.pass(20 * SECOND)
    await w.drain()
    expect(w.network.answered.slice(before + 1)).not.toContain(429)
    for (const source of await sources()) expect(source).toMatchObject({ trouble: null, put_off: null })
  })

  it('tries with one request after a window was used up', async () => {
    await clean()
    const [one, two] = w.cast.sourceIds
    const usedUp = async (_input: PollInput, meter: Meter) => {
      meter.request()
      meter.rate({
        scope: 'app',
        key: 'search',
        limit: 9,
        remaining: 0,
        resetAt: new Date(w.clock.now().getTime() + HOUR),
      })
      return nothing()
    }
    expect(await polled(one!, usedUp)).toEqual([40])
    expect(await polled(two!, nothing)).toEqual([])
    expect((await sources())[1]?.put_off).toContain('“search” is used up')
    w.clock.pass(HOUR + SECOND)
    expect(await polled(two!, nothing)).toEqual([1])
    expect(await polled(two!, nothing)).toEqual([40])
  })

  it('of an address is shared by sources of different accounts, and that of an account is not', async () => {
    await clean()
    const [one, two] = w.cast.sourceIds
    for (const id of [one, two]) {
      const { id: account } = await inBrand(test.db, w.cast.brandId, (tx) => anAccount(tx))
      await test.db.execute(sql`update source set account_id = ${account} where id = ${id!}`)
    }
    const usedUp = (scope: 'account' | 'address') => async (_input: PollInput, meter: Meter) => {
      meter.request()
      const resetAt = new Date(w.clock.now().getTime() + HOUR)
      meter.rate({ scope, key: scope, limit: 9, remaining: 0, resetAt })
      return nothing()
    }
    expect(await polled(one!, usedUp('account'))).toEqual([40])
    expect(await polled(two!, usedUp('address'))).toEqual([40])
    w.clock.pass(HOUR + SECOND)
    expect(await polled(one!, usedUp('address'))).toEqual([1])
    expect(await polled(two!, nothing)).toEqual([])
    expect((await sources())[1]?.put_off).toContain('“address” is used up')
    await test.db.execute(sql`update source set account_id = null`)
  })

  it('is never given out twice, however many workers take from it at once', async () => {
    await clean()
    const { brandId, sourceIds } = w.cast
    await test.db.execute(sql`
      insert into budget (brand_id, network, instance, scope, owner, key, "limit", remaining, reset_at)
      values (${brandId}, 'sandbox', 'sandbox', 'app', '', 'search', 100, 100, ${new Date(w.clock.now().getTime() + HOUR).toISOString()})`)
    const source = await inBrand(test.db, brandId, (tx) => sourceById(tx, sourceIds[0]!))
    const taken = await Promise.all(
      Array.from({ length: 12 }, () => inBrand(test.db, brandId, (tx) => takeBudget(tx, source!, [], w.clock.now()))),
    )
    expect(
      taken
        .map(({ ask }) => ask)
        .sort((a, b) => b - a)
        .slice(0, 4),
    ).toEqual([40, 40, 20, 0])
  })
})

describe('what is asked beside polls (L4)', () => {
  it('is in the bill as well, whatever came of it, and comes to its caller untouched', async () => {
    await clean()
    const post = await w.postAs('author0', 'acme, who is asked after')
    const connector = await w.world.connectors.ofSourceId(w.cast.brandId, w.cast.sourceIds[0]!)
    const signal = new AbortController().signal
    const refs = [{ network: 'sandbox' as const, instance: 'sandbox', id: post }]
    w.clock.pass(MINUTE)
    expect(await connector.standing(refs, signal)).toMatchObject([{ gone: false }])
    w.network.misbehave(() => '503')
    await expect(connector.standing(refs, signal)).rejects.toMatchObject({ kind: 'bad-response' })
    w.network.misbehave(null)
    const [day] = await test.db.execute<{ requests: number }>(sql`select requests from source_day`)
    expect(day?.requests).toBe(2)
    const [window] = await test.db.execute<{ remaining: number }>(
      sql`select remaining from budget where key = 'requests'`,
    )
    expect(window?.remaining).toBeLessThan(ALLOWED)
  })
})

describe('the money of a source (L4)', () => {
  it('ends before the month’s cap, and comes back with the next month', async () => {
    await clean()
    const id = w.cast.sourceIds[0]!
    await test.db.execute(sql`update source set monthly_cap_micro_usd = 100000 where id = ${id}`)
    const dear = async ({ maxRequests = 0 }: PollInput, meter: Meter) => {
      for (let n = 0; n < Math.min(maxRequests, 3); n++) {
        meter.request()
        meter.charge(15_000)
      }
      return nothing()
    }
    const asked: number[] = []
    for (let n = 0; n < 6; n++) asked.push(...(await polled(id, dear)))
    const [day] = await test.db.execute<{ usd: string }>(
      sql`select micro_usd as usd from source_day where source_id = ${id}`,
    )
    expect(asked[0]).toBe(1)
    expect(Number(day?.usd)).toBeLessThanOrEqual(100_000)
    expect(Number(day?.usd)).toBeGreaterThan(80_000)
    const [source] = await sources()
    expect(source?.put_off).toBe('The 0.10 $ it may cost this month are spent.')
    w.clock.pass(28 * 24 * HOUR)
    expect(await polled(id, dear)).toEqual([1])
  })

  it('tells a used-up quota from a rate limit: it waits for the next day, and the row says which it was', async () => {
    await clean()
    const id = w.cast.sourceIds[0]!
    await polled(id, async () => {
      throw new ConnectorError('quota', 'The day’s allowance is used up.')
    })
    const [row] = await test.db.execute<{ kind: string; at: string }>(
      sql`select trouble_kind as kind, next_poll_at as at from source where id = ${id}`,
    )
    expect(row?.kind).toBe('quota')
    expect(new Date(row!.at).toISOString().slice(11, 17)).toBe('00:00:')
  })
})
