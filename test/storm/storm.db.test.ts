import { sql } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { inBrand } from '../../src/db/client.ts'
import { HOUR, MINUTE, SECOND } from '../../src/domain/clock.ts'
import { claimOffer } from '../../src/feed/claim.ts'
import { openStorms } from '../../src/storm/queries.ts'
import { begin, endStorm, watchStorms } from '../../src/storm/run.ts'
import { CALM_MS, look, SNOOZE_MS } from '../../src/storm/storm.ts'
import { wakeDue } from '../../src/sweep.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'
import { assertInvariants } from '../faults/invariants.ts'
import { aWorld, type TestWorld } from '../world.ts'

let test: TestDatabase
let world: TestWorld
beforeEach(async () => {
  test = await freshDatabase()
  world = await aWorld(test, { members: 6 })
})
afterEach(async () => {
  await assertInvariants(test.db, world.clock.now())
  await world.close()
  await test.drop()
})

const rows = (query: ReturnType<typeof sql>) => test.db.execute<Record<string, unknown>>(query)
const one = async (query: ReturnType<typeof sql>) => (await rows(query))[0]
const states = async () => (await world.counts()).mentions
const WIFI = '@acme how do I connect the printer to my wifi router?'
const PRAISE = '@acme thank you, the new wifi router is the best one I ever had, love it!'
const SAME = '@acme which ink cartridge fits the small printer with the blue lid that was sold last spring'
/** Many people pass one text on within minutes. */
async function crowd(size: number, from = 0): Promise<void> {
  for (let n = from; n < from + size; n++) {
    await world.network.postAs(`crowd${n}`, `${SAME}${'?'.repeat(1 + (n % 2))}`)
    world.clock.pass(10 * SECOND)
  }
}
async function later(ms: number): Promise<void> {
  world.clock.pass(ms)
  await world.drain()
}
const storm = () => one(sql`select id, kind, key, ended_at, ended_by from storm order by began_at desc limit 1`)

