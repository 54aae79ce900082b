import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Change } from '../../connectors/connector.ts'
import { tell } from '../../src/classify/told.ts'
import { type BrandTx, inBrand } from '../../src/db/client.ts'
import { DAY, HOUR, MINUTE } from '../../src/domain/clock.ts'
import { newId } from '../../src/domain/id.ts'
import { feedOf } from '../../src/feed/cards.ts'
import { claimOffer } from '../../src/feed/claim.ts'
import { hideMentions, showMentions } from '../../src/ingest/hidden.ts'
import { forgetPage } from '../../src/ingest/keep.ts'
import { FORGOTTEN_WORDS } from '../../src/ingest/keep-queries.ts'
import { storeChanges, withdrawMentions } from '../../src/ingest/store.ts'
import { brandById } from '../../src/people/brands.ts'
import { setOwnTerms } from '../../src/people/terms/queries.ts'
import { figures } from '../../src/report/queries.ts'
import { settledBy } from '../../src/report/report.ts'
import { sweep } from '../../src/sweep.ts'
import { aMention, aSource } from '../builders.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'
import { tablesWith } from '../tables-with.ts'
import { aWorld, type TestWorld } from '../world.ts'

let test: TestDatabase
let w: TestWorld
beforeAll(async () => {
  test = await freshDatabase()
  w = await aWorld(test, { members: 3 })
})
afterAll(async () => {
  await w.close()
  await test.drop()
})

const brand = <T>(work: (tx: BrandTx) => Promise<T>) => inBrand(test.db, w.cast.brandId, work)
const report = () => {
  const now = w.clock.now()
  const span = { from: new Date(now.getTime() - 7 * DAY), to: new Date(now.getTime() + DAY), step: 'day' as const }
  return brand((tx) => figures(tx, { span, scope: 'all', network: null, settledBy: settledBy(now) }))
}

const QUESTIONS = [
  'how do I connect the quuxian router to the wifi?',
  'which ink cartridge fits into a quuxian?',
  'my quuxian prints nothing but stripes, what can I try?',
  'where is the reset button of the quuxian, please?',
  'can two quuxian routers share one wifi name?',
]

describe('words that their network lets nobody keep any longer', () => {
  it('go from every table at their hour, once however many sweep; the post, its labels and the report stay', async () => {
    const ids: string[] = []
    for (const [n, question] of QUESTIONS.entries()) ids.push(await w.postAs(`xantippe${n}`, `@acme ${question}`))
    await w.drain()
    const [ana] = w.cast.members
    const [offered] = await test.db.execute<{ id: string; mention_id: string }>(
      sql`select id, mention_id from offer where member_id = ${ana!.id} and state = 'open' limit 1`,
    )
    await brand((tx) => claimOffer(tx, offered!.id, ana!.id, w.clock.now(), 20 * MINUTE))
    await brand((tx) =>
      tell(tx, offered!.mention_id, { intent: 'idea' }, { userId: w.cast.staff.userId }, w.clock.now()),
    )
    await test.db.execute(
      sql`update mention set kept_until = ${new Date(w.clock.now().getTime() + 2 * MINUTE).toISOString()}`,
    )
    await w.drain()
    const [card] = await brand((tx) => feedOf(tx, ana!.id, { view: 'mine', limit: 1 }, w.clock.now()))
    expect(new Date(card!.kept_until!).getTime() - w.clock.now().getTime()).toBe(2 * MINUTE)
    expect(await tablesWith(test.db, 'quuxian')).toEqual(
      expect.arrayContaining(['correction', 'decision', 'mention', 'mention_search']),
    )
    const before = await report()

    w.clock.pass(2 * MINUTE)
    await Promise.all([1, 2, 3].map(() => brand((tx) => forgetPage(tx, 3, w.clock.now()))))
    await w.drain()
    expect(await tablesWith(test.db, 'quuxian')).toEqual([])
    expect(await tablesWith(test.db, 'xantippe')).toEqual([])
    const [after] = await brand((tx) => feedOf(tx, ana!.id, { view: 'mine', limit: 1 }, w.clock.now()))
    expect(after).toMatchObject({ text: FORGOTTEN_WORDS, kept_until: null, url: expect.stringContaining('http') })
    const told = await test.db.execute<{ n: number }>(
      sql`select count(*)::int as n from event where kind = 'mention.forgotten' group by mention_id`,
    )
    expect(told.map(({ n }) => n)).toEqual(ids.map(() => 1))
    expect(await report()).toEqual(before)
    const kept = await test.db.execute(sql`
      select distinct m.text, c.intent, c.result->>'why' as why from mention m join classification c on c.mention_id = m.id
      order by intent`)
    expect(kept).toEqual([
      { text: FORGOTTEN_WORDS, intent: 'idea', why: '[]' },
      { text: FORGOTTEN_WORDS, intent: 'question', why: '[]' },
    ])
  })

  it('leave what nobody answered to staff, who read it on its network; who holds one goes on until the lease ends', async () => {
    const states = () =>
      test.db.execute<{ state: string; n: number }>(
        sql`select state, count(*)::int as n from mention group by 1 order by 1`,
      )
    expect(await states()).toEqual([
      { state: 'claimed', n: 1 },
      { state: 'escalated', n: 4 },
    ])
    w.clock.pass(21 * MINUTE)
    await w.drain()
    expect(await states()).toEqual([{ state: 'escalated', n: 5 }])
    const cases = await test.db.execute<{ reason: string }>(sql`select distinct reason from escalation`)
    expect(cases).toEqual([
      { reason: 'Its words may be kept no longer, and nobody has answered it: read it on its network.' },
    ])
    expect(await test.db.execute(sql`select 1 from mention where url is null`)).toHaveLength(0)
  })

  it('go from a hidden post too: shown again, it stands without them, and what waited in it goes to staff', async () => {
    const at = w.clock.now()
    const { id } = await brand((tx) => aMention(tx, { state: 'triaged', keptUntil: new Date(at.getTime() + MINUTE) }))
    await brand((tx) => hideMentions(tx, [id], at, new Date(at.getTime() + DAY)))
    w.clock.pass(MINUTE)
    await w.drain()
    await brand((tx) => showMentions(tx, [id], w.clock.now()))
    await w.drain()
    const [row] = await test.db.execute(sql`select state, text, author_name from mention where id = ${id}`)
    expect(row).toEqual({ state: 'escalated', text: FORGOTTEN_WORDS, author_name: null })
  })
})

