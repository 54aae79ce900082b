import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type BrandTx, inBrand, openDb } from '../../src/db/client.ts'
import type { Badge, BadgeSettings } from '../../src/domain/badges.ts'
import { DAY, HOUR } from '../../src/domain/clock.ts'
import { noticesOf } from '../../src/people/notices/queries.ts'
import { rosterPage } from '../../src/people/roster/queries.ts'
import { award } from '../../src/reward/award.ts'
import { settleBadges } from '../../src/reward/badges/badges.ts'
import { board } from '../../src/reward/board-queries.ts'
import { type Claim, forAccepted, forComplaint, forTakenBack, forThanks } from '../../src/reward/reward.ts'
import { aBrand, aDecision, after, aMember, aMention, aReply, NINE } from '../builders.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'

type Helper = { id: string; userId: string }
type About = { memberId: string; replyId: string }

let test: TestDatabase
let brandId: string
let ana: Helper
beforeAll(async () => {
  test = await freshDatabase()
})
afterAll(() => test.drop())
beforeEach(async () => {
  brandId = (await aBrand(test.db)).id
  ana = await aMember(test.db, brandId, { name: 'Ana' })
})
const brand = <T>(work: (tx: BrandTx) => Promise<T>) => inBrand(test.db, brandId, work)

const gives = (tx: BrandTx, badges: BadgeSettings) =>
  tx.execute(sql`update brand set settings = settings || ${JSON.stringify({ badges })}::text::jsonb`)

/** An answer that went out, to a post of that language and those skills. */
async function answered(
  tx: BrandTx,
  { id, userId }: Helper,
  { language = 'en', skills = ['wifi'], at = NINE } = {},
): Promise<About> {
  const mention = await aMention(tx, { state: 'replied' })
  await aDecision(tx, mention.id, { language, skills, at: after(-60 * DAY) })
  const reply = await aReply(tx, { mentionId: mention.id, memberId: id, userId, requestedAt: at })
  const about = { memberId: id, replyId: reply.id }
  await award(tx, forAccepted({ ...about, rewards: 'yes' }), at)
  return about
}

async function thanked(tx: BrandTx, who: Helper, post: Parameters<typeof answered>[2] = {}): Promise<About> {
  const about = await answered(tx, who, post)
  await award(tx, forThanks(about), post.at ?? NINE)
  return about
}

async function spoiled(tx: BrandTx, { replyId, ...about }: About, claims: Claim[], at: Date): Promise<void> {
  const [outcome, state] = claims[0]?.cause === 'complained' ? ['complained', 'sent'] : ['thanked', 'taken-back']
  await tx.execute(sql`update reply set outcome = ${outcome}, state = ${state} where id = ${replyId}`)
  await award(tx, claims, at)
  expect(about.memberId).toBe(ana.id)
}

const held = async (tx: BrandTx): Promise<string[]> =>
  (
    await tx.execute<{ name: string }>(sql`
      select concat_ws(':', badge, nullif(skill, '')) as name from member_badge where lost_at is null order by 1`)
  ).map(({ name }) => name)
const told = async (tx: BrandTx): Promise<[string, Badge][]> =>
  (
    await tx.execute<{ kind: string; badge: Badge }>(
      sql`select kind, data->>'badge' as badge from event where kind like 'badge.%' order by id`,
    )
  ).map(({ kind, badge }) => [kind, badge])

