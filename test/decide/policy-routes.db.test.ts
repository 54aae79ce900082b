import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { compile } from '../../rules/evaluate.ts'
import { readPolicy } from '../../rules/language.ts'
import { runBacktest } from '../../src/backtest.ts'
import { inBrand } from '../../src/db/client.ts'
import type { BacktestResult, MovedMention } from '../../src/decide/contract.ts'
import { setCosts } from '../../src/decide/costs/queries.ts'
import { decide } from '../../src/decide/decide.ts'
import { beginList } from '../../src/decide/lists/lists.ts'
import { policyRoutes } from '../../src/decide/policy-routes.ts'
import { savePolicy } from '../../src/decide/publish.ts'
import { insertDecisions, insertPolicy } from '../../src/decide/queries.ts'
import { HOUR, MINUTE } from '../../src/domain/clock.ts'
import { noFaults } from '../../src/domain/fault.ts'
import { type Asking, aServer, signedIn } from '../asking.ts'
import { aBrand, after, aMember, aMention, aReply, aStaff, NINE } from '../builders.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'
import { facts } from '../rules/facts.ts'

const LATER = after(6 * HOUR)
const clock = { now: () => LATER }
const woken: string[] = []
let test: TestDatabase
let server: Asking
beforeAll(async () => {
  test = await freshDatabase()
  server = await aServer((app, guard) =>
    policyRoutes(app, {
      ...guard,
      ...{ db: test.db, clock, mask: (text: string) => text.replace('4111', '••••') },
      wakeBacktest: async (_, id) => void woken.push(id),
    }),
  )
})
afterAll(async () => {
  await server.app.close()
  await test.drop()
})

let brandId: string
let admin: ReturnType<typeof signedIn>
const TEXT = (atLeast: number) =>
  JSON.stringify({
    name: 'ours',
    rules: [{ name: 'angry', when: { field: 'anger', atLeast }, then: { escalate: { team: 'care' } } }],
    otherwise: { community: {} },
  })

beforeEach(async () => {
  brandId = (await aBrand(test.db)).id
  const { id: userId } = await aStaff(test.db, brandId, { role: 'admin', name: 'Ada' })
  admin = signedIn(userId, brandId, 'admin')
  await aMember(test.db, brandId, { name: 'Mia' })
  const policy = compile(readPolicy(TEXT(0.8)))
  await inBrand(test.db, brandId, async (tx) => {
    await savePolicy(tx, { text: TEXT(0.8), note: 'The first.', basedOn: 0 }, { userId }, NINE)
    for (let n = 0; n < 10; n++) {
      const anger = n / 10
      const { id } = await aMention(tx, {
        text: `post ${n} with card 4111`,
        state: 'closed',
        receivedAt: after(n * MINUTE),
      })
      const own = facts({ anger, text: 'x' })
      await insertDecisions(
        tx,
        [{ mentionId: id, policyVersion: 1, by: 'policy', facts: own, decision: decide(own, policy) }],
        after(n * MINUTE),
      )
      if (n === 9) await aReply(tx, { mentionId: id, userId })
    }
  })
})

