import { sql } from 'drizzle-orm'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { beginLink, finishLink, linkByForm } from '../../src/accounts/link.ts'
import { buildApp } from '../../src/app.ts'
import { inBrand } from '../../src/db/client.ts'
import { source } from '../../src/db/schema/source.ts'
import { newId } from '../../src/domain/id.ts'
import { createUser } from '../../src/people/auth.ts'
import { addMembership } from '../../src/people/create.ts'
import { linkDeps } from '../accounts/journey.ts'
import { ADMIN_KEY } from '../connectors/discourse/server.ts'
import { discourseStage } from '../connectors/discourse/stage.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'
import { aWorld, type TestWorld } from '../world.ts'
import { aBrowser, type Browser } from './a-browser.ts'
import { aMailServer } from './a-mail-server.ts'

const PASSWORD = 'a long password'

let test: TestDatabase
let world: TestWorld
let forum: Awaited<ReturnType<typeof discourseStage>>
let mails: Awaited<ReturnType<typeof aMailServer>>
let app: FastifyInstance
let admin: Browser
let forumId: string
let addresses = 0

beforeAll(async () => {
  test = await freshDatabase()
  mails = await aMailServer()
  world = await aWorld(test, { members: 1, config: { mail: { url: mails.url, from: 'Acme <help@acme.example>' } } })
  forum = await discourseStage()
  app = await buildApp(world.world, null)
  const email = 'ada@example.test'
  const userId = await createUser(test.db, { name: 'Ada', email, password: PASSWORD })
  await inBrand(test.db, world.cast.brandId, (tx) =>
    addMembership(tx, { userId, role: 'admin', by: 'system', at: world.clock.now() }),
  )
  admin = someBrowser()
  await admin.signIn(email, PASSWORD)
  forumId = await aForum()
}, 90_000)
afterAll(async () => {
  await app.close()
  await Promise.all([world.close(), forum.close(), mails.close()])
  await test.drop()
})

function someBrowser(): Browser {
  addresses += 1
  return aBrowser(app, `10.5.0.${addresses}`)
}

/** A source of the forum, read with the brand's account there. */
async function aForum(): Promise<string> {
  const { brandId, staff } = world.cast
  const { baseUrl } = forum.server
  const who = { brandId, userId: staff.userId, memberId: null }
  const values = { baseUrl, username: 'lumenor', key: ADMIN_KEY }
  const account = await linkByForm(linkDeps(world), who, { network: 'discourse', values })
  const id = newId()
  await inBrand(test.db, brandId, (tx) =>
    tx.insert(source).values({
      ...{ id, network: 'discourse', instance: new URL(baseUrl).host, name: 'Forum', accountId: account.id },
      ...{ nextPollAt: world.clock.now(), listen: { handles: [], words: [], exclude: [] } },
      settings: world.world.vault.seal(JSON.stringify({ baseUrl }), id),
    }),
  )
  return id
}

const people = () => admin.ask('GET', `/forums/${forumId}/people`)
const invite = (handles: string[], key: string = newId(), helperFrom: number | null = 3) =>
  admin.ask('POST', `/forums/${forumId}/invites`, { handles, helperFrom }, { 'idempotency-key': key })
const list = (csv: string, more: object = {}, key: string = newId()) =>
  admin.ask('POST', '/people/list', { csv, ...more }, { 'idempotency-key': key })
const tokenIn = (link: string) => new URL(link).hash.slice(1)
const invites = async () => (await test.db.execute(sql`select 1 from invite`)).length

/** Somebody new, by the link of an invitation. @returns the member they are */
async function joined(link: string, email = `${newId()}@example.test`): Promise<{ id: string; userId: string }> {
  const newcomer = { name: 'Nora', email, password: PASSWORD }
  const { status } = await someBrowser().ask('POST', '/joining/join', { token: tokenIn(link), ...newcomer })
  expect(status).toBe(201)
  const [member] = await test.db.execute<{ id: string; userId: string }>(sql`
    select m.id, m.user_id as "userId" from member m join auth_user u on u.id = m.user_id where u.email = ${email}`)
  return member! // they have just joined
}

/** The forum's account of this person becomes theirs here, as they come back from the forum with it. */
async function linked({ id: memberId, userId }: { id: string; userId: string }): Promise<void> {
  const who = { brandId: world.cast.brandId, userId, memberId }
  const { url } = await beginLink(linkDeps(world), who, { network: 'discourse', server: forum.server.baseUrl })
  const back = (await fetch(url, { redirect: 'manual' })).headers.get('location')
  await finishLink(linkDeps(world), userId, Object.fromEntries(new URL(back ?? '').searchParams), () => true)
}

