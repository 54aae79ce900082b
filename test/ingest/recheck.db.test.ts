import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Connector, ConnectorError } from '../../connectors/connector.ts'
import { capabilitiesOf } from '../../src/connections.ts'
import { inBrand } from '../../src/db/client.ts'
import { HOUR, MINUTE } from '../../src/domain/clock.ts'
import { noFaults } from '../../src/domain/fault.ts'
import type { SourceRow } from '../../src/ingest/queries.ts'
import { runRecheck } from '../../src/ingest/recheck-run.ts'
import { withdraw } from '../../src/ingest/store.ts'
import { setOwnTerms } from '../../src/people/terms/queries.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'
import { aWorld, type TestWorld } from '../world.ts'

let test: TestDatabase
let w: TestWorld
/** Where the process dies next; null: nowhere. */
let dies: string | null = null
beforeAll(async () => {
  test = await freshDatabase()
  w = await aWorld(test, {
    members: 1,
    fault: (name) => {
      if (name !== dies) return
      dies = null
      throw new Error(`died at ${name}`)
    },
  })
})
afterAll(async () => {
  await w.close()
  await test.drop()
})

/** Asks after what is due; nothing is polled, so nobody tells of deletions otherwise. */
const recheck = async () => {
  await w.queue.queues.wake('recheck', { brandId: w.cast.brandId, sourceId: w.cast.sourceIds[0]! })
  return w.work()
}
const makeDue = () =>
  test.db.execute(sql`update mention set recheck_at = ${w.clock.now().toISOString()} where state <> 'withdrawn'`)
type Row = { state: string; text: string; recheck_at: string | null; withdrawals: number }
const mention = async (nativeId: string): Promise<Row> => {
  const [row] = await test.db.execute<Row>(sql`
    select state, text, recheck_at, (select count(*)::int from event e where e.mention_id = m.id and kind = 'mention.withdrawn') as withdrawals
    from mention m where native_id = ${nativeId}`)
  return row!
}

describe('a post that its network took back without telling (L7)', () => {
  it('is withdrawn once it is asked after, wherever the process dies on the way, and only that one', async () => {
    const gone = await w.postAs(
      'frida',
      '@acme my card 4111 1111 1111 1111 was charged for a router, call frida@example.com',
    )
    const stays = await w.postAs('gustav', '@acme how do I connect the wifi of the router?')
    await w.drain()
    await makeDue()
    await w.network.remove('frida', gone)

    dies = 'recheck.fetched'
    await expect(recheck()).rejects.toThrow('died at recheck.fetched')
    expect(await mention(gone)).toMatchObject({ withdrawals: 0 })
    dies = 'recheck.stored'
    await expect(recheck()).rejects.toThrow('died at recheck.stored')
    await recheck()
    await recheck()

    expect(await mention(gone)).toMatchObject({
      ...{ state: 'withdrawn', text: '[deleted by its author]', recheck_at: null, withdrawals: 1 },
    })
    expect(await mention(stays)).toMatchObject({
      text: '@acme how do I connect the wifi of the router?',
      withdrawals: 0,
    })
    expect((await mention(stays)).state).not.toBe('withdrawn')
  })

  it('leaves nothing of its words in any table but the log of what our people did', async () => {
    const tables = await test.db.execute<{ name: string }>(sql`
      select table_name as name from information_schema.columns where table_schema = 'public' and column_name = 'brand_id' order by 1`)
    const held: string[] = []
    for (const { name } of tables) {
      const rows = await test.db.execute(sql`
        select 1 from ${sql.identifier(name)} t where t::text ilike '%4111%' or t::text ilike '%was charged for a router%'`)
      if (rows.length > 0) held.push(name)
    }
    expect(held).toEqual([])
    const [decision] = await test.db.execute<{ handle: string | null; blanked: boolean }>(sql`
      select facts->>'author.handle' as handle, blanked_at is not null as blanked
      from decision d join mention m on m.id = d.mention_id where m.state = 'withdrawn'`)
    expect(decision).toEqual({ handle: null, blanked: true })
  })

  it('is not taken for gone while the network does not answer, and is asked after later', async () => {
    const post = await w.postAs('hanna', '@acme does the printer take other ink?')
    w.clock.pass(MINUTE)
    await w.drain()
    await makeDue()
    await w.network.remove('hanna', post)
    // An answer that does not read is asked for again in halves, a few times; any other trouble is the server's.
    for (const [fault, most] of [
      ['503', 1],
      ['html', 9],
      ['429', 1],
      ['drop-before', 1],
    ] as const) {
      w.network.misbehave(() => fault)
      await test.db.execute(sql`update source set recheck_after = null`)
      await test.db.execute(sql`delete from budget`)
      const before = w.network.answered.length
      await recheck()
      expect([fault, (await mention(post)).withdrawals]).toEqual([fault, 0])
      const asked = w.network.answered.length - before
      expect([fault, asked <= most]).toEqual([fault, true])
      await recheck() // it waits: nobody is asked again at once
      expect(w.network.answered.length - before).toBe(asked)
    }
    w.network.misbehave(null)
    w.clock.pass(11 * MINUTE)
    await recheck()
    expect(await mention(post)).toMatchObject({ state: 'withdrawn', withdrawals: 1 })
  })
})