describe('a badge', () => {
  it('is given to nobody until an admin switches it on (P3)', async () => {
    await brand(async (tx) => {
      await thanked(tx, ana)
      expect(await held(tx)).toEqual([])
      await gives(tx, { thanked: { on: true, needs: 2 }, specialist: { on: false, needs: 1 } })
      await thanked(tx, ana)
      expect(await held(tx)).toEqual(['thanked'])
    })
  })

  it('is earned by answers that were thanked for, never by how many went out, and moves no rank (P2, P5)', async () => {
    await brand(async (tx) => {
      await gives(tx, { thanked: { on: true, needs: 1 }, specialist: { on: true, needs: 1 } })
      for (let n = 0; n < 20; n++) await answered(tx, ana)
      expect(await held(tx)).toEqual([])
      await thanked(tx, ana)
      expect(await held(tx)).toEqual(['specialist:wifi', 'thanked'])
      const [{ rank } = {}] = await tx.execute(sql`select rank from member where id = ${ana.id}`)
      expect(rank).toBe('newcomer')
    })
  })

  it('for breadth counts languages and skills, each once', async () => {
    await brand(async (tx) => {
      await gives(tx, { polyglot: { on: true, needs: 2 }, versatile: { on: true, needs: 3 } })
      await thanked(tx, ana, { skills: ['wifi', 'ink'] })
      await thanked(tx, ana, { skills: ['ink', 'wifi'] })
      expect(await held(tx)).toEqual([])
      await thanked(tx, ana, { skills: ['paper'] })
      expect(await held(tx)).toEqual(['versatile'])
      await thanked(tx, ana, { language: 'de', skills: [] })
      expect(await held(tx)).toEqual(['polyglot', 'versatile'])
    })
  })

  it('for one skill is one for each of them', async () => {
    await brand(async (tx) => {
      await gives(tx, { specialist: { on: true, needs: 2 } })
      for (const skills of [['wifi'], ['ink'], ['wifi', 'ink']]) await thanked(tx, ana, { skills })
      expect(await held(tx)).toEqual(['specialist:ink', 'specialist:wifi'])
    })
  })

  it('for a reliable month is not given while an answer of that month failed its author', async () => {
    await brand(async (tx) => {
      await gives(tx, { reliable: { on: true, needs: 2 } })
      await thanked(tx, ana, { at: after(-31 * DAY) })
      const bad = await answered(tx, ana)
      await spoiled(tx, bad, forComplaint(bad), after(HOUR))
      await thanked(tx, ana, { at: after(2 * HOUR) })
      await thanked(tx, ana, { at: after(3 * HOUR) })
      expect(await held(tx)).toEqual([])
      await thanked(tx, ana, { at: after(30 * DAY + HOUR) })
      expect(await held(tx)).toEqual(['reliable'])
    })
  })

  it('is given once and told once, whatever comes after it and at once', async () => {
    await brand((tx) => gives(tx, { thanked: { on: true, needs: 1 } }))
    const abouts: About[] = []
    for (let n = 0; n < 6; n++) abouts.push(await brand((tx) => answered(tx, ana)))
    const { db, close } = openDb(test.url, { max: 8 })
    try {
      await Promise.all(
        abouts
          .flatMap((about) => [about, about])
          .map((about) => inBrand(db, brandId, (tx) => award(tx, forThanks(about), NINE))),
      )
    } finally {
      await close()
    }
    await brand(async (tx) => {
      await settleBadges(tx, null, after(DAY))
      expect(await told(tx)).toEqual([['badge.earned', 'thanked']])
    })
  })

  it('is lost when an answer it was given for no longer stands and the others are not enough, and may come again', async () => {
    await brand(async (tx) => {
      await gives(tx, { thanked: { on: true, needs: 2 } })
      const [first, second, third] = [await thanked(tx, ana), await thanked(tx, ana), await thanked(tx, ana)]
      await spoiled(tx, first, forTakenBack(first), after(HOUR))
      expect(await held(tx)).toEqual(['thanked'])
      await spoiled(tx, second, forComplaint(second), after(2 * HOUR))
      expect(await held(tx)).toEqual([])
      await spoiled(tx, third, forComplaint(third), after(3 * HOUR))
      await thanked(tx, ana, { at: after(4 * HOUR) })
      await thanked(tx, ana, { at: after(5 * HOUR) })
      expect(await told(tx)).toEqual([
        ['badge.earned', 'thanked'],
        ['badge.lost', 'thanked'],
        ['badge.earned', 'thanked'],
      ])
    })
  })

  it('stays when its month is over, or when it asks for more by now', async () => {
    await brand(async (tx) => {
      await gives(tx, { thanked: { on: true, needs: 1 }, reliable: { on: true, needs: 1 } })
      await thanked(tx, ana)
      await gives(tx, { thanked: { on: true, needs: 9 }, reliable: { on: true, needs: 9 } })
      await settleBadges(tx, null, after(90 * DAY))
      expect(await held(tx)).toEqual(['reliable', 'thanked'])
    })
  })

  it('is seen on boards and by admins, and its member hears of it (P5)', async () => {
    await brand(async (tx) => {
      await gives(tx, { specialist: { on: true, needs: 1 } })
      const about = await thanked(tx, ana)
      const badges = [{ badge: 'specialist', skill: 'wifi' }]
      const all = { since: null, by: 'points', joinedSince: null, skill: null, language: null } as const
      expect((await board(tx, all, ana.userId)).rows).toMatchObject([{ name: 'Ana', badges }])
      expect(await rosterPage(tx, '', { after: null, limit: 5 })).toMatchObject([{ name: 'Ana', badges }])
      await spoiled(tx, about, forComplaint(about), after(HOUR))
      const reader = { userId: ana.userId, memberId: ana.id, roles: ['member'] as const }
      const window = { since: after(-HOUR), until: after(DAY), limit: 9 }
      const notices = await noticesOf(tx, reader, { ...window, kinds: ['badge-earned', 'badge-lost'] })
      expect(notices.map(({ kind, detail }) => [kind, detail])).toEqual([
        ['badge-lost', 'specialist:wifi'],
        ['badge-earned', 'specialist:wifi'],
      ])
      await gives(tx, { specialist: { on: false, needs: 1 } })
      expect((await board(tx, all, ana.userId)).rows).toMatchObject([{ badges: [] }])
    })
  })

  it('is counted in passing for a member of 3,000 thanks, on tables that nobody has analysed yet', async () => {
    await brand(async (tx) => {
      await gives(tx, { specialist: { on: true, needs: 5 }, polyglot: { on: true, needs: 2 } })
      await tx.execute(sql`
        insert into ledger (id, member_id, cause, points, reason, key, weights, reply_id, at, language, skills)
        select gen_random_uuid(), ${ana.id}, cause, 10, 'A test says so.', cause || n, 'points-1', md5(n::text)::uuid,
          ${NINE.toISOString()}::timestamptz - n * interval '1 hour', (array['en','de'])[1 + n % 2], array['wifi']
        from generate_series(1, 3000) n cross join unnest(array['accepted', 'thanked', 'reach']) as cause`)
      // Measured 60 ms; joined with itself the ledger took 25 s.
      await tx.execute(sql`set local statement_timeout = '5s'`)
      await settleBadges(tx, [ana.id], NINE)
      expect(await held(tx)).toEqual(['polyglot', 'specialist:wifi'])
    })
  })
})