const standing = async (memberId: string) => {
  const [row] = await test.db.execute(sql`select rank, granted_rank, points from member where id = ${memberId}`)
  return row
}

describe('the people of a forum (P9)', () => {
  it('are shown as the forum counts them, and are asked for within the budget of its source', async () => {
    forum.server.user('ana').likes = 40
    expect((await admin.ask('GET', '/forums')).body.items).toMatchObject([{ id: forumId, name: 'Forum' }])
    const { body } = await people()
    expect(body).toMatchObject({
      items: [
        { handle: 'ana', name: 'ana of the forum', likes: 40, trustLevel: null, state: 'new' },
        { handle: 'mia' },
      ],
      nextPage: null,
    })
    const one = await admin.ask('GET', `/forums/${forumId}/people/ana`)
    expect(one.body).toMatchObject({ handle: 'ana', trustLevel: 1, state: 'new' })
    const [day] = await test.db.execute(sql`select requests from source_day where source_id = ${forumId}`)
    expect(day).toEqual({ requests: 2 })
  })

  it('become members only by accepting, and helpers only once the account is shown to be theirs', async () => {
    forum.server.user('mia').trustLevel = 3
    const { body } = await invite(['mia', 'nobody'])
    const [mia, nobody] = body.items
    expect(nobody).toMatchObject({ handle: 'nobody', outcome: 'unknown', link: null })
    expect(mia).toMatchObject({ handle: 'mia', outcome: 'invited', trustLevel: 3, rank: 'helper' })
    const compose = new URL(mia.writeTo)
    expect([compose.origin, compose.searchParams.get('username')]).toEqual([forum.server.baseUrl, 'mia'])
    expect(compose.searchParams.get('body')).toContain(mia.link)
    expect((await people()).body.items[1]).toMatchObject({ handle: 'mia', state: 'invited' })

    const look = await someBrowser().ask('POST', '/joining/look', { token: tokenIn(mia.link) })
    expect(look.body).toMatchObject({ name: 'mia of the forum', account: { handle: 'mia', rank: 'helper' } })
    const member = await joined(mia.link)
    expect(await standing(member.id)).toEqual({ rank: 'newcomer', granted_rank: 'newcomer', points: 0 })
    expect((await people()).body.items[1]).toMatchObject({ handle: 'mia', state: 'member' })
    await linked(member)
    expect(await standing(member.id)).toEqual({ rank: 'helper', granted_rank: 'helper', points: 0 })
    const audit = sql`select details from audit where act = 'member.vouched-for'`
    expect(await test.db.execute(audit)).toMatchObject([{ details: { rank: 'helper' } }])
    expect((await invite(['mia'])).body.items).toMatchObject([{ outcome: 'member', link: null }])
  })

  it('bring their rank to nobody else who links that account', async () => {
    const [helper] = world.cast.members
    await test.db.execute(sql`update linked_account set state = 'unlinked', secret = null where handle = 'mia'`)
    await test.db.execute(sql`update member set rank = 'newcomer', granted_rank = 'newcomer' where id = ${helper!.id}`)
    await linked(helper!)
    expect(await standing(helper!.id)).toMatchObject({ rank: 'newcomer', granted_rank: 'newcomer' })
  })

  it('are invited once: the same request finds its links, another finds them invited', async () => {
    const key = newId()
    const first = await invite(['ana'], key)
    const before = await invites()
    expect((await invite(['ana'], key)).body).toEqual(first.body)
    const together = await Promise.all([1, 2, 3].map(() => invite(['ana'])))
    expect(together.map(({ body }) => body.items[0])).toEqual(
      together.map(() => expect.objectContaining({ outcome: 'invited-before', link: null })),
    )
    expect(await invites()).toBe(before)
  })

  it('are not invited anew by the same request once its invitation was withdrawn or is too old; by another they are', async () => {
    const key = newId()
    const csv = 'name,email\nUma,uma@list.test\nVic,vic@list.test\n'
    const first = await list(csv, {}, key)
    const at = world.clock.now().toISOString()
    await test.db.execute(sql`update invite set withdrawn_at = ${at} where email = 'uma@list.test'`)
    await test.db.execute(sql`update invite set expires_at = ${at} where email = 'vic@list.test'`)
    const before = await invites()
    const again = await list(csv, {}, key)
    expect([again.status, again.body]).toEqual([201, first.body])
    expect(await invites()).toBe(before)
    const other = await list(csv)
    expect(other.body.items).toMatchObject([{ outcome: 'invited' }, { outcome: 'invited' }])
    expect(await invites()).toBe(before + 2)
  })

  it('are asked for by the pages there are', async () => {
    const { status, body } = await admin.ask('GET', `/forums/${forumId}/people?page=one`)
    expect([status, body.detail]).toEqual([422, expect.stringContaining('no such page')])
  })

  it('are not asked for beyond what the forum allows, and its refusals are said', async () => {
    forum.server.hideDirectory()
    expect(await people()).toMatchObject({ status: 422, body: { detail: expect.stringContaining('show its people') } })
    forum.failNext('429')
    expect((await people()).status).toBe(429)
    const asked = forum.requests()
    expect(await people()).toMatchObject({ status: 429, body: { detail: expect.stringContaining('fewer requests') } })
    expect(forum.requests()).toBe(asked)
  })
})

