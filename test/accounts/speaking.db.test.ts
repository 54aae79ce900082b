import { sql } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { CONNECTORS } from '../../connectors/all.ts'
import type { Connector } from '../../connectors/connector.ts'
import { sandboxConnector } from '../../connectors/sandbox/sandbox.ts'
import { openConnections } from '../../src/connections.ts'
import { DAY, HOUR } from '../../src/domain/clock.ts'
import { runPoll } from '../../src/ingest/poll.ts'
import { sourceToPoll } from '../../src/ingest/queries.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'
import { answerSome } from '../faults/members.ts'
import { aWorld, type TestWorld } from '../world.ts'
import { enterSandboxApp, linkSandbox } from './journey.ts'

let test: TestDatabase
let world: TestWorld
beforeEach(async () => {
  test = await freshDatabase()
  world = await aWorld(test, { members: 2 })
  await enterSandboxApp(world)
})
afterEach(async () => {
  await world.close()
  await test.drop()
})

const rows = (query: ReturnType<typeof sql>) => test.db.execute<Record<string, unknown>>(query)
const linkOwn = (n: number, scopes: 'read write' | 'read' = 'read write') => {
  const { id: memberId, userId } = world.cast.members[n]!
  return linkSandbox(world, { handle: `helper${n}`, memberId, userId, scopes })
}

async function answered(posts: number): Promise<void> {
  for (let n = 0; n < posts; n++) await world.postAs('pat', `How do I pair my phone with the acme scanner, model ${n}?`)
  await world.drain()
  expect(await answerSome(test.db, world.cast, posts, world.clock)).toBe(posts)
}

describe('a reply', () => {
  it('is spoken with its member’s own token and with nobody else’s, over many renewals (36, 30)', async () => {
    await Promise.all([linkOwn(0), linkOwn(1)])
    for (let round = 0; round < 2; round++) {
      await answered(10) // so many that chance gives each of the two some
      world.clock.pass(1_000)
      await world.drain()
      world.clock.pass(HOUR) // every grant has ended
    }
    const sent = await rows(sql`
      select r.id, a.handle, h.handle as spoken from reply r join linked_account a on a.id = r.account_id
      join linked_account h on h.member_id = r.member_id and h.state = 'linked' where r.state = 'sent'`)
    expect(sent).toHaveLength(20)
    expect(sent.filter(({ handle, spoken }) => handle !== spoken)).toEqual([])
    // What the network itself says: who posted with which key, and whose token came with it.
    const posted = [...world.network.answers().values()].flat()
    expect(posted).toHaveLength(20)
    const bySelf = world.network.spoken().filter((line) => line.startsWith('POST /api/posts as'))
    for (const n of [0, 1]) {
      const hers = sent.filter(({ handle }) => handle === `helper${n}`).map(({ id }) => id)
      expect(hers.length).toBeGreaterThan(0)
      expect(bySelf.filter((line) => line.endsWith(`helper${n}`))).toHaveLength(hers.length)
      expect(new Set(posted.filter(({ key }) => hers.includes(key)).map(({ by }) => by)).size).toBe(1)
    }
  })

  it('that the account does not allow comes back to its author, and the account waits to be linked again (34)', async () => {
    await Promise.all([linkOwn(0, 'read'), linkOwn(1, 'read')])
    await answered(1)
    world.clock.pass(1_000)
    await world.drain()
    const [reply] = await rows(
      sql`select r.state, r.note, a.state as account from reply r join linked_account a on a.id = r.account_id`,
    )
    expect(reply).toEqual({
      state: 'failed',
      note: expect.stringContaining('link it again and allow that too'),
      account: 'needs-authorisation',
    })
    expect(world.network.answers().size).toBe(0)
  })

  it('waits while its account cannot be renewed, and leaves once it can', async () => {
    await Promise.all([linkOwn(0), linkOwn(1)])
    await answered(1)
    world.clock.pass(1_000)
    await rows(sql`update linked_account set expires_at = ${world.clock.now().toISOString()} where way = 'redirect'`)
    world.network.misbehave(({ url }) => (url.startsWith('/oauth/token') ? 'drop-before' : null))
    await world.drain()
    expect(await rows(sql`select state, attempts from reply`)).toEqual([{ state: 'queued', attempts: 1 }])
    world.network.misbehave(null)
    world.clock.pass(10_000)
    await world.drain()
    expect(await rows(sql`select state, attempts from reply`)).toEqual([{ state: 'sent', attempts: 2 }])
    expect(world.network.answers().size).toBe(1)
  })

  it('of an account that was disconnected meanwhile does not leave', async () => {
    await Promise.all([linkOwn(0), linkOwn(1)])
    await answered(1)
    await rows(sql`update linked_account set state = 'unlinked', secret = null where member_id is not null`)
    world.clock.pass(1_000)
    await world.drain()
    expect(await rows(sql`select state, note from reply`)).toEqual([
      { state: 'failed', note: 'The account was disconnected; link it again.' },
    ])
    expect(world.network.answers().size).toBe(0)
  })
})