describe('posts that are asked after together (L7, L8)', () => {
  it('are settled though one of them is never answered for; that one stays, and waits like any other', async () => {
    const posts = []
    for (const author of ['luca', 'mona', 'nils']) posts.push(await w.postAs(author, `@acme a question of ${author}`))
    const [silent, gone, stays] = posts as [string, string, string]
    w.clock.pass(MINUTE)
    await w.drain()
    await makeDue()
    const { db, clock, random, connectors } = w.world
    const standing: Connector['standing'] = async (refs) => {
      if (refs.some(({ id }) => id === silent)) throw new ConnectorError('bad-response', 'Of no known shape.')
      return refs.map((ref) => ({ ref, gone: ref.id === gone, metrics: {}, answers: [] }))
    }
    const connectorOf = (row: SourceRow) => ({ ...connectors.ofSource(row), standing })
    const sandbox = capabilitiesOf('sandbox')!
    const asIfSilent = () => ({ ...sandbox, listen: { ...sandbox.listen, deletes: 'recheck' as const } })
    const run = runRecheck({ db, clock, random, connectorOf, capabilitiesOf: asIfSilent, fault: noFaults })
    await test.db.execute(sql`update source set recheck_after = null`)
    await run({ brandId: w.cast.brandId, sourceId: w.cast.sourceIds[0]! }, AbortSignal.timeout(60_000))
    expect(await mention(gone)).toMatchObject({ state: 'withdrawn' })
    for (const id of [silent, stays]) {
      const { state, recheck_at: again } = await mention(id)
      expect(state).not.toBe('withdrawn')
      expect(new Date(again!).getTime()).toBeGreaterThan(clock.now().getTime())
    }
  })
})

describe('a brand that wants deleted posts gone sooner than its network does (L7, P2)', () => {
  it('has old posts asked after more often, from the next question on', async () => {
    const post = await w.postAs('olga', '@acme does the scanner scan slides?')
    w.clock.pass(MINUTE)
    await w.drain()
    const { db, clock, random, connectors } = w.world
    const standing: Connector['standing'] = async (refs) =>
      refs.map((ref) => ({ ref, gone: false, metrics: {}, answers: [] }))
    const connectorOf = (row: SourceRow) => ({ ...connectors.ofSource(row), standing })
    const sandbox = capabilitiesOf('sandbox')!
    const asIfSilent = () => ({ ...sandbox, listen: { ...sandbox.listen, deletes: 'recheck' as const } })
    const run = runRecheck({ db, clock, random, connectorOf, capabilitiesOf: asIfSilent, fault: noFaults })
    const waitHours = async () => {
      await test.db.execute(sql`update source set recheck_after = null`)
      await test.db.execute(sql`
        update mention set recheck_at = ${clock.now().toISOString()}, received_at = ${clock.now().toISOString()}::timestamptz - interval '60 days'
        where native_id = ${post}`)
      await run({ brandId: w.cast.brandId, sourceId: w.cast.sourceIds[0]! }, AbortSignal.timeout(60_000))
      return (new Date((await mention(post)).recheck_at!).getTime() - clock.now().getTime()) / HOUR
    }
    expect(await waitHours()).toBe(7 * 24)
    await inBrand(db, w.cast.brandId, (tx) => setOwnTerms(tx, 'sandbox', { deleteWithinHours: 8 }))
    expect(await waitHours()).toBe(6)
    await inBrand(db, w.cast.brandId, (tx) => setOwnTerms(tx, 'sandbox', {}))
  })
})

describe('a deletion that comes before the post (L7)', () => {
  const lost = { instance: 'sandbox', nativeId: 'not-yet-heard-of' }

  it('keeps it away, and is counted', async () => {
    await inBrand(test.db, w.cast.brandId, (tx) => withdraw(tx, 'sandbox', [lost, lost], w.clock.now()))
    const post = await w.postAs('ida', '@acme gone before you heard of me')
    await inBrand(test.db, w.cast.brandId, (tx) =>
      withdraw(
        tx,
        'sandbox',
        [
          { instance: 'sandbox', nativeId: post },
          { instance: 'another server', nativeId: post },
        ],
        w.clock.now(),
      ),
    )
    w.clock.pass(MINUTE)
    await w.drain()
    expect(await mention(post)).toBeUndefined()
    expect((await w.counts()).refusals.deleted).toBe(1)
  })

  it('finds it although both were stored at the same instant and saw nothing of each other', async () => {
    const post = await w.postAs('jon', '@acme we crossed on the way')
    w.clock.pass(MINUTE)
    await w.drain()
    // What two transactions leave behind that ran at once: the mention and the tombstone.
    await test.db.execute(sql`
      insert into tombstone (brand_id, network, instance, native_id, at)
      values (${w.cast.brandId}, 'sandbox', 'sandbox', ${post}, ${w.clock.now().toISOString()})`)
    await w.drain()
    expect(await mention(post)).toMatchObject({ state: 'withdrawn', withdrawals: 1 })
  })

  it('of one server says nothing of another’s post with the same id', async () => {
    const post = await w.postAs('kim', '@acme ids are not unique in the world')
    w.clock.pass(MINUTE)
    await w.drain()
    await inBrand(test.db, w.cast.brandId, (tx) =>
      withdraw(tx, 'sandbox', [{ instance: 'another server', nativeId: post }], w.clock.now()),
    )
    expect((await mention(post)).state).not.toBe('withdrawn')
  })
})
