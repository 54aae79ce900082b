import { sql } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Access, ConnectorError } from '../../connectors/connector.ts'
import type { Fault } from '../../connectors/sandbox/network/faults.ts'
import { type Grants, openGrants } from '../../src/accounts/grants.ts'
import type { AccountRow } from '../../src/accounts/queries.ts'
import { type OpenDb, openDb } from '../../src/db/client.ts'
import { HOUR, MINUTE } from '../../src/domain/clock.ts'
import { noFaults } from '../../src/domain/fault.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'
import { aWorld, type TestWorld } from '../world.ts'
import { enterSandboxApp, linkSandbox } from './journey.ts'

let test: TestDatabase
let world: TestWorld
let grants: Grants
let account: AccountRow
let brandId: string
beforeEach(async () => {
  test = await freshDatabase()
  world = await aWorld(test, { members: 2 })
  await enterSandboxApp(world)
  account = await linkSandbox(world, { handle: 'helper0' })
  grants = world.world.grants
  brandId = world.cast.brandId
})
afterEach(async () => {
  await world.close()
  await test.drop()
})

const now = async () =>
  (await test.db.execute(sql`select state, trouble, secret from linked_account where id = ${account.id}`))[0]
const asked = (what: string) => world.network.spoken().filter((line) => line.startsWith(what)).length
const refreshes = () => asked('POST /oauth/token') - 1 // one was the code's
const accessOf = () => grants.accessOf(brandId, account.id)
const fails = (...faults: Fault[]) =>
  world.network.misbehave(({ url }) => (url.startsWith('/oauth/token') ? (faults.shift() ?? null) : null))
const whose = (token: string) =>
  fetch(`${world.network.url}/api/me`, { headers: { authorization: `Bearer ${token}` } }).then(
    (answer) => answer.status,
  )
const kindOf = (promise: Promise<unknown>) =>
  promise.then(
    () => 'no error',
    (error: ConnectorError) => error.kind,
  )
const told = async () =>
  (
    await test.db.execute<{ data: { state: string } }>(
      sql`select data from event where kind = 'account.changed' order by id`,
    )
  ).map(({ data }) => data.state)

describe('access to an account', () => {
  it('is what it was while it is good for five minutes more, and a renewed one after that', async () => {
    const first = await accessOf()
    world.clock.pass(HOUR - 5 * MINUTE)
    expect(await accessOf()).toEqual(first)
    expect(refreshes()).toBe(0)
    world.clock.pass(1)
    const second = await accessOf()
    expect([second.handle, refreshes(), await whose(second.token)]).toEqual(['helper0', 1, 200])
    expect(second.token).not.toBe(first.token)
    expect(await accessOf()).toEqual(second)
  })

  it('is renewed once for twenty who ask at once, in this process (30)', async () => {
    world.clock.pass(HOUR)
    const answers = await Promise.all(Array.from({ length: 20 }, accessOf))
    expect(new Set(answers.map(({ token }) => token)).size).toBe(1)
    expect([refreshes(), await whose(answers[0]!.token)]).toEqual([1, 200])
  })

  it('is renewed once for twenty who ask by as many pools, and no session is lost (30)', async () => {
    world.clock.pass(HOUR)
    const pools = Array.from({ length: 20 }, (): OpenDb => openDb(test.url, { max: 1 }))
    const each = pools.map(({ db }) => openGrants({ ...world.world, db, fault: noFaults }))
    const answers = await Promise.all(each.map((one) => one.accessOf(brandId, account.id)))
    await Promise.all(pools.map(({ close }) => close()))
    expect(new Set(answers.map(({ token }) => token)).size).toBe(1)
    expect([refreshes(), await whose(answers[0]!.token)]).toEqual([1, 200])
  })

  it('needs no more than the one connection there is, for many accounts at once', async () => {
    const others = await Promise.all(
      ['one', 'two', 'three'].map((handle) => linkSandbox(world, { handle, memberId: null })),
    )
    world.clock.pass(HOUR)
    const { db, close } = openDb(test.url, { max: 1 })
    const lone = openGrants({ ...world.world, db, fault: noFaults })
    const answers = await Promise.all([account, ...others].map(({ id }) => lone.accessOf(brandId, id)))
    await close()
    expect(answers.map(({ handle }) => handle)).toEqual(['helper0', 'one', 'two', 'three'])
  })

  it('is not doubted because the network is in trouble: what there is, is used while it lasts, then it is later (32)', async () => {
    world.clock.pass(HOUR - 3 * MINUTE)
    fails('503', 'html', 'drop-before')
    for (let n = 0; n < 3; n++) expect(await whose((await accessOf()).token)).toBe(200)
    world.clock.pass(3 * MINUTE)
    fails('503', 'drop-before')
    expect([await kindOf(accessOf()), await kindOf(accessOf())]).toEqual(['bad-response', 'network-down'])
    expect(await now()).toMatchObject({ state: 'linked', trouble: null })
    world.network.misbehave(null)
    expect(await whose((await accessOf()).token)).toBe(200)
  })

  it('ends when the network took the grant back: the account waits for its owner, who is told once (32, 33)', async () => {
    const { token } = await accessOf()
    await takenBack(token)
    world.clock.pass(HOUR)
    const answers = await Promise.all(Array.from({ length: 5 }, () => kindOf(accessOf())))
    expect(new Set(answers)).toEqual(new Set(['auth']))
    expect(refreshes()).toBe(1)
    expect(await now()).toMatchObject({
      state: 'needs-authorisation',
      trouble: expect.stringContaining('no longer accepts'),
    })
    expect(await told()).toEqual(['linked', 'needs-authorisation'])
    expect(await kindOf(accessOf())).toBe('auth')
    expect(refreshes()).toBe(1) // it is not asked again
  })

  it('is good again once its owner linked it anew', async () => {
    await takenBack((await accessOf()).token)
    world.clock.pass(HOUR)
    expect(await kindOf(accessOf())).toBe('auth')
    const again = await linkSandbox(world, { handle: 'helper0' })
    expect(again.id).toBe(account.id)
    expect(await whose((await accessOf()).token)).toBe(200)
    expect(await now()).toMatchObject({ state: 'linked', trouble: null })
  })

  it('keeps what the network gave when its connection broke before the commit', async () => {
    world.clock.pass(HOUR)
    const cut = openGrants({
      ...world.world,
      fault: (point) => {
        if (point !== 'grant.renewed') return
        void test.db.execute(sql`
          select pg_terminate_backend(pid) from pg_stat_activity
          where datname = current_database() and state = 'idle in transaction' and pid <> pg_backend_pid()`)
      },
    })
    const { token } = await cut.accessOf(brandId, account.id)
    expect([await whose(token), (await accessOf()).token === token, refreshes()]).toEqual([200, true, 1])
  })
})

