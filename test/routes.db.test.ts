import { sql } from 'drizzle-orm'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { z } from 'zod'
import { accountsApi } from '../src/accounts/contract.ts'
import { buildApp } from '../src/app.ts'
import { classifyApi } from '../src/classify/contract.ts'
import { inBrand } from '../src/db/client.ts'
import { decideApi, policyApi } from '../src/decide/contract.ts'
import { costApi } from '../src/decide/costs/contract.ts'
import { listsApi } from '../src/decide/lists/contract.ts'
import { ROLES, type Role } from '../src/domain/roles.ts'
import { escalateApi } from '../src/escalate/contract.ts'
import { feedApi } from '../src/feed/contract.ts'
import type { RouteSpec } from '../src/http/contract.ts'
import { ingestApi } from '../src/ingest/contract.ts'
import { createUser } from '../src/people/auth.ts'
import { peopleApi } from '../src/people/contract.ts'
import { addMembership, createMember } from '../src/people/create.ts'
import { replyApi } from '../src/reply/contract.ts'
import { reportApi } from '../src/report/contract.ts'
import { rewardApi } from '../src/reward/contract.ts'
import { stormApi } from '../src/storm/contract.ts'
import { begin } from '../src/storm/run.ts'
import { look } from '../src/storm/storm.ts'
import { freshDatabase, type TestDatabase } from './database.ts'
import { type Ask, asking, signedIn } from './signed-in.ts'
import { aCast, aWorld, type TestWorld } from './world.ts'

/**
 * Every route of the product, asked by nobody, by each wrong role, and by the right role of another brand with real
 * ids of this one: refused each time, and nothing in the database has changed (I5, O4).
 */

const contracts = {
  ...peopleApi,
  ...feedApi,
  ...replyApi,
  ...escalateApi,
  ...classifyApi,
  ...decideApi,
  ...policyApi,
  ...listsApi,
  ...costApi,
  ...ingestApi,
  ...rewardApi,
  ...reportApi,
  ...stormApi,
  ...accountsApi,
}
const routes = Object.entries<RouteSpec>(contracts).map(([key, spec]) => {
  const [method, path] = key.split(' ') as [Parameters<Ask>[0], string] // what RouteKey says
  return { key, method, path, spec }
})
const PASSWORD = 'a long password'

let test: TestDatabase
let world: TestWorld
let app: FastifyInstance
let theirs: Record<Role, Ask>
let ours: Record<Role, Ask>
let ids: {
  offer: string
  mention: string
  escalation: string
  reply: string
  source: string
  triage: string
  correction: string
  list: string
  storm: string
  backtest: string
  account: string
  author: string
}

beforeAll(async () => {
  test = await freshDatabase()
  world = await aWorld(test, { members: 2, rank: 'newcomer', password: PASSWORD })
  app = await buildApp(world.world, null)
  ours = await oneOfEach(world.cast.brandId)
  theirs = await oneOfEach((await aCast(test.db, world.clock, world.network)).brandId)
  ids = await something()
}, 90_000)
afterAll(async () => {
  await app.close()
  await world.close()
  await test.drop()
})

/** One person of each role, who is nothing else. */
async function oneOfEach(brandId: string): Promise<Record<Role, Ask>> {
  const asks: Partial<Record<Role, Ask>> = {}
  for (const role of ROLES) {
    const email = `${role}-${brandId}@example.test`
    const userId = await createUser(test.db, { name: `The ${role}`, email, password: PASSWORD })
    await inBrand(test.db, brandId, async (tx) => {
      const made = { userId, by: 'system', at: world.clock.now() }
      if (role === 'member') await createMember(tx, { ...made, name: 'The member', languages: ['en'], skills: [] })
      else await addMembership(tx, { ...made, role })
    })
    asks[role] = await signedIn(app, email, PASSWORD)
  }
  return asks as Record<Role, Ask> // one for each role
}

