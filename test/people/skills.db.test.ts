import { sql } from 'drizzle-orm'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildApp } from '../../src/app.ts'
import { inBrand } from '../../src/db/client.ts'
import { MINUTE } from '../../src/domain/clock.ts'
import { createUser } from '../../src/people/auth.ts'
import { addMembership } from '../../src/people/create.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'
import { type Ask, signedIn } from '../signed-in.ts'
import { aWorld, type TestWorld } from '../world.ts'

const PASSWORD = 'a long password'
const NOTHING = { languages: [], skills: [] }

let test: TestDatabase
let world: TestWorld
let app: FastifyInstance
let ada: Ask
let members: { id: string; userId: string; ask: Ask }[]

beforeAll(async () => {
  test = await freshDatabase()
  world = await aWorld(test, { members: 3, rank: 'newcomer', password: PASSWORD })
  app = await buildApp(world.world, null)
  const { brandId } = world.cast
  const userId = await createUser(test.db, { name: 'Ada', email: 'ada@example.test', password: PASSWORD })
  await inBrand(test.db, brandId, (tx) =>
    addMembership(tx, { userId, role: 'admin', by: 'system', at: world.clock.now() }),
  )
  ada = await signedIn(app, 'ada@example.test', PASSWORD)
  members = []
  for (const one of world.cast.members) members.push({ ...one, ask: await signedIn(app, one.email, PASSWORD) })
}, 90_000)
afterAll(async () => {
  await app.close()
  await world.close()
  await test.drop()
})

const shown = async (id: string) =>
  (await ada('GET', '/members')).body.items.find((one: { id: string }) => one.id === id)
const rank = (id: string, was: string, granted: string) =>
  ada('PUT', `/members/${id}/rank`, { was, granted, reason: 'Known from the forum.' })
const acts = (id: string, act: string) =>
  test.db.execute<{ details: unknown }>(
    sql`select details from audit where target = ${id} and act = ${act} order by at`,
  )

describe('what an admin sees of members (P9)', () => {
  it('is each skill with what they say and what answers have shown, and no limit of their own (P8)', async () => {
    const [first] = members
    await first!.ask('PATCH', '/desk', { quiet: { from: '22:00', to: '06:00', timeZone: 'Europe/Berlin' } })
    await test.db.execute(sql`
      insert into skill_evidence (brand_id, member_id, skill, good, bad, accepted, thanked, corrected, returned, complained, passed)
      values (${world.cast.brandId}, ${first!.id}, 'wifi', 9, 0, 6, 3, 0, 0, 0, 0)`)
    const entry = await shown(first!.id)
    expect(entry).toMatchObject({
      languages: ['en'],
      capacity: 1_000,
      rank: 'newcomer',
      granted: 'newcomer',
      isMe: false,
    })
    expect(entry.skills).toMatchObject([
      { skill: 'wifi', level: expect.closeTo(0.8), accepted: 6, thanked: 3, passed: 0 },
    ])
    expect(entry.skills[0].fit).toBeGreaterThan(0.75)
    expect(JSON.stringify(entry)).not.toMatch(/welfare|quiet|Berlin/)
  })

  it('can be asked by skill and by name', async () => {
    const names = async (query: string) =>
      (await ada('GET', `/members?${query}`)).body.items.map(({ name }: { name: string }) => name)
    expect(await names('skill=ink')).toEqual(['Helper 1'])
    expect(await names('q=per%202')).toEqual(['Helper 2'])
    expect((await ada('GET', '/members')).body.offered).toEqual({ languages: ['en'], skills: ['ink', 'wifi'] })
  })
})

