import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { inBrand } from '../../src/db/client.ts'
import { draw } from '../../src/decide/draft/queries.ts'
import { draftRoutes } from '../../src/decide/draft/routes.ts'
import { policyRoutes } from '../../src/decide/policy-routes.ts'
import { savePolicy } from '../../src/decide/publish.ts'
import { insertDecisions } from '../../src/decide/queries.ts'
import { DAY, HOUR } from '../../src/domain/clock.ts'
import { type Asking, aServer, signedIn } from '../asking.ts'
import { aBrand, after, aMention, aStaff, NINE } from '../builders.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'
import { facts } from '../rules/facts.ts'

const NOW = after(6 * HOUR)
let test: TestDatabase
let server: Asking
beforeAll(async () => {
  test = await freshDatabase()
  server = await aServer((app, guard) => {
    const shared = {
      ...guard,
      db: test.db,
      clock: { now: () => NOW },
      mask: (text: string) => text.replace('4111', '••••'),
    }
    draftRoutes(app, { ...shared, factsOfPasted: async (_, { words }) => facts({ text: words, anger: 0.9 }) })
    policyRoutes(app, { ...shared, wakeBacktest: async () => {} })
  })
})
afterAll(async () => {
  await server.app.close()
  await test.drop()
})

let brandId: string
let admin: ReturnType<typeof signedIn>
let other: ReturnType<typeof signedIn>
const TEXT = (atLeast: number) => `
name: ours
rules:
  - name: angry
    when: { field: anger, atLeast: ${atLeast} }
    then: { escalate: { team: care } }
  - name: furious
    when: { field: anger, atLeast: 0.8 }
    then: { escalate: { team: care, priority: high } }
otherwise: { community: {} }
`
beforeEach(async () => {
  brandId = (await aBrand(test.db)).id
  admin = signedIn((await aStaff(test.db, brandId, { role: 'admin', name: 'Ada' })).id, brandId, 'admin')
  other = signedIn((await aStaff(test.db, brandId, { role: 'admin', name: 'Olga' })).id, brandId, 'admin')
  await inBrand(test.db, brandId, (tx) => savePolicy(tx, { text: TEXT(0.8), note: 'First.', basedOn: 0 }, admin, NINE))
})

/** Ten mentions the rules decided, the angriest last. */
async function tenDecided(): Promise<string[]> {
  const ids: string[] = []
  const decision = { destination: 'community' as const, rule: 'otherwise', reason: 'no rule' }
  await inBrand(test.db, brandId, async (tx) => {
    for (let n = 0; n < 10; n++) ids.push((await aMention(tx, { text: `Card 4111, number ${n}` })).id)
    await insertDecisions(
      tx,
      ids.map((mentionId, n) => ({
        ...{ mentionId, policyVersion: 1, by: 'policy', decision },
        facts: facts({ text: `Card 4111, number ${n}`, anger: n / 10 }),
      })),
      NINE,
    )
  })
  return ids
}

it('an unsaved policy is counted rule by rule over what was decided, all of it or a fair draw, and nothing is written (R4)', async () => {
  await tenDecided()
  const all = await server.ask(admin, 'POST', '/policy/matches', { text: TEXT(0.5) })
  expect(all).toMatchObject({ status: 200 })
  expect(all.body).toEqual({
    ...{ days: 30, all: 10, looked: 10, otherwise: 5, byCosts: 0 },
    rules: [
      { name: 'angry', holds: 5, decides: 5 },
      { name: 'furious', holds: 2, decides: 0 },
    ],
  })
  const some = await server.ask(admin, 'POST', '/policy/matches', { text: TEXT(0), most: 4 })
  expect(some.body).toMatchObject({ all: 10, looked: 4, rules: [{ holds: 4, decides: 4 }, {}] })
  const again = await server.ask(admin, 'POST', '/policy/matches', { text: TEXT(0.5), most: 4 })
  expect((await server.ask(admin, 'POST', '/policy/matches', { text: TEXT(0.5), most: 4 })).body).toEqual(again.body)
  const faulty = await server.ask(admin, 'POST', '/policy/matches', { text: TEXT(0.5).replace('care', 'cars') })
  expect(faulty.status).toBe(422)
})

it('a draw is the beginning of an index, whatever the number of decisions', async () => {
  const plan = await inBrand(test.db, brandId, async (tx) => {
    for (const way of ['seqscan', 'bitmapscan', 'sort']) await tx.execute(sql.raw(`set local enable_${way} = off`))
    return tx.execute<{ 'QUERY PLAN': string }>(sql`explain ${draw({ since: NINE, until: NOW }, 1_000)}`)
  })
  const lines = plan.map((line) => line['QUERY PLAN']).join('\n')
  expect(lines).toContain('using decision_drawn')
  expect(lines).not.toContain('Sort')
})

