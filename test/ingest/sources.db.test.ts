import { sql } from 'drizzle-orm'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { NETWORKS } from '../../connectors/connector.ts'
import { buildApp } from '../../src/app.ts'
import { inBrand } from '../../src/db/client.ts'
import { DAY, HOUR, MINUTE } from '../../src/domain/clock.ts'
import { createUser } from '../../src/people/auth.ts'
import { addMembership } from '../../src/people/create.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'
import { type Ask, signedIn } from '../signed-in.ts'
import { aWorld, type TestWorld } from '../world.ts'

let test: TestDatabase
let w: TestWorld
let app: FastifyInstance
let admin: Ask
beforeAll(async () => {
  test = await freshDatabase()
  w = await aWorld(test, { members: 1 })
  app = await buildApp(w.world, null)
  const userId = await createUser(test.db, { name: 'Ada', email: 'ada@example.test', password: 'a long password' })
  await inBrand(test.db, w.cast.brandId, (tx) =>
    addMembership(tx, { userId, role: 'admin', by: 'system', at: w.clock.now() }),
  )
  admin = await signedIn(app, 'ada@example.test', 'a long password')
})
afterAll(async () => {
  await app.close()
  await w.close()
  await test.drop()
})

const wish = (about: object = {}) => ({
  ...{ network: 'sandbox', name: 'Second', settings: { baseUrl: w.network.url, token: w.network.token } },
  listen: { handles: [], words: ['kettle'], exclude: [] },
  ...about,
})
const rows = () =>
  test.db.execute<{ id: string; state: string; settings: string }>(
    sql`select id, state, settings from source order by name`,
  )

describe('a new source (L1)', () => {
  it('shows beforehand what it would bring, and stores nothing', async () => {
    await w.postAs('frida', 'my kettle is lovely')
    await w.postAs('gustav', 'nothing about it')
    const { status, body } = await admin('POST', '/sources/try', wish())
    expect(status).toBe(200)
    expect(body).toMatchObject({ count: 1, more: false, gaps: [], usd: 0 })
    expect(body.found).toEqual([expect.objectContaining({ author: 'frida', text: 'my kettle is lovely' })])
    expect(body.requests).toBeGreaterThan(0)
    expect(await rows()).toHaveLength(1)
    expect((await w.counts()).mentions).toEqual({})
  })

  it('is tried again as it stands, once it is there, and nothing is stored or moved by that', async () => {
    await w.postAs('frida', '@acme my kettle is lovely')
    const id = (await rows())[0]!.id // the world has one
    const cursors = () => test.db.execute(sql`select id, cursor, next_poll_at from source order by id`)
    const before = await cursors()
    const { status, body } = await admin('POST', `/sources/${id}/try`)
    expect([status, body.count]).toEqual([200, 1])
    expect(body.found).toEqual([expect.objectContaining({ author: 'frida' })])
    expect([await cursors(), (await w.counts()).mentions]).toEqual([before, {}])
  })

  it.each<[string, Record<string, unknown> & { settings?: object }, RegExp]>([
    ['a wrong token', { settings: { token: 'wrong' } }, /does not accept the token.*put in a new token/],
    [
      'an address where nobody is',
      { settings: { baseUrl: 'http://127.0.0.1:4599' } },
      /cannot be reached.*address is right/,
    ],
    ['an address inside our network', { settings: { baseUrl: 'http://169.254.169.254' } }, /private network/],
    ['no address', { settings: { baseUrl: 'here' } }, /baseUrl/],
    ['nothing to listen to', { listen: { handles: [], words: [], exclude: [] } }, /add a word or a handle/],
    ['a network nobody speaks to', { network: 'nodebb' }, /Nobody can listen to/],
    ['files', { network: 'replay' }, /Nobody can listen to/],
    ['a network that needs an account', { network: 'mastodon', settings: {} }, /link one first/],
    [
      'an account that is nobody’s',
      { accountId: '019cb813-5280-7503-b06b-fd55891194cf' },
      /Choose an account of the brand/,
    ],
  ])('is not stored with %s, and says why (O4)', async (_what, about, words) => {
    const { settings, ...rest } = about
    const body = wish({ ...rest, settings: { ...wish().settings, ...settings } })
    for (const path of ['/sources/try', '/sources']) {
      const answer = await admin('POST', path, body)
      expect([path, answer.status, answer.body.detail]).toEqual([path, 422, expect.stringMatching(words)])
    }
    expect(await rows()).toHaveLength(1)
  })

  it('is stored, its token sealed, and listens', async () => {
    const { status, body } = await admin('POST', '/sources', wish())
    expect(status).toBe(201)
    expect(body).toMatchObject({
      name: 'Second',
      network: 'sandbox',
      instance: 'sandbox',
      state: 'on',
      trouble: null,
      hook: null,
    })
    const stored = (await rows()).find(({ id }) => id === body.id)
    expect(stored?.settings).toMatch(/^v\d/)
    expect(stored?.settings).not.toContain(w.network.token)
    await w.drain()
    // Frida's words about a kettle, and those she wrote to @acme.
    expect((await w.counts()).mentions).toEqual({ offered: 2 })
    const audit = await test.db.execute<{ act: string; details: unknown }>(
      sql`select act, details from audit where act like 'source.%'`,
    )
    expect(audit.map(({ act }) => act)).toEqual(['source.add'])
    expect(JSON.stringify(audit)).not.toContain(w.network.token)
  })

  it('tells of its settings all but the secret ones', async () => {
    const id = (await rows())[1]!.id
    expect((await admin('GET', `/sources/${id}/settings`)).body).toEqual({ settings: { baseUrl: w.network.url } })
  })
})

