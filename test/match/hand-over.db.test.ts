import { readFileSync } from 'node:fs'
import { sql } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { maskPersonalData } from '../../src/classify/flags.ts'
import { explainMention } from '../../src/commands/why.ts'
import { capabilitiesOf } from '../../src/connections.ts'
import { inBrand } from '../../src/db/client.ts'
import { savePolicy } from '../../src/decide/publish.ts'
import { MINUTE, SECOND } from '../../src/domain/clock.ts'
import { claimOffer, passOffer } from '../../src/feed/claim.ts'
import { changeDesk } from '../../src/feed/desk.ts'
import { openKits } from '../../src/kit.ts'
import { type MemberIndex, positionOf } from '../../src/match/members.ts'
import { DEFAULT_WEIGHTS } from '../../src/match/need.ts'
import { requestReply } from '../../src/reply/request.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'
import { assertInvariants } from '../faults/invariants.ts'
import { aWorld, type CastOptions, type TestWorld } from '../world.ts'

const BALANCED = readFileSync('rules/presets/balanced.yaml', 'utf8')
const WIFI = '@acme how do I connect the printer to my wifi router?'

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
const inside = <T>(work: Parameters<typeof inBrand<T>>[2]) => inBrand(test.db, world.cast.brandId, work)

/** A brand whose policy says more than the shipped one. */
async function under(more: string, options: CastOptions): Promise<void> {
  world = await aWorld(test, options)
  await rows(sql`update policy set text = ${`${BALANCED}\n${more}`}`)
}

async function later(ms: number): Promise<void> {
  world.clock.pass(ms)
  await world.drain()
}

describe('the ladder of a policy (M4)', () => {
  it('says how many are asked, how long, and how widely', async () => {
    await under(
      `
ladder:
  - { look: any-skill, minutes: 7, offers: 1 }
  - { look: any-speaker, minutes: 9, offers: 2 }`,
      { members: 6 },
    )
    await world.postAs('a', WIFI)
    await world.drain()
    const asked = () =>
      rows(sql`select extract(epoch from expires_at - offered_at)::int / 60 as minutes from offer order by offered_at`)
    expect(await asked()).toEqual([{ minutes: 7 }])
    await later(7 * MINUTE)
    expect(await asked()).toEqual([{ minutes: 7 }, { minutes: 9 }, { minutes: 9 }])
    expect(await rows(sql`select wave, state from mention`)).toEqual([{ wave: 2, state: 'offered' }])
  })

  it('is climbed by rounds of offers, not by being woken, and one thing is told once', async () => {
    world = await aWorld(test, { members: 1, capacity: 1 })
    await world.postAs('a', WIFI)
    await world.postAs('b', '@acme how do I print both sides from my phone?')
    await world.drain()
    for (let n = 0; n < 3; n++) await later(20 * SECOND)
    expect(await rows(sql`select state, wave from mention order by state`)).toEqual([
      { state: 'offered', wave: 1 },
      { state: 'triaged', wave: 0 },
    ])
    expect((await world.counts()).events['mention.waiting']).toBe(1)
  })

  it('ends an offer no later than staff take over', async () => {
    await under('\nladder:\n  - { look: any-speaker, minutes: 1440 }', { members: 2 })
    await world.postAs('a', WIFI)
    await world.drain()
    expect(
      await rows(
        sql`select distinct o.expires_at = m.hand_over_at as together from offer o join mention m on m.id = o.mention_id`,
      ),
    ).toEqual([{ together: true }])
    await later(90 * MINUTE)
    expect((await world.counts()).mentions).toEqual({ escalated: 1 })
  })
})

