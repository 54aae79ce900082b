import { sql } from 'drizzle-orm'
import type { FastifyInstance } from 'fastify'
import sharp from 'sharp'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { buildApp } from '../../src/app.ts'
import { DAY, MINUTE, SECOND } from '../../src/domain/clock.ts'
import { setPassword } from '../../src/people/auth.ts'
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
let other: Ask
let asked: string
let mentionId: string
let file: Buffer

beforeEach(async () => {
  test = await freshDatabase()
  w = await aWorld(test, { members: 2, undoSeconds: 10 })
  const [first, second] = [w.cast.members[0]!, w.cast.members[1]!]
  for (const one of [w.cast.staff, first, second]) await setPassword(test.db, one.userId, PASSWORD)
  app = await buildApp(w.world, null)
  staff = await signedIn(app, w.cast.staff.email, PASSWORD)
  helper = await signedIn(app, first.email, PASSWORD)
  other = await signedIn(app, second.email, PASSWORD)
  asked = await w.postAs('frida', '@acme how do I connect the printer to my wifi router?')
  await w.drain()
  const [card] = (await helper('GET', '/feed')).body.items
  mentionId = card.mentionId
  await helper('POST', `/offers/${card.offerId}/claim`)
  file = await sharp({ create: { width: 30, height: 20, channels: 3, background: '#3366cc' } })
    .png()
    .toBuffer()
})
afterEach(async () => {
  await assertInvariants(test.db, w.clock.now())
  await app.close()
  await w.close()
  await test.drop()
})

let keys = 0
const aKey = () => `a-key-of-its-own-${keys++}`
const add = (by = helper, key = aKey(), body: unknown = file) =>
  by('POST', `/mentions/${mentionId}/pictures`, body, key)
const added = async (): Promise<string> => (await add()).body.id
const drafted = async (by = helper) =>
  (await by('GET', `/mentions/${mentionId}/pictures`)).body.items.map(({ id }: { id: string }) => id)
const answer = (pictures: string[], by = helper) =>
  by('POST', `/mentions/${mentionId}/replies`, { text: 'Press WPS.', voice: 'own', pictures }, aKey())
const describeIt = (id: string, alt: string) => helper('PATCH', `/pictures/${id}`, { alt })
/** Words that no answer may hold, and words that a reader sees first. */
const listWords = async () => {
  await test.db.execute(
    sql`update brand set settings = jsonb_set(settings, '{checks}', '{"banned": "banned", "risky": "risky"}')`,
  )
  for (const [name, words] of Object.entries({ banned: '{guarantee}', risky: '{factory reset}' }))
    await test.db.execute(sql`
      insert into named_list (id, brand_id, name, kind, entries, changed_by, changed_at)
      values (gen_random_uuid(), ${w.cast.brandId}, ${name}, 'words', ${words}, ${w.cast.staff.userId}, now())`)
}
const later = async (ms: number) => {
  w.clock.pass(ms)
  await w.drain()
}
const sent = () => w.network.answers().get(asked) ?? []
const kept = async () => (await test.db.execute<{ n: number }>(sql`select count(*)::int as n from reply_picture`))[0]!.n
const onTheNetwork = async (id: string) =>
  Buffer.from(await (await fetch(`${w.network.url}/pictures/${id}`)).arrayBuffer())

