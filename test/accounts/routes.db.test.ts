import { sql } from 'drizzle-orm'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { buildApp } from '../../src/app.ts'
import { inBrand } from '../../src/db/client.ts'
import { MINUTE } from '../../src/domain/clock.ts'
import { createUser } from '../../src/people/auth.ts'
import { addMembership } from '../../src/people/create.ts'
import { authorise } from '../connectors/sandbox-authorise.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'
import { type Ask, signedIn } from '../signed-in.ts'
import { aWorld, type TestWorld } from '../world.ts'

const PASSWORD = 'a long password'

let test: TestDatabase
let world: TestWorld
let app: FastifyInstance
let mia: Ask
let ben: Ask
let ada: Ask
beforeAll(async () => {
  test = await freshDatabase()
  world = await aWorld(test, { members: 2, password: PASSWORD })
  app = await buildApp(world.world, null)
  const [one, two] = world.cast.members
  const userId = await createUser(test.db, { name: 'Ada', email: 'ada@example.test', password: PASSWORD })
  await inBrand(test.db, world.cast.brandId, (tx) =>
    addMembership(tx, { userId, role: 'admin', by: 'system', at: world.clock.now() }),
  )
  mia = await signedIn(app, one!.email, PASSWORD)
  ben = await signedIn(app, two!.email, PASSWORD)
  ada = await signedIn(app, 'ada@example.test', PASSWORD)
}, 90_000)
afterAll(async () => {
  await app.close()
  await world.close()
  await test.drop()
})

const begin = (ask: Ask, whose: 'own' | 'brand' = 'own') =>
  ask('POST', '/accounts/begin', { whose, network: 'sandbox', server: null })
const finish = (ask: Ask, params: Record<string, string>) => ask('POST', '/accounts/finish', { params })
const accounts = async (ask: Ask) => (await ask('GET', '/accounts')).body
const journey = async (ask: Ask, handle: string, whose: 'own' | 'brand' = 'own') =>
  authorise((await begin(ask, whose)).body.url, { handle })
// biome-ignore lint/suspicious/noExplicitAny: as the answers they are taken from
const sandboxIn = (items: any[]): any => items.find(({ network }) => network === 'sandbox')
const spoken = () => world.network.spoken().slice(-4)

describe('our app at a network', () => {
  it('has to be there before anybody is sent to it; an admin enters it, and its secret never comes back', async () => {
    expect(await begin(mia)).toMatchObject({
      status: 503,
      body: { detail: expect.stringContaining('An admin has to enter') },
    })
    expect(sandboxIn((await accounts(mia)).networks)).toMatchObject({ ways: [{ ready: false }] })
    const { apps } = await accounts(ada)
    expect(sandboxIn(apps)).toMatchObject({ entered: null })
    const values = await world.network.appFor(sandboxIn(apps).redirectUri)
    const faulty = await ada('PUT', '/network-apps/sandbox', { values: { ...values, baseUrl: 'nowhere' } })
    expect(faulty).toMatchObject({ status: 422, body: { detail: expect.stringContaining('baseUrl') } })
    const entered = await ada('PUT', '/network-apps/sandbox', { values })
    expect(entered).toMatchObject({ status: 200, body: { entered: { values: { clientId: values.clientId } } } })
    expect(JSON.stringify([entered.body, await accounts(ada), await accounts(mia)])).not.toContain(values.clientSecret)
    const kept = await ada('PUT', '/network-apps/sandbox', { values: { ...values, clientSecret: '' } })
    expect(kept.status).toBe(200)
    expect(sandboxIn((await accounts(mia)).networks).ways[0].ready).toBe(true)
    expect((await begin(mia)).status).toBe(200)
    const rows = await test.db.execute<{ settings: string }>(sql`select settings from network_app`)
    expect(rows.every(({ settings }) => settings.startsWith('v2.'))).toBe(true)
  })
})

describe('a network that reads who we are', () => {
  it('finds it at our address, without signing in, under the names we gave and no others', async () => {
    const { statusCode } = await app.inject({ url: '/oauth/bluesky/somebody-else.json' })
    const found = await app.inject({ url: '/oauth/bluesky/client-metadata.json' })
    expect(found.json()).toMatchObject({ redirect_uris: ['http://127.0.0.1:4600/accounts/linked'] })
    expect([found.statusCode, statusCode]).toEqual([200, 200]) // on one machine every name is the loopback client's
    expect((await app.inject({ url: '/oauth/bluesky/client-metadata' })).statusCode).toBe(404)
  })
})

