import { readFileSync } from 'node:fs'
import { sql } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { compile } from '../rules/evaluate.ts'
import type { Facts } from '../rules/fields.ts'
import { readPolicy } from '../rules/language.ts'
import { maskPersonalData } from '../src/classify/flags.ts'
import { capabilitiesOf } from '../src/connections.ts'
import { inBrand } from '../src/db/client.ts'
import { decide } from '../src/decide/decide.ts'
import { MINUTE, SECOND } from '../src/domain/clock.ts'
import { claimOffer } from '../src/feed/claim.ts'
import { handlers } from '../src/pipeline.ts'
import { requestReply } from '../src/reply/request.ts'
import { sweep } from '../src/sweep.ts'
import { freshDatabase, type TestDatabase } from './database.ts'
import { assertInvariants } from './faults/invariants.ts'
import { aWorld, type TestWorld } from './world.ts'

let test: TestDatabase
let world: TestWorld
beforeEach(async () => {
  test = await freshDatabase()
})
afterEach(async () => {
  await assertInvariants(test.db, world.clock.now())
  await world.close()
  await test.drop()
})

const rows = (query: ReturnType<typeof sql>) => test.db.execute<Record<string, unknown>>(query)
const one = async (query: ReturnType<typeof sql>) => (await rows(query))[0]
const WIFI = '@acme how do I connect the printer to my wifi router?'

/** Time passes, and everything that is due is done. */
async function later(ms: number): Promise<void> {
  world.clock.pass(ms)
  await world.drain()
}

describe('a page of mentions', () => {
  it('is classified, decided and handed over, each with its reason, and each decision can be re-run (I7)', async () => {
    world = await aWorld(test, { members: 4 })
    const { postAs } = world.network
    await postAs('a', WIFI)
    await postAs('b', '@acme I AM FURIOUS. You charged me twice, this is a scandal!!!')
    await postAs('c', '@acme your new ink is wonderful, thank you')
    await postAs(
      'd',
      'acme WIN A FREE IPHONE crypto giveaway http://win.example http://free.example #win #free #crypto',
    )
    await world.drain()
    const decided = await rows(
      sql`select d.*, m.state from decision d join mention m on m.id = d.mention_id order by m.author_handle`,
    )
    expect(decided.map((row) => [row.destination, row.state])).toEqual([
      ['community', 'offered'],
      ['escalation', 'escalated'],
      ['community', 'offered'],
      ['ignore', 'ignored'],
    ])
    const policy = compile(readPolicy(readFileSync('rules/presets/balanced.yaml', 'utf8')))
    for (const row of decided) {
      const { destination, rule, reason, ...action } = decide(row.facts as Facts, policy)
      expect({ destination, rule, reason, ...action }).toEqual({
        destination: row.destination,
        rule: row.rule,
        reason: row.reason,
        ...(row.action as object),
      })
      expect(String(row.reason).length).toBeGreaterThan(10)
    }
  })

  it('counts what it refuses by reason, and says nothing disappeared (L5, L6)', async () => {
    world = await aWorld(test)
    await world.network.postAs('acme', 'Our own post about acme')
    await world.network.postAs('a', 'I love acme')
    await test.db.execute(sql`update source set listen = jsonb_set(listen, '{exclude}', '["acme guild"]')`)
    await world.network.postAs('b', 'the acme guild meets tonight')
    await world.drain()
    expect((await world.counts()).refusals).toMatchObject({ echo: 1 })
    const { mentions, refusals } = await world.counts()
    const heard = Object.values(mentions).reduce((sum, n) => sum + n, 0)
    expect(heard + (refusals['excluded-word'] ?? 0)).toBeGreaterThanOrEqual(1)
    expect(await rows(sql`select 1 from mention where text like '%guild%'`)).toEqual([])
  })

  it('joins posts that say the same, so that being one of many is seen (L5)', async () => {
    world = await aWorld(test, { members: 4 })
    const text = 'acme app has been down since eight this morning and my machine will not even switch on'
    for (const handle of ['a', 'b', 'c'])
      await world.network.postAs(handle, `${text} ${'!'.repeat(handle.charCodeAt(0) - 96)}`)
    await world.drain()
    await later(30 * SECOND)
    const clusters = await rows(sql`select cluster_id, count(*)::int as n from mention group by 1`)
    expect(clusters).toMatchObject([{ n: 3 }])
  })
})