/** Rows of this brand for every id a route may ask for. */
async function something(): Promise<typeof ids> {
  await world.network.postAs('frida', '@acme how do I connect the printer to my wifi router?')
  await world.network.postAs(
    'gustav',
    '@acme I AM FURIOUS!!! You charged me twice and nobody answers. My lawyer will call you.',
  )
  await world.drain()
  const first = async (query: ReturnType<typeof sql>) => (await test.db.execute<{ id: string }>(query))[0]!.id // made above
  const offer = await first(sql`select id from offer limit 1`)
  const mention = await first(sql`select mention_id as id from offer limit 1`)
  const member = await signedIn(app, world.cast.members[0]!.email, PASSWORD)
  await member('POST', `/offers/${offer}/claim`)
  await member('POST', `/offers/${offer}/author`, { how: 'muted' })
  const stored = await member(
    'POST',
    `/mentions/${mention}/replies`,
    { text: 'Press WPS.', voice: 'own' },
    'a-key-of-its-own',
  )
  expect(stored.body).toMatchObject({ state: 'awaiting-approval' })
  const staff = ours.staff
  const corrected = await staff('POST', `/mentions/${mention}/corrections`, { sentiment: 'negative' })
  expect(corrected.status).toBe(201)
  const list = await ours.admin('POST', '/lists', { name: 'vips', kind: 'handles', entries: ['gustav'] })
  expect(list.status).toBe(201)
  const backtest = await ours.admin('POST', '/policy/1/backtest', { days: 1 })
  expect(backtest.status).toBe(202)
  const storm = await inBrand(test.db, world.cast.brandId, (tx) =>
    begin(tx, { kind: 'skill', key: 'wifi' }, look(30, 1), world.clock.now()),
  )
  return {
    list: list.body.id,
    offer,
    mention,
    account: await first(sql`select account_id as id from reply limit 1`),
    storm: storm!, // there was none before
    backtest: backtest.body.id,
    correction: corrected.body.id,
    escalation: await first(sql`select id from escalation limit 1`),
    reply: stored.body.id,
    source: world.cast.sourceIds[0]!,
    author: await first(sql`select id from avoided_author`),
    triage: mention,
  }
}

/** The path with real ids in it, and a body the route would take. */
function filled(path: string): string {
  const [, room] = path.split('/')
  const id = {
    offers: ids.offer,
    mentions: ids.mention,
    escalations: ids.escalation,
    replies: ids.reply,
    sources: ids.source,
    corrections: ids.correction,
    lists: ids.list,
    storms: ids.storm,
    backtests: ids.backtest,
    accounts: ids.account,
    desk: ids.author,
  }[room!]
  return path
    .replace(':id', id ?? '')
    .replace(':mentionId', ids.triage)
    .replace(':version', '1')
    .replace(':network', 'sandbox')
}

const SOURCE = {
  ...{ network: 'sandbox', name: 'Stolen', settings: { baseUrl: 'http://127.0.0.1:9', token: 'x' } },
  listen: { handles: ['acme'], words: [], exclude: [] },
}

const BODIES: Record<string, unknown> = {
  'POST /offers/:id/pass': { reason: 'not-now' },
  'POST /offers/:id/author': { how: 'blocked' },
  'PATCH /desk': { paused: true },
  'POST /mentions/:id/replies': { text: 'Stolen answer', voice: 'brand' },
  'POST /mentions/:id/posted': { text: 'Stolen answer' },
  'POST /replies/:id/approve': {},
  'POST /replies/:id/return': { reason: 'because' },
  'POST /replies/:id/settle': { arrived: true },
  'POST /escalations/:id/notes': { text: 'A note' },
  'POST /escalations/:id/hand-back': { memberId: null, guidance: '' },
  'POST /escalations/:id/close': { reason: 'because' },
  'POST /mentions/:id/escalate': { reason: 'because' },
  'PUT /costs': { angryToFan: 9, easyToStaff: 2, humanTriage: 1 },
  'POST /policy/check': { text: 'name: x' },
  'POST /policy/drafts': { text: 'name: x', note: 'mine', basedOn: 1 },
  'POST /policy/:version/backtest': { days: 1 },
  'POST /policy': { text: 'name: x', note: 'mine', basedOn: 1 },
  'POST /triage/:mentionId': { destination: 'ignore', reason: 'because' },
  'POST /mentions/:id/corrections': { sentiment: 'positive' },
  'PATCH /sources/:id': { state: 'paused' },
  'POST /sources': SOURCE,
  'POST /sources/try': SOURCE,
  'POST /sources/preview': SOURCE.listen,
  'POST /lists': { name: 'stolen', kind: 'words', entries: ['stolen'] },
  'POST /accounts/begin': { whose: 'brand', network: 'sandbox', server: null },
  'POST /accounts/finish': { params: { state: 'a state of nobody', code: 'a code' } },
  'POST /accounts/form': { whose: 'brand', network: 'sandbox', values: {} },
  'PUT /network-apps/:network': { values: { baseUrl: 'http://127.0.0.1:1', clientId: 'a', clientSecret: 'b' } },
  'PATCH /lists/:id': { entries: ['stolen'], version: 1 },
}