describe('a mention in flight when another version is published', () => {
  const OLD =
    'ladder:\n  - { look: any-skill, minutes: 7, offers: 1 }\n  - { look: any-speaker, minutes: 9, offers: 2 }'
  const NEW = 'ladder:\n  - { look: any-speaker, minutes: 11, offers: 3 }'
  const publish = (more: string) =>
    inside((tx) => {
      const wanted = { text: `${BALANCED}\n${more}`, note: 'another ladder', basedOn: 1 }
      return savePolicy(tx, wanted, { userId: world.cast.staff.userId }, world.clock.now())
    })
  const asked = (handle: string) =>
    rows(sql`select m.wave, array_agg(extract(epoch from o.expires_at - o.offered_at)::int / 60 order by o.offered_at) as minutes
      from mention m join offer o on o.mention_id = m.id where m.author_handle = ${handle} group by m.wave`)
  const whys = async () => {
    const ids = await rows(sql`select id from mention order by received_at`)
    const statuses: number[] = []
    for (const { id } of ids) statuses.push(await explainMention(test.db, id as string, false, { out: () => {} }))
    return statuses
  }

  it.each([
    ['the same weights', ''],
    ['other weights', '\nmatching:\n  weights: { skill: 0.05, fairness: 0.9 }'],
  ])(
    'climbs the ladder of the version that decided it, the next one the new, with %s (R5, M4, I7)',
    async (_, more) => {
      await under(OLD, { members: 9 })
      await world.postAs('a', WIFI)
      await world.drain()
      expect(await asked('a')).toEqual([{ wave: 1, minutes: [7] }])
      world.clock.pass(MINUTE)
      await publish(NEW + more)
      await world.postAs('b', WIFI)
      await world.drain()
      expect(await asked('b')).toEqual([{ wave: 1, minutes: [11, 11, 11] }])
      await later(6 * MINUTE)
      expect(await asked('a')).toEqual([{ wave: 2, minutes: [7, 9, 9] }])
      expect(
        await rows(sql`select m.author_handle as a, (g.rounds -> 0 ->> 'policyVersion')::int as version
        from matching g join mention m on m.id = g.mention_id order by g.at, a`),
      ).toEqual([
        { a: 'a', version: 1 },
        { a: 'b', version: 2 },
        { a: 'a', version: 1 },
      ])
      expect(await whys()).toEqual([0, 0])
    },
  )

  it('whose version can no longer be read climbs the ladder in force, and the why says so (M4, I4, R7)', async () => {
    await under(OLD, { members: 9 })
    await world.postAs('a', WIFI)
    await world.drain()
    await publish(NEW)
    // As after the language of rules has changed and the process was started anew.
    await rows(sql`update policy set text = text || ${'\nno-longer-a-word: 1'} where version = 1`)
    world.world.kits = Object.assign(world.world.kits, openKits(test.db))
    await later(7 * MINUTE)
    expect(await asked('a')).toEqual([{ wave: 2, minutes: [7, 11, 11, 11] }])
    expect(
      await rows(sql`select rounds -> 0 -> 'policyVersion' as version, rounds -> 0 -> 'unread' as unread
        from matching order by at`),
    ).toEqual([
      { version: 1, unread: null },
      { version: 2, unread: 1 },
    ])
    const [a] = await rows(sql`select id from mention`)
    const said: string[] = []
    expect(await explainMention(test.db, a!.id as string, false, { out: (line) => said.push(line) })).toBe(0)
    expect(
      said.filter((line) => line.startsWith('  again: not possible, policy 1 can no longer be read')),
    ).toHaveLength(2)
    expect(said).toContain('  policy 1, which decided it, can no longer be read; policy 2 counted instead')
    expect(said.at(-1)).toBe('  again: the same')
  })

  it('gives a place once, though mentions of two versions meet on a page (M1, I4)', async () => {
    await under(OLD, { members: 6, capacity: 1 })
    // Nobody has room yet, so that what each version decided waits for the same sweep.
    await rows(sql`update member set paused = true`)
    for (const one of ['a', 'b', 'c']) await world.postAs(one, WIFI)
    await world.drain()
    await publish(`${NEW}\nmatching:\n  weights: { skill: 0.05, fairness: 0.9 }`)
    world.clock.pass(MINUTE)
    for (const one of ['d', 'e', 'f']) await world.postAs(one, WIFI)
    await world.drain()
    expect((await world.counts()).mentions).toEqual({ triaged: 6 })
    await rows(sql`update member set paused = false`)
    await later(MINUTE)
    const open = await rows(sql`select member_id from offer where state = 'open'`)
    expect(new Set(open.map(({ member_id }) => member_id)).size).toBe(open.length)
    expect(open.length).toBeGreaterThan(0)
    // Each copy of the members knew what the other gave away: nobody had to be looked for again.
    expect(
      await rows(sql`select sum((round ->> 'offered')::int)::int as picked
        from matching, json_array_elements(rounds) as round`),
    ).toEqual([{ picked: open.length }])
    expect(await whys()).toEqual(Array(6).fill(0))
  })

  it('keeps to its rules’ version when a person has decided on it since (R7)', async () => {
    await under(OLD, { members: 9 })
    await world.postAs('a', WIFI)
    await world.drain()
    await publish(NEW)
    await rows(sql`
      insert into decision (id, brand_id, mention_id, policy_version, by, facts, destination, rule, reason, action, at)
      select gen_random_uuid(), brand_id, mention_id, null, 'a person', '{}', destination, null, 'Handed back.', action, ${world.clock.now().toISOString()}
      from decision`)
    await later(7 * MINUTE)
    expect(await asked('a')).toEqual([{ wave: 2, minutes: [7, 9, 9] }])
  })
})

