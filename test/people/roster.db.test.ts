import { sql } from 'drizzle-orm'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildApp } from '../../src/app.ts'
import { inBrand } from '../../src/db/client.ts'
import { newId } from '../../src/domain/id.ts'
import type { Role } from '../../src/domain/roles.ts'
import { createUser } from '../../src/people/auth.ts'
import { addMembership, createMember } from '../../src/people/create.ts'
import { memberProfiles } from '../../src/people/members.ts'
import { aBrand } from '../builders.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'
import { aWorld, type TestWorld } from '../world.ts'
import { aBrowser, type Browser, enrol } from './a-browser.ts'

const PASSWORD = 'a long password'

let test: TestDatabase
let world: TestWorld
let app: FastifyInstance
let brandId: string
let ada: Someone
let admin: Browser
let addresses = 0

type Someone = { email: string; name: string; userId: string; browser: Browser }

beforeAll(async () => {
  test = await freshDatabase()
  world = await aWorld(test, { members: 1 })
  app = await buildApp(world.world, null)
  brandId = world.cast.brandId
  ada = await someone('Ada', 'admin')
  admin = await signedIn(ada)
}, 90_000)
afterAll(async () => {
  await app.close()
  await world.close()
  await test.drop()
})

async function someone(name: string, ...roles: Role[]): Promise<Someone> {
  const email = `${newId()}@example.test`
  const userId = await createUser(test.db, { name, email, password: PASSWORD })
  const by = { userId, by: 'system', at: world.clock.now() }
  await inBrand(test.db, brandId, async (tx) => {
    for (const role of roles)
      if (role === 'member') await createMember(tx, { ...by, name, languages: ['en'], skills: [] })
      else await addMembership(tx, { ...by, role })
  })
  addresses += 1
  return { email, name, userId, browser: aBrowser(app, `10.2.0.${addresses}`) }
}

async function signedIn(who: Someone, password = PASSWORD): Promise<Browser> {
  expect((await who.browser.signIn(who.email, password)).status).toBe(200)
  return who.browser
}

const entries = async (query = '') => (await admin.ask('GET', `/people${query}`)).body.items
const entryOf = async ({ email }: Someone, role?: Role) =>
  (await entries(`?q=${encodeURIComponent(email)}`)).find((one: { role: Role }) => !role || one.role === role)

const auditsAbout = async (target: string) =>
  inBrand(test.db, brandId, (tx) =>
    tx.execute<{ act: string; actor: string; details: Record<string, unknown> }>(
      sql`select act, actor, details from audit where target = ${target} and act <> 'membership.added' order by id`,
    ),
  )