describe('linking', () => {
  beforeEach(async () => {
    await test.db.execute(sql`update linked_account set state = 'unlinked', secret = null`)
  })

  it('gives a member an account of their own, which speaks for nobody else (36)', async () => {
    const linked = await finish(mia, await journey(mia, 'mia_b'))
    expect(linked).toMatchObject({
      status: 200,
      body: { whose: 'own', account: { handle: 'mia_b', state: 'linked', scopes: ['read', 'write'], endsAt: null } },
    })
    expect((await accounts(mia)).own).toEqual([linked.body.account])
    expect(await accounts(ben)).toMatchObject({ own: [], brand: null, apps: null })
    expect(await accounts(ada)).toMatchObject({ own: null, brand: [] })
    expect(JSON.stringify([await accounts(mia), linked.body])).not.toContain('sandbox_')
    const [audited] = await test.db.execute(
      sql`select act, details ->> 'handle' as handle from audit order by at desc, id desc`,
    )
    expect(audited).toEqual({ act: 'account.linked', handle: 'mia_b' })
  })

  it('is for whoever began it, once, within ten minutes, and not for what nobody began (35)', async () => {
    const params = await journey(mia, 'mia_b')
    expect((await finish(ben, params)).status).toBe(404)
    expect((await finish(mia, { ...params, state: 'another' })).status).toBe(404)
    expect((await finish(mia, { code: params.code! })).status).toBe(404)
    const both = await Promise.all([finish(mia, params), finish(mia, params)])
    expect(both.map(({ status }) => status).sort()).toEqual([200, 410])
    const late = await journey(mia, 'mia_b')
    world.clock.pass(10 * MINUTE)
    expect((await finish(mia, late)).status).toBe(410)
    const left = await test.db.execute(sql`select 1 from link_attempt where used_at is not null and keep is not null`)
    expect(left).toHaveLength(0)
  })

  it('says that the person said no, in words', async () => {
    const params = await authorise((await begin(mia)).body.url, 'deny')
    expect(await finish(mia, params)).toMatchObject({ status: 422, body: { detail: 'You did not allow it.' } })
    expect((await accounts(mia)).own).toEqual([])
  })

  it('of the brand’s account is an admin’s act; a member’s account is their own', async () => {
    expect((await begin(mia, 'brand')).status).toBe(403)
    expect((await begin(ada, 'own')).status).toBe(403)
    const linked = await finish(ada, await journey(ada, 'acme', 'brand'))
    expect(linked.body).toMatchObject({ whose: 'brand', account: { handle: 'acme' } })
    expect((await mia('DELETE', `/accounts/${linked.body.account.id}`)).status).toBe(404)
    expect((await accounts(mia)).own).toEqual([])
  })

  it('again renews the same account; one that is somebody else’s, and a second one, are refused', async () => {
    const first = await finish(mia, await journey(mia, 'mia_b'))
    const again = await finish(mia, await journey(mia, 'mia_b'))
    expect(again.body.account.id).toBe(first.body.account.id)
    expect(await finish(ben, await journey(ben, 'mia_b'))).toMatchObject({
      status: 409,
      body: { detail: '@mia_b is linked by somebody else here.' },
    })
    expect(await finish(mia, await journey(mia, 'mia_two'))).toMatchObject({
      status: 409,
      body: { detail: expect.stringContaining('disconnect it first') },
    })
  })

  it('ends for somebody who is suspended on the way', async () => {
    const params = await journey(ben, 'ben_b')
    await test.db.execute(sql`
      update membership set standing = 'suspended' where user_id = ${world.cast.members[1]!.userId}`)
    world.clock.pass(16_000) // sessions are remembered for 15 s
    expect((await finish(ben, params)).status).toBe(403)
    await test.db.execute(sql`update membership set standing = 'trusted'`)
    world.clock.pass(16_000)
    expect((await finish(ben, params)).status).toBe(200)
  })
})

describe('disconnecting', () => {
  it('deletes the secrets at once and tells the network; the account can be linked again, by another too', async () => {
    await test.db.execute(sql`update linked_account set state = 'unlinked', secret = null`)
    const { account } = (await finish(mia, await journey(mia, 'mia_b'))).body
    expect((await ben('DELETE', `/accounts/${account.id}`)).status).toBe(404)
    expect((await ada('DELETE', `/accounts/${account.id}`)).status).toBe(404)
    expect(await mia('DELETE', `/accounts/${account.id}`)).toMatchObject({ status: 200, body: { told: 'yes' } })
    expect(spoken().at(-1)).toMatch(/^POST \/oauth\/revoke/)
    const [row] = await test.db.execute(sql`select state, secret from linked_account where id = ${account.id}`)
    expect(row).toEqual({ state: 'unlinked', secret: null })
    expect((await mia('DELETE', `/accounts/${account.id}`)).status).toBe(404)
    const linked = await finish(ben, await journey(ben, 'mia_b'))
    expect(linked.body.account.id).not.toBe(account.id)
    expect((await accounts(mia)).own).toEqual([])
  })

  it('is done though the network cannot be told', async () => {
    const [account] = (await accounts(ben)).own
    world.network.misbehave(({ url }) => (url.startsWith('/oauth/revoke') ? '503' : null))
    expect(await ben('DELETE', `/accounts/${account.id}`)).toMatchObject({ status: 200, body: { told: 'failed' } })
    const [audited] = await test.db.execute(
      sql`select act, details ->> 'told' as told from audit order by at desc, id desc limit 1`,
    )
    expect(audited).toEqual({ act: 'account.revoked', told: 'failed' })
    world.network.misbehave(null)
    expect((await accounts(ben)).own).toEqual([])
  })
})