describe('a picture in an answer (F2)', () => {
  it('stands on the network with the answer and with what it shows, and is kept here for a day', async () => {
    const { status, body } = await add()
    expect([status, body]).toMatchObject([201, { width: 30, height: 20, type: 'image/png', alt: '' }])
    const second = await added()
    expect((await helper('PATCH', `/pictures/${body.id}`, { alt: ' The WPS button ' })).body.alt).toBe('The WPS button')
    const shown = await helper('GET', `/pictures/${body.id}/file`)
    expect([shown.status, shown.headers['content-type'], shown.headers['x-content-type-options']]).toEqual([
      200,
      'image/png',
      'nosniff',
    ])
    const reply = await answer([second, body.id])
    expect([reply.status, reply.body.pictures]).toMatchObject([201, [{ id: second }, { alt: 'The WPS button' }]])
    expect(await drafted()).toEqual([])
    await later(10 * SECOND)
    expect(sent()).toMatchObject([{ text: 'Press WPS.', pictures: [{ alt: '' }, { alt: 'The WPS button' }] }])
    expect(await onTheNetwork(sent()[0]!.pictures![1]!.id)).toEqual(shown.bytes)

    expect((await helper('GET', '/replies')).body.items[0].pictures).toHaveLength(2)
    await later(DAY)
    expect(await kept()).toBe(0)
    expect((await helper('GET', '/replies')).body.items[0]).toMatchObject({ state: 'sent', pictures: [] })
  })

  it('is one however often it is handed over with one key, at most four go, and what is taken out makes room', async () => {
    const key = aKey()
    const all = await Promise.all([add(helper, key), add(helper, key), add(helper, key)])
    expect(new Set(all.map(({ body }) => body.id)).size).toBe(1)
    for (let n = 0; n < 3; n++) await added()
    expect(await add()).toMatchObject({ status: 409, body: { detail: expect.stringContaining('At most 4 pictures') } })
    const [first] = await drafted()
    expect((await helper('DELETE', `/pictures/${first}`)).status).toBe(204)
    expect((await helper('DELETE', `/pictures/${first}`)).status).toBe(404)
    expect((await add()).status).toBe(201)
  })

  it('is added by whoever holds the mention and has the rank, and by nobody else', async () => {
    expect(await add(other)).toMatchObject({ status: 409, body: { detail: 'Helper 0 is answering this one.' } })
    expect((await add(staff)).status).toBe(409)
    await test.db.execute(sql`update member set rank = 'newcomer'`)
    const why = 'Pictures in answers open with the rank of helper.'
    expect(await add()).toMatchObject({ status: 403, body: { detail: why } })
    expect((await helper('GET', '/feed?view=mine')).body.items[0].pictures).toEqual({
      refusal: why,
      most: 4,
      altLength: 1_000,
    })
    expect(await kept()).toBe(0)
  })

  it('whose right is gone when its answer is sent does not go, and neither does the answer', async () => {
    const id = await added()
    await test.db.execute(sql`update member set rank = 'newcomer'`)
    expect((await answer([id])).status).toBe(403)
    expect((await test.db.execute(sql`select 1 from reply`)).length).toBe(0)
  })

  it('is refused in a sentence when it is none, or has too many bytes', async () => {
    const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>')
    expect(await add(helper, aKey(), svg)).toMatchObject({
      status: 422,
      body: { detail: 'This is no picture we can take: use a JPEG, PNG or WebP file.' },
    })
    expect(await add(helper, aKey(), Buffer.alloc(12_000_001))).toMatchObject({
      status: 413,
      body: { detail: 'This is too large; at most 12 MB are taken here.' },
    })
    expect((await add(helper, aKey(), { not: 'a file' })).status).toBe(422)
  })

  it('of somebody else, or gone meanwhile, stops the answer, and nothing of it is stored', async () => {
    const [id, theirs] = [await added(), await added()]
    await test.db.execute(sql`update reply_picture set user_id = ${w.cast.members[1]!.userId} where id = ${theirs}`)
    await helper('DELETE', `/pictures/${id}`)
    for (const missing of [id, theirs]) {
      const { status, body } = await answer([await added(), missing])
      expect([status, body.detail]).toEqual([409, expect.stringContaining('no longer kept here')])
    }
    expect((await test.db.execute(sql`select 1 from reply`)).length).toBe(0)
    expect(await drafted()).toHaveLength(2)
  })

  it('of a draft that nobody sends is gone after a day', async () => {
    await added()
    await later(DAY - SECOND)
    expect(await kept()).toBe(1)
    await later(SECOND)
    expect(await kept()).toBe(0)
  })

  it('is seen by its giver, and by staff once it goes with a reply', async () => {
    const id = await added()
    const statuses = async () =>
      Promise.all([helper, staff, other].map(async (by) => (await by('GET', `/pictures/${id}/file`)).status))
    expect(await statuses()).toEqual([200, 404, 404])
    await answer([id])
    expect(await statuses()).toEqual([200, 200, 404])
    expect((await helper('PATCH', `/pictures/${id}`, { alt: 'too late' })).status).toBe(404)
    expect((await helper('DELETE', `/pictures/${id}`)).status).toBe(404)
  })
})

describe('what a picture shows', () => {
  it('is checked like the words of its answer (F5)', async () => {
    await listWords()
    const [banned, risky, other] = [await added(), await added(), await added()]
    await describeIt(banned, 'We guarantee it')
    await describeIt(risky, 'A factory reset')
    await describeIt(other, 'Reach me at pat.lee@mail.example')
    expect(await answer([banned])).toMatchObject({
      status: 422,
      body: { detail: expect.stringContaining('guarantee') },
    })
    expect((await answer([risky, other])).body.state).toBe('awaiting-approval')
    const [event] = await test.db.execute(sql`select data from event where kind = 'reply.requested'`)
    expect(event).toMatchObject({ data: { caution: ['personal-data', 'risky-advice'] } })
  })

  it('is checked once more when its reader edits the words (F5)', async () => {
    await listWords()
    const id = await added()
    await describeIt(id, 'A factory reset')
    const { body } = await answer([id])
    await test.db.execute(sql`update named_list set entries = '{factory}' where name = 'banned'`)
    const approved = await staff('POST', `/replies/${body.id}/approve`, { text: 'Press it twice.' })
    expect([approved.status, approved.body.detail]).toEqual([422, expect.stringContaining('“factory”')])
  })
})