describe('the people of a brand, as admins see them (O4)', () => {
  it('are listed with role, standing, rank and when they were last here, the newest first, page by page', async () => {
    const mia = await someone('Mia', 'member')
    const sam = await someone('Sam', 'staff')
    await signedIn(mia)
    await mia.browser.ask('GET', '/me')
    expect(await entryOf(mia)).toMatchObject({
      ...{ name: 'Mia', role: 'member', standing: 'trusted', rank: 'newcomer', isMe: false, twoFactor: false },
      ...{ lastActiveAt: world.clock.now().toISOString(), standingReason: null },
    })
    expect(await entryOf(sam)).toMatchObject({ role: 'staff', rank: null, lastActiveAt: null })
    const first = (await admin.ask('GET', '/people?limit=1')).body
    const second = (await admin.ask('GET', `/people?limit=1&cursor=${first.nextCursor}`)).body
    expect([first.items[0].name, second.items[0].name]).toEqual(['Sam', 'Mia'])
    expect((await entries('?role=admin')).map((one: { name: string }) => one.name)).toEqual(['Ada'])
    expect(await entries('?q=%25')).toEqual([])
  })

  it('get another role; it counts with their next request, and is written down', async () => {
    const mia = await someone('Mia', 'member')
    await signedIn(mia)
    expect((await mia.browser.ask('GET', '/feed')).status).toBe(200)
    const { id } = await entryOf(mia)
    const changed = await admin.ask('PATCH', `/people/${id}`, { role: 'staff', team: 'care' })
    expect(changed.body).toMatchObject({ role: 'staff', team: 'care', rank: null })
    expect((await mia.browser.ask('GET', '/feed')).status).toBe(403)
    expect((await mia.browser.ask('GET', '/escalations')).status).toBe(200)
    expect((await admin.ask('PATCH', `/people/${id}`, { role: 'staff', team: 'sailing' })).status).toBe(422)
    expect((await admin.ask('PATCH', `/people/${id}`, { role: 'member' })).body.rank).toBe('newcomer')
    expect((await mia.browser.ask('GET', '/feed')).status).toBe(200)
    expect(await auditsAbout(mia.userId)).toMatchObject([
      { act: 'membership.changed', actor: ada.userId, details: { from: 'member', to: 'staff', team: 'care' } },
      { act: 'membership.changed', details: { from: 'staff', to: 'member' } },
    ])
  })

  it('are not given a role twice', async () => {
    const both = await someone('Both', 'member', 'reader')
    const { id } = await entryOf(both, 'reader')
    expect((await admin.ask('PATCH', `/people/${id}`, { role: 'member' })).status).toBe(409)
  })

  it('when suspended, lose their sessions at once, read after signing in again, and are offered nothing; lifting ends that', async () => {
    const mia = await someone('Mia', 'member')
    await signedIn(mia)
    expect((await mia.browser.ask('GET', '/feed')).status).toBe(200)
    const { id } = await entryOf(mia)
    expect((await admin.ask('POST', `/people/${id}/standing`, { standing: 'suspended', reason: '' })).status).toBe(422)
    const done = await admin.ask('POST', `/people/${id}/standing`, { standing: 'suspended', reason: 'Insults.' })
    expect(done.body).toMatchObject({ standing: 'suspended', standingReason: 'Insults.' })
    expect((await mia.browser.ask('GET', '/feed')).status).toBe(401)
    const names = async () =>
      (await inBrand(test.db, brandId, (tx) => memberProfiles(tx, new Date()))).map((one) => one.id)
    const [helper] = await inBrand(test.db, brandId, (tx) =>
      tx.execute<{ id: string }>(sql`select id from member where user_id = ${mia.userId}`),
    )
    expect(await names()).not.toContain(helper?.id)

    await signedIn(mia)
    expect((await mia.browser.ask('GET', '/feed')).status).toBe(200)
    expect((await mia.browser.ask('PATCH', '/desk', { paused: true })).status).toBe(403)
    const lifted = await admin.ask('POST', `/people/${id}/standing`, { standing: 'trusted', reason: 'Said sorry.' })
    expect(lifted.body).toMatchObject({ standing: 'trusted', standingReason: null })
    expect((await mia.browser.ask('PATCH', '/desk', { paused: true })).status).toBe(200)
    expect(await names()).toContain(helper?.id)
    expect(await auditsAbout(mia.userId)).toMatchObject([
      { act: 'membership.suspended', details: { roles: ['member'], reason: 'Insults.' } },
      { act: 'membership.trusted', details: { reason: 'Said sorry.' } },
    ])
  })

  it('when banned, find the brand closed', async () => {
    const mia = await someone('Mia', 'member')
    const { id } = await entryOf(mia)
    await admin.ask('POST', `/people/${id}/standing`, { standing: 'banned', reason: 'Threats.' })
    await signedIn(mia)
    expect((await mia.browser.ask('GET', '/me')).body.memberships).toEqual([])
    expect((await mia.browser.ask('GET', '/feed')).status).toBe(403)
    const again = await admin.ask('POST', `/people/${id}/standing`, { standing: 'banned', reason: 'Threats.' })
    expect(again.status).toBe(409)
  })

  it('when removed, are nobody to the brand, and their account stays', async () => {
    const sam = await someone('Sam', 'staff')
    await signedIn(sam)
    const { id } = await entryOf(sam)
    expect((await admin.ask('POST', `/people/${id}/remove`, { reason: 'Left the company.' })).status).toBe(200)
    expect((await sam.browser.ask('GET', '/escalations')).status).toBe(403)
    expect((await sam.browser.ask('GET', '/me')).body.memberships).toEqual([])
    expect(await entryOf(sam)).toBeUndefined()
    expect((await admin.ask('POST', `/people/${id}/remove`, { reason: 'Again.' })).status).toBe(404)
    expect(await auditsAbout(sam.userId)).toMatchObject([
      { act: 'membership.removed', details: { role: 'staff', reason: 'Left the company.' } },
    ])
  })

  it('do not change what they are themselves', async () => {
    const { id } = await entryOf(ada)
    for (const [path, body] of [
      ['', { role: 'reader' }],
      ['/standing', { standing: 'suspended', reason: 'Tired.' }],
      ['/remove', { reason: 'Tired.' }],
      ['/reset-link', undefined],
      ['/two-factor-off', { reason: 'Lost it.' }],
    ] as const) {
      const refused = await admin.ask(path === '' ? 'PATCH' : 'POST', `/people/${id}${path}`, body)
      expect([path, refused.status]).toEqual([path, 403])
    }
  })

  it('always have one admin left, even when two admins take it from each other at the same moment', async () => {
    const two = await Promise.all([someone('Eve', 'admin'), someone('Olga', 'admin')])
    const browsers = await Promise.all(two.map((each) => signedIn(each)))
    const ids = [(await entryOf(two[0]))?.id, (await entryOf(two[1]))?.id]
    const { id: first } = await entryOf(ada)
    expect((await browsers[0]!.ask('POST', `/people/${first}/remove`, { reason: 'For the test.' })).status).toBe(200)
    const answers = await Promise.all([
      browsers[0]!.ask('PATCH', `/people/${ids[1]}`, { role: 'reader' }),
      browsers[1]!.ask('POST', `/people/${ids[0]}/standing`, { standing: 'suspended', reason: 'Coup.' }),
    ])
    const [won, lost] = answers.map(({ status }) => status).sort()
    expect(won).toBe(200)
    // Judged after the other, or no longer signed in at all.
    expect([401, 403]).toContain(lost)
    const left = await test.db.execute(sql`
      select 1 from membership where brand_id = ${brandId} and role = 'admin' and standing = 'trusted'`)
    expect(left).toHaveLength(1)
    await inBrand(test.db, brandId, (tx) =>
      addMembership(tx, { userId: ada.userId, role: 'admin', by: 'system', at: world.clock.now() }),
    )
    admin = await signedIn(ada)
  })
})

