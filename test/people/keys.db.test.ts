import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { DAY, MINUTE } from '../../src/domain/clock.ts'
import { officeRoutes } from '../../src/escalate/office/routes.ts'
import { SCOPES, scopeOf } from '../../src/http/scopes.ts'
import { auditRoutes } from '../../src/people/audit/routes.ts'
import { openKeys } from '../../src/people/keys/keys.ts'
import { keyRoutes } from '../../src/people/keys/routes.ts'
import { membershipsOf } from '../../src/people/members.ts'
import { type Asking, aServer, signedIn } from '../asking.ts'
import { aBrand, aStaff } from '../builders.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'
import { asking } from '../signed-in.ts'
import { setClock } from '../world.ts'

let test: TestDatabase
let server: Asking
let brandId: string
let ada: string
const clock = setClock()
beforeAll(async () => {
  test = await freshDatabase()
  const { db } = test
  server = await aServer((app, guard) => {
    const byKey = openKeys({ db, clock, membershipsOf: (id) => membershipsOf(db, id) })
    const deps = {
      ...{ ...guard, db, clock, teamsInRules: async () => new Set<string>() },
      whoIs: async (request: Parameters<typeof byKey>[0]) => (await byKey(request)) ?? guard.whoIs(request),
    }
    keyRoutes(app, deps)
    auditRoutes(app, deps)
    officeRoutes(app, deps)
  })
})
beforeEach(async () => {
  brandId = (await aBrand(test.db)).id
  ada = (await aStaff(test.db, brandId, { name: 'Ada', role: 'admin' })).id
})
afterAll(async () => {
  await server.app.close()
  await test.drop()
})

// biome-ignore lint/suspicious/noExplicitAny: a test reads what it expects and fails when it is not there
type Answer = { status: number; body: any }
const ask = (method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, body?: object): Promise<Answer> =>
  server.ask(signedIn(ada, brandId, 'admin'), method as 'GET', path, body)
async function aKey(scopes: readonly string[], days: number | null = null) {
  const { status, body } = await ask('POST', '/api-keys', { name: 'Warehouse', scopes, days })
  expect(status).toBe(201)
  return { id: body.key.id as string, secret: body.secret as string, by: using(body.secret) }
}
const using = (secret: string) => asking(server.app, { authorization: `Bearer ${secret}` })

it('a key opens what it was made for, at its brand, and nothing else (O1)', async () => {
  const { by } = await aKey(['settings:read'])
  expect((await by('GET', '/office')).status).toBe(200)
  expect((await by('GET', '/audit')).body).toMatchObject({ status: 403, scope: 'audit:read' })
  expect((await by('PUT', '/office/calendar', {})).body).toMatchObject({ status: 403, scope: 'settings:write' })
  // With every scope there is, a key makes no other.
  const { by: all } = await aKey(SCOPES)
  expect((await all('POST', '/api-keys', { name: 'Another', scopes: ['audit:read'], days: 1 })).status).toBe(403)
  const other = (await aBrand(test.db)).id
  const there = asking(server.app, {
    authorization: `Bearer ${(await aKey(SCOPES)).secret}`,
    'x-deputize-brand': other,
  })
  expect((await there('GET', '/office')).status).toBe(403)
})

it('a key is kept as a digest, shown once, and told apart by its last letters', async () => {
  const { id, secret } = await aKey(['audit:read'])
  const { items } = (await ask('GET', '/api-keys')).body
  expect(items).toMatchObject([{ id, name: 'Warehouse', ending: secret.slice(-4), state: 'open', by: 'Ada' }])
  expect(JSON.stringify(items)).not.toContain(secret)
  const [row] = await test.db.execute(sql`select k::text as all_of_it from api_key k where id = ${id}`)
  expect(String(row?.all_of_it)).not.toContain(secret.slice(9, 40))
})

it('a key that is revoked, has expired or never was opens nothing, and the audit knows of it', async () => {
  const [revoked, short] = [await aKey(['audit:read']), await aKey(['audit:read'], 1)]
  expect((await revoked.by('GET', '/audit')).status).toBe(200)
  expect((await ask('DELETE', `/api-keys/${revoked.id}`)).body.state).toBe('revoked')
  expect((await revoked.by('GET', '/audit')).status).toBe(401)
  expect((await short.by('GET', '/audit')).status).toBe(200)
  clock.pass(DAY)
  expect((await short.by('GET', '/audit')).status).toBe(401)
  for (const wrong of ['dep_live_nothing', 'nothing', `${short.secret}x`])
    expect((await using(wrong)('GET', '/audit')).status).toBe(401)
  const acts = (await ask('GET', '/audit?act=api-key')).body.items.map(({ act }: { act: string }) => act)
  expect(acts.sort()).toEqual(['api-key.made', 'api-key.made', 'api-key.revoked'])
})

it('what is done by a key is told apart in the audit from what its owner did', async () => {
  const { id, by } = await aKey(['settings:write'])
  const { teamsVersion: version } = (await ask('GET', '/office')).body
  const rename = (name: string, was: string) => ({
    version,
    teams: [
      { name, was, priority: null },
      { name: 'technical', was: 'technical', priority: null },
    ],
  })
  expect((await by('PUT', '/office/teams', rename('help', 'care'))).status).toBe(200)
  const again = { ...rename('care', 'help'), version: (await ask('GET', '/office')).body.teamsVersion }
  expect((await ask('PUT', '/office/teams', again)).status).toBe(200)
  const { items } = (await ask('GET', '/audit?act=settings.teams')).body
  expect(items.map(({ actorId }: { actorId: string }) => actorId)).toEqual([ada, ada])
  expect(items.map(({ details }: { details: { apiKey?: string } }) => details.apiKey)).toEqual([undefined, id])
})

it('a key is worth no more than whoever made it', async () => {
  const { by } = await aKey(['audit:read', 'settings:read'])
  await test.db.execute(sql`update membership set role = 'staff' where user_id = ${ada}`)
  expect([(await by('GET', '/audit')).status, (await by('GET', '/office')).status]).toEqual([403, 200])
  await test.db.execute(sql`delete from membership where user_id = ${ada}`)
  expect((await by('GET', '/office')).status).toBe(403)
})

it('a key that asks too often waits for the next minute, and when it was used last is known', async () => {
  const { id, by } = await aKey(['audit:read'])
  const asked = await Promise.all(Array.from({ length: 601 }, () => by('GET', '/audit?limit=1')))
  expect(asked.filter(({ status }) => status === 429)).toHaveLength(1)
  const used = async () => (await ask('GET', '/api-keys')).body.items.find((one: { id: string }) => one.id === id)
  expect((await used()).lastUsedAt).toBe(clock.now().toISOString())
  clock.pass(MINUTE)
  expect((await by('GET', '/audit')).status).toBe(200)
})

it('no key sends an answer, reads one’s own account, or opens what nobody has given a scope', () => {
  for (const [method, path] of [
    ...[['POST', '/mentions/:id/replies'] as const, ['POST', '/replies/:id/approve'] as const],
    ...[['GET', '/me'] as const, ['POST', '/invites'] as const, ['GET', '/api-keys'] as const],
    ...[['GET', '/stream'] as const, ['GET', '/whatever-comes-next'] as const],
  ])
    expect([method, path, scopeOf(method, path)]).toEqual([method, path, null])
  expect(scopeOf('GET', '/escalations/:id')).toBe('inbox:read')
})