describe('a post from LinkedIn', () => {
  it('is forgotten within 48 hours of being stored, and reading it again does not bring its words back', async () => {
    const at = w.clock.now()
    const source = await brand((tx) => aSource(tx, { network: 'linkedin', instance: 'linkedin.com' }))
    const post = (text: string): Change => ({
      type: 'upsert',
      mention: {
        ref: { network: 'linkedin', instance: 'linkedin.com', id: 'urn:li:comment:1' },
        kind: 'comment',
        author: { id: 'urn:li:person:a', handle: 'Somebody on LinkedIn' },
        text,
        createdAt: at,
      },
    })
    const acme = (await brandById(test.db, w.cast.brandId))!
    const read = (text: string) => brand((tx) => storeChanges(tx, acme, source, [post(text)], w.clock.now()))
    await read('The wifi of my router is gone, acme.')
    // Nobody asks LinkedIn: the source has no settings.
    const sweeps = async () => {
      await sweep({ ...w.world, wake: w.queue.queues.wake })
      w.queue.flush()
    }
    const words = async () =>
      (
        await test.db.execute<{ text: string; author_id: string }>(
          sql`select text, author_id from mention where network = 'linkedin'`,
        )
      )[0]!
    await sweeps()
    w.clock.pass(46 * HOUR)
    await sweeps()
    expect(await words()).toEqual({ text: 'The wifi of my router is gone, acme.', author_id: 'urn:li:person:a' })
    w.clock.pass(2 * HOUR - MINUTE)
    await sweeps()
    expect((await words()).text).toBe(FORGOTTEN_WORDS)
    await read('The wifi of my router is gone, acme!')
    expect((await words()).text).toBe(FORGOTTEN_WORDS)
    expect((await words()).author_id).not.toContain('urn:li:person')
  })

  it('that was withdrawn goes on saying so, without its author, and is not told of as forgotten', async () => {
    const at = w.clock.now()
    const gone = await brand((tx) =>
      aMention(tx, { network: 'linkedin', authorId: 'urn:li:person:gone', keptUntil: new Date(at.getTime() + MINUTE) }),
    )
    await brand((tx) => withdrawMentions(tx, [gone.id], at))
    await brand((tx) => forgetPage(tx, 100, new Date(at.getTime() + MINUTE)))
    const [row] = await test.db.execute(sql`
      select state, text, author_id like '%gone' as named, forgotten_at is not null as forgotten,
        (select count(*)::int from event e where e.mention_id = m.id and e.kind = 'mention.forgotten') as told
      from mention m where id = ${gone.id}`)
    expect(row).toEqual({ state: 'withdrawn', text: '[deleted by its author]', named: false, forgotten: true, told: 0 })
  })

  it('takes its author out of whom a member avoids once no post of theirs is left, there and on no other network', async () => {
    const at = w.clock.now()
    const until = (minutes: number) => new Date(at.getTime() + minutes * MINUTE)
    const by = { network: 'linkedin', instance: 'linkedin.com', authorId: 'urn:li:person:muted' } as const
    await brand((tx) => aMention(tx, { ...by, keptUntil: until(1) }))
    await brand((tx) => aMention(tx, { ...by, keptUntil: until(2) }))
    for (const { network, instance, authorId } of [by, { ...by, network: 'mastodon' }])
      await test.db.execute(sql`
        insert into avoided_author (id, brand_id, member_id, network, instance, author_id, handle, how, at)
        values (${newId()}, ${w.cast.brandId}, ${w.cast.members[0]!.id}, ${network}, ${instance}, ${authorId}, 'Muted', 'muted', ${at.toISOString()})`)
    const avoided = async (minutes: number) => {
      await brand((tx) => forgetPage(tx, 100, until(minutes)))
      const rows = await test.db.execute<{ network: string }>(sql`select network from avoided_author order by 1`)
      return rows.map(({ network }) => network)
    }
    expect(await avoided(1)).toEqual(['linkedin', 'mastodon'])
    expect(await avoided(2)).toEqual(['mastodon'])
  })
})