describe('a storm', () => {
  it('begins with a crowd of one text: offers nobody took end, what comes waits, others go on (R8, L5)', async () => {
    await world.network.postAs('early', SAME)
    await world.drain()
    expect(await states()).toEqual({ offered: 1 })
    await crowd(12)
    await later(20 * SECOND)
    const begun = await storm()
    expect(begun).toMatchObject({ kind: 'cluster', ended_at: null })
    expect(await states()).toEqual({ triaged: 13 })
    expect(await rows(sql`select 1 from offer where state in ('open', 'claimed')`)).toEqual([])
    expect(await one(sql`select sum(load)::int as load from member`)).toEqual({ load: 0 })
    expect(await one(sql`select count(distinct storm_id)::int as storms, count(*)::int as n from mention`)).toEqual({
      storms: 1,
      n: 13,
    })
    const { events } = await world.counts()
    expect(events['storm.began']).toBe(1)
    expect(events['mention.held']).toBe(13)

    await world.network.postAs('late', SAME)
    await world.network.postAs('other', '@acme which ink cartridge fits the small printer?')
    await later(MINUTE)
    expect(await states()).toEqual({ triaged: 14, offered: 1 })
    expect(await one(sql`select facts->>'storm' as storm from decision order by id desc limit 1`)).toBeDefined()
    expect(
      await rows(sql`select m.author_handle from mention m join decision d on d.mention_id = m.id
        where d.facts->>'storm' = 'true'`),
    ).toEqual([{ author_handle: 'late' }])
  })

  it('leaves with its holder what somebody has taken', async () => {
    await world.network.postAs('early', SAME)
    await world.drain()
    const offer = await one(sql`select id, member_id from offer order by id limit 1`)
    await inBrand(test.db, world.cast.brandId, (tx) =>
      claimOffer(tx, offer?.id as string, offer?.member_id as string, world.clock.now(), 20 * MINUTE),
    )
    await crowd(12)
    await later(20 * SECOND)
    expect(await states()).toEqual({ claimed: 1, triaged: 12 })
    expect(await one(sql`select count(*)::int as n from mention where storm_id is not null`)).toEqual({ n: 13 })
  })

  it('ends by itself when its posts stop, and what it held goes to members (R8)', async () => {
    await crowd(12)
    await later(20 * SECOND)
    expect(await states()).toEqual({ triaged: 12 })
    for (let waited = 0; waited < CALM_MS + 15 * MINUTE; waited += 5 * MINUTE) await later(5 * MINUTE)
    expect(await storm()).toMatchObject({ ended_by: 'system' })
    expect(await states()).toEqual({ offered: 12 })
  })

  it('ends by hand once, whoever presses, and does not begin again at once', async () => {
    await crowd(12)
    await later(20 * SECOND)
    const { id } = (await storm()) as { id: string }
    const at = world.clock.now()
    const ends = await Promise.all(
      Array.from({ length: 4 }, () =>
        inBrand(test.db, world.cast.brandId, (tx) =>
          endStorm(tx, { id, kind: 'cluster', key: '' }, world.cast.staff.userId, at),
        ),
      ),
    )
    expect(ends.filter((freed) => freed?.length === 12)).toHaveLength(1)
    expect(ends.filter((freed) => freed === null)).toHaveLength(3)
    expect(await rows(sql`select actor, act, target from audit where act = 'storm.ended'`)).toEqual([
      { actor: world.cast.staff.userId, act: 'storm.ended', target: id },
    ])
    await crowd(3, 20)
    await later(20 * SECOND)
    expect(await states()).toEqual({ offered: 15 })
    expect(await rows(sql`select 1 from storm`)).toHaveLength(1)
    await later(SNOOZE_MS)
    await crowd(12, 40)
    await later(20 * SECOND)
    expect(await rows(sql`select 1 from storm where ended_at is null`)).toHaveLength(1)
  })

  it('goes to staff with what it holds before the time is up (I4)', async () => {
    await crowd(10)
    await later(20 * SECOND)
    for (let minute = 0; minute < 100; minute += 5) {
      await crowd(12, 100 + 12 * minute)
      await later(3 * MINUTE)
    }
    const reasons = await rows(sql`select distinct reason from escalation`)
    expect(reasons).toContainEqual({ reason: 'Its time is nearly up, and a storm keeps it from members.' })
  })

  it('is begun once by workers that see it together (R8)', async () => {
    const found = look(20, 1)
    const at = world.clock.now()
    const begun = await Promise.all(
      Array.from({ length: 4 }, () =>
        inBrand(test.db, world.cast.brandId, (tx) => begin(tx, { kind: 'skill', key: 'wifi' }, found, at)),
      ),
    )
    expect(begun.filter((id) => id !== null)).toHaveLength(1)
    expect((await world.counts()).events['storm.began']).toBe(1)
  })

  it('is finished by the next sweep when its worker dies between beginning and taking back (R8)', async () => {
    await crowd(12)
    const { brandId } = world.cast
    const { db, clock, queues } = world.world
    const quietly = { db, clock, wake: queues.wake, log: world.world.log }
    await wakeDue(quietly)
    await world.work()
    expect(await states()).toEqual({ offered: 12 })
    const dies = () => {
      throw new Error('killed')
    }
    await expect(watchStorms(test.db, brandId, world.clock.now(), dies)).rejects.toThrow('killed')
    expect(await inBrand(test.db, brandId, openStorms)).toHaveLength(1)
    expect(await one(sql`select count(storm_id)::int as n from mention`)).toEqual({ n: 0 })
    await watchStorms(test.db, brandId, world.clock.now())
    expect(await one(sql`select count(storm_id)::int as n from mention`)).toEqual({ n: 12 })
    expect(await states()).toEqual({ triaged: 12 })
    expect((await world.counts()).events['storm.began']).toBe(1)
  })

  it('of a skill is told by what is usual of it; questions about it are kept back, its praise is not (R8)', async () => {
    for (let n = 0; n < 30; n++) {
      await world.network.postAs(`quiet${n}`, '@acme which ink cartridge fits the small printer?')
      await later(5 * MINUTE)
    }
    const verbs = ['dropped', 'died', 'froze', 'vanished', 'stopped', 'failed', 'crashed', 'hung']
    for (let n = 0; n < 16; n++) {
      await world.network.postAs(
        `wifi${n}`,
        `@acme number ${n} here: my wifi ${verbs[n % 8]} and the router ${verbs[(n + 3) % 8]} near ${'abcdefghijklmnop'[n]}ville, not working`,
      )
      world.clock.pass(20 * SECOND)
    }
    await world.network.postAs('early', PRAISE)
    await world.network.postAs('asks', WIFI)
    await later(20 * SECOND)
    expect(await rows(sql`select kind, key from storm where ended_at is null and kind = 'skill'`)).toEqual([
      { kind: 'skill', key: 'wifi' },
    ])
    await world.network.postAs('late', PRAISE.replace('the best', 'by far the best'))
    await world.network.postAs('asks_too', WIFI.replace('printer', 'laptop'))
    await later(20 * SECOND)
    const where = await rows(sql`
      select m.author_handle as who, m.state, c.intent, m.storm_id is null as free
      from mention m join classification c on c.mention_id = m.id
      where c.result::text like '%wifi%' and m.author_handle in ('early', 'late', 'asks', 'asks_too') order by 1`)
    expect(where).toEqual([
      { who: 'asks', state: 'triaged', intent: 'question', free: false },
      { who: 'asks_too', state: 'triaged', intent: 'question', free: false },
      { who: 'early', state: 'offered', intent: 'praise', free: true },
      { who: 'late', state: 'offered', intent: 'praise', free: true },
    ])
    expect(await one(sql`select until > since as learned from topic_usual where topic = 'all'`)).toEqual({
      learned: true,
    })
    await later(3 * HOUR)
  })
})
