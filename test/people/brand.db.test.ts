import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { inBrand } from '../../src/db/client.ts'
import { brandRoutes } from '../../src/people/brand/routes.ts'
import { createMember } from '../../src/people/create.ts'
import { type Asking, aServer, signedIn } from '../asking.ts'
import { aBrand, aStaff, aUser, NINE } from '../builders.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'

let test: TestDatabase
let server: Asking
let brandId: string
let ada: string
beforeAll(async () => {
  test = await freshDatabase()
  server = await aServer((app, guard) =>
    brandRoutes(app, {
      ...{ ...guard, db: test.db, clock: { now: () => NINE } },
      wordsInRules: async () => new Set(['wifi']),
    }),
  )
})
beforeEach(async () => {
  brandId = (await aBrand(test.db, { settings: { skills: { wifi: { en: ['router'] }, ink: { en: ['ink'] } } } })).id
  ada = (await aStaff(test.db, brandId, { name: 'Ada', role: 'admin' })).id
})
afterAll(async () => {
  await server.app.close()
  await test.drop()
})

// biome-ignore lint/suspicious/noExplicitAny: a test reads what it expects and fails when it is not there
type Answer = { status: number; body: any }
const ask = (method: 'GET' | 'PUT', body?: object): Promise<Answer> =>
  server.ask(signedIn(ada, brandId, 'admin'), method as 'GET', '/brand', body)
async function begun() {
  const { slug: _slug, timeZone: _zone, skills, ...rest } = (await ask('GET')).body
  return { ...rest, skills: skills.map(({ name, words }: { name: string; words: object }) => ({ name, words })) }
}

it('a brand is set whole, and what changed is in the audit (O4)', async () => {
  const body = { ...(await begun()), name: 'Acme Two', handles: ['@acme2', 'acme@social.example'] }
  expect((await ask('PUT', body)).body).toMatchObject({ name: 'Acme Two', handles: ['acme2', 'acme@social.example'] })
  const [written] = await test.db.execute<{ details: unknown }>(
    sql`select details from audit where brand_id = ${brandId} and act = 'settings.brand'`,
  )
  expect(written?.details).toEqual({
    before: { name: 'Acme', handles: ['acme'], welfare: null },
    after: {
      ...{ name: 'Acme Two', handles: ['acme2', 'acme@social.example'] },
      welfare: { mostAnHour: null, mostADay: null, angryShare: null, breakMinutes: null },
    },
  })
  expect((await ask('PUT', body)).body).toMatchObject({ status: 409, changedBy: 'Ada' })
})

it('a skill that the rules in force name stays; another goes', async () => {
  const body = await begun()
  const [ink, wifi] = body.skills
  expect((await ask('PUT', { ...body, skills: [ink] })).body.errors[0].detail).toMatch(/name the skill “wifi”/)
  expect((await ask('PUT', { ...body, skills: [wifi] })).body.skills).toMatchObject([{ name: 'wifi', inRules: true }])
})

it('what cannot be is refused beside its field', async () => {
  const body = await begun()
  const pointers = async (change: object) =>
    (await ask('PUT', { ...body, ...change })).body.errors.map(({ pointer }: { pointer: string }) => pointer)
  expect(await pointers({ leaseMinutes: 500, offerMinutes: 500 })).toEqual(['#/leaseMinutes', '#/offerMinutes'])
  expect(await pointers({ handles: ['two words'] })).toEqual(['#/handles/0'])
  expect(await pointers({ skills: [{ name: 'tea', words: { xx: ['tea'] } }] })).toEqual(['#/skills/0/words/xx'])
})

it('members begin with the limits that the brand has set (P8)', async () => {
  const welfare = { mostAnHour: 5, mostADay: null, angryShare: 0.5, breakMinutes: 10 }
  await ask('PUT', { ...(await begun()), welfare })
  const { id: userId } = await aUser(test.db)
  await inBrand(test.db, brandId, (tx) =>
    createMember(tx, { userId, name: 'Ana', languages: ['en'], skills: [], by: 'system', at: NINE }),
  )
  const [row] = await test.db.execute<{ welfare: unknown }>(sql`select welfare from member where user_id = ${userId}`)
  expect(row?.welfare).toEqual(welfare)
})
