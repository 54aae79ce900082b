import { sql } from 'drizzle-orm'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { z } from 'zod'
import { accountsApi } from '../src/accounts/contract.ts'
import { buildApp } from '../src/app.ts'
import { classifyApi } from '../src/classify/contract.ts'
import { inBrand } from '../src/db/client.ts'
import { ROLES, type Role } from '../src/domain/roles.ts'
import type { RouteSpec } from '../src/http/contract.ts'
import { SCOPES } from '../src/http/scopes.ts'
import { ingestApi } from '../src/ingest/contract.ts'
import { termsApi } from '../src/ingest/terms/contract.ts'
import { loungeApi } from '../src/lounge/contract.ts'
import { createUser } from '../src/people/auth.ts'
import { addMembership, createMember } from '../src/people/create.ts'
import { reportApi } from '../src/report/contract.ts'
import { badgesApi } from '../src/reward/badges/contract.ts'
import { rewardApi } from '../src/reward/contract.ts'
import { pointsApi } from '../src/reward/points/contract.ts'
import { stormApi } from '../src/storm/contract.ts'
import { begin } from '../src/storm/run.ts'
import { look } from '../src/storm/storm.ts'
import { ANSWER_BODIES, answerApi, CANNED, PROPOSAL } from './answers/asked.ts'
import { freshDatabase, type TestDatabase } from './database.ts'
import { DECIDE_BODIES, decideContracts } from './decide/asked.ts'
import { INBOX_BODIES, INBOX_QUERIES, inboxApi, LABEL, MACRO } from './escalate/asked.ts'
import { FEED_BODIES, feedContracts } from './feed/asked.ts'
import { PEOPLE_BODIES, personApi } from './people/asked.ts'
import { REPLY_BODIES, repliesApi } from './reply/asked.ts'
import { FINDING_BODIES, FINDING_QUERIES, findingApi, VIEW } from './search/asked.ts'
import { KEY, ofTheInstallation, SETTINGS_BODIES, settingsApi, WEBHOOK } from './settings/asked.ts'
import { type Ask, asking, signedIn } from './signed-in.ts'
import { aCast, aWorld, type TestWorld } from './world.ts'

/**
 * Every route of the product, asked by nobody, by each wrong role, and by the right role of another brand with real
 * ids of this one: refused each time, and nothing in the database has changed (I5, O4).
 */

const contracts = {
  ...personApi,
  ...feedContracts,
  ...repliesApi,
  ...inboxApi,
  ...settingsApi,
  ...classifyApi,
  ...decideContracts,
  ...answerApi,
  ...ingestApi,
  ...termsApi,
  ...rewardApi,
  ...badgesApi,
  ...pointsApi,
  ...reportApi,
  ...stormApi,
  ...findingApi,
  ...accountsApi,
  ...loungeApi,
}
const routes = Object.entries<RouteSpec>(contracts).map(([key, spec]) => {
  const [method, path] = key.split(' ') as [Parameters<Ask>[0], string] // what RouteKey says
  return { key, method, path, spec }
})
const PASSWORD = 'a long password'
const WEIGHTS = { accepted: 1, acceptedPerDay: null, thanked: 1, reach: { scale: 1, most: 1 }, complained: 1 }

let test: TestDatabase
let world: TestWorld
let app: FastifyInstance
let theirs: Record<Role, Ask>
let theirKey: Ask
let ours: Record<Role, Ask>
let ids: Awaited<ReturnType<typeof something>>

