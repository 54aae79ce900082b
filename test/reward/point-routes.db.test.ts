import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { type BrandTx, inBrand, openDb } from '../../src/db/client.ts'
import { DAY } from '../../src/domain/clock.ts'
import { newId } from '../../src/domain/id.ts'
import { award } from '../../src/reward/award.ts'
import { badgeRoutes } from '../../src/reward/badges/routes.ts'
import { pointRoutes } from '../../src/reward/points/routes.ts'
import { forAccepted, forReach, forTakenBack, forThanks } from '../../src/reward/reward.ts'
import { rewardRoutes } from '../../src/reward/routes.ts'
import { type Asking, aServer, signedIn } from '../asking.ts'
import { aBrand, after, aMember, aMention, aReply, aStaff, NINE } from '../builders.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'

let test: TestDatabase
let server: Asking
let brandId: string
let ada: string
let ana: Awaited<ReturnType<typeof aMember>>
/** A day on: nobody weighs anew in the moment in which something is earned. */
const LATER = after(DAY)

beforeAll(async () => {
  test = await freshDatabase()
  server = await aServer((app, guard) => {
    const deps = { ...guard, db: test.db, clock: { now: () => LATER } }
    pointRoutes(app, deps)
    rewardRoutes(app, deps)
    badgeRoutes(app, deps)
  })
})
beforeEach(async () => {
  brandId = (await aBrand(test.db)).id
  ada = (await aStaff(test.db, brandId, { name: 'Ada', role: 'admin' })).id
  ana = await aMember(test.db, brandId, { name: 'Ana' })
})
afterAll(async () => {
  await server.app.close()
  await test.drop()
})

// biome-ignore lint/suspicious/noExplicitAny: a test reads what it expects and fails when it is not there
type Answer = { status: number; body: any }
const brand = <T>(work: (tx: BrandTx) => Promise<T>) => inBrand(test.db, brandId, work)
const admin = (method: 'GET' | 'PUT' | 'POST', path: string, body?: object): Promise<Answer> =>
  server.ask(signedIn(ada, brandId, 'admin', null, 'Ada'), method as 'GET', path, body)
const mine = async (path: string): Promise<Answer['body']> =>
  (await server.ask(signedIn(ana.userId, brandId, 'member', ana.id), 'GET', path)).body

const weights = { accepted: 10, acceptedPerDay: null, thanked: 15, reach: { scale: 4, most: 20 }, complained: 5 }
const set = async (change: object, anew: boolean) => {
  const { version } = (await admin('GET', '/points/rules')).body
  return admin('PUT', '/points/rules', { version, weights: { ...weights, ...change }, anew })
}
const balance = () =>
  brand(async (tx) => {
    const [row] = await tx.execute<{ points: number; rank: string; replayed: number }>(sql`
      select m.points, m.rank, (select coalesce(sum(points), 0)::int from ledger where member_id = m.id) as replayed
      from member m where id = ${ana.id}`)
    return row
  })

/** Answers that went out and were thanked for, and reached three people each. */
async function goodAnswers(count: number): Promise<string[]> {
  return brand(async (tx) => {
    const made: string[] = []
    for (let n = 0; n < count; n++) {
      const { id } = await aMention(tx, { state: 'replied' })
      const reply = await aReply(tx, { mentionId: id, memberId: ana.id, userId: ana.userId, outcome: 'thanked' })
      const about = { memberId: ana.id, replyId: reply.id }
      await award(tx, forAccepted({ ...about, rewards: 'yes' }), NINE)
      await award(
        tx,
        [...forThanks(about), ...forReach({ ...about, before: {}, after: { likes: 3 }, rewards: 'yes' })],
        NINE,
      )
      made.push(reply.id)
    }
    return made
  })
}

it('a brand begins with the weights that ship, and an admin sets others from now on (P1, P2)', async () => {
  const begun = (await admin('GET', '/points/rules')).body
  expect(begun).toMatchObject({ name: 'points-1', weights })
  await goodAnswers(2)
  expect(await balance()).toEqual({ points: 66, rank: 'helper', replayed: 66 })
  expect((await set({ accepted: 2, thanked: 30 }, false)).body).toMatchObject({ name: 'points-2' })
  // What was earned stays.
  expect(await balance()).toMatchObject({ points: 66 })
  await brand((tx) => award(tx, forThanks({ memberId: ana.id, replyId: newId() }), LATER))
  expect(await balance()).toEqual({ points: 96, rank: 'helper', replayed: 96 })
  const { items } = await mine('/points?limit=1')
  expect(items).toMatchObject([{ points: 30 }])
  const [written] = await test.db.execute(sql`
    select details from audit where act = 'settings.points' and brand_id = ${brandId}`)
  expect(written).toMatchObject({
    details: { before: { edition: 1, weights }, after: { edition: 2, anew: false, weights: { thanked: 30 } } },
  })
  expect((await mine('/rank')).earns).toEqual({
    ...{ accepted: 2, acceptedPerDay: null, thanked: 30, reachAtMost: 20, complaintCosts: 5 },
  })
})