const QUERIES: Record<string, string> = {
  'DELETE /lists/:id': '?version=1',
  'GET /mentions/:id/why-not': '?name=helper',
}

/** A fingerprint of every table a brand owns. */
async function everything(): Promise<string> {
  const tables = await test.db.execute<{ name: string }>(sql`
    select table_name as name from information_schema.columns where table_schema = 'public' and column_name = 'brand_id' order by 1`)
  const prints = await Promise.all(
    tables.map(async ({ name }) => {
      const [row] = await test.db.execute<{ print: string }>(
        sql.raw(`select md5(coalesce(string_agg(t::text, '|' order by t::text), '')) as print from "${name}" t`),
      )
      return `${name} ${row?.print}`
    }),
  )
  return prints.join('\n')
}

const ask = (by: Ask, { key, method, path, spec }: (typeof routes)[number]) =>
  by(
    method,
    filled(path) + (QUERIES[key] ?? ''),
    BODIES[key],
    spec.idempotent ? `key-${key.length}-of-a-stranger` : undefined,
  )

describe('every route', () => {
  it('that the product documents is in this table', async () => {
    const { paths } = (await app.inject({ url: '/openapi.json' })).json() as {
      paths: Record<string, Record<string, unknown>>
    }
    const documented = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map(
        (method) => `${method.toUpperCase()} ${path.replace('/api/v1', '').replace(/\{(\w+)\}/g, ':$1')}`,
      ),
    )
    const elsewhere = ['GET /healthz', 'GET /readyz', 'GET /metrics', 'GET /stream']
    expect(
      documented.filter((key) => !(key in contracts) && !elsewhere.includes(key) && !key.includes('/api/auth')),
    ).toEqual([])
    expect(documented.length).toBeGreaterThan(30)
  })

  it('has a body here where it takes one, so that it is not refused for that', () => {
    const without = routes.filter(
      ({ key, spec }) => spec.body && !(spec.body as z.ZodType).safeParse(BODIES[key]).success,
    )
    expect(without.map(({ key }) => key)).toEqual([])
  })

  it('refuses nobody’s question, and changes nothing', async () => {
    const before = await everything()
    const nobody = asking(app, { 'sec-fetch-site': 'same-origin' })
    for (const route of routes.filter(({ spec }) => spec.access !== 'public')) {
      expect([route.key, (await ask(nobody, route)).status]).toEqual([route.key, 401])
    }
    expect(await everything()).toBe(before)
  })

  it('refuses every role it is not for', async () => {
    const before = await everything()
    for (const route of routes) {
      const { access } = route.spec
      if (typeof access === 'string') continue
      for (const role of ROLES.filter((each) => !access.includes(each))) {
        expect([route.key, role, (await ask(ours[role], route)).status]).toEqual([route.key, role, 403])
      }
    }
    expect(await everything()).toBe(before)
  })

  it('refuses the right role of another brand, named or not, with real ids of this one', async () => {
    const before = await everything()
    for (const route of routes.filter(({ path }) => path.includes(':id') || path.includes(':mentionId'))) {
      const { access } = route.spec
      if (typeof access === 'string') continue
      for (const role of access) {
        const { status } = await ask(theirs[role], route)
        expect([route.key, role, [403, 404].includes(status) ? 'refused' : status]).toEqual([
          route.key,
          role,
          'refused',
        ])
      }
    }
    expect(await everything()).toBe(before)
  })

  it('shows another brand’s people an empty house', async () => {
    const lists = routes.filter(({ method, path }) => method === 'GET' && !path.includes(':'))
    for (const route of lists) {
      const { access } = route.spec
      if (typeof access === 'string') continue
      const text = JSON.stringify((await ask(theirs[access[0]!], route)).body)
      for (const [what, id] of Object.entries(ids))
        expect([route.key, what, text.includes(id)]).toEqual([route.key, what, false])
    }
  })
})
