import { sql } from 'drizzle-orm'
import type { FastifyInstance } from 'fastify'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { buildApp } from '../../src/app.ts'
import { inBrand } from '../../src/db/client.ts'
import { HOUR, MINUTE } from '../../src/domain/clock.ts'
import { setPassword } from '../../src/people/auth.ts'
import { rebuildEvidence } from '../../src/people/evidence.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'
import { assertInvariants } from '../faults/invariants.ts'
import { answerSome } from '../faults/members.ts'
import { type Ask, signedIn } from '../signed-in.ts'
import { aWorld, type TestWorld } from '../world.ts'

const PASSWORD = 'a long password'
const WHY = 'It names a setting that this printer does not have.'
let test: TestDatabase
let w: TestWorld
let app: FastifyInstance
let staff: Ask
let helper: Ask
let asked: string
let id: string
/** Null: the process lives. Else it dies at that point, once. */
let deadAt: string | null

beforeEach(async () => {
  deadAt = null
  test = await freshDatabase()
  const fault = (point: string) => {
    if (point !== deadAt) return
    deadAt = null
    throw new Error(`dead at ${point}`)
  }
  w = await aWorld(test, { members: 1, fault })
  for (const one of [w.cast.staff, w.cast.members[0]!]) await setPassword(test.db, one.userId, PASSWORD)
  app = await buildApp(w.world, null)
  staff = await signedIn(app, w.cast.staff.email, PASSWORD)
  helper = await signedIn(app, w.cast.members[0]!.email, PASSWORD)
  asked = await w.postAs('frida', '@acme how do I connect the printer to my wifi router?')
  await w.drain()
  expect(await answerSome(test.db, w.cast, 1, w.clock)).toBe(1)
  await w.drain()
  id = (await row()).id as string
})
afterEach(async () => {
  await assertInvariants(test.db, w.clock.now())
  await app.close()
  await w.close()
  await test.drop()
})

const row = async () =>
  (
    await test.db.execute<Record<string, unknown>>(sql`
      select r.id, r.state, r.note, m.state as mention, m.id as mention_id from reply r join mention m on m.id = r.mention_id`)
  )[0]!
const remoteId = () => w.network.answers().get(asked)![0]!.id // just sent
const stands = async () => {
  const remote = remoteId()
  const answer = await fetch(`${w.network.url}/api/posts?ids=${remote}`, {
    headers: { authorization: `Bearer ${w.network.token}` },
  })
  return ((await answer.json()) as { items: unknown[] }).items.length === 1
}
const isRemoval = ({ method, url }: { method: string; url: string }) =>
  method === 'DELETE' && url.startsWith('/api/posts')
const takeBack = (by: Ask, reason = WHY) => by('POST', `/replies/${id}/take-back`, { reason })
const later = async (ms: number) => {
  w.clock.pass(ms)
  await w.drain()
}
const told = async () => {
  const { events } = await w.counts()
  return [events['reply.taking-back'] ?? 0, events['reply.taken-back'] ?? 0, events['reply.not-taken-back'] ?? 0]
}

describe('a published reply that staff take back (F6, L7)', () => {
  it('is deleted at its network, and its author hears why', async () => {
    expect((await helper('GET', '/replies')).body.items[0].takeBack).toEqual({ refusal: null })
    const { status, body } = await takeBack(staff)
    expect([status, body]).toMatchObject([200, { state: 'taking-back', takeBack: null }])
    expect(await stands()).toBe(true)
    await w.drain()
    expect(await stands()).toBe(false)
    expect((await helper('GET', '/replies')).body.items).toMatchObject([
      { state: 'taken-back', note: `Staff took it back: ${WHY}`, takeBack: null },
    ])
    const audits = await test.db.execute(
      sql`select actor, act, target, details from audit where act = 'reply.take-back'`,
    )
    expect(audits).toEqual([
      { actor: w.cast.staff.userId, act: 'reply.take-back', target: id, details: { reason: WHY } },
    ])
  })

  it('is asked for once, however often it is pressed', async () => {
    await Promise.all([takeBack(staff), takeBack(staff), takeBack(staff, 'Another reason')])
    await w.drain()
    expect((await takeBack(staff)).body).toMatchObject({ state: 'taken-back' })
    await later(HOUR)
    expect(await told()).toEqual([1, 1, 0])
  })

  it('leaves its mention without an answer: staff have it, with the reason, and it may be answered anew', async () => {
    const answered = async () => (await staff('GET', '/report')).body.by
    w.clock.pass(MINUTE)
    expect(await answered()).toEqual({ community: 1, staff: 0, none: 0 })
    await takeBack(staff)
    await w.drain()
    expect(await answered()).toEqual({ community: 0, staff: 0, none: 1 })
    expect(await row()).toMatchObject({ mention: 'escalated' })
    const { items } = (await staff('GET', '/escalations')).body
    expect(items).toMatchObject([{ state: 'open', origin: 'person', reason: `Its answer was taken back: ${WHY}` }])
    const page = (await staff('GET', `/escalations/${items[0].id}`)).body
    expect(page.reply).toMatchObject({ id, state: 'taken-back', takeBack: null })
    expect(page.history.map(({ words }: { words: string }) => words)).toContain('took the answer back')

    await staff('POST', `/escalations/${items[0].id}/take`)
    const again = await staff(
      'POST',
      `/mentions/${items[0].mentionId}/replies`,
      { text: 'Hold the Wi-Fi button.', voice: 'brand' },
      'the-second-answer',
    )
    expect(again.status).toBe(201)
    await w.drain()
    expect(await w.counts()).toMatchObject({ replies: { 'taken-back': 1, sent: 1 }, mentions: { replied: 1 } })
    expect(await answered()).toEqual({ community: 0, staff: 1, none: 0 })
  })

  it('loses all that it had earned, by an entry of the ledger, and earns nothing afterwards (P1)', async () => {
    const remote = remoteId()
    await w.postAs('frida', 'Thank you so much, that helped, you are wonderful!', remote)
    await later(MINUTE)
    expect((await helper('GET', '/desk')).body).toMatchObject({ points: 25 })
    w.clock.pass(MINUTE) // entries of one instant have no order
    await takeBack(staff)
    await w.drain()
    expect((await helper('GET', '/desk')).body).toMatchObject({ points: 0 })
    const { items } = (await helper('GET', '/points')).body
    expect(items[0]).toMatchObject({ points: -25, cause: 'taken-back', reason: 'Your answer was taken back.' })
    await later(HOUR)
    expect((await w.counts()).points).toBe(0)
  })

  it('speaks against its author’s skill, in the rows as in the log', async () => {
    const evidence = () => test.db.execute(sql`select skill, accepted, returned, good, bad from skill_evidence`)
    await takeBack(staff)
    await w.drain()
    const before = await evidence()
    expect(before).toMatchObject([{ accepted: 1, returned: 1 }])
    await inBrand(test.db, w.cast.brandId, rebuildEvidence)
    expect(await evidence()).toEqual(before)
  })
})

