import { sql } from 'drizzle-orm'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { buildApp } from '../../src/app.ts'
import { maskPersonalData } from '../../src/classify/flags.ts'
import { capabilitiesOf } from '../../src/connections.ts'
import { inBrand } from '../../src/db/client.ts'
import { HOUR, MINUTE } from '../../src/domain/clock.ts'
import { setPassword } from '../../src/people/auth.ts'
import { addMembership } from '../../src/people/create.ts'
import { requestReply } from '../../src/reply/request.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'
import { type Ask, signedIn } from '../signed-in.ts'
import { aWorld, type TestWorld } from '../world.ts'

const PASSWORD = 'a long password'
const WIFI = '@acme how do I connect the printer to my wifi router?'
let test: TestDatabase
let w: TestWorld
let app: FastifyInstance
let admin: Ask
let helper: Ask
beforeAll(async () => {
  test = await freshDatabase()
})
beforeEach(async () => {
  await w?.close()
  await app?.close()
  w = await aWorld(test, { members: 1 })
  const { staff, members } = w.cast
  for (const one of [staff, members[0]!]) await setPassword(test.db, one.userId, PASSWORD)
  await inBrand(test.db, w.cast.brandId, (tx) =>
    addMembership(tx, { userId: staff.userId, role: 'admin', by: 'system', at: w.clock.now() }),
  )
  app = await buildApp(w.world, null)
  admin = await signedIn(app, staff.email, PASSWORD)
  helper = await signedIn(app, members[0]!.email, PASSWORD)
})
afterAll(async () => {
  await app.close()
  await w.close()
  await test.drop()
})

const set = (network: string, body: object) => admin('PATCH', `/networks/${network}/terms`, body)
const termsOf = async (network: string) =>
  (await admin('GET', '/networks')).body.items.find((one: { network: string }) => one.network === network).terms
/** A post of a stranger that the helper holds. */
async function held(): Promise<{ mentionId: string; offerId: string; earns: boolean }> {
  await w.postAs('frida', WIFI)
  w.clock.pass(MINUTE)
  await w.drain()
  const [card] = (await helper('GET', '/feed')).body.items
  await helper('POST', `/offers/${card.offerId}/claim`)
  return card
}
const answer = (mentionId: string) =>
  helper('POST', `/mentions/${mentionId}/replies`, { text: 'Press WPS.', voice: 'own' }, `key-of-${mentionId}`)
const pointsOf = async () => (await helper('GET', '/points')).body.items.map(({ points }: { points: number }) => points)

describe('a brand’s terms on a network (P2)', () => {
  it('are set by admins, shown beside the network’s own, and noted with what was accepted', async () => {
    expect(await termsOf('x')).toMatchObject({
      asked: { rewards: 'no', personSends: true, deleteWithinHours: 24, keepHours: null },
      inForce: { rewards: false, personSends: true, deleteWithinHours: 24, keepHours: null },
    })
    expect(await set('x', { rewards: true })).toMatchObject({
      status: 409,
      body: { detail: expect.stringContaining('X forbids rewards for posting') },
    })
    expect((await set('x', { rewards: true, accepts: true, deleteWithinHours: 12 })).body.terms.inForce).toEqual({
      rewards: true,
      personSends: true,
      deleteWithinHours: 12,
      keepHours: null,
    })
    const [audit] = await test.db.execute(
      sql`select actor, details from audit where act = 'network.terms' order by at desc limit 1`,
    )
    expect(audit).toEqual({
      actor: w.cast.staff.userId,
      details: { network: 'x', from: {}, to: { rewards: true, deleteWithinHours: 12 }, accepted: 'no' },
    })
    const told = (await admin('GET', '/networks')).body.items.find((one: { network: string }) => one.network === 'x')
    expect(told.capabilities).toContainEqual({ can: 'Reward posting', yes: true, note: 'switched on by the brand' })
    const linkable = (await helper('GET', '/accounts')).body.networks
    expect(linkable.find((one: { network: string }) => one.network === 'x').allowances.own).toContainEqual({
      ...{ can: 'Earn points for posting', yes: true, note: 'switched on by the brand' },
    })
    expect((await helper('PATCH', '/networks/x/terms', { rewards: false })).status).toBe(403)
    expect((await set('nowhere', { rewards: false })).status).toBe(404)
  })

  it('let posts earn nothing from the moment it is said, and thanks all the same', async () => {
    await set('sandbox', { rewards: false })
    const first = await held()
    expect((await answer(first.mentionId)).status).toBe(201)
    await w.drain()
    expect([first.earns, await pointsOf()]).toEqual([false, []])
    await set('sandbox', { rewards: null })
    expect((await termsOf('sandbox')).inForce.rewards).toBe(true)
    const second = await held()
    await answer(second.mentionId)
    await w.drain()
    expect([second.earns, await pointsOf()]).toEqual([true, [10]])
  })

  it('want a person at the send button where the network would take answers of programs', async () => {
    const { mentionId } = await held()
    const [member] = w.cast.members
    const byProgram = () =>
      inBrand(test.db, w.cast.brandId, (tx) => {
        const author = {
          userId: member!.userId,
          name: 'Ana',
          member: { id: member!.id, rank: 'helper' as const },
          program: true as const,
        }
        const wanted = { mentionId, text: 'Press WPS.', voice: 'own' as const, key: 'by-a-program' }
        return requestReply(tx, author, wanted, capabilitiesOf, w.clock, maskPersonalData)
      })
    await set('sandbox', { personSends: true })
    await expect(byProgram()).rejects.toMatchObject({
      code: 'forbidden',
      message: expect.stringContaining('a person presses send'),
    })
    await set('sandbox', { personSends: null })
    await byProgram()
  })

  it('have words forgotten sooner than their network asks, from the next post on', async () => {
    await w.postAs('frida', WIFI)
    await w.drain()
    expect((await set('sandbox', { keepHours: 24 })).body.terms.inForce.keepHours).toBe(24)
    await w.postAs('gustav', '@acme my printer prints nothing but stripes, what can I try?')
    w.clock.pass(MINUTE)
    const heardAt = w.clock.now()
    await w.drain()
    const kept = await test.db.execute<{ author_handle: string; kept_until: string | null }>(sql`
      select author_handle, kept_until from mention where brand_id = ${w.cast.brandId} order by 1`)
    expect(kept.map(({ author_handle: by, kept_until: at }) => [by, at && new Date(at)])).toEqual([
      ['frida', null],
      ['gustav', new Date(heardAt.getTime() + 23 * HOUR)],
    ])
    w.clock.pass(23 * HOUR)
    await w.drain()
    const left = await test.db.execute(sql`
      select author_handle from mention where brand_id = ${w.cast.brandId} and forgotten_at is not null`)
    expect(left).toEqual([{ author_handle: '[forgotten]' }])
  })

  it('are no matter of an API key, which has read nothing', async () => {
    const { body } = await admin('POST', '/api-keys', { name: 'A tool', scopes: ['sources:write'], days: 30 })
    const { statusCode } = await app.inject({
      method: 'PATCH',
      url: '/api/v1/networks/x/terms',
      headers: { authorization: `Bearer ${body.secret}` },
      payload: { rewards: true, accepts: true },
    })
    expect([body.secret === undefined, statusCode]).toEqual([false, 403])
  })
})