it('what takes too long to count is given up and said', async () => {
  await tenDecided()
  const asked = { text: TEXT(0.5) }
  const answer = await test.db.transaction(async (tx) => {
    await tx.execute(sql`lock table decision`)
    return server.ask(admin, 'POST', '/policy/matches', asked)
  })
  expect(answer).toMatchObject({ status: 503, body: { detail: expect.stringContaining('backtest') } })
  expect((await server.ask(admin, 'POST', '/policy/matches', asked)).status).toBe(200)
})

it('a past mention or a pasted text is traced through an unsaved policy, without what is private in it (R7, U7)', async () => {
  const ids = await tenDecided()
  const { body: list } = await server.ask(admin, 'GET', '/policy/traceable?words=NUMBER%207')
  expect(list.items).toMatchObject([{ mentionId: ids[7], text: 'Card ••••, number 7' }])
  const { body } = await server.ask(admin, 'POST', '/policy/trace', { text: TEXT(0.5), about: { mentionId: ids[7] } })
  expect(body).toMatchObject({
    ...{ text: 'Card ••••, number 7', destination: 'escalation', team: 'care', rule: 'angry' },
    rules: [
      {
        name: 'angry',
        role: 'decides',
        clauses: [{ kind: 'asks', held: 'yes', field: 'anger', operand: 0.5, value: 0.7 }],
      },
      { name: 'furious', role: 'not asked', clauses: [{ held: 'no', operand: 0.8 }] },
    ],
  })
  const pasted = await server.ask(admin, 'POST', '/policy/trace', { text: TEXT(0.5), about: { words: 'GRRR 4111' } })
  expect(pasted.body).toMatchObject({
    text: 'GRRR ••••',
    rule: 'angry',
    rules: [{}, { held: 'yes', role: 'not asked' }],
  })
  const stranger = { mentionId: '0190a000-0000-7000-8000-000000000000' }
  expect((await server.ask(admin, 'POST', '/policy/trace', { text: TEXT(0.5), about: stranger })).status).toBe(404)
})

it('what is private or hidden in a past mention cannot be found by it, nor traced (U7)', async () => {
  const ids = await tenDecided()
  const found = async (words: string) => {
    const { body } = await server.ask(admin, 'GET', `/policy/traceable?words=${encodeURIComponent(words)}`)
    return (body.items as object[]).length
  }
  expect([await found('411'), await found('number'), await found('card ••••')]).toEqual([0, 10, 0])
  await inBrand(test.db, brandId, (tx) => tx.execute(sql`update mention set state = 'hidden' where id = ${ids[7]}`))
  expect([await found('number 7'), await found('number')]).toEqual([0, 9])
  const asked = { text: TEXT(0.5), about: { mentionId: ids[7] } }
  expect((await server.ask(admin, 'POST', '/policy/trace', asked)).status).toBe(404)
})

it('of two who save drafts begun from the same version the second is told, and both are kept', async () => {
  const mine = { text: TEXT(0.5), note: 'Mine.', basedOn: 1, newest: 1 }
  const theirs = { text: TEXT(0.3), note: 'Theirs.', basedOn: 1, newest: 1 }
  const answers = await Promise.all([
    server.ask(admin, 'POST', '/policy/drafts', mine),
    server.ask(other, 'POST', '/policy/drafts', theirs),
  ])
  expect(answers.map(({ status }) => status).sort()).toEqual([201, 409])
  const lost = answers.find(({ status }) => status === 409)
  expect(lost?.body).toMatchObject({ version: 2, detail: expect.stringMatching(/^(Ada|Olga) has saved version 2/) })
  const { body } = await server.ask(admin, 'POST', '/policy/compare', { text: TEXT(0.3), against: 1 })
  expect(body.changes).toMatchObject([{ kind: 'changed', says: expect.stringContaining('at least 0.3') }])
  const broken = await server.ask(admin, 'POST', '/policy/compare', { text: 'name: x', against: 1 })
  expect(broken.body).toEqual({ changes: null })
  expect((await server.ask(other, 'POST', '/policy/drafts', { ...theirs, newest: 2 })).body).toEqual({ version: 3 })
})

it('counts nothing that was decided before its days', async () => {
  await tenDecided()
  const late = await server.ask(admin, 'POST', '/policy/matches', { text: TEXT(0.5), days: 1 })
  expect(late.body).toMatchObject({ days: 1, all: 10 })
  await test.db.execute(`update decision set at = '${new Date(NOW.getTime() - 2 * DAY).toISOString()}'`)
  const early = await server.ask(admin, 'POST', '/policy/matches', { text: TEXT(0.5), days: 1 })
  expect(early.body).toMatchObject({ all: 0, looked: 0 })
})