describe('a place that becomes free', () => {
  it('is offered at the next sweep to what waits, not at the next round', async () => {
    world = await aWorld(test, { members: 1, capacity: 1 })
    await world.postAs('a', WIFI)
    await world.postAs('b', '@acme how do I print both sides from my phone?')
    await world.drain()
    expect((await world.counts()).mentions).toEqual({ offered: 1, triaged: 1 })
    const [first] = await rows(sql`select id, mention_id from offer`)
    const [helper] = world.cast.members
    world.clock.pass(SECOND)
    const by = { memberId: helper!.id, userId: helper!.userId }
    await inside((tx) => passOffer(tx, first!.id as string, by, 'not-now', world.clock.now()))
    await later(2 * SECOND)
    const open = await rows(sql`select mention_id from offer where state = 'open'`)
    expect(open).toHaveLength(1)
    expect(open[0]?.mention_id).not.toBe(first!.mention_id)
  })

  it('counts when somebody comes back from a break', async () => {
    world = await aWorld(test, { members: 1 })
    const [helper] = world.cast.members
    const by = { memberId: helper!.id, userId: helper!.userId }
    await inside((tx) => changeDesk(tx, by, { paused: true }, world.clock.now()))
    await world.postAs('a', WIFI)
    await world.drain()
    expect((await world.counts()).mentions).toEqual({ triaged: 1 })
    world.clock.pass(SECOND)
    await inside((tx) => changeDesk(tx, by, { paused: false }, world.clock.now()))
    // The log is read up to the oldest transaction of the whole server, and other tests have theirs.
    await vi.waitFor(async () => {
      await later(2 * SECOND)
      expect((await world.counts()).mentions).toEqual({ offered: 1 })
    }, 20_000)
  })
})

describe('somebody who has no room after all', () => {
  it('is passed over for the next best in the same transaction (M1)', async () => {
    world = await aWorld(test, { members: 4 })
    await world.postAs('a', WIFI)
    await world.drain()
    const asked = (await rows(sql`select member_id from offer`)).map(({ member_id }) => member_id)
    // No event tells of it, so that what this process knows of them is wrong.
    await rows(sql`update offer set state = 'expired', closed_at = now()`)
    await rows(sql`update mention set state = 'triaged', wave = 0`)
    await rows(sql`delete from offer`)
    await rows(sql`update member set load = 0, capacity = case when id = ${asked[0]} then 0 else capacity end`)
    const [waiting] = await rows(sql`select id from mention`)
    await world.world.queues.wake('triage', { brandId: world.cast.brandId, mentionIds: [waiting!.id as string] })
    await world.work()
    const now = (await rows(sql`select member_id from offer where state = 'open'`)).map(({ member_id }) => member_id)
    expect(now.length).toBe(asked.length)
    expect(now).not.toContain(asked[0])
  })
})

/** A member as the index has them. */
function asIn(index: MemberIndex, id: string) {
  const at = positionOf(index, id)! // one of the cast
  return { id, load: index.loads[at], capacity: index.capacities[at], paused: index.members[at]?.paused }
}

describe('what matching knows of the members', () => {
  it('follows the log: places taken and given back, breaks, capacities, without reading everybody again', async () => {
    world = await aWorld(test, { members: 4, capacity: 3 })
    const known = () => inside((tx) => world.world.roster.of(tx, world.cast.brandId, DEFAULT_WEIGHTS))
    const index = await known()
    const [one, other] = world.cast.members
    await world.postAs('a', WIFI)
    await world.drain()
    world.clock.pass(3 * SECOND)
    await inside((tx) =>
      changeDesk(tx, { memberId: one!.id, userId: one!.userId }, { paused: true }, world.clock.now()),
    )
    await inside((tx) =>
      changeDesk(tx, { memberId: other!.id, userId: other!.userId }, { capacity: 7 }, world.clock.now()),
    )
    world.clock.pass(3 * SECOND)
    const columns = await rows(sql`select id, load, capacity, paused from member order by id`)
    // The log is read up to the oldest transaction of the whole server, and other tests have theirs.
    await vi.waitFor(async () => {
      world.world.roster.forget(world.cast.brandId)
      expect(await known()).toBe(index)
      expect(columns.map(({ id }) => asIn(index, id as string))).toEqual(columns)
    }, 20_000)
    world.clock.pass(30 * SECOND)
    expect(await known()).not.toBe(index)
  })

  it('counts it for somebody that they answered in the thread before', async () => {
    world = await aWorld(test, { members: 6 })
    const post = await world.postAs('frida', WIFI)
    await world.drain()
    const [offered] = await rows(
      sql`select id, member_id, mention_id from offer order by (why ->> 'score')::real limit 1`,
    )
    const helper = world.cast.members.find(({ id }) => id === offered!.member_id)!
    await inside(async (tx) => {
      await claimOffer(tx, offered!.id as string, helper.id, world.clock.now(), 20 * MINUTE)
      const author = { userId: helper.userId, name: helper.name, member: { id: helper.id, rank: 'helper' as const } }
      const wanted = {
        mentionId: offered!.mention_id as string,
        text: 'Press WPS.',
        voice: 'own' as const,
        key: 'a-key-1',
      }
      await requestReply(tx, author, wanted, capabilitiesOf, world.clock, maskPersonalData)
    })
    await later(3 * SECOND)
    await world.postAs('otto', '@acme and how do I connect the other printer to my wifi router?', post)
    await later(20 * SECOND)
    const offers = await rows(sql`
      select o.member_id, (o.why -> 'terms' ->> 'continuity')::real as continuity
      from offer o join mention m on m.id = o.mention_id
      where m.author_handle = 'otto' order by (o.why ->> 'score')::real desc`)
    expect(offers[0]).toEqual({ member_id: helper.id, continuity: DEFAULT_WEIGHTS.continuity })
    expect(offers.slice(1).map(({ continuity }) => continuity)).toEqual([0, 0])
  })
})