describe('a skill or language that an admin changes (P9, O4)', () => {
  it('is the member’s at once, who is told, and stands in the audit', async () => {
    const [, { id, ask }] = members as [unknown, (typeof members)[number]]
    const change = {
      add: { languages: ['de'], skills: [{ skill: 'wifi', level: 0.6 }] },
      remove: { languages: ['en'], skills: ['ink'] },
    }
    expect((await ada('PATCH', `/members/${id}`, change)).body).toMatchObject({
      languages: ['de'],
      skills: [{ skill: 'wifi' }],
    })
    expect((await ask('GET', '/desk')).body).toMatchObject({ languages: ['de'], skills: [{ skill: 'wifi' }] })
    expect((await ask('GET', '/notices')).body.items[0]).toMatchObject({ kind: 'skills-changed', actor: 'Ada' })
    expect(await acts(id, 'member.declared')).toEqual([{ details: { added: change.add, removed: change.remove } }])
  })

  it('leaves what the member changes at the same time', async () => {
    const [, , { id, ask }] = members as [unknown, unknown, (typeof members)[number]]
    const { versions } = (await ask('GET', '/desk')).body
    await ask('PATCH', '/desk', { languages: ['en', 'fr'], versions })
    await ada('PATCH', `/members/${id}`, { add: { ...NOTHING, languages: ['de'] }, remove: NOTHING })
    expect((await shown(id)).languages).toEqual(['en', 'fr', 'de'])
  })

  it('is refused when the brand does not ask for it, and when no language would be left', async () => {
    const [{ id }] = members as [(typeof members)[number]]
    const odd = { add: { ...NOTHING, skills: [{ skill: 'flying', level: 1 }] }, remove: NOTHING }
    expect((await ada('PATCH', `/members/${id}`, odd)).status).toBe(422)
    expect(
      (await ada('PATCH', `/members/${id}`, { add: NOTHING, remove: { ...NOTHING, languages: ['en'] } })).status,
    ).toBe(422)
    expect((await shown(id)).languages).toEqual(['en'])
  })

  it('is refused in words when a skill stands there twice, or a language is none', async () => {
    const [{ id }] = members as [(typeof members)[number]]
    const twice = { ...NOTHING, skills: ['wifi', 'wifi'].map((skill) => ({ skill, level: 0.6 })) }
    const odd = await ada('PATCH', `/members/${id}`, { add: twice, remove: NOTHING })
    expect([odd.status, odd.body.errors?.[0].detail]).toEqual([422, 'Each skill once.'])
    const nowhere = await ada('PATCH', `/members/${id}`, { add: { ...NOTHING, languages: ['zz'] }, remove: NOTHING })
    expect([nowhere.status, nowhere.body.detail]).toEqual([
      422,
      '“zz” is no language; write two or three letters such as en.',
    ])
    expect((await shown(id)).languages).toEqual(['en'])
  })

  it('leaves a member twelve languages at most', async () => {
    const [{ id }] = members as [(typeof members)[number]]
    const languages = ['de', 'fr', 'it', 'es', 'pt', 'nl', 'pl', 'sv', 'da', 'fi', 'cs', 'el']
    const refused = await ada('PATCH', `/members/${id}`, { add: { ...NOTHING, languages }, remove: NOTHING })
    expect([refused.status, refused.body.detail]).toEqual([422, 'A member answers in 12 languages at most.'])
  })

  it('tells nobody and is written nowhere when it changes nothing', async () => {
    const [{ id, ask }] = members as [(typeof members)[number]]
    const told = async () => (await ask('GET', '/notices')).body.items.length
    const before = [await told(), (await acts(id, 'member.declared')).length]
    for (const add of [NOTHING, { languages: ['en'], skills: [{ skill: 'wifi', level: 0.8 }] }])
      expect((await ada('PATCH', `/members/${id}`, { add, remove: { ...NOTHING, skills: ['ink'] } })).status).toBe(200)
    expect([await told(), (await acts(id, 'member.declared')).length]).toEqual(before)
  })
})

