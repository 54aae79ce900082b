import { sql } from 'drizzle-orm'
import type { FastifyInstance } from 'fastify'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { buildApp } from '../../src/app.ts'
import { type BrandTx, inBrand } from '../../src/db/client.ts'
import { appendEvents, type EventKind } from '../../src/db/events.ts'
import { HOUR, MINUTE } from '../../src/domain/clock.ts'
import { addMembership } from '../../src/people/create.ts'
import { mailNotices } from '../../src/people/notices/mail.ts'
import { aMention, anEscalation, anOffer, aReply } from '../builders.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'
import { type Ask, signedIn } from '../signed-in.ts'
import { aWorld, type TestWorld } from '../world.ts'
import { aMailServer } from './a-mail-server.ts'

const PASSWORD = 'a long password'
let test: TestDatabase
let mails: Awaited<ReturnType<typeof aMailServer>>
let world: TestWorld
let app: FastifyInstance
let mia: Ask
let ben: Ask
let sam: Ask

beforeAll(async () => {
  test = await freshDatabase()
  mails = await aMailServer()
})
afterAll(async () => {
  await mails.close()
  await test.drop()
})
beforeEach(async () => {
  const mail = { url: mails.url, from: 'Acme <help@acme.example>' }
  world = await aWorld(test, { members: 2, password: PASSWORD, config: { mail } })
  app = await buildApp(world.world, null)
  const { members, staff } = world.cast
  ;[mia, ben, sam] = (await Promise.all(
    [members[0]!, members[1]!, staff].map(({ email }) => signedIn(app, email, PASSWORD)),
  )) as [Ask, Ask, Ask]
  mails.received.length = 0
  // Mails are looked to for all brands: those of the tests before want none.
  await test.db.execute(sql`update notice_settings set next_mail_at = null`)
  await test.db.execute(sql`delete from mail`)
}, 90_000)
afterEach(async () => {
  await app.close()
  await world.close()
})

const inside = <T>(work: (tx: BrandTx) => Promise<T>) => inBrand(test.db, world.cast.brandId, work)
const now = () => world.clock.now()
const member = () => world.cast.members[0]!
const happens = (tx: BrandTx, kind: EventKind, mentionId: string | null, data: object, at = now()) =>
  appendEvents(tx, [{ kind, mentionId, memberIds: [], actor: 'system', data: { ...data }, at }])
const answered = () =>
  inside(async (tx) => {
    const mention = await aMention(tx, { state: 'replied', receivedAt: now(), understood: {} })
    const reply = await aReply(tx, {
      ...{ mentionId: mention.id, memberId: member().id, userId: member().userId, requestedAt: now() },
    })
    return { mentionId: mention.id, replyId: reply.id }
  })
const thanked = async (at = now()) => {
  const { mentionId, replyId } = await answered()
  await inside((tx) => happens(tx, 'reply.thanked', mentionId, { replyId }, at))
  return mentionId
}
const kinds = async (who: Ask) => (await who('GET', '/notices')).body.items.map((one: { kind: string }) => one.kind)
const unseen = async (who: Ask) => (await who('GET', '/notices/count')).body.unseen

describe('what concerns somebody (E5)', () => {
  it('is their own answer’s fate, seen once they say so, and nobody else’s', async () => {
    const mentionId = await thanked()
    const [notice] = (await mia('GET', '/notices')).body.items
    expect(notice).toMatchObject({ kind: 'reply-thanked', mentionId, author: 'pat', network: 'sandbox', seen: false })
    expect([await unseen(mia), await unseen(ben), await unseen(sam)]).toEqual([1, 0, 0])
    await mia('POST', '/notices/seen', { until: notice.at })
    expect(await unseen(mia)).toBe(0)
    expect((await mia('GET', '/notices')).body.items[0].seen).toBe(true)
    // What was seen stays seen, though another window was behind.
    await mia('POST', '/notices/seen', { until: new Date(now().getTime() - HOUR).toISOString() })
    expect(await unseen(mia)).toBe(0)
  })

  it('is an offer that is about to lapse, for as long as it is', async () => {
    const { id } = await inside(async (tx) => {
      const mention = await aMention(tx, { state: 'offered', receivedAt: now() })
      const until = new Date(now().getTime() + 40 * MINUTE)
      return anOffer(tx, { mentionId: mention.id, memberId: member().id, offeredAt: now(), expiresAt: until })
    })
    world.clock.pass(29 * MINUTE)
    expect(await kinds(mia)).toEqual([])
    world.clock.pass(2 * MINUTE)
    expect(await kinds(mia)).toEqual(['offer-ends'])
    await inside((tx) => tx.execute(sql`update offer set state = 'passed' where id = ${id}`))
    expect(await kinds(mia)).toEqual([])
  })

  it('is a case that runs late for whom it is given to, and a note that names them', async () => {
    const { staff } = world.cast
    await inside(async (tx) => {
      const row = { openedAt: now(), dueAt: new Date(now().getTime() + 4 * HOUR) }
      await anEscalation(tx, { ...row, state: 'assigned', assigneeId: staff.userId })
      await anEscalation(tx, { ...row, state: 'assigned', assigneeId: member().userId })
    })
    world.clock.pass(3 * HOUR + MINUTE)
    expect(await kinds(sam)).toEqual(['case-late'])
    await inside((tx) => happens(tx, 'case.noted', null, { userIds: [staff.userId] }))
    await inside((tx) => happens(tx, 'case.noted', null, { userIds: [member().userId] }))
    expect(await kinds(sam)).toEqual(['case-noted', 'case-late'])
    expect(await kinds(mia)).toEqual([])
  })

  it('is a source in trouble for admins alone', async () => {
    await inside((tx) => happens(tx, 'source.troubled', null, { name: 'The forum' }))
    expect(await kinds(sam)).toEqual([])
    const { userId, email } = world.cast.members[1]!
    await inside((tx) => addMembership(tx, { userId, role: 'admin', by: 'system', at: now() }))
    const [notice] = (await (await signedIn(app, email, PASSWORD))('GET', '/notices')).body.items
    expect(notice).toMatchObject({ kind: 'source-troubled', detail: 'The forum', mentionId: null })
  })

  it('comes page by page, each once', async () => {
    const ids = []
    for (let n = 0; n < 5; n++) ids.push(await thanked())
    const found: string[] = []
    for (let cursor: string | null = ''; cursor !== null; ) {
      const page: { items: { mentionId: string }[]; nextCursor: string | null } = (
        await mia('GET', `/notices?limit=2${cursor ? `&cursor=${cursor}` : ''}`)
      ).body
      found.push(...page.items.map(({ mentionId }) => mentionId))
      cursor = page.nextCursor
    }
    expect(found.sort()).toEqual(ids.sort())
  })
})

