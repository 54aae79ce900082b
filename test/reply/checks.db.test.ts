import { sql } from 'drizzle-orm'
import type { FastifyInstance } from 'fastify'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { buildApp } from '../../src/app.ts'
import { inBrand } from '../../src/db/client.ts'
import { MINUTE } from '../../src/domain/clock.ts'
import { createUser, setPassword } from '../../src/people/auth.ts'
import { addMembership } from '../../src/people/create.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'
import { type Ask, signedIn } from '../signed-in.ts'
import { aWorld, type TestWorld } from '../world.ts'

const PASSWORD = 'a long password'
const SECOND_QUESTION = '@acme why does my laptop lose its wifi whenever somebody uses the microwave?'
const SETTINGS = { undoSeconds: 0, bannedList: 'banned', riskyList: 'risky' }
let test: TestDatabase
let w: TestWorld
let app: FastifyInstance
let admin: Ask
let staff: Ask
let helper: Ask

beforeEach(async () => {
  test = await freshDatabase()
  w = await aWorld(test, { members: 1 })
  for (const one of [w.cast.staff, w.cast.members[0]!]) await setPassword(test.db, one.userId, PASSWORD)
  const userId = await createUser(test.db, { name: 'Ada', email: 'ada@example.test', password: PASSWORD })
  const made = { userId, role: 'admin', by: 'system', at: w.clock.now() } as const
  await inBrand(test.db, w.cast.brandId, (tx) => addMembership(tx, made))
  app = await buildApp(w.world, null)
  admin = await signedIn(app, 'ada@example.test', PASSWORD)
  staff = await signedIn(app, w.cast.staff.email, PASSWORD)
  helper = await signedIn(app, w.cast.members[0]!.email, PASSWORD)
  await admin('POST', '/lists', { name: 'banned', kind: 'words', entries: ['guarantee*'] })
  await admin('POST', '/lists', { name: 'risky', kind: 'words', entries: ['factory reset'] })
  expect((await admin('PUT', '/reply-settings', SETTINGS)).status).toBe(200)
})
afterEach(async () => {
  await app.close()
  await w.close()
  await test.drop()
})

/** A new post that the helper holds. @returns its mention */
async function held(
  author: string,
  question = '@acme how do I connect the printer to my wifi router?',
): Promise<string> {
  w.clock.pass(MINUTE)
  await w.postAs(author, question)
  await w.drain()
  const card = (await helper('GET', '/feed')).body.items[0]
  await helper('POST', `/offers/${card.offerId}/claim`)
  return card.mentionId
}
const checked = async (id: string, text: string, by = helper) =>
  (await by('POST', `/mentions/${id}/checks`, { text })).body
let keys = 0
const answer = (id: string, text: string) =>
  helper('POST', `/mentions/${id}/replies`, { text, voice: 'own' }, `a-key-of-its-own-${keys++}`)

describe('an answer that is checked (F5)', () => {
  it('is refused for a banned word, in the sentence its author was told before', async () => {
    const id = await held('frida')
    const { findings } = await checked(id, 'We guarantee it.')
    expect(findings).toMatchObject([{ about: 'banned-words', weight: 'refusal' }])
    expect(await answer(id, 'We guarantee it.')).toMatchObject({ status: 422, body: { detail: findings[0].says } })
  })

  it('waits for a reader where advice may do harm, and leaves at once with a link', async () => {
    const id = await held('frida')
    expect((await answer(id, 'Do a factory reset.')).body).toMatchObject({ state: 'awaiting-approval' })
    const [event] = await test.db.execute(sql`select data from event where kind = 'reply.requested'`)
    expect(event).toMatchObject({ data: { needsApproval: true, caution: ['risky-advice'] } })
    const other = await held('otto', SECOND_QUESTION)
    const linked = 'Do a factory reset: https://help.acme.example/reset'
    expect((await answer(other, linked)).body).toMatchObject({ state: 'queued' })
  })

  it('is compared with its author’s last answers to other people', async () => {
    const text = 'Hold the round button for five seconds, then add the printer in the app again.'
    const id = await held('frida')
    expect((await checked(id, text)).findings).toEqual([])
    await answer(id, text)
    await w.drain()
    const other = await held('otto', SECOND_QUESTION)
    expect((await checked(other, text)).findings).toMatchObject([{ about: 'repeated', weight: 'warning' }])
  })

  it('cannot get a banned word from its reader either', async () => {
    const id = await held('frida')
    const { body } = await answer(id, 'Do a factory reset.')
    const edited = await staff('POST', `/replies/${body.id}/approve`, { text: 'We guarantee a factory reset.' })
    expect(edited.status).toBe(422)
    expect((await staff('POST', `/replies/${body.id}/approve`, {})).body).toMatchObject({ state: 'queued' })
  })

  it('is checked for whoever holds its mention, and for staff', async () => {
    const id = await held('frida')
    await test.db.execute(sql`update offer set state = 'expired'`)
    await test.db.execute(sql`update mention set state = 'triaged', holder_id = null, lease_until = null`)
    expect((await helper('POST', `/mentions/${id}/checks`, { text: 'Hello' })).status).toBe(404)
    expect((await staff('POST', `/mentions/${id}/checks`, { text: 'Hello' })).status).toBe(200)
  })
})

describe('what answers are checked by', () => {
  it('is set by admins, read by staff, and written in the audit', async () => {
    expect((await staff('GET', '/reply-settings')).body).toEqual({ ...SETTINGS, lists: ['banned', 'risky'] })
    const unknown = await admin('PUT', '/reply-settings', { ...SETTINGS, bannedList: 'nothing' })
    expect(unknown).toMatchObject({ status: 422, body: { detail: 'There is no list of words “nothing”.' } })
    expect((await staff('GET', '/reply-settings')).body.bannedList).toBe('banned')
    const audit = await test.db.execute(sql`select details from audit where act = 'reply-settings.changed'`)
    expect(audit).toEqual([{ details: SETTINGS }])
  })

  it('keeps its lists from being removed', async () => {
    const { items } = (await admin('GET', '/lists')).body
    const removed = await admin('DELETE', `/lists/${items[0].id}?version=1`)
    expect(removed).toMatchObject({ status: 409, body: { detail: expect.stringContaining('Answers are checked by') } })
  })
})
