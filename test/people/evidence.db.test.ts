import { type SQL, sql } from 'drizzle-orm'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildApp } from '../../src/app.ts'
import { listBeliefs } from '../../src/commands/beliefs.ts'
import { inBrand } from '../../src/db/client.ts'
import { brand as brandTable } from '../../src/db/schema/brand.ts'
import { MINUTE, SECOND } from '../../src/domain/clock.ts'
import { weightAt } from '../../src/people/decay.ts'
import { rebuildEvidence, recordEvidence } from '../../src/people/evidence.ts'
import { HABIT_HALF_LIFE, hourOfWeek } from '../../src/people/hours.ts'
import { memberProfiles } from '../../src/people/members.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'
import { signedIn } from '../signed-in.ts'
import { aWorld, type TestWorld } from '../world.ts'

let test: TestDatabase
let world: TestWorld
let app: FastifyInstance

beforeAll(async () => {
  test = await freshDatabase()
  world = await aWorld(test, { members: 2, password: 'a long password', rank: 'helper' })
  app = await buildApp(world.world, null)
})
afterAll(async () => {
  await app.close()
  await world.close()
  await test.drop()
})

type Row = Record<string, string | number> & { member_id: string }
const evidence = () => test.db.execute<Row>(sql`select * from skill_evidence order by member_id, skill`)
const hours = () =>
  test.db.execute<{ member_id: string; hours: number[]; claims: number[]; open: number[] }>(
    sql`select * from response_hours order by member_id`,
  )
const profiles = () => inBrand(test.db, world.cast.brandId, (tx) => memberProfiles(tx, world.clock.now()))
const wifi = async () => (await evidence()).find(({ skill }) => skill === 'wifi')

const one = async (query: SQL) => (await test.db.execute<{ id: string }>(query))[0]!.id // each test has made it
const FOLLOW_UP = sql`select id from mention where answers_reply_id is not null`

/** The one of the two who knows wifi. */
const member = () => world.cast.members[0]!
const asMember = () => signedIn(app, member().email, 'a long password')
const ask = async (text = '@acme how do I connect the printer to my wifi router?') => {
  const post = await world.postAs('frida', text)
  await world.drain()
  const { items } = (await (await asMember())('GET', '/feed')).body
  return { post, card: items[0] }
}
const setRank = (rank: string) =>
  test.db.execute(sql`update member set rank = ${rank}, granted_rank = ${rank} where id = ${member().id}`)