describe('a list of people (P9)', () => {
  const HEAD = 'name,email,handle,languages,skills\n'

  it('invites each address, by mail where there is a server, with what the list says of them', async () => {
    const csv = `${HEAD}Nora,Nora@list.test,@nora,"de, en",wifi:0.9 ink\r\n"Lee, M.",lee@list.test,,,\n`
    const { status, body } = await list(csv)
    expect([status, body.faults]).toEqual([201, []])
    expect(body.items).toMatchObject([
      { name: 'Nora', email: 'nora@list.test', handle: 'nora', outcome: 'invited', mailed: true, writeTo: null },
      { name: 'Lee, M.', email: 'lee@list.test', handle: null, outcome: 'invited' },
    ])
    const token = tokenIn(body.items[0].link)
    const other = { token, name: 'Eve', email: 'eve@list.test', password: PASSWORD }
    expect((await someBrowser().ask('POST', '/joining/join', other)).status).toBe(403)
    const { id } = await joined(body.items[0].link, 'nora@list.test')
    const [member] = await test.db.execute(sql`select languages, rank from member where id = ${id}`)
    expect(member).toEqual({ languages: ['de', 'en'], rank: 'newcomer' })
    const skills = sql`select skill, round(level::numeric, 2)::float8 as level from member_skill where member_id = ${id} order by skill`
    expect(await test.db.execute(skills)).toEqual([
      { skill: 'ink', level: 0.6 },
      { skill: 'wifi', level: 0.9 },
    ])
  })

  it('read twice changes nothing twice', async () => {
    const csv = `${HEAD}Nora,nora@list.test,,,\nLee,lee@list.test,,,\n`
    const before = await invites()
    const { body } = await list(csv)
    expect(body.items).toMatchObject([{ outcome: 'member' }, { outcome: 'invited-before', link: null, mailed: false }])
    expect(await invites()).toBe(before)
  })

  it('tells what is wrong with each line, and takes the others; a dry run takes none', async () => {
    const csv = [
      ...['name;email;languages;skills', ';x@list.test;;', 'Kim;kim.list.test;;', 'Kim;kim@list.test;zz;'],
      ...['Kim;kim@list.test;;juggling', 'Kim;kim@list.test;;wifi:2', 'Pat;pat@list.test;;', 'Pat;PAT@list.test;;'],
    ].join('\n')
    const before = await invites()
    const { body } = await list(csv, { dryRun: true })
    expect(body.items).toMatchObject([{ email: 'pat@list.test', outcome: 'invited', link: null, mailed: false }])
    expect(body.faults.map(({ line }: { line: number }) => line)).toEqual([2, 3, 4, 5, 6, 8])
    expect(body.faults.map(({ problem }: { problem: string }) => problem).join(' ')).toMatch(
      /1 to 100.*“kim\.list\.test” is no e-mail.*“zz” is no language.*no skill “juggling”.*“wifi:2”.*Line 7 has/,
    )
    expect(await invites()).toBe(before)
  })

  it.each([
    ['name,address\nKim,kim@list.test', /email is missing/],
    ['name,email,shoe\nKim,kim@list.test,42', /no column “shoe”/],
    ['name,email\n"Kim,kim@list.test', /no CSV/],
    ['just words', /name and email/],
  ])('that is none is refused with the reason: %j', async (csv, reason) => {
    const { body } = await list(csv)
    expect(body).toMatchObject({ items: [], faults: [{ problem: expect.stringMatching(reason) }] })
  })
})