describe('a mention nobody takes', () => {
  it('waits while everybody is full, and is offered when a place is free (M1, M4)', async () => {
    world = await aWorld(test, { members: 1, capacity: 1 })
    await world.network.postAs('a', WIFI)
    await world.network.postAs('b', '@acme how do I print both sides from my phone?')
    await world.drain()
    expect((await world.counts()).mentions).toEqual({ offered: 1, triaged: 1 })
    await test.db.execute(sql`update member set capacity = 2`)
    await later(MINUTE)
    expect((await world.counts()).mentions).toEqual({ offered: 2 })
  })

  it('goes to others when an offer runs out, and to staff before its time is up (I4)', async () => {
    world = await aWorld(test, { members: 6 })
    await world.network.postAs('a', WIFI)
    await world.drain()
    const first = await rows(sql`select member_id from offer`)
    await later(31 * MINUTE)
    const second = await rows(sql`select member_id from offer where state = 'open'`)
    expect(second.length).toBeGreaterThan(0)
    expect(second.filter(({ member_id }) => first.some((row) => row.member_id === member_id))).toEqual([])
    await later(60 * MINUTE)
    expect((await world.counts()).mentions).toEqual({ escalated: 1 })
    expect(await one(sql`select origin, priority, state from escalation`)).toEqual({
      origin: 'clock',
      priority: 'high',
      state: 'open',
    })
  })

  it('comes back from a claim whose lease ran out (M4, M5)', async () => {
    world = await aWorld(test, { members: 6 })
    await world.network.postAs('a', WIFI)
    await world.drain()
    const offer = await one(sql`select id, member_id from offer order by id limit 1`)
    await inBrand(test.db, world.cast.brandId, (tx) =>
      claimOffer(tx, offer?.id as string, offer?.member_id as string, world.clock.now(), 20 * MINUTE),
    )
    await later(21 * MINUTE)
    expect(await one(sql`select state, holder_id from mention`)).toEqual({ state: 'offered', holder_id: null })
    expect(await rows(sql`select 1 from offer where state = 'open' and member_id = ${offer?.member_id}`)).toEqual([])
  })

  it('and that cannot be judged at all is left to a person after six tries (L8)', async () => {
    world = await aWorld(test)
    await world.network.postAs('a', WIFI)
    // Whoever judges it dies with it: the wake-ups are lost each time, as those of a killed worker are.
    await wakeAndLose()
    for (let n = 0; n < 8; n++) {
      world.clock.pass(MINUTE)
      await wakeAndLose()
    }
    expect(await one(sql`select state from mention`)).toEqual({ state: 'escalated' })
    expect(await one(sql`select reason from escalation`)).toMatchObject({
      reason: expect.stringContaining('could not be judged'),
    })
  })
})

async function wakeAndLose(): Promise<void> {
  const { db, clock, log } = world.world
  const lost = { ...world.queue.queues, wake: async () => true }
  await sweep({ db, clock, wake: world.queue.queues.wake, log })
  for (let job = world.queue.take(); job; job = world.queue.take()) {
    if (job.name !== 'poll') continue
    await handlers(world.world, lost, () => {}).poll(job.payload as never, new AbortController().signal)
  }
}