async function takenBack(token: string): Promise<void> {
  const { baseUrl, clientId, clientSecret } = await world.network.appFor('http://127.0.0.1:4600/accounts/linked')
  const authorization = `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`
  const body = new URLSearchParams({ token })
  const answer = await fetch(`${baseUrl}/oauth/revoke`, { method: 'POST', headers: { authorization }, body })
  expect(answer.status).toBe(200)
}

describe('what is done with an account', () => {
  const refused = (kind: 'auth' | 'scope' | 'refused') => new ConnectorError(kind, `It is ${kind}.`)

  it('is done once more with renewed access when the network does not accept the first', async () => {
    const seen: Access[] = []
    const answer = await grants.use(brandId, account.id, async (as) => {
      seen.push(as)
      if (seen.length === 1) throw refused('auth')
      return 'done'
    })
    expect([answer, seen.length, refreshes()]).toEqual(['done', 2, 1])
    expect(seen[0]?.token).not.toBe(seen[1]?.token)
    expect(await now()).toMatchObject({ state: 'linked' })
  })

  it('makes the account wait for its owner when that is refused too, with the reason', async () => {
    let times = 0
    const work = async () => {
      times += 1
      return { error: refused('scope') }
    }
    const answer = await grants.use(brandId, account.id, work, ({ error }) => error)
    expect([answer.error.kind, times, refreshes()]).toEqual(['scope', 2, 1])
    expect(await now()).toMatchObject({ state: 'needs-authorisation', trouble: 'It is scope.' })
  })

  it('tries nothing again for any other refusal', async () => {
    let times = 0
    const work = async () => {
      times += 1
      throw refused('refused')
    }
    expect(await kindOf(grants.use(brandId, account.id, work))).toBe('refused')
    expect([times, refreshes(), (await now())?.state]).toEqual([1, 0, 'linked'])
  })

  it('takes what another process renewed meanwhile instead of renewing again', async () => {
    const other = openGrants({ ...world.world, fault: noFaults })
    let renewed = ''
    const answer = await grants.use(brandId, account.id, async (as) => {
      if (renewed !== '') return as.token
      await other.use(brandId, account.id, async (theirs) => {
        if (theirs.token === as.token) throw refused('auth')
        renewed = theirs.token
      })
      throw refused('auth')
    })
    expect([answer === renewed, refreshes()]).toEqual([true, 1])
  })
})