describe('a post under an hour of the brand’s own', () => {
  const post = (id: string, by: string): Change => ({
    type: 'upsert',
    mention: {
      ref: { network: 'mastodon', instance: 'mastodon.example', id },
      kind: 'mention',
      author: { id: by, handle: by },
      text: `The wifi of my router ${id} is gone, acme.`,
      createdAt: w.clock.now(),
    },
  })
  const untilOf = async (text: string) => {
    const [row] = await test.db.execute<{ at: string | null }>(
      sql`select kept_until as at from mention where text like ${`%${text}%`}`,
    )
    return row!.at && new Date(row!.at)
  }

  it('has it although its brand set it while the network was being asked (P2)', async () => {
    const before = (await brandById(test.db, w.cast.brandId))!
    const source = await brand((tx) => aSource(tx, { network: 'mastodon', instance: 'mastodon.example' }))
    const stored = (id: string, by: string) =>
      brand((tx) => storeChanges(tx, before, source, [post(id, by)], w.clock.now()))
    await stored('m1', 'gerda')
    await brand((tx) => setOwnTerms(tx, 'mastodon', { keepHours: 24 }))
    await stored('m2', 'gerda')
    await stored('m3', 'heinz')
    expect(await untilOf('router m1')).toBeNull()
    expect(await untilOf('router m2')).toEqual(new Date(w.clock.now().getTime() + 23 * HOUR))
  })

  it('takes its author out of whom members avoid, unless another post bears the name (L7)', async () => {
    const at = w.clock.now()
    for (const by of ['gerda', 'heinz'])
      await test.db.execute(sql`
        insert into avoided_author (id, brand_id, member_id, network, instance, author_id, handle, how, at)
        values (${newId()}, ${w.cast.brandId}, ${w.cast.members[0]!.id}, 'mastodon', 'mastodon.example', ${by}, ${by}, 'muted', ${at.toISOString()})`)
    await brand((tx) => forgetPage(tx, 100, new Date(at.getTime() + 23 * HOUR)))
    const left = await test.db.execute(
      sql`select author_id from avoided_author where instance = 'mastodon.example' order by 1`,
    )
    expect(left).toEqual([{ author_id: 'gerda' }])
  })

  it('and of the last two, forgotten at once by two, leaves no name behind (L7)', async () => {
    const at = w.clock.now()
    const by = { network: 'mastodon', instance: 'mastodon.example', authorId: 'ilse', keptUntil: at } as const
    for (let n = 0; n < 6; n++) await brand((tx) => aMention(tx, by))
    await test.db.execute(sql`
      insert into avoided_author (id, brand_id, member_id, network, instance, author_id, handle, how, at)
      values (${newId()}, ${w.cast.brandId}, ${w.cast.members[0]!.id}, 'mastodon', 'mastodon.example', 'ilse', 'ilse', 'blocked', ${at.toISOString()})`)
    await Promise.all([1, 2, 3, 4, 5, 6].map(() => brand((tx) => forgetPage(tx, 1, at))))
    expect(await test.db.execute(sql`select 1 from mention where author_id = 'ilse'`)).toEqual([])
    expect(await test.db.execute(sql`select 1 from avoided_author where author_id = 'ilse'`)).toEqual([])
  })
})
