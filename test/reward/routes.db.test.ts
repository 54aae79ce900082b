import { afterAll, beforeAll, expect, it } from 'vitest'
import { inBrand } from '../../src/db/client.ts'
import { award } from '../../src/reward/award.ts'
import { forAccepted } from '../../src/reward/reward.ts'
import { rewardRoutes } from '../../src/reward/routes.ts'
import { type Asking, aServer, signedIn } from '../asking.ts'
import { aBrand, aMember, NINE } from '../builders.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'

let test: TestDatabase
let server: Asking
beforeAll(async () => {
  test = await freshDatabase()
  server = await aServer((app, guard) => rewardRoutes(app, { ...guard, db: test.db, clock: { now: () => NINE } }))
})
afterAll(async () => {
  await server.app.close()
  await test.drop()
})

it('a member sees their points with reasons, page by page, and the week’s board (P1, P4)', async () => {
  const brand = await aBrand(test.db)
  const ana = await aMember(test.db, brand.id)
  const me = signedIn(ana.userId, brand.id, 'member', ana.id)
  const claims = ['0', '1'].flatMap((n) =>
    forAccepted({ memberId: ana.id, replyId: `00000000-0000-7000-8000-00000000000${n}`, rewards: 'yes' }),
  )
  await inBrand(test.db, brand.id, (tx) => award(tx, claims, NINE))
  const first = await server.ask(me, 'GET', '/points?limit=1')
  expect(first.body).toMatchObject({ items: [{ points: 10, reason: 'Your answer was accepted and sent.' }] })
  const second = await server.ask(me, 'GET', `/points?limit=1&cursor=${first.body.nextCursor}`)
  expect(second.body).toMatchObject({ items: [{ points: 10 }], nextCursor: null })
  const row = {
    place: 1,
    name: 'Ana',
    rank: 'newcomer',
    points: 20,
    replies: 2,
    thanked: 0,
    reach: 0,
    badges: [],
    me: true,
  }
  expect((await server.ask(me, 'GET', '/board')).body).toEqual({
    ...{ period: 'week', by: 'points', who: 'everybody', from: '2026-03-01T23:00:00.000Z', asOf: NINE.toISOString() },
    ...{ skill: null, language: null, skills: [], languages: ['en'] },
    ...{ size: 1, rows: [row], near: [row], listed: true },
  })
  expect((await server.ask(me, 'GET', '/board?skill=ink&language=en')).body).toMatchObject({
    ...{ skill: 'ink', language: 'en', rows: [], size: 0 },
  })
  expect((await server.ask(me, 'GET', '/board?by=reach&who=newcomers')).body).toMatchObject({ rows: [], near: [] })
  expect((await server.ask(me, 'GET', '/rank')).body).toMatchObject({
    ...{ rank: 'newcomer', points: 20, thanked: 0, granted: 'newcomer' },
    ladder: [
      { rank: 'newcomer', points: 0, skipApproval: false },
      {
        rank: 'helper',
        points: 50,
        thanked: 2,
        keptFrom: { points: 40 },
        skipApproval: true,
        media: true,
        brandVoice: false,
        lounge: true,
      },
      { rank: 'champion', points: 300, thanked: 12, brandVoice: true },
    ],
    earns: { accepted: 10, thanked: 15, reachAtMost: 20, complaintCosts: 5 },
  })
})

it('a board is chosen by the language of the ledger, though a brand hears one of a region (P4)', async () => {
  const brand = await aBrand(test.db, { settings: { languages: ['pt-BR', 'pt-PT', 'en'] } })
  const ana = await aMember(test.db, brand.id)
  const { body } = await server.ask(signedIn(ana.userId, brand.id, 'member', ana.id), 'GET', '/board')
  expect(body.languages).toEqual(['en', 'pt'])
})