const WISH = { digest: 'at-once', dailyAt: '08:00', timeZone: 'UTC', quiet: null, version: 0 }
const choose = (wish: object) => mia('PUT', '/notices/settings', { ...WISH, ways: {}, ...wish })

describe('what somebody wants to be told', () => {
  it('leaves out what they switched off', async () => {
    await thanked()
    await choose({ ways: { 'reply-thanked': 'off' } })
    expect([await kinds(mia), await unseen(mia)]).toEqual([[], 0])
  })

  it('is not overwritten by a window that was behind', async () => {
    expect((await choose({ digest: 'hourly' })).body).toMatchObject({ version: 1, digest: 'hourly' })
    expect((await choose({ digest: 'daily' })).status).toBe(409)
    expect((await mia('GET', '/notices/settings')).body.digest).toBe('hourly')
    expect((await choose({ version: 1, timeZone: 'Mars/Olympus' })).status).toBe(422)
  })
})

describe('a mail about what concerns somebody', () => {
  const confirm = (known = true) =>
    test.db.execute(sql`update auth_user set email_verified = ${known} where id = ${member().userId}`)
  const mail = () => mailNotices({ ...world.world, clock: world.clock, baseUrl: 'https://acme.example' })
  const WANTED = { ways: { 'reply-thanked': 'mail' } }

  it('goes once, however often and by however many it is looked to, without a word of the post', async () => {
    await confirm()
    await thanked()
    world.clock.pass(MINUTE)
    await choose(WANTED)
    world.clock.pass(MINUTE)
    // What was before the wish is not mailed; what committed late, with an instant of before the last look, is.
    expect(await mail()).toBe(0)
    await thanked(new Date(now().getTime() - MINUTE / 2))
    world.clock.pass(2 * MINUTE)
    expect((await Promise.all([mail(), mail(), mail()])).sort()).toEqual([0, 0, 1])
    world.clock.pass(2 * MINUTE)
    expect(await mail()).toBe(0)
    await world.drain()
    expect(mails.received).toHaveLength(1)
    expect(mails.received[0]).toMatchObject({ to: member().email })
    expect(mails.received[0]?.text).toContain('https://acme.example/notices')
    expect(mails.received[0]?.text).not.toMatch(/wifi|pat/)
  })

  it('leaves nothing out of the daily one, though one look came a little later than the day before’s', async () => {
    await confirm()
    await choose({ ...WANTED, digest: 'daily' })
    // It is nine in the morning; the first look is at eight tomorrow.
    world.clock.pass(23 * HOUR)
    expect(await mail()).toBe(0)
    world.clock.pass(MINUTE)
    await thanked()
    world.clock.pass(24 * HOUR)
    expect(await mail()).toBe(1)
    world.clock.pass(24 * HOUR)
    expect(await mail()).toBe(0)
  })

  it('comes though somebody else’s cannot be written, who is asked again later', async () => {
    await confirm()
    await choose(WANTED)
    await ben('PUT', '/notices/settings', { ...WISH, ...WANTED, digest: 'daily' })
    const { userId } = world.cast.members[1]!
    await test.db.execute(sql`
      update notice_settings set time_zone = 'Mars/Olympus', next_mail_at = ${now().toISOString()} where user_id = ${userId}`)
    world.clock.pass(MINUTE)
    await thanked()
    world.clock.pass(MINUTE)
    expect(await mail()).toBe(1)
    const [row] = await test.db.execute<{ next: string }>(
      sql`select next_mail_at as next from notice_settings where user_id = ${userId}`,
    )
    expect(new Date(row!.next)).toEqual(new Date(now().getTime() + HOUR))
  })

  it('waits for the end of quiet hours, and is one for all that came', async () => {
    await confirm()
    // It is nine in the morning.
    await choose({ ...WANTED, quiet: { from: '08:00', to: '12:00' } })
    world.clock.pass(MINUTE)
    await thanked()
    await thanked()
    world.clock.pass(MINUTE)
    expect(await mail()).toBe(0)
    world.clock.pass(3 * HOUR)
    expect(await mail()).toBe(1)
    await world.drain()
    expect(mails.received.map(({ text }) => text.includes('(2 times)'))).toEqual([true])
  })

  it('is sent to no address that nobody knows to be theirs, nor to whom the brand is closed', async () => {
    await confirm(false)
    await choose(WANTED)
    world.clock.pass(MINUTE)
    await thanked()
    world.clock.pass(MINUTE)
    expect(await mail()).toBe(0)
    await confirm()
    await test.db.execute(sql`update membership set standing = 'banned' where user_id = ${member().userId}`)
    await thanked()
    world.clock.pass(2 * MINUTE)
    expect(await mail()).toBe(0)
  })
})
