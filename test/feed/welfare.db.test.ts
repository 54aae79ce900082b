import { sql } from 'drizzle-orm'
import type { FastifyInstance } from 'fastify'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { buildApp } from '../../src/app.ts'
import { inBrand } from '../../src/db/client.ts'
import { HOUR, MINUTE, SECOND } from '../../src/domain/clock.ts'
import type { MemberIndex } from '../../src/match/members.ts'
import { DEFAULT_WEIGHTS } from '../../src/match/need.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'
import { assertInvariants } from '../faults/invariants.ts'
import { type Ask, signedIn } from '../signed-in.ts'
import { aWorld, type TestWorld } from '../world.ts'

const PASSWORD = 'a long password'
const NONE = { mostAnHour: null, mostADay: null, mostHoursAWeek: null, angryShare: null, breakMinutes: null }
const CALM = '@acme how do I connect the printer to my wifi router?'
/** The shipped policy would give it to staff; this brand’s community takes everything. */
const ANGRY = '@acme I am so angry!!! This wifi is the worst, I hate it, fix it NOW!!!'
const TAKES_ALL = 'name: all\nversion: 1\nrules: []\notherwise: { community: { skills: [wifi] } }'

let test: TestDatabase
let world: TestWorld
let app: FastifyInstance
let kim: Ask
beforeEach(async () => {
  test = await freshDatabase()
  world = await aWorld(test, { members: 1, capacity: 50, password: PASSWORD })
  await test.db.execute(sql`update policy set text = ${TAKES_ALL}`)
  app = await buildApp(world.world, null)
  kim = await signedIn(app, world.cast.members[0]!.email, PASSWORD)
})
afterEach(async () => {
  await assertInvariants(test.db, world.clock.now())
  await app.close()
  await world.close()
  await test.drop()
})

let authors = 0
async function post(text: string): Promise<void> {
  await world.postAs(`author${authors++}`, text)
  world.clock.pass(20 * SECOND)
  await world.drain()
}
const open = async () => (await kim('GET', '/feed')).body.items as { offerId: string; anger: number }[]
/** Claims, and waits until matching has read of it: the log is read up to the oldest transaction of the whole server. */
async function take(known: (index: MemberIndex) => boolean = ({ resting }) => resting.size === 1): Promise<void> {
  const [card] = await open()
  expect((await kim('POST', `/offers/${card!.offerId}/claim`)).status).toBe(200)
  const { brandId } = world.cast
  await vi.waitFor(async () => {
    world.world.roster.forget(brandId)
    const index = await inBrand(test.db, brandId, (tx) => world.world.roster.of(tx, brandId, DEFAULT_WEIGHTS))
    expect(known(index)).toBe(true)
  }, 20_000)
}
const limits = async (to: object) =>
  expect((await kim('PATCH', '/desk', { welfare: { ...NONE, ...to } })).status).toBe(200)
/** The log is read up to the oldest transaction of the whole server, and other tests have theirs. */
const offersAre = (count: number) =>
  vi.waitFor(async () => {
    world.world.roster.forget(world.cast.brandId)
    world.clock.pass(20 * SECOND)
    await world.drain()
    expect(await open()).toHaveLength(count)
  }, 20_000)
const leftOut = async () =>
  (
    await test.db.execute<{ left: object }>(
      sql`select rounds -> 0 -> 'leftOut' as left from matching order by at desc, mention_id desc limit 1`,
    )
  )[0]?.left

describe('limits of one’s own (P8)', () => {
  it('of mentions an hour: nothing more is offered, the why counts it, and the desk says until when', async () => {
    await limits({ mostAnHour: 1 })
    await post(CALM)
    await take()
    await post(`${CALM} Please help.`)
    expect(await open()).toEqual([])
    expect(await leftOut()).toEqual({ limits: 1 })
    const { body } = await kim('GET', '/desk')
    expect(body.welfare).toEqual({ ...NONE, mostAnHour: 1 })
    expect(new Date(body.restingUntil).getTime()).toBe(world.clock.now().getTime() - 20 * SECOND + HOUR)
    world.clock.pass(HOUR - 30 * SECOND)
    await world.drain()
    expect(await open()).toEqual([])
    world.clock.pass(MINUTE)
    await offersAre(1)
  })

  it('of angry ones: a calm one comes, an angry one does not, and a break follows one that was taken', async () => {
    await limits({ angryShare: 0.5 })
    await post(ANGRY)
    expect(await leftOut()).toEqual({ mood: 1 })
    await post(CALM)
    expect((await open()).map(({ anger }) => anger < 0.5)).toEqual([true])
    await take(({ onlyCalm }) => onlyCalm.size === 0)
    await offersAre(1)
    expect((await open())[0]!.anger).toBeGreaterThan(0.5)
    await limits({ angryShare: 0.5, breakMinutes: 10 })
    await take()
    await post(`${CALM} Please help.`)
    expect(await open()).toEqual([])
    expect(await leftOut()).toEqual({ limits: 1 })
    expect((await kim('GET', '/desk')).body).toMatchObject({ onlyCalm: true, restingUntil: expect.any(String) })
    world.clock.pass(10 * MINUTE)
    await offersAre(1)
  })

  it('bind nobody else and can be lifted; the log does not tell them', async () => {
    await limits({ mostADay: 1 })
    await post(CALM)
    await take()
    await post(`${CALM} Please help.`)
    expect(await open()).toEqual([])
    await limits({})
    await offersAre(1)
    const told = await test.db.execute(sql`select data from event where kind = 'member.changed' and data ? 'changed'`)
    expect(told.map(({ data }) => data)).toEqual(
      Array(2).fill({ memberId: world.cast.members[0]!.id, changed: ['welfare'] }),
    )
    expect((await kim('PATCH', '/desk', { welfare: { ...NONE, angryShare: 2 } })).status).toBe(422)
  })
})

describe('what a member says of themselves (M1)', () => {
  it('decides what they are offered: nothing in a language they do not speak, and their skill is why', async () => {
    const desk = async (to: object) => {
      const { versions } = (await kim('GET', '/desk')).body
      return kim('PATCH', '/desk', { ...to, versions })
    }
    const say = async (to: object) => expect((await desk(to)).status).toBe(200)
    await say({ skills: [], languages: ['fr'] })
    await post(CALM)
    expect(await open()).toEqual([])
    await say({ skills: [{ skill: 'wifi', level: 0.6 }], languages: ['fr', 'en'] })
    await offersAre(1)
    expect((await open())[0]).toMatchObject({ why: expect.stringContaining('wifi') })
    expect((await desk({ skills: [{ skill: 'sorcery', level: 1 }] })).body.detail).toContain('sorcery')
    expect((await desk({ languages: ['English'] })).status).toBe(422)
    const { languages, skills } = (await kim('GET', '/desk')).body
    expect({ languages, skills }).toEqual({ languages: ['fr', 'en'], skills: [{ skill: 'wifi', level: 0.6 }] })
  })
})