beforeAll(async () => {
  test = await freshDatabase()
  world = await aWorld(test, { members: 2, rank: 'newcomer', password: PASSWORD })
  app = await buildApp(world.world, null)
  ours = await oneOfEach(world.cast.brandId)
  theirs = await oneOfEach((await aCast(test.db, world.clock, world.network)).brandId)
  ids = await something()
  const { body } = await theirs.admin('POST', '/api-keys', { ...KEY, scopes: SCOPES })
  theirKey = asking(app, { authorization: `Bearer ${body.secret}` })
  // When it was used last is noted to the minute, and the clock stands still.
  expect((await theirKey('GET', '/office')).status).toBe(200)
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
async function something() {
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
  const question = await member('POST', `/mentions/${mention}/question`, { text: 'Which router?' }, 'a-key-to-ask-with')
  expect(question.status).toBe(201)
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
  const canned = await ours.staff('POST', '/canned-answers', CANNED)
  expect(canned.status).toBe(201)
  const proposed = await ours.member('POST', `/knowledge/${canned.body.id}/proposals`, PROPOSAL, 'a-key-to-propose')
  expect(proposed.status).toBe(201)
  const view = await ours.staff('POST', '/views', VIEW)
  expect(view.status).toBe(201)
  const label = await ours.staff('POST', '/labels', LABEL)
  expect(label.status).toBe(201)
  const macro = await ours.staff('POST', '/macros', MACRO)
  expect(macro.status).toBe(201)
  const backtest = await ours.admin('POST', '/policy/1/backtest', { days: 1 })
  expect(backtest.status).toBe(202)
  const webhook = (await ours.admin('POST', '/webhooks', WEBHOOK, 'a-key-of-a-webhook')).body.webhook.id as string
  const invited = await ours.admin('POST', '/invites', { role: 'reader' }, 'a-key-of-an-invitation')
  expect(invited.status).toBe(201)
  const storm = await inBrand(test.db, world.cast.brandId, (tx) =>
    begin(tx, { kind: 'skill', key: 'wifi' }, look(30, 1), world.clock.now()),
  )
  const talk = await ours.staff('POST', '/lounge', { title: 'Lamps', text: 'A word.' }, 'a-key-of-the-lounge')
  expect(talk.status).toBe(201)
  const picture = await first(sql`
    insert into reply_picture (id, brand_id, mention_id, user_id, key, data, type, width, height, sha256, at)
    values (gen_random_uuid(), ${world.cast.brandId}, ${mention}, ${world.cast.members[0]!.userId}, 'a-key', '', 'image/png', 1, 1, '', now())
    returning id`)
  const application = await first(sql`
    insert into application (id, brand_id, name, email, languages, skills, answers, created_at)
    values (gen_random_uuid(), ${world.cast.brandId}, 'Nora', 'nora@example.test', '{en}', '{}', '[]', now()) returning id`)
  const erasure = await first(sql`
    insert into erasure (id, brand_id, state, press, by, asked_at)
    values (gen_random_uuid(), ${world.cast.brandId}, 'failed', 'a-press', 'system', now()) returning id`)
  return {
    ...(await ofTheInstallation(first)),
    erasure,
    application,
    picture,
    list: list.body.id,
    canned: canned.body.id,
    proposal: await first(sql`select id from answer_proposal`),
    view: view.body.id,
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
    person: await first(
      sql`select id from membership where role = 'staff' and brand_id = ${world.cast.brandId} limit 1`,
    ),
    invite: invited.body.id,
    apiKey: (await ours.admin('POST', '/api-keys', KEY)).body.key.id,
    webhook,
    delivery: (await ours.admin('POST', `/webhooks/${webhook}/test`)).body.id,
    ...{ label: label.body.id, macro: macro.body.id, question: question.body.thread.id, talk: talk.body.id },
    said: await first(sql`select id from lounge_message`),
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
    ...{ sources: ids.source, forums: ids.source },
    corrections: ids.correction,
    lists: ids.list,
    views: ids.view,
    ...{ 'canned-answers': ids.canned, knowledge: ids.canned, 'knowledge-proposals': ids.proposal },
    storms: ids.storm,
    backtests: ids.backtest,
    accounts: ids.account,
    desk: ids.author,
    people: ids.person,
    ...{ invites: ids.invite, members: world.cast.members[0]?.id },
    ...{ 'api-keys': ids.apiKey, webhooks: ids.webhook, 'webhook-deliveries': ids.delivery },
    applications: ids.application,
    data: ids.erasure,
    pictures: ids.picture,
    labels: ids.label,
    macros: ids.macro,
    questions: ids.question,
    ...{ system: ids.failedJob, setup: ids.mailTried },
    ...{ lounge: ids.talk, 'lounge-messages': ids.said },
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
  ...FEED_BODIES,
  ...DECIDE_BODIES,
  'POST /points/trial': { weights: WEIGHTS },
  'PUT /points/rules': { version: 'x', weights: WEIGHTS, anew: true },
  'PUT /badges/rules': { version: 'x', items: [{ badge: 'thanked', on: true, needs: 1 }] },
  'POST /escalations/:id/notes': { text: 'A note' },
  'POST /escalations/:id/hand-back': { memberId: null, guidance: '' },
  'POST /escalations/:id/close': { reason: 'because' },
  'POST /mentions/:id/escalate': { reason: 'because' },
  'POST /mentions/:id/corrections': { sentiment: 'positive' },
  'POST /lounge': { title: 'Stolen', text: 'Stolen' },
  'POST /lounge/:id/messages': { text: 'Stolen' },
  'POST /lounge/:id/close': { reason: 'because' },
  'POST /lounge-messages/:id/remove': { reason: 'because' },
  'POST /lounge-messages/:id/dismiss': { reason: 'because' },
  'POST /lounge-messages/:id/report': { reason: 'because' },
  'PATCH /sources/:id': { state: 'paused' },
  'POST /sources/:id/hidden': { choice: 'gone' },
  'POST /sources/:id/backfill': { since: '2026-01-01', capUsd: null },
  'PATCH /networks/:network/terms': { rewards: false, keepHours: 24 },
  'POST /sources': SOURCE,
  'POST /sources/try': SOURCE,
  'POST /sources/preview': SOURCE.listen,
  'POST /accounts/begin': { whose: 'brand', network: 'sandbox', server: null },
  'POST /accounts/finish': { params: { state: 'a state of nobody', code: 'a code' } },
  'POST /accounts/form': { whose: 'brand', network: 'sandbox', values: {} },
  'PUT /network-apps/:network': { values: { baseUrl: 'http://127.0.0.1:1', clientId: 'a', clientSecret: 'b' } },
}

Object.assign(BODIES, REPLY_BODIES, ANSWER_BODIES, SETTINGS_BODIES, PEOPLE_BODIES, FINDING_BODIES, INBOX_BODIES)

const QUERIES: Record<string, string> = {
  ...INBOX_QUERIES,
  ...FINDING_QUERIES,
  'GET /badges/preview': '?badge=thanked&needs=1',
  'DELETE /lists/:id': '?version=1',
  'DELETE /canned-answers/:id': '?version=1',
  'GET /mentions/:id/why-not': '?name=helper',
}

/** A fingerprint of every table a brand owns, and of who may sign in. */
async function everything(): Promise<string> {
  const tables = await test.db.execute<{ name: string }>(sql`
    select table_name as name from information_schema.columns where table_schema = 'public'
      and (column_name = 'brand_id' or table_name in ('brand', 'auth_account', 'auth_two_factor', 'auth_verification', 'mail', 'failed_job'))
    group by 1 order by 1`)
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

  it('for anybody does nothing without the token of a link, and tells no two strangers apart', async () => {
    const before = await everything()
    const nobody = asking(app, { 'sec-fetch-site': 'same-origin' })
    const open = routes.filter(({ spec, method }) => spec.access === 'public' && method !== 'GET')
    for (const route of open) {
      const { status } = await ask(nobody, route)
      expect([route.key, [409, 410].includes(status) ? 'refused' : status]).toEqual([route.key, 'refused'])
    }
    expect(open.length).toBeGreaterThan(3)
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
      const strangers = [...access.map((role) => [role, theirs[role]] as const), ['a key', theirKey] as const]
      for (const [who, by] of strangers) {
        const { status } = await ask(by, route)
        expect([route.key, who, [403, 404].includes(status) ? 'refused' : status]).toEqual([route.key, who, 'refused'])
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