it('a draft is saved, compared in words, tried, looked at mention by mention (R4, R5)', async () => {
  const saved = await server.ask(admin, 'POST', '/policy/drafts', { text: TEXT(0.4), note: 'Sooner.', basedOn: 1 })
  expect(saved).toMatchObject({ status: 201, body: { version: 2 } })
  expect((await server.ask(admin, 'GET', '/policy/2')).body).toMatchObject({
    version: { version: 2, state: 'draft', basedOn: 1, author: 'Ada', note: 'Sooner.' },
    ...{ against: 1, inForce: 1, faults: [], backtest: null },
    changes: [
      { kind: 'changed', rule: 'angry', says: '“angry”, when: anger is at least 0.8 → anger is at least 0.4.' },
    ],
  })

  const asked = await server.ask(admin, 'POST', '/policy/2/backtest', { days: 28 })
  expect(asked).toMatchObject({ status: 202, body: { state: 'waiting', total: 10, seen: 0, against: 1, result: null } })
  const id = String(asked.body.id)
  expect(woken).toEqual([id])
  expect((await server.ask(admin, 'POST', '/policy/2/backtest', {})).status).toBe(409)
  await runBacktest({ db: test.db, clock, fault: noFaults })({ brandId, backtestId: id })

  const { body } = await server.ask(admin, 'GET', `/backtests/${id}`)
  expect(body).toMatchObject({ state: 'done', seen: 10 })
  const result = body.result as { matrix: { count: number }[]; members: { loads: object[] } } & Record<string, unknown>
  const cells = result.matrix.filter(({ count }) => count > 0)
  expect(cells).toEqual([
    { went: 'community', goes: 'community', count: 4 },
    { went: 'community', goes: 'escalation', count: 4 },
    { went: 'escalation', goes: 'escalation', count: 2 },
  ])
  expect(result).toMatchObject({
    ...{ moved: 4, otherTeam: 0, otherwise: 0, days: 1, angryToCommunity: { from: 0.6, went: 2, goes: 0 } },
    places: [
      { destination: 'community', went: { all: 8, aDay: 8, busiestDay: 8 }, goes: { all: 4 } },
      { destination: 'escalation', team: 'care', went: { all: 2 }, goes: { all: 6 } },
      { destination: 'triage', went: { all: 0 }, goes: { all: 0 } },
    ],
    rules: [
      { name: 'angry', went: 2, goes: 6, held: { held: 6, decided: 6, byCosts: 0, takenBy: [], says: null } },
      { name: 'otherwise', went: 8, goes: 4, held: null },
    ],
    heldOver: { mentions: 10, days: 28, all: true },
    members: { mentions: 10, members: 1, went: { offered: 3, nobody: 5 }, goes: { offered: 3, nobody: 1 } },
  })
  expect(result.members.loads).toMatchObject([{ name: 'Mia', went: { all: 3 }, goes: { all: 3 } }])
  // Nobody answered any of these on the event log, and their time is over.
  expect(result.breaches).toMatchObject({ went: 10, goes: 10, overall: 1 })
  expect(result.sample).toHaveLength(4)

  const first = await server.ask(admin, 'GET', `/backtests/${id}/moved?went=community&goes=escalation&limit=3`)
  const items = first.body.items as { text: string; went: object; goes: object }[]
  expect(items.map(({ text }) => text)).toEqual([7, 6, 5].map((n) => `post ${n} with card ••••`))
  expect(items[0]).toMatchObject({
    went: { destination: 'community', rule: 'otherwise' },
    goes: { destination: 'escalation', team: 'care', rule: 'angry', reason: 'anger is 0.7, at least 0.4' },
  })
  const rest = await server.ask(admin, 'GET', `/backtests/${id}/moved?limit=3&cursor=${first.body.nextCursor}`)
  expect(rest.body).toMatchObject({ items: [{ text: 'post 4 with card ••••' }], nextCursor: null })
  expect((await server.ask(admin, 'GET', `/backtests/${id}/moved?goes=ignore`)).body).toMatchObject({ items: [] })
  expect((await server.ask(admin, 'GET', '/policy/2')).body).toMatchObject({ backtest: { id, result: { moved: 4 } } })
})

it('a draft is told what it says in vain, by its text and by what was posted, and may be saved all the same (R5)', async () => {
  const rule = (name: string, when: object) => ({ name, when, then: { triage: {} } })
  const text = JSON.stringify({
    ...JSON.parse(TEXT(0.4)),
    rules: [
      JSON.parse(TEXT(0.4)).rules[0],
      rule('angrier', { field: 'anger', atLeast: 0.5 }),
      rule('long', {
        all: [
          { field: 'text', contains: 'x' },
          { field: 'anger', atLeast: 0.3 },
        ],
      }),
      rule('refunds', { field: 'text', contains: 'refund' }),
    ],
  })
  const draft = await server.ask(admin, 'POST', '/policy/drafts', { text, note: 'More.', basedOn: 1 })
  expect(draft).toMatchObject({ status: 201, body: { version: 2 } })
  const looked = (await server.ask(admin, 'GET', '/policy/2')).body
  expect(looked.faults).toEqual([])
  expect(looked.advice).toMatchObject([
    { at: expect.stringContaining('rules[1]'), says: expect.stringContaining('“angry” above takes every mention') },
  ])
  const { id } = (await server.ask(admin, 'POST', '/policy/2/backtest', { days: 7 })).body
  await runBacktest({ db: test.db, clock, fault: noFaults })({ brandId, backtestId: String(id) })
  const { result } = (await server.ask(admin, 'GET', `/backtests/${id}`)).body as { result: BacktestResult }
  expect(result.rules.map(({ name, goes, held }) => [name, goes, held?.says ?? null])).toEqual([
    ['angry', 6, null],
    ['angrier', 0, 'held for 5, decided none: all were taken by “angry”'],
    ['long', 1, 'held for 7, decided 1: 6 were taken by “angry”'],
    ['refunds', 0, 'held for nobody in 7 days'],
    ['otherwise', 3, null],
  ])
})

it('a backtest is cancelled, and another may be asked for; of another brand it stays unseen (I5)', async () => {
  const { id } = (await server.ask(admin, 'POST', '/policy/1/backtest', { days: 7 })).body
  expect((await server.ask(admin, 'POST', `/backtests/${id}/cancel`)).body).toMatchObject({
    state: 'cancelled',
    result: null,
  })
  expect((await server.ask(admin, 'POST', '/policy/1/backtest', { days: 7 })).status).toBe(202)
  const elsewhere = signedIn(
    (await aStaff(test.db, (await aBrand(test.db)).id, { role: 'admin' })).id,
    (await aBrand(test.db)).id,
    'admin',
  )
  expect((await server.ask(elsewhere, 'GET', `/backtests/${id}`)).status).toBe(404)
  expect((await server.ask(elsewhere, 'POST', `/backtests/${id}/cancel`)).status).toBe(404)
})