describe('while the rules in force cannot be read', () => {
  it('people decide about every mention, and the page Rules can tell; rules that read again decide again (I4, R3)', async () => {
    world = await aWorld(test, { members: 2 })
    const version = sql`version = (select policy_version from brand)`
    const [kept] = await rows(sql`select text from policy where ${version}`)
    await rows(sql`update policy set text = ${'name: ours'} where ${version}`)
    await world.network.postAs('a', WIFI)
    await world.drain()
    expect(await one(sql`select m.state, d.rule, d.reason, d.policy_version from decision d, mention m`)).toEqual({
      ...{ state: 'triage', rule: 'otherwise', policy_version: 1 },
      reason: 'the rules in force cannot be read; until others are published, people decide',
    })
    await rows(sql`insert into policy (id, brand_id, version, name, text, note, author, saved_at)
      select gen_random_uuid(), brand_id, 2, name, ${kept?.text as string}, note, author, saved_at from policy`)
    await rows(sql`update brand set policy_version = 2`)
    await world.network.postAs('b', WIFI)
    await later(MINUTE)
    expect(await one(sql`select state from mention where author_handle = 'b'`)).toEqual({ state: 'offered' })
  })
})

describe('what the author says to our reply', () => {
  async function answered(): Promise<{ post: string; reply: string }> {
    world = await aWorld(test, { members: 2 })
    const post = await world.network.postAs('frida', WIFI)
    await world.drain()
    const offer = await one(sql`select id, member_id, mention_id from offer order by id limit 1`)
    const helper = world.cast.members.find(({ id }) => id === offer?.member_id)!
    await inBrand(test.db, world.cast.brandId, async (tx) => {
      await claimOffer(tx, offer?.id as string, helper.id, world.clock.now(), 20 * MINUTE)
      const author = { userId: helper.userId, name: helper.name, member: { id: helper.id, rank: 'helper' as const } }
      const wanted = {
        mentionId: offer?.mention_id as string,
        text: 'Press WPS first.',
        voice: 'own' as const,
        key: 'a-key-1',
      }
      await requestReply(tx, author, wanted, capabilitiesOf, world.clock, maskPersonalData)
    })
    await world.drain()
    return { post, reply: (await one(sql`select remote_id from reply`))?.remote_id as string }
  }

  it('as thanks closes the conversation and earns points', async () => {
    const { reply } = await answered()
    await world.network.postAs('frida', 'That worked, thank you so much!', reply)
    await later(MINUTE)
    expect((await world.counts()).mentions).toEqual({ closed: 2 })
    expect(await one(sql`select outcome from reply`)).toEqual({ outcome: 'thanked' })
    expect((await world.counts()).points).toBe(25)
  })

  it('as a complaint goes to staff as a follow-up and takes points back (E2)', async () => {
    const { reply } = await answered()
    await world.network.postAs(
      'frida',
      'That did NOT work. Useless, awful advice, I am furious and want my money back now!!!',
      reply,
    )
    await later(MINUTE)
    expect(await one(sql`select outcome from reply`)).toEqual({ outcome: 'complained' })
    expect(await one(sql`select origin from escalation`)).toEqual({ origin: 'follow-up' })
    expect((await world.counts()).points).toBeLessThan(10)
  })

  it('once their words were forgotten is a mention like any other: nothing here knows who they were', async () => {
    const { reply } = await answered()
    const soon = new Date(world.clock.now().getTime() + MINUTE)
    await test.db.execute(sql`update mention set kept_until = ${soon.toISOString()} where author_handle = 'frida'`)
    await later(2 * MINUTE)
    expect(await one(sql`select author_handle, state from mention`)).toEqual({
      author_handle: '[forgotten]',
      state: 'replied',
    })
    await world.network.postAs('frida', '@acme that worked, but how do I add a second printer?', reply)
    await later(MINUTE)
    expect(await one(sql`select answers_reply_id, state from mention where author_handle = 'frida'`)).toEqual({
      answers_reply_id: null,
      state: 'offered',
    })
  })

  it('by somebody else is a mention like any other', async () => {
    const { reply } = await answered()
    await world.network.postAs('otto', '@acme thank you, that helped me with my wifi as well!', reply)
    await later(MINUTE)
    expect(await one(sql`select outcome from reply`)).toEqual({ outcome: null })
    expect(await one(sql`select answers_reply_id from mention where author_handle = 'otto'`)).toEqual({
      answers_reply_id: null,
    })
  })
})