describe('what became of an answer (M2)', () => {
  it('is believed of the member’s skill at once, in the transaction of the outcome, and once', async () => {
    const { card } = await ask()
    const [before] = (await profiles()).filter(({ id }) => id === member().id)
    const helper = await asMember()
    world.clock.pass(6 * MINUTE)
    await helper('POST', `/offers/${card.offerId}/claim`)
    const text = 'Press WPS first, then type the code on the sticker.'
    const { body } = await helper('POST', `/mentions/${card.mentionId}/replies`, { text, voice: 'own' }, 'first-key')
    await world.drain()
    const sent = await wifi()
    expect(sent).toMatchObject({ member_id: member().id, accepted: 1, thanked: 0, passed: 0, bad: 0 })

    // Delivered again: the send and the look at it find nothing left to do.
    await world.world.queues.wake('send', { brandId: world.cast.brandId, replyId: body.id })
    await world.work()
    expect(await wifi()).toEqual(sent)

    const answer = await one(sql`select remote_id as id from reply`)
    await world.postAs('frida', 'That worked, thank you so much! Great help.', answer)
    world.clock.pass(30 * SECOND)
    await world.drain()
    const thanked = await wifi()
    expect(thanked).toMatchObject({ accepted: 1, thanked: 1 })
    const followUp = await one(FOLLOW_UP)
    await world.world.queues.wake('triage', { brandId: world.cast.brandId, mentionIds: [followUp] })
    await world.work()
    expect(await wifi()).toEqual(thanked)

    const [after] = (await profiles()).filter(({ id }) => id === member().id)
    expect(after!.skills[0]!.alpha).toBeCloseTo(before!.skills[0]!.alpha + 1.5, 3)
    expect(after!.skills[0]!.beta).toBe(before!.skills[0]!.beta)
  })

  it('counts how long the offer stood open, by hour of the week, and that it was claimed', async () => {
    const rows = await hours()
    const own = rows.find((row) => row.member_id === member().id)!
    const sum = (numbers: number[]) => numbers.reduce((all, one) => all + one, 0)
    const weight = weightAt(world.clock.now(), HABIT_HALF_LIFE)
    expect(own.hours).toContain(hourOfWeek(world.clock.now().getTime()))
    expect(sum(own.claims) / weight).toBeCloseTo(1, 3)
    expect(sum(own.open) / weight).toBeCloseTo(0.1, 2)
    const other = rows.find((row) => row.member_id !== member().id)
    if (other) expect(sum(other.claims)).toBe(0)
    const [profile] = (await profiles()).filter(({ id }) => id === member().id)
    expect(profile!.response!.pace).toBeGreaterThan(1)
    expect([...profile!.response!.own.slice(0, 2)]).toEqual([own.hours[0], expect.closeTo(1, 3)])
  })

  it('speaks against the skill when it was passed as not the member’s, sent back, or changed before it went out', async () => {
    await setRank('newcomer')
    world.clock.pass(10 * MINUTE)
    const passed = await ask('@acme how do I change the wifi password on my kettle?')
    const helper = await asMember()
    await helper('POST', `/offers/${passed.card.offerId}/pass`, { reason: 'not-my-skill' })
    await helper('POST', `/offers/${passed.card.offerId}/pass`, { reason: 'not-my-skill' })
    expect(await wifi()).toMatchObject({ passed: 1 })

    world.clock.pass(10 * MINUTE)
    const { card } = await ask('@acme where do I find the wifi button on my coffee machine?')
    await helper('POST', `/offers/${card.offerId}/claim`)
    const to = `/mentions/${card.mentionId}/replies`
    const first = await helper('POST', to, { text: 'No idea, sorry.', voice: 'own' }, 'second-key')
    const staff = await signedIn(app, world.cast.staff.email, 'a long password')
    await staff('POST', `/replies/${first.body.id}/return`, { reason: 'Please look it up.' })
    await staff('POST', `/replies/${first.body.id}/return`, { reason: 'Please look it up.' })
    expect(await wifi()).toMatchObject({ returned: 1 })

    const second = await helper('POST', to, { text: 'Yes it does.', voice: 'own' }, 'third-key')
    await staff('POST', `/replies/${second.body.id}/approve`, { text: 'Yes, it uses the band of 2.4 GHz.' })
    await world.drain()
    expect(await wifi()).toMatchObject({ corrected: 1, accepted: 1, thanked: 1, returned: 1, passed: 1 })
  })

  it('is shown to the member in figures: what their skill is believed to be, and the hours in which they claim', async () => {
    const { status, body } = await (await asMember())('GET', '/desk/beliefs')
    expect(status).toBe(200)
    expect(body.skills).toEqual([
      {
        ...{ skill: 'wifi', level: expect.closeTo(0.8), fit: expect.closeTo((2.6 + 1.75) / (4 + 4.25), 2) },
        ...{ accepted: 1, thanked: 1, corrected: 1, returned: 1, complained: 0, passed: 1 },
      },
    ])
    const claims = body.hours.reduce((sum: number, { claims }: { claims: number }) => sum + claims, 0)
    expect(claims).toBeCloseTo(2, 2)
  })

  it('counted anew from the event log gives the same rows', async () => {
    const before = await evidence()
    expect(before.length).toBeGreaterThan(0)
    await test.db.execute(sql`update skill_evidence set good = 99, accepted = 7`)
    const { brandId } = world.cast
    expect(await inBrand(test.db, brandId, rebuildEvidence)).toBe(5)
    expect(await evidence()).toEqual(before)
  })

  it('says nothing of a member who has left, or of a mention that asked for no skill', async () => {
    const before = await evidence()
    const { brandId } = world.cast
    const id = await one(FOLLOW_UP)
    const at = world.clock.now()
    await inBrand(test.db, brandId, (tx) =>
      recordEvidence(tx, [
        { memberId: brandId, mentionId: id, cause: 'thanked', at },
        { memberId: member().id, mentionId: brandId, cause: 'thanked', at },
      ]),
    )
    expect(await evidence()).toEqual(before)
  })
})

describe('deputize beliefs', () => {
  it('lists what is believed of each declared skill, for people and for programs', async () => {
    const [brand] = await test.db.select().from(brandTable)
    const say = async (json: boolean) => {
      const lines: string[] = []
      await listBeliefs(test.db, brand!, json, world.clock.now(), { out: (line) => lines.push(line) })
      return lines
    }
    const rows = (await say(true)).map((line) => JSON.parse(line))
    expect(rows.map(({ skill }) => skill)).toEqual(['ink', 'wifi'])
    // Five outcomes: 1.75 for and 2.5 against, beside the two imagined answers of a newcomer.
    expect(rows[1]).toMatchObject({ name: member().name, level: expect.closeTo(0.8) })
    expect(rows[1].alpha + rows[1].beta).toBeCloseTo(2 + 2 + 1.75 + 2.5, 2)
    const [head, , wifiLine] = await say(false)
    expect(head).toMatch(/^SKILL +MEMBER +DECLARED +BELIEVED/)
    expect(wifiLine).toMatch(/^wifi +Helper 0 +0\.80 +0\.5\d +6\.2/)
  })
})