it('only an admin changes, tries or ends anything; staff may look', async () => {
  const staff = signedIn((await aStaff(test.db, brandId)).id, brandId, 'staff')
  expect((await server.ask(staff, 'POST', '/policy/drafts', { text: TEXT(0.1), note: 'x', basedOn: 1 })).status).toBe(
    403,
  )
  expect((await server.ask(staff, 'POST', '/policy/1/backtest', {})).status).toBe(403)
  expect((await server.ask(staff, 'GET', '/policy/1')).status).toBe(200)
  expect((await server.ask(admin, 'GET', '/policy/9')).status).toBe(404)
  expect((await server.ask(admin, 'POST', '/policy/9/backtest', {})).status).toBe(404)
  expect((await server.ask(admin, 'POST', '/policy/drafts', { text: 'name: 3', note: 'x', basedOn: 1 })).status).toBe(
    422,
  )
})

it('shows the mentions that move as they were counted, also by a list begun and costs set since (R4)', async () => {
  const text = JSON.stringify({
    name: 'ours',
    rules: [{ name: 'exes', when: { field: 'text', inList: 'exes' }, then: { triage: {} } }],
    otherwise: { community: {} },
  })
  const { id: userId } = await aStaff(test.db, brandId, { role: 'admin' })
  await inBrand(test.db, brandId, async (tx) => {
    await beginList(tx, { name: 'exes', kind: 'words', entries: ['x'] }, { userId }, NINE)
    const costs = { angryToFan: 1, easyToStaff: 1, humanTriage: 0.1, at: NINE.toISOString() }
    await setCosts(tx, { ...costs, thresholds: { '*': { community: 0.5, staff: 0.5 } } })
  })
  await server.ask(admin, 'POST', '/policy/drafts', { text, note: 'Exes.', basedOn: 1 })
  const id = String((await server.ask(admin, 'POST', '/policy/2/backtest', {})).body.id)
  await runBacktest({ db: test.db, clock, fault: noFaults })({ brandId, backtestId: id })
  const { items } = (await server.ask(admin, 'GET', `/backtests/${id}/moved`)).body as { items: MovedMention[] }
  expect(items.map(({ went, goes }) => `${went.destination} ${went.rule} → ${goes.destination} ${goes.rule}`)).toEqual([
    ...['angry', 'angry'].map((rule) => `escalation ${rule} → triage exes`),
    ...Array(3).fill('escalation costs → triage exes'),
    ...Array(5).fill('community otherwise → triage exes'),
  ])
})

it('shows a version that an earlier release took, with its faults, and lets another be saved (R5)', async () => {
  const text = TEXT(0.8).replace('"field":"anger","atLeast":0.8', '"field":"mood","is":"sad"')
  const version = await inBrand(test.db, brandId, (tx) =>
    insertPolicy(tx, { name: 'ours', text, note: 'Of old.', author: 'system', at: NINE }),
  )
  expect((await server.ask(admin, 'GET', `/policy/${version}`)).body).toMatchObject({
    ...{ text, rules: [], changes: [] },
    faults: [{ at: expect.stringContaining('rules[0].when.field'), says: expect.stringContaining('no field “mood”') }],
  })
  expect((await server.ask(admin, 'GET', `/policy/1?against=${version}`)).body).toMatchObject({ changes: [] })
  const next = { text: TEXT(0.7), note: 'Of today.', basedOn: version }
  expect((await server.ask(admin, 'POST', '/policy/drafts', next)).status).toBe(201)
})

it('a draft names only skills and ranks that the brand has (R3)', async () => {
  const draft = (community: object) => ({
    text: JSON.stringify({ name: 'x', rules: [], otherwise: { community } }),
    ...{ note: 'n', basedOn: 0 },
  })
  await aMember(test.db, brandId, { name: 'Nils', skills: [{ skill: 'held/by-nils', level: 0.5 }] })
  const ask = (community: object) => server.ask(admin, 'POST', '/policy/drafts', draft(community))
  expect((await ask({ skills: ['held/by-nils'], minimumRank: 2 })).status).toBe(201)
  expect((await ask({ skills: ['held/by-nobody'] })).body.detail).toContain('There is no skill “held/by-nobody”')
  expect((await ask({ minimumRank: 3 })).body.detail).toContain('No member reaches rank 3')
})

it('a text or a number that no row can hold is refused, and not our mistake (L8)', async () => {
  const draft = { text: TEXT(0.4), note: 'n', basedOn: 0 }
  for (const wrong of [
    { text: TEXT(0.4).replace('angry', 'a\\u0000b') },
    { note: 'a\0b' },
    { basedOn: 99_999_999_999 },
  ])
    expect((await server.ask(admin, 'POST', '/policy/drafts', { ...draft, ...wrong })).status).toBe(422)
  expect((await server.ask(admin, 'GET', '/policy/1?against=99999999999')).status).toBe(422)
})
