import { readdirSync, readFileSync } from 'node:fs'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type BrandTx, inBrand, openDb } from '../../src/db/client.ts'
import { DAY, HOUR } from '../../src/domain/clock.ts'
import { newId } from '../../src/domain/id.ts'
import { award } from '../../src/reward/award.ts'
import { board, entriesOf, periodStart } from '../../src/reward/board-queries.ts'
import { type Claim, forAccepted, forComplaint, forReach, forTakenBack, forThanks } from '../../src/reward/reward.ts'
import { aBrand, aDecision, after, aMember, aMention, aReply, NINE } from '../builders.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'

let test: TestDatabase
let brandId: string
beforeAll(async () => {
  test = await freshDatabase()
})
afterAll(() => test.drop())
beforeEach(async () => {
  brandId = (await aBrand(test.db)).id
})
const brand = <T>(work: (tx: BrandTx) => Promise<T>) => inBrand(test.db, brandId, work)
const accepted = (memberId: string, replyId = newId()) => forAccepted({ memberId, replyId, rewards: 'yes' })
const reached = (memberId: string, replyId: string, likes: number) =>
  forReach({ memberId, replyId, before: {}, after: { likes }, rewards: 'yes' })

/** Members whose stored balance is not what their ledger adds up to. */
const astray = (tx: BrandTx) =>
  tx.execute(sql`
    select m.name, m.points, coalesce(sum(l.points), 0)::int as replayed from member m
    left join ledger l on l.member_id = m.id group by m.id having m.points <> coalesce(sum(l.points), 0)`)
const balance = async (tx: BrandTx, memberId: string) =>
  (await tx.execute(sql`select points, rank from member where id = ${memberId}`))[0]

describe('an award', () => {
  it('is an entry, a balance and an event; the same once more is nothing (P1)', async () => {
    const ana = await aMember(test.db, brandId)
    await brand(async (tx) => {
      const claims = accepted(ana.id)
      expect(await award(tx, claims, NINE)).toMatchObject([{ points: 10, cause: 'accepted', weights: 'points-1' }])
      expect(await award(tx, claims, after(HOUR))).toEqual([])
      expect(await balance(tx, ana.id)).toMatchObject({ points: 10 })
      const told = await tx.execute(sql`select kind, member_ids::text as members, data->'points' as points from event`)
      expect([...told]).toEqual([{ kind: 'points.earned', members: `{${ana.id}}`, points: 10 }])
    })
  })

  it('leaves every balance equal to its ledger after a storm of repeated and crossing awards (I6)', async () => {
    const { db, close } = openDb(test.url, { max: 12 })
    try {
      const members = await Promise.all(['Ana', 'Ben', 'Cleo'].map((name) => aMember(test.db, brandId, { name })))
      const replies = members.flatMap(({ id }) => [1, 2, 3].map(() => ({ memberId: id, replyId: newId() })))
      const batches: Claim[][] = Array.from({ length: 60 }, (_, n) => {
        const turned = [...replies.slice(n % 9), ...replies.slice(0, n % 9)] // every batch in another order
        return turned.flatMap(({ memberId, replyId }) => [
          ...forAccepted({ memberId, replyId, rewards: 'yes' }),
          ...(n % 3 === 0 ? forThanks({ memberId, replyId }) : []),
          ...reached(memberId, replyId, 1 + ((n * 7) % 31)),
        ])
      })
      await Promise.all(batches.map((claims) => inBrand(db, brandId, (tx) => award(tx, claims, NINE))))
      await brand(async (tx) => {
        expect(await astray(tx)).toHaveLength(0)
        const sums = await tx.execute(sql`select sum(points)::int as points from ledger group by reply_id`)
        // Accepted, thanked, and the reach of the highest reading, each once.
        expect([...sums]).toEqual(replies.map(() => ({ points: 10 + 15 + 20 })))
      })
    } finally {
      await close()
    }
  })

  it('for reach adds up to the highest reading, in whatever order they come', async () => {
    const ana = await aMember(test.db, brandId)
    const replyId = newId()
    await brand(async (tx) => {
      for (const likes of [3, 1, 7, 7, 3]) await award(tx, reached(ana.id, replyId, likes), NINE)
      const entries = await entriesOf(tx, ana.id, { limit: 10, after: null })
      expect(entries.map(({ points }) => points).sort()).toEqual([4, 8])
    })
  })

  it('that a complaint takes back is an entry too, and no reply ends below nothing', async () => {
    const ana = await aMember(test.db, brandId)
    const about = { memberId: ana.id, replyId: newId() }
    await brand(async (tx) => {
      await award(tx, [...accepted(ana.id, about.replyId), ...forThanks(about)], NINE)
      await award(tx, forComplaint(about), after(HOUR))
      expect(await award(tx, forComplaint({ ...about, replyId: newId() }), after(HOUR))).toMatchObject([{ points: 0 }])
      expect(await balance(tx, ana.id)).toMatchObject({ points: 5 })
      expect(await astray(tx)).toHaveLength(0)
    })
  })

  it('promotes whoever has the points and the thanks for it, and tells them (P3)', async () => {
    const ana = await aMember(test.db, brandId, { points: 0 })
    await brand(async (tx) => {
      for (let n = 0; n < 2; n++) {
        const { id } = await aMention(tx, { state: 'replied' })
        const reply = await aReply(tx, { mentionId: id, memberId: ana.id, userId: ana.userId, outcome: 'thanked' })
        const about = { memberId: ana.id, replyId: reply.id }
        await award(tx, [...accepted(ana.id, reply.id), ...forThanks(about)], NINE)
      }
      expect(await balance(tx, ana.id)).toEqual({ points: 50, rank: 'helper' })
      const [told] = await tx.execute(sql`select data from event where kind = 'member.changed'`)
      expect(told).toEqual({ data: { rank: 'helper', was: 'newcomer' } })
    })
  })
})