describe('a source that reads with an account', () => {
  /** The sandbox as a network that lets nobody read without an account. */
  const open = (
    settings: unknown,
    deps: Parameters<NonNullable<(typeof CONNECTORS.sandbox & object)['open']>>[1],
  ): Connector =>
    sandboxConnector(
      { ...(settings as { baseUrl: string; instance: string }), token: deps.reader?.token ?? 'nobody' },
      deps,
    )
  const poll = async () => {
    const { world: w } = world
    const networks = { sandbox: { ...CONNECTORS.sandbox!, reads: 'with an account' as const, open } }
    const { ofSource } = openConnections({ ...w, ...w.connectorDeps, networks })
    const run = runPoll({
      ...{ db: test.db, clock: world.clock, random: () => 0.5, connectorOf: ofSource, fault: () => {} },
      ...{ brandOf: async (id) => (await w.kits.of(id)).brand, wake: async () => {}, log: { error: () => {} } },
    })
    await run({ sourceId: world.cast.sourceIds[0]! }, new AbortController().signal)
    const [row] = await rows(sql`select state, trouble, (select count(*)::int from mention) as mentions from source`)
    return row
  }

  it('renews it, stops when it was taken back, and goes on by itself once it is linked again (33)', async () => {
    const account = await linkSandbox(world, { handle: 'acme', memberId: null })
    await rows(sql`update source set account_id = ${account.id}`)
    await world.postAs('pat', 'Hello @acme')
    expect(await poll()).toMatchObject({ state: 'on', mentions: 1 })
    world.clock.pass(DAY)
    await world.postAs('pat', 'Hello again @acme')
    expect(await poll()).toMatchObject({ state: 'on', mentions: 2 })
    expect(
      world.network
        .spoken()
        .filter((line) => line.startsWith('GET /api/search as'))
        .every((line) => line.endsWith('acme')),
    ).toBe(true)

    // Used elsewhere: the network takes it for a theft and ends the session.
    const { baseUrl, ...client } = await world.network.appFor('http://127.0.0.1:4600/accounts/linked')
    const authorization = `Basic ${Buffer.from(`${client.clientId}:${client.clientSecret}`).toString('base64')}`
    const { token } = await world.world.grants.accessOf(world.cast.brandId, account.id)
    await fetch(`${baseUrl}/oauth/revoke`, {
      method: 'POST',
      headers: { authorization },
      body: new URLSearchParams({ token }),
    })
    await world.postAs('pat', 'Hello a third time @acme')
    const before = await rows(sql`select cursor from source`)
    expect(await poll()).toMatchObject({ state: 'needs-authorisation', mentions: 2 })
    expect(await rows(sql`select cursor from source`)).toEqual(before)
    expect((await sourceToPoll(test.db, world.cast.sourceIds[0]!))?.state).toBeUndefined()

    await linkSandbox(world, { handle: 'acme', memberId: null })
    expect(await poll()).toMatchObject({ state: 'on', trouble: null, mentions: 3 })
  })
})