describe('an admin who helps somebody back in', () => {
  it('hands them a link, by which they alone choose the new password; it works once', async () => {
    const mia = await someone('Mia', 'member')
    await signedIn(mia)
    const { id } = await entryOf(mia)
    const made = await admin.ask('POST', `/people/${id}/reset-link`)
    expect(made.status).toBe(201)
    const token = new URL(made.body.link).hash.slice(1)
    expect(made.body.link).toBe(`${world.world.config.baseUrl}/reset#${token}`)
    const stored = await test.db.execute(sql`select identifier from auth_verification`)
    expect(JSON.stringify(stored)).not.toContain(token)

    const short = await mia.browser.ask('POST', '/sign-in/reset', { token, password: 'short' })
    expect(short.body).toMatchObject({ status: 422, detail: 'A password has 10 to 128 characters.' })
    const reset = await mia.browser.ask('POST', '/sign-in/reset', { token, password: 'another long one' })
    expect(reset.body).toEqual({ email: mia.email })
    expect((await mia.browser.ask('GET', '/me')).status).toBe(401)
    expect((await mia.browser.ask('POST', '/sign-in/reset', { token, password: 'a third long one' })).status).toBe(410)
    await signedIn(mia, 'another long one')
    expect((await auditsAbout(mia.userId)).map(({ act, actor }) => [act, actor])).toEqual([
      ['user.reset-link', ada.userId],
      ['user.password', mia.userId],
    ])
  })

  it('loses to the clock: an hour later the link opens nothing', async () => {
    const { id } = await entryOf(await someone('Mia', 'member'))
    const { link } = (await admin.ask('POST', `/people/${id}/reset-link`)).body
    world.clock.pass(3_600_000)
    const token = new URL(link).hash.slice(1)
    expect((await admin.ask('POST', '/sign-in/reset', { token, password: 'a third long one' })).status).toBe(410)
  })

  it('takes a lost second factor from them, with a reason that is kept', async () => {
    const sam = await someone('Sam', 'staff')
    await enrol(await signedIn(sam), PASSWORD)
    const entry = await entryOf(sam)
    expect(entry.twoFactor).toBe(true)
    const off = await admin.ask('POST', `/people/${entry.id}/two-factor-off`, { reason: 'Lost the phone.' })
    expect(off.body).toMatchObject({ twoFactor: false })
    expect((await sam.browser.ask('GET', '/me')).status).toBe(401)
    expect((await sam.browser.signIn(sam.email, PASSWORD)).body.twoFactorRedirect).toBeUndefined()
    expect(await auditsAbout(sam.userId)).toMatchObject([
      { act: 'user.two-factor-off', actor: ada.userId, details: { reason: 'Lost the phone.' } },
    ])
  })

  it('has no say over the sign-in of somebody who is anything to another brand (I5)', async () => {
    const sam = await someone('Sam', 'staff')
    const other = await aBrand(test.db)
    await inBrand(test.db, other.id, (tx) =>
      addMembership(tx, { userId: sam.userId, role: 'reader', by: 'system', at: world.clock.now() }),
    )
    const { id } = await entryOf(sam)
    expect((await admin.ask('POST', `/people/${id}/reset-link`)).status).toBe(403)
    expect((await admin.ask('POST', `/people/${id}/two-factor-off`, { reason: 'Lost it.' })).status).toBe(403)
    expect(await auditsAbout(sam.userId)).toEqual([])
  })
})