describe('one’s own reply', () => {
  it('can be taken back by its author, and by no other member', async () => {
    await test.db.execute(sql`update reply set user_id = ${w.cast.staff.userId} where id = ${id}`)
    expect(await takeBack(helper)).toMatchObject({ status: 403 })
    await test.db.execute(sql`update reply set user_id = ${w.cast.members[0]!.userId} where id = ${id}`)
    expect(await takeBack(helper, 'I was wrong there.')).toMatchObject({ status: 200 })
    await w.drain()
    expect(await row()).toMatchObject({ state: 'taken-back', note: 'You took it back: I was wrong there.' })
    const [evidence] = await test.db.execute(sql`select accepted, returned from skill_evidence`)
    expect(evidence).toEqual({ accepted: 1, returned: 0 })
  })

  it('cannot be where nobody knows its place, or its account is gone; both are said beforehand', async () => {
    const refusal = async () => (await helper('GET', '/replies')).body.items[0].takeBack.refusal
    await test.db.execute(sql`update linked_account set state = 'unlinked', secret = null where member_id is not null`)
    expect(await refusal()).toMatch(/no longer linked/)
    expect(await takeBack(helper)).toMatchObject({ status: 409, body: { detail: await refusal() } })
    await test.db.execute(sql`update reply set remote_id = null`)
    expect(await refusal()).toMatch(/Nobody told us where/)
    expect(await takeBack(helper)).toMatchObject({ status: 409 })
  })
})

describe('a removal that gets no clear answer (F6)', () => {
  it.each(['drop-before', 'drop-after', '429'] as const)('is tried again after %s', async (fault) => {
    w.network.misbehave((request) => (isRemoval(request) ? fault : null))
    await takeBack(staff)
    await w.drain()
    expect(await row()).toMatchObject({
      state: 'taking-back',
      note: expect.stringContaining('Not deleted yet'),
      mention: 'replied',
    })
    w.network.misbehave(null)
    await later(15 * MINUTE)
    expect(await row()).toMatchObject({ state: 'taken-back', mention: 'escalated' })
    expect([await stands(), await told()]).toEqual([false, [1, 1, 0]])
  })

  it.each(['removal.answered', 'removal.recorded'])('survives a death at %s', async (point) => {
    await takeBack(staff)
    deadAt = point
    await expect(w.drain()).rejects.toThrow('dead at')
    await later(MINUTE)
    expect(await row()).toMatchObject({ state: 'taken-back', mention: 'escalated' })
    expect([await stands(), await told()]).toEqual([false, [1, 1, 0]])
    expect((await w.counts()).points).toBe(0)
  })

  it('leaves the reply standing, and says so, when the network goes on refusing', async () => {
    w.network.misbehave((request) => (isRemoval(request) ? '503' : null))
    await takeBack(staff)
    for (let n = 0; n < 10; n++) await later(2 * HOUR)
    expect(await row()).toMatchObject({
      state: 'sent',
      note: expect.stringContaining('It could not be taken back'),
      mention: 'replied',
    })
    expect([await stands(), await told()]).toEqual([true, [1, 0, 1]])
    expect((await w.counts()).points).toBe(10)
    w.network.misbehave(null)
    await takeBack(staff)
    await w.drain()
    expect(await told()).toEqual([2, 1, 1])
  })

  it('is known to be done when the network refuses what is gone already', async () => {
    await takeBack(staff)
    // Deleted there by hand meanwhile; its account is asked to sign in again.
    const remote = remoteId()
    await w.network.remove('helper0', remote)
    await test.db.execute(sql`update linked_account set state = 'needs-authorisation' where member_id is not null`)
    await w.drain()
    expect(await row()).toMatchObject({ state: 'taken-back', mention: 'escalated' })
  })
})
