import { sql } from 'drizzle-orm'
import type { FastifyInstance } from 'fastify'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { buildApp } from '../../src/app.ts'
import { inBrand } from '../../src/db/client.ts'
import { MINUTE, SECOND } from '../../src/domain/clock.ts'
import { setPassword } from '../../src/people/auth.ts'
import { beginSending } from '../../src/reply/queries.ts'
import { keepFromLeaving } from '../../src/reply/undo-queries.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'
import { assertInvariants } from '../faults/invariants.ts'
import { type Ask, signedIn } from '../signed-in.ts'
import { aWorld, type TestWorld } from '../world.ts'

const PASSWORD = 'a long password'
let test: TestDatabase
let w: TestWorld
let app: FastifyInstance
let staff: Ask
let helper: Ask
let asked: string
let mentionId: string

beforeEach(async () => {
  test = await freshDatabase()
  w = await aWorld(test, { members: 1, undoSeconds: 10 })
  for (const one of [w.cast.staff, w.cast.members[0]!]) await setPassword(test.db, one.userId, PASSWORD)
  app = await buildApp(w.world, null)
  staff = await signedIn(app, w.cast.staff.email, PASSWORD)
  helper = await signedIn(app, w.cast.members[0]!.email, PASSWORD)
  asked = await w.postAs('frida', '@acme how do I connect the printer to my wifi router?')
  await w.drain()
  const [card] = (await helper('GET', '/feed')).body.items
  mentionId = card.mentionId
  await helper('POST', `/offers/${card.offerId}/claim`)
})
afterEach(async () => {
  await assertInvariants(test.db, w.clock.now())
  await app.close()
  await w.close()
  await test.drop()
})

let keys = 0
const answer = async (text = 'Press WPS.', by = helper) =>
  (await by('POST', `/mentions/${mentionId}/replies`, { text, voice: 'own' }, `a-key-of-its-own-${keys++}`)).body
const undo = (id: string, by = helper) => by('POST', `/replies/${id}/undo`)
const later = async (ms: number) => {
  w.clock.pass(ms)
  await w.drain()
}
const sent = () => w.network.answers().get(asked)?.length ?? 0
const lease = async () =>
  (await test.db.execute<{ until: string }>(sql`select lease_until as until from mention where id = ${mentionId}`))[0]!

describe('a reply that nobody has to read', () => {
  it('leaves after the seconds the brand has set, and not before', async () => {
    const { id, state, undoMs } = await answer()
    expect([state, undoMs]).toEqual(['queued', 10 * SECOND])
    await later(9 * SECOND)
    expect(sent()).toBe(0)
    expect((await helper('GET', '/replies')).body.items[0]).toMatchObject({ id, undoMs: SECOND })
    await later(SECOND)
    expect(sent()).toBe(1)
    expect((await helper('GET', '/replies')).body.items[0]).toMatchObject({ state: 'sent', undoMs: null })
  })

  it('is undone by its author: the mention is theirs with time, its words a draft, and others may follow', async () => {
    const { id } = await answer()
    await later(5 * SECOND)
    const { status, body } = await undo(id)
    expect([status, body]).toMatchObject([200, { words: 'Press WPS.', reply: { state: 'undone', undoMs: null } }])
    expect(new Date((await lease()).until).getTime()).toBe(w.clock.now().getTime() + 20 * MINUTE)
    await later(MINUTE)
    expect(sent()).toBe(0)
    expect((await helper('GET', '/feed?view=mine')).body.items).toMatchObject([{ mentionId, reply: null }])
    await answer('Hold WPS for five seconds.')
    await later(10 * SECOND)
    expect(w.network.answers().get(asked)).toMatchObject([{ text: 'Hold WPS for five seconds.' }])
  })

  it('is undone once, however often that is pressed', async () => {
    const { id } = await answer()
    const all = await Promise.all([undo(id), undo(id), undo(id)])
    expect(all.map(({ status }) => status)).toEqual([200, 200, 200])
    expect((await w.counts()).events).toMatchObject({ 'reply.undone': 1 })
  })

  it('is undone by nobody else', async () => {
    const { id } = await answer()
    expect(await undo(id, staff)).toMatchObject({ status: 403 })
    await later(10 * SECOND)
    expect(sent()).toBe(1)
  })

  it('has left once its time is over, and whoever presses then is told so', async () => {
    const { id } = await answer()
    w.clock.pass(10 * SECOND)
    expect(await undo(id)).toMatchObject({ status: 409, body: { detail: 'It has left already.' } })
    await w.drain()
    expect(await undo(id)).toMatchObject({ status: 409, body: { state: 'sent' } })
  })

  it('leaves at once where the brand has set 0', async () => {
    await test.db.execute(sql`update brand set settings = jsonb_set(settings, '{undoSeconds}', '0')`)
    expect(await answer()).toMatchObject({ undoMs: null })
    await w.drain()
    expect(sent()).toBe(1)
  })

  it('leaves or is undone, never both, when both are tried at once', async () => {
    const { id } = await answer()
    for (let round = 0; round < 8; round++) {
      // Due to the sender and not yet to the author's clock, or the other way round: either may win.
      const at = new Date(w.clock.now().getTime() + 10 * SECOND).toISOString()
      await test.db.execute(sql`
        update reply set state = 'queued', attempts = 0, sending_at = null, send_after = ${at} where id = ${id}`)
      const [begun, kept] = await Promise.all([
        inBrand(test.db, w.cast.brandId, (tx) =>
          beginSending(tx, id, new Date(w.clock.now().getTime() + (10 + 60 * round) * SECOND), {
            gapMs: 0,
            most: null,
          }),
        ),
        inBrand(test.db, w.cast.brandId, (tx) => keepFromLeaving(tx, id, w.cast.members[0]!.userId, w.clock.now())),
      ])
      expect([begun, kept].filter(Boolean)).toHaveLength(1)
    }
    await test.db.execute(sql`update reply set state = 'undone', attempts = 0, sending_at = null where id = ${id}`)
  })
})

describe('a reply that waits for a reader', () => {
  it('is not undone but returned by them', async () => {
    await test.db.execute(sql`update member set rank = 'newcomer'`)
    const { id, state } = await answer()
    expect(state).toBe('awaiting-approval')
    expect(await undo(id)).toMatchObject({
      status: 409,
      body: { detail: expect.stringContaining('waits for a reader') },
    })
    await staff('POST', `/replies/${id}/approve`, {})
    expect(await undo(id)).toMatchObject({ status: 409 })
    await w.drain()
    expect(sent()).toBe(1)
  })
})