describe('a rank that an admin grants (P3, O4)', () => {
  it('is had at once and taken back again, and its member is told both times', async () => {
    const [{ id, ask }] = members as [(typeof members)[number]]
    expect((await rank(id, 'newcomer', 'champion')).body).toMatchObject({ rank: 'champion', granted: 'champion' })
    expect((await rank(id, 'champion', 'newcomer')).body).toMatchObject({ rank: 'newcomer', granted: 'newcomer' })
    const told = (await ask('GET', '/notices')).body.items.filter(
      ({ kind }: { kind: string }) => kind === 'rank-changed',
    )
    expect(told.map(({ detail }: { detail: string }) => detail).sort()).toEqual(['champion', 'newcomer'])
    expect((await acts(id, 'member.rank')).map(({ details }) => details)).toMatchObject([
      { from: 'newcomer', to: 'champion', reason: 'Known from the forum.' },
      { from: 'champion', to: 'newcomer' },
    ])
  })

  it('leaves what was earned when it is taken', async () => {
    const [{ id, userId }] = members as [(typeof members)[number]]
    await rank(id, 'newcomer', 'champion')
    await earn(id, userId)
    expect((await rank(id, 'champion', 'newcomer')).body).toMatchObject({ rank: 'helper', granted: 'newcomer' })
  })

  it('takes nothing from who has earned more, though a part of it was lost since', async () => {
    const [{ id, userId }] = members as [(typeof members)[number]]
    await test.db.execute(sql`update member set points = 290, rank = 'champion' where id = ${id}`)
    await thank(id, userId, 8)
    expect((await rank(id, 'newcomer', 'helper')).body).toMatchObject({ rank: 'champion', granted: 'helper' })
    expect((await rank(id, 'helper', 'newcomer')).body).toMatchObject({ rank: 'champion', granted: 'newcomer' })
  })

  it('was promised for an account, and does not come back with it', async () => {
    const [, { id, userId }] = members as [unknown, (typeof members)[number]]
    await test.db.execute(sql`
      insert into invite (id, brand_id, role, rank, token_hash, by, created_at, expires_at, accepted_by)
      values (gen_random_uuid(), ${world.cast.brandId}, 'member', 'helper', 'x', 'system', now(), now(), ${userId})`)
    await rank(id, 'newcomer', 'helper')
    await rank(id, 'helper', 'newcomer')
    expect(await test.db.execute(sql`select rank from invite where accepted_by = ${userId}`)).toEqual([
      { rank: 'newcomer' },
    ])
  })

  it('is changed by one of two admins who begin from the same', async () => {
    const [, , { id }] = members as [unknown, unknown, (typeof members)[number]]
    const both = await Promise.all([rank(id, 'newcomer', 'helper'), rank(id, 'newcomer', 'champion')])
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409])
  })

  it('is nobody’s to give themselves', async () => {
    const [, { id, userId, ask }] = members as [unknown, (typeof members)[number]]
    await inBrand(test.db, world.cast.brandId, (tx) =>
      addMembership(tx, { userId, role: 'admin', by: 'system', at: world.clock.now() }),
    )
    await test.db.execute(sql`select pg_notify('deputize_people', ${userId})`)
    await expect
      .poll(
        async () =>
          (await ask('PUT', `/members/${id}/rank`, { was: 'newcomer', granted: 'champion', reason: 'Me.' })).body
            .detail,
      )
      .toMatch(/^Nobody changes what they are themselves/)
  })
})

/** Points and thanks enough for a helper. */
async function earn(memberId: string, userId: string): Promise<void> {
  await test.db.execute(sql`update member set points = 60 where id = ${memberId}`)
  await thank(memberId, userId, 2)
}

/** So many answers that were thanked for. */
async function thank(memberId: string, userId: string, count: number): Promise<void> {
  const handles = Array.from({ length: count }, (_, nth) => `thankful${count}of${nth}`)
  for (const handle of handles) await world.network.postAs(handle, '@acme how do I connect to the wifi?')
  world.clock.pass(2 * MINUTE)
  await world.drain()
  await test.db.execute(sql`
    insert into reply (id, brand_id, mention_id, account_id, member_id, user_id, author_kind, text, voice, state, outcome,
      requested_at, send_after, sent_at, remote_id, network, instance, key)
    select gen_random_uuid(), m.brand_id, m.id, a.id, a.member_id, ${userId}, 'member', 'Press WPS.', 'own', 'sent', 'thanked',
      now(), now(), now(), m.id::text, m.network, m.instance, m.id::text
    from mention m join linked_account a on a.member_id = ${memberId}
    where not exists (select 1 from reply r where r.mention_id = m.id) limit ${count}`)
}