it('a trial tells what weighing anew then does, to the point; and it changes nothing itself (P7, I6)', async () => {
  await goodAnswers(2)
  const other = { ...weights, accepted: 1, thanked: 4, reach: { scale: 2, most: 3 } }
  const trial = (await admin('POST', '/points/trial', { weights: other })).body
  expect(trial).toEqual({
    days: 28,
    month: [
      { cause: 'accepted', deeds: 2, points: { before: 20, after: 2 } },
      { cause: 'thanked', deeds: 2, points: { before: 30, after: 8 } },
      { cause: 'reach', deeds: 2, points: { before: 16, after: 6 } },
    ],
    anew: {
      ...{ members: 1, points: { before: 66, after: 16 }, won: 0, lost: 1 },
      moved: [
        {
          ...{ memberId: ana.id, name: 'Ana', points: { before: 66, after: 16 } },
          rank: { before: 'helper', after: 'newcomer' },
        },
      ],
    },
  })
  expect(await balance()).toMatchObject({ points: 66 })
  await set(other, true)
  expect(await balance()).toEqual({ points: 16, rank: 'newcomer', replayed: 16 })
  // And back again, to the last point.
  await set({}, true)
  expect(await balance()).toEqual({ points: 66, rank: 'helper', replayed: 66 })
})

it('what was weighed anew is no deed: weeks, thanks and badges stay as they were', async () => {
  const [first] = await goodAnswers(2)
  const board = async (period: string) => (await mine(`/board?period=${period}`)).rows[0]
  const rules = (await admin('GET', '/badges/rules')).body
  const items = [{ badge: 'thanked', on: true, needs: 2 }]
  await admin('PUT', '/badges/rules', { version: rules.version, items })
  const [week, all] = [await board('week'), await board('all')]
  expect([week.points, all.points]).toEqual([66, 66])
  await set({ accepted: 20, thanked: 30 }, true)
  expect(await board('week')).toEqual(week)
  expect(await board('all')).toEqual({ ...all, points: 116 })
  expect((await mine('/badges')).items[0].held).toHaveLength(1)
  // An answer that is taken back takes all of it with it.
  await brand((tx) => award(tx, forTakenBack({ memberId: ana.id, replyId: first! }), LATER))
  expect(await balance()).toMatchObject({ points: 58, replayed: 58 })
})

it('so many answers a day earn for going out, by the brand’s clock; thanks and boards count them all', async () => {
  await set({ acceptedPerDay: 2 }, false)
  await goodAnswers(3)
  // Two for going out, three for thanks and reach.
  expect(await balance()).toMatchObject({ points: 20 + 45 + 24, replayed: 89 })
  expect((await mine('/board?period=all')).rows[0]).toMatchObject({ replies: 3, thanked: 3 })
  await brand((tx) => award(tx, forAccepted({ memberId: ana.id, replyId: newId(), rewards: 'yes' }), LATER))
  expect(await balance()).toMatchObject({ points: 99 })
})

it('weighing anew while answers are rewarded leaves every balance at what its ledger is worth (I6)', async () => {
  await goodAnswers(1)
  const { db, close } = openDb(test.url, { max: 8 })
  try {
    const races = Array.from({ length: 40 }, async (_, n) => {
      if (n % 10 === 5) await set({ accepted: n, thanked: n + 1 }, true)
      const about = { memberId: ana.id, replyId: newId() }
      await inBrand(db, brandId, (tx) => award(tx, forAccepted({ ...about, rewards: 'yes' }), NINE))
      await inBrand(db, brandId, (tx) => award(tx, forThanks(about), NINE))
    })
    await Promise.all(races)
  } finally {
    await close()
  }
  const now = (await admin('GET', '/points/rules')).body.weights
  const is = await balance()
  expect(is?.points).toBe(is?.replayed)
  // 41 answers and as many thanks by the weights that were set last; the first reached three people as well.
  expect(is?.points).toBe(41 * (now.accepted + now.thanked) + 8)
  expect((await admin('POST', '/points/trial', { weights: now })).body.anew).toMatchObject({ members: 0, moved: [] })
})

it('weighing anew gives nothing for an answer that was taken back, though it had earned nothing (P1)', async () => {
  await set({ acceptedPerDay: 1 }, false)
  const about = { memberId: ana.id, replyId: newId() }
  await brand(async (tx) => {
    await award(tx, forAccepted({ memberId: ana.id, replyId: newId(), rewards: 'yes' }), NINE)
    await award(tx, forAccepted({ ...about, rewards: 'yes' }), NINE)
    await award(tx, forTakenBack(about), LATER)
  })
  expect(await balance()).toMatchObject({ points: 10 })
  // What brought nothing is not shown.
  expect((await mine('/points')).items).toHaveLength(1)
  await set({ acceptedPerDay: null }, true)
  expect(await balance()).toMatchObject({ points: 10, replayed: 10 })
})

it('of two who set them the second is told, and nothing is overwritten', async () => {
  const { version } = (await admin('GET', '/points/rules')).body
  const put = (thanked: number) =>
    admin('PUT', '/points/rules', { version, weights: { ...weights, thanked }, anew: false })
  expect((await put(20)).status).toBe(200)
  expect(await put(25)).toMatchObject({ status: 409, body: { changedBy: 'Ada' } })
  expect((await admin('GET', '/points/rules')).body.weights.thanked).toBe(20)
})

it('a brand’s weights are its own (I5)', async () => {
  await set({ thanked: 99 }, false)
  const other = await aBrand(test.db)
  const shown = await server.ask(signedIn(ada, other.id, 'admin', null, 'Ada'), 'GET', '/points/rules')
  expect(shown.body).toMatchObject({ name: 'points-1', weights })
})