describe('a source that is changed', () => {
  const second = async () => (await rows())[1]!.id

  it('keeps what it was when the network refuses the new settings', async () => {
    const id = await second()
    const { settings: before } = (await rows())[1]!
    const { status, body } = await admin('PATCH', `/sources/${id}`, { settings: { token: 'wrong' }, name: 'Renamed' })
    expect([status, body.detail]).toEqual([422, expect.stringContaining('does not accept the token')])
    expect((await rows())[1]).toMatchObject({ settings: before })
  })

  it('goes on with new settings after its network wanted authorisation, secrets kept that were not given (L4)', async () => {
    const id = await second()
    await test.db.execute(
      sql`update source set state = 'needs-authorisation', trouble = 'no', trouble_kind = 'auth' where id = ${id}`,
    )
    const waiting = (await admin('GET', '/sources')).body.items.find((one: { id: string }) => one.id === id)
    expect(waiting).toMatchObject({
      state: 'needs-authorisation',
      todo: 'Link its account again, or put in a new token.',
    })
    const { status, body } = await admin('PATCH', `/sources/${id}`, { settings: { baseUrl: `${w.network.url}/` } })
    expect([status, body.state, body.trouble, body.todo]).toEqual([200, 'on', null, null])
    await w.drain()
    expect((await admin('GET', '/sources')).body.items[1]).toMatchObject({ trouble: null, state: 'on' })
  })

  it('has a cap of money, and says what it spent, asked and has left (L4)', async () => {
    const id = await second()
    const { body } = await admin('PATCH', `/sources/${id}`, { monthlyCapUsd: 12.5, pollEverySeconds: 30 })
    expect(body).toMatchObject({ pollEverySeconds: 30, spent: { usd: 0, capUsd: 12.5 } })
    expect(body.spent.requests).toBeGreaterThan(0)
    expect(body.budget).toEqual([expect.objectContaining({ scope: 'app', key: 'requests' })])
    expect(body.drainedAt).not.toBeNull()
    expect((await admin('PATCH', `/sources/${id}`, { monthlyCapUsd: null })).body.spent.capUsd).toBeNull()
  })

  it('says that it is silent against its usual rate (L4)', async () => {
    const id = await second()
    for (let back = 1; back <= 5; back++)
      await test.db.execute(sql`insert into source_day (brand_id, source_id, day, mentions)
        values (${w.cast.brandId}, ${id}, ${new Date(w.clock.now().getTime() - back * DAY).toISOString().slice(0, 10)}, 200)`)
    w.clock.pass(9 * HOUR)
    await w.drain()
    const { body } = await admin('GET', '/sources')
    expect(body.items.map((one: { silence: string | null }) => one.silence)).toEqual([
      null,
      expect.stringContaining('usually brings 200 posts a day'),
    ])
  })

  it('is archived when it is removed: its mentions stay, it is not asked any more and not shown', async () => {
    const id = await second()
    const before = (await w.counts()).mentions
    expect((await admin('DELETE', `/sources/${id}`)).status).toBe(204)
    expect((await admin('DELETE', `/sources/${id}`)).status).toBe(404)
    expect((await admin('PATCH', `/sources/${id}`, { state: 'on' })).status).toBe(404)
    await w.postAs('ida', 'another kettle')
    w.clock.pass(MINUTE)
    await w.drain()
    expect((await w.counts()).mentions).toEqual(before)
    expect((await admin('GET', '/sources')).body.items).toHaveLength(1)
  })
})

describe('words', () => {
  it('are tried on stored history before anybody listens for them (L2)', async () => {
    for (const text of ['acme 100% kettle', 'acme toaster', 'acme KETTLE and toaster', 'acme nothing'])
      await w.postAs('kim', text)
    w.clock.pass(MINUTE)
    await w.drain()
    const tried = async (listen: object) =>
      (await admin('POST', '/sources/preview', { handles: [], words: [], exclude: [], ...listen })).body
    const kettles = await tried({ words: ['kettle'], exclude: ['toaster'] })
    expect(kettles.examples.map(({ text }: { text: string }) => text)).toContain('acme 100% kettle')
    expect(kettles.examples.map(({ text }: { text: string }) => text)).not.toContain('acme KETTLE and toaster')
    expect(kettles.caught).toBe(kettles.examples.length)
    expect((await tried({ words: ['100%'] })).caught).toBe(1)
    expect((await tried({ words: ['1__%'] })).caught).toBe(0)
    expect((await tried({ handles: ['nobody'] })).caught).toBe(0)
    expect(kettles.of).toBeGreaterThanOrEqual(4)
  })
})

describe('the networks', () => {
  it('are listed with what they allow and their limits in sentences (L1)', async () => {
    const { body } = await admin('GET', '/networks')
    const x = body.items.find(({ network }: { network: string }) => network === 'x')
    expect(x.limits.length).toBeGreaterThan(0)
    expect(x.settings.find(({ name }: { name: string }) => name === 'bearerToken')).toMatchObject({ secret: true })
    expect(body.items.find(({ network }: { network: string }) => network === 'replay').settings).toBeNull()
    expect(body.items.map(({ network }: { network: string }) => network)).toEqual([...NETWORKS])
  })
})