describe('one’s own ledger', () => {
  it('pages newest first, missing and repeating nothing when many entries have one instant', async () => {
    const ana = await aMember(test.db, brandId)
    await brand(async (tx) => {
      for (const hours of [0, 0, 0, 0, 1]) await award(tx, accepted(ana.id), after(hours * HOUR))
      const seen: string[] = []
      let place: { key: string; id: string } | null = null
      for (let more = true; more; ) {
        const rows = await entriesOf(tx, ana.id, { limit: 2, after: place })
        more = rows.length > 2
        seen.push(...rows.slice(0, 2).map(({ id }) => id))
        const last = rows.slice(0, 2).at(-1)!
        place = { key: new Date(last.at).toISOString(), id: last.id }
      }
      const all = await tx.execute<{ id: string }>(sql`select id from ledger order by at desc, id desc`)
      expect(seen).toEqual(all.map(({ id }) => id))
    })
  })
})

describe('the board', () => {
  it('begins its week on Monday and its month on the first, by the brand’s own clock', async () => {
    const start = async (period: 'week' | 'month' | 'all', now: string) => {
      const since = await brand((tx) => periodStart(tx, period, new Date(now)))
      return since && new Date(since).toISOString()
    }
    expect(await start('week', '2026-03-04T09:00:00Z')).toBe('2026-03-01T23:00:00.000Z')
    // Sunday in UTC, Monday in Berlin; and summer time began in between.
    expect(await start('week', '2026-03-29T22:30:00Z')).toBe('2026-03-29T22:00:00.000Z')
    expect(await start('month', '2026-03-31T12:00:00Z')).toBe('2026-02-28T23:00:00.000Z')
    expect(await start('all', '2026-03-31T12:00:00Z')).toBeNull()
  })

  it('counts the period alone, shares places, leaves out the suspended, and knows the reader (P4)', async () => {
    const [ana, ben, cleo, old, out] = await Promise.all([
      aMember(test.db, brandId, { name: 'Ana' }),
      aMember(test.db, brandId, { name: 'Ben' }),
      aMember(test.db, brandId, { name: 'Cleo' }),
      aMember(test.db, brandId, { name: 'Old' }),
      aMember(test.db, brandId, { name: 'Out', standing: 'suspended' }),
    ])
    const replyId = newId()
    await brand(async (tx) => {
      const claims = [ana, ben, cleo, out].flatMap(({ id }) => accepted(id))
      await award(tx, claims, NINE)
      await award(tx, [...accepted(cleo.id, replyId), ...forThanks({ memberId: cleo.id, replyId })], NINE)
      await award(tx, accepted(old.id), after(-7 * DAY))
      const about = { by: 'points' as const, joinedSince: null, skill: null, language: null }
      const { rows } = await board(tx, { ...about, since: after(-DAY).toISOString() }, ben.userId)
      expect(
        rows.map(({ place, name, points, replies, thanked, me }) => [place, name, points, replies, thanked, me]),
      ).toEqual([
        [1, 'Cleo', 35, 2, 1, false],
        [2, 'Ana', 10, 1, 0, false],
        [2, 'Ben', 10, 1, 0, true],
      ])
      const names = async (how: object) =>
        (await board(tx, { ...about, since: null, ...how }, ben.userId)).rows.map(({ name }) => name)
      expect(await names({})).toEqual(['Cleo', 'Ana', 'Ben', 'Old'])
      expect(await names({ by: 'thanked' })).toEqual(['Cleo'])
      expect(await names({ joinedSince: after(DAY) })).toEqual([])
      await tx.execute(sql`update member set listed = false where id = ${cleo.id}`)
      expect(await names({})).toEqual(['Ana', 'Ben', 'Old'])
    })
  })

  it('shows ten, and two above and below the reader wherever they stand', async () => {
    const helpers = await Promise.all(
      Array.from({ length: 16 }, (_, n) => aMember(test.db, brandId, { name: `H${String(n).padStart(2, '0')}` })),
    )
    await brand(async (tx) => {
      for (const [n, { id }] of helpers.entries())
        await award(tx, Array.from({ length: 20 - n }, () => accepted(id)).flat(), NINE)
      const about = { by: 'points' as const, joinedSince: null, since: null, skill: null, language: null }
      const shown = await board(tx, about, helpers[13]!.userId)
      expect([shown.size, shown.rows.length, shown.rows[9]!.name]).toEqual([16, 10, 'H09'])
      expect(shown.near.map(({ place, name, me }) => [place, name, me])).toEqual([
        [12, 'H11', false],
        [13, 'H12', false],
        [14, 'H13', true],
        [15, 'H14', false],
        [16, 'H15', false],
      ])
      expect((await board(tx, about, newId())).near).toEqual([])
    })
  })

  it('counts one skill or one language alone, by what a post asked for when it was answered (P4)', async () => {
    const [ana, ben] = await Promise.all([
      aMember(test.db, brandId, { name: 'Ana' }),
      aMember(test.db, brandId, { name: 'Ben' }),
    ])
    await brand(async (tx) => {
      const answer = async ({ id, userId }: typeof ana, language: string, skills: string[]) => {
        const mention = await aMention(tx, { state: 'replied' })
        await aDecision(tx, mention.id, { language, skills, at: NINE })
        // What is decided after the answer, a complaint's way to staff say, changes nothing of it.
        await aDecision(tx, mention.id, { language: 'fr', skills: [], at: after(2 * HOUR) })
        const reply = await aReply(tx, { mentionId: mention.id, memberId: id, userId, requestedAt: after(HOUR) })
        await award(tx, accepted(id, reply.id), after(HOUR))
        return { memberId: id, replyId: reply.id }
      }
      const first = await answer(ana, 'en', ['wifi', 'ink'])
      await award(tx, forThanks(first), after(HOUR))
      await answer(ana, 'de', ['ink'])
      await answer(ben, 'en', ['ink'])
      const placed = async (of: { skill?: string; language?: string }) => {
        const asked = { by: 'points' as const, joinedSince: null, since: null, skill: null, language: null, ...of }
        return (await board(tx, asked, ana.userId)).rows.map(({ name, points }) => [name, points])
      }
      expect(await placed({ skill: 'ink' })).toEqual([
        ['Ana', 35],
        ['Ben', 10],
      ])
      expect(await placed({ skill: 'wifi' })).toEqual([['Ana', 25]])
      expect(await placed({ language: 'de' })).toEqual([['Ana', 10]])
      expect(await placed({ skill: 'ink', language: 'en' })).toEqual([
        ['Ana', 25],
        ['Ben', 10],
      ])
      expect(await placed({ language: 'fr' })).toEqual([])
      // A claw-back is counted where the points were.
      await award(tx, forTakenBack(first), after(3 * HOUR))
      expect(await placed({ skill: 'wifi' })).toEqual([])
    })
  })

  it('counts entries from before it knew of skills, once the migration has run (P4)', async () => {
    const ana = await aMember(test.db, brandId, { name: 'Ana' })
    const asked = () =>
      test.db.execute(sql`select language, skills from ledger where member_id = ${ana.id} order by key`)
    await brand(async (tx) => {
      const mention = await aMention(tx, { state: 'replied' })
      await aDecision(tx, mention.id, { language: 'de', skills: ['ink', 'wifi'], at: NINE })
      const reply = await aReply(tx, { mentionId: mention.id, memberId: ana.id, userId: ana.userId, requestedAt: NINE })
      await award(tx, [...accepted(ana.id, reply.id), ...accepted(ana.id)], NINE)
    })
    await test.db.execute(sql`update ledger set language = null, skills = '{}' where member_id = ${ana.id}`)
    const file = readdirSync('drizzle').find((name) => name.endsWith('_ledger_of_skills.sql'))
    await test.db.execute(sql.raw(readFileSync(`drizzle/${file}`, 'utf8')))
    expect([...(await asked())]).toEqual(
      expect.arrayContaining([
        { language: 'de', skills: ['ink', 'wifi'] },
        { language: null, skills: [] },
      ]),
    )
  })
})