describe('a second press under one key', () => {
  it('is the same answer with the same pictures, and none that drops those added since', async () => {
    const [first, second] = [await added(), await added()]
    const key = aKey()
    const press = (pictures: string[]) =>
      helper('POST', `/mentions/${mentionId}/replies`, { text: 'Press WPS.', voice: 'own', pictures }, key)
    const { body } = await press([first])
    expect((await press([first])).body.id).toBe(body.id)
    for (const others of [[first, second], [second], []])
      expect(await press(others)).toMatchObject({
        status: 409,
        body: { detail: 'It was taken without the pictures you added since; undo it to change it.' },
      })
    await helper('POST', `/replies/${body.id}/undo`)
    expect((await press([first, second])).body).toMatchObject({ id: body.id })
  })

  it('that hands over a picture for another post is refused', async () => {
    const key = aKey()
    const { body } = await add(helper, key)
    await w.postAs('otto', '@acme my printer does not print, what can I do?')
    await later(MINUTE)
    const other = sql`(select id from mention where id <> ${mentionId} limit 1)`
    await test.db.execute(sql`update reply_picture set mention_id = ${other} where id = ${body.id}`)
    expect(await add(helper, key)).toMatchObject({
      status: 422,
      body: { detail: 'This idempotency key was used for another picture; make a new one.' },
    })
  })
})

describe('pictures of an answer that comes back', () => {
  it('lie with the draft again when it is undone, and go with the next', async () => {
    const id = await added()
    const { body } = await answer([id])
    await helper('POST', `/replies/${body.id}/undo`)
    expect(await drafted()).toEqual([id])
    await answer([id])
    await later(10 * SECOND)
    expect(sent()).toMatchObject([{ pictures: [{ alt: '' }] }])
  })

  it('are seen by its reader, and lie with the draft again when it is returned', async () => {
    const id = await added()
    await test.db.execute(
      sql`update brand set settings = jsonb_set(settings, '{checks}', '{"banned": null, "risky": "risky"}')`,
    )
    const admin = sql`update membership set role = 'admin' where user_id = ${w.cast.staff.userId}`
    await test.db.execute(admin)
    await test.db.execute(sql`
      insert into named_list (id, brand_id, name, kind, entries, changed_by, changed_at)
      values (gen_random_uuid(), ${w.cast.brandId}, 'risky', 'words', '{WPS}', ${w.cast.staff.userId}, now())`)
    const { body } = await answer([id])
    expect(body.state).toBe('awaiting-approval')
    const { items } = (await staff('GET', '/approvals')).body
    expect(items).toMatchObject([{ id: body.id, pictures: [{ id }] }])
    await staff('POST', `/replies/${body.id}/return`, { reason: 'Another picture, please.' })
    expect(await drafted()).toEqual([id])
  })

  it('lie with the draft again when the network refuses it for good', async () => {
    const id = await added()
    const { body } = await answer([id])
    w.network.misbehave(({ method, url }) => (method === 'POST' && url === '/api/posts' ? 'redirect' : null))
    await later(10 * SECOND)
    expect((await helper('GET', '/replies')).body.items).toMatchObject([{ id: body.id, state: 'failed' }])
    expect(await drafted()).toEqual([id])
  })
})

describe('an answer with pictures, in trouble (F6, I3)', () => {
  it('is put off while they cannot be handed over, and sent once afterwards', async () => {
    await answer([await added()])
    w.network.misbehave(({ url }) => (url === '/api/pictures' ? 'drop-after' : null))
    await later(10 * SECOND)
    expect((await helper('GET', '/replies')).body.items).toMatchObject([{ state: 'queued' }])
    expect(sent()).toEqual([])
    w.network.misbehave(null)
    await later(MINUTE)
    expect(sent()).toMatchObject([{ pictures: [{ alt: '' }] }])
  })

  it('whose end stays unclear keeps them, is asked after, and stands once', async () => {
    await answer([await added()])
    let lost = 0
    w.network.misbehave(({ method, url }) =>
      method === 'POST' && url === '/api/posts' && lost++ === 0 ? 'drop-after' : null,
    )
    await later(10 * SECOND)
    expect([sent().length, await kept()]).toEqual([1, 1])
    await later(MINUTE)
    expect((await helper('GET', '/replies')).body.items).toMatchObject([{ state: 'sent' }])
    expect(sent()).toMatchObject([{ pictures: [{ alt: '' }] }])
  })
})

describe('pictures nobody needs', () => {
  it('are gone when their answer was taken back', async () => {
    const { body } = await answer([await added()])
    await later(10 * SECOND)
    await helper('POST', `/replies/${body.id}/take-back`, { reason: 'It was the wrong lamp.' })
    await w.drain()
    expect((await helper('GET', '/replies')).body.items).toMatchObject([{ state: 'taken-back' }])
    expect(await kept()).toBe(0)
  })

  it('are gone when the post they were for is', async () => {
    await added()
    await w.network.remove('frida', asked)
    await later(MINUTE)
    expect(await kept()).toBe(0)
  })

  it('are gone with the words that may be kept no longer, unless their answer is under way', async () => {
    const forget = sql`update mention set forgotten_at = now() where id = ${mentionId}`
    const { body } = await answer([await added()])
    await test.db.execute(forget)
    await later(SECOND)
    expect(await kept()).toBe(1)
    await helper('POST', `/replies/${body.id}/undo`)
    await later(SECOND)
    expect(await kept()).toBe(0)
  })
})