describe('one’s devices', () => {
  it('are listed, one can be signed out, or all others', async () => {
    const mia = await someone('Mia', 'member')
    const [here, phone, tablet] = [await signedIn(mia), aBrowser(app, '10.3.0.1'), aBrowser(app, '10.3.0.2')]
    for (const each of [phone, tablet]) expect((await each.signIn(mia.email, PASSWORD)).status).toBe(200)
    for (const each of [phone, tablet]) expect((await each.ask('GET', '/me')).status).toBe(200)
    const { items } = (await here.ask('GET', '/me/devices')).body
    expect(items).toHaveLength(3)
    expect(items.filter((one: { current: boolean }) => one.current)).toHaveLength(1)
    const theirs = items.find((one: { address: string }) => one.address === '10.3.0.1')
    expect((await here.ask('DELETE', `/me/devices/${theirs.id}`)).body).toEqual({ ended: 1 })
    expect((await phone.ask('GET', '/me')).status).toBe(401)
    expect((await here.ask('DELETE', `/me/devices/${theirs.id}`)).status).toBe(404)
    expect((await here.ask('POST', '/me/devices/end-others')).body).toEqual({ ended: 1 })
    expect((await tablet.ask('GET', '/me')).status).toBe(401)
    expect((await here.ask('GET', '/me')).status).toBe(200)
  })

  it('of others are nobody’s to end', async () => {
    const [mia, noah] = [await someone('Mia', 'member'), await someone('Noah', 'member')]
    await Promise.all([signedIn(mia), signedIn(noah)])
    const [device] = (await noah.browser.ask('GET', '/me/devices')).body.items
    expect((await mia.browser.ask('DELETE', `/me/devices/${device.id}`)).status).toBe(404)
    expect((await noah.browser.ask('GET', '/me')).status).toBe(200)
  })
})
