import { sql } from 'drizzle-orm'
import type { FastifyInstance } from 'fastify'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildApp } from '../../src/app.ts'
import { inBrand } from '../../src/db/client.ts'
import { newId } from '../../src/domain/id.ts'
import type { Role } from '../../src/domain/roles.ts'
import { createAuth, createUser } from '../../src/people/auth.ts'
import { addMembership, createMember } from '../../src/people/create.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'
import { aWorld, SECRET, type TestWorld } from '../world.ts'
import { aBrowser, type Browser, codeOf, enrol } from './a-browser.ts'

const PASSWORD = 'a long password'

let test: TestDatabase
let world: TestWorld
let app: FastifyInstance
let addresses = 0

beforeAll(async () => {
  test = await freshDatabase()
  world = await aWorld(test, { members: 1 })
  app = await buildApp(world.world, null)
}, 90_000)
afterAll(async () => {
  await app.close()
  await world.close()
  await test.drop()
})

/** Somebody with these roles; each comes from an address of their own, because sign-ins of one are counted. */
async function someone(...roles: Role[]): Promise<{ email: string; userId: string; browser: () => Browser }> {
  const email = `${newId()}@example.test`
  const userId = await createUser(test.db, { name: 'Somebody', email, password: PASSWORD })
  const by = { userId, by: 'system', at: world.clock.now() }
  await inBrand(test.db, world.cast.brandId, async (tx) => {
    for (const role of roles)
      if (role === 'member') await createMember(tx, { ...by, name: 'Somebody', languages: ['en'], skills: [] })
      else await addMembership(tx, { ...by, role })
  })
  addresses += 1
  const from = `10.1.0.${addresses}`
  return { email, userId, browser: () => aBrowser(app, from) }
}

async function signedIn(who: { email: string; browser: () => Browser }): Promise<Browser> {
  const browser = who.browser()
  const answer = await browser.signIn(who.email, PASSWORD)
  expect([answer.status, answer.body.twoFactorRedirect ?? false]).toEqual([200, false])
  return browser
}

describe('a second factor (O4)', () => {
  it('begins with the first right code, and ends every session that a password alone began', async () => {
    const who = await someone('staff')
    const [here, elsewhere] = [await signedIn(who), await signedIn(who)]
    expect((await elsewhere.ask('GET', '/me')).status).toBe(200)
    const begun = await here.auth('/two-factor/enable', { password: PASSWORD })
    const { totpURI: uri, backupCodes } = begun.body
    expect(uri).toMatch(/^otpauth:\/\/totp\/Deputize:/)
    expect(backupCodes).toHaveLength(10)
    expect((await here.ask('GET', '/me')).body.twoFactor).toBe(false)
    expect((await here.auth('/two-factor/verify-totp', { code: '000000' })).status).toBe(401)
    expect((await here.auth('/two-factor/verify-totp', { code: codeOf(uri) })).status).toBe(200)
    expect((await here.ask('GET', '/me')).body.twoFactor).toBe(true)
    // Kept for 15 s where nobody is told; the database tells every process.
    await expect.poll(async () => (await elsewhere.ask('GET', '/me')).status, { timeout: 5_000 }).toBe(401)
    expect((await here.ask('GET', '/me/devices')).body.items).toHaveLength(1)
  })

  it('wants the password of its owner', async () => {
    const browser = await signedIn(await someone('staff'))
    expect((await browser.auth('/two-factor/enable', { password: 'not the password' })).status).toBe(400)
  })

  it('is asked for at sign-in: the password alone opens nothing', async () => {
    const who = await someone('staff')
    const { uri } = await enrol(await signedIn(who), PASSWORD)
    const browser = who.browser()
    const first = await browser.signIn(who.email, PASSWORD)
    expect(first.body).toEqual({ twoFactorRedirect: true, twoFactorMethods: ['totp'] })
    expect((await browser.ask('GET', '/me')).status).toBe(401)
    expect((await browser.auth('/two-factor/verify-totp', { code: '000000' })).status).toBe(401)
    expect((await browser.ask('GET', '/me')).status).toBe(401)
    expect((await browser.auth('/two-factor/verify-totp', { code: codeOf(uri) })).status).toBe(200)
    expect((await browser.ask('GET', '/me')).body).toMatchObject({ email: who.email, twoFactor: true })
  })

  it('trusts no device beyond its session, whatever it asks', async () => {
    const who = await someone('staff')
    const { uri } = await enrol(await signedIn(who), PASSWORD)
    const browser = who.browser()
    await browser.signIn(who.email, PASSWORD)
    const passed = await browser.auth('/two-factor/verify-totp', { code: codeOf(uri), trustDevice: true })
    expect(passed.status).toBe(200)
    await browser.auth('/sign-out')
    expect((await browser.signIn(who.email, PASSWORD)).body.twoFactorRedirect).toBe(true)
  })

  it('is guessed at five times for one password, then the password is asked for again', async () => {
    const who = await someone('staff')
    const { uri } = await enrol(await signedIn(who), PASSWORD)
    const browser = who.browser()
    await browser.signIn(who.email, PASSWORD)
    for (let n = 0; n < 5; n++) await browser.auth('/two-factor/verify-totp', { code: '000000' })
    expect((await browser.auth('/two-factor/verify-totp', { code: codeOf(uri) })).status).toBe(400)
    expect((await browser.ask('GET', '/me')).status).toBe(401)
  })

  it('can be stood in for by a backup code, each of them once', async () => {
    const who = await someone('staff')
    const { codes } = await enrol(await signedIn(who), PASSWORD)
    const use = async (code: string | undefined) => {
      const browser = who.browser()
      await browser.signIn(who.email, PASSWORD)
      return (await browser.auth('/two-factor/verify-backup-code', { code })).status
    }
    expect([await use(codes[0]), await use(codes[0]), await use(codes[1])]).toEqual([200, 401, 200])
  })

  it('outlives a change of the secret that sealed it', async () => {
    const who = await someone('staff')
    const { uri } = await enrol(await signedIn(who), PASSWORD)
    const [row] = await test.db.execute<{ secret: string }>(
      sql`select secret from auth_two_factor where user_id = ${who.userId}`,
    )
    expect(uri).not.toContain(row?.secret)
    const { baseUrl } = world.world.config
    const secret = 'the secret of the years to come, long enough'
    const later = createAuth({ db: test.db, baseUrl, secret, older: [SECRET], logger: pino({ level: 'silent' }) })
    const request = (path: string, body: object, cookie = '') =>
      later.answer(
        new Request(`${baseUrl}/api/auth${path}`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', origin: baseUrl, cookie, 'x-deputize-client': '10.9.9.9' },
          body: JSON.stringify(body),
        }),
      )
    const first = await request('/sign-in/email', { email: who.email, password: PASSWORD })
    const cookie = first.headers
      .getSetCookie()
      .map((one) => one.split(';')[0])
      .join('; ')
    expect((await request('/two-factor/verify-totp', { code: codeOf(uri) }, cookie)).status).toBe(200)
  })
})

describe('a brand that asks for a second factor', () => {
  it('closes what its staff and admins may do without one, in a problem that says so, and nothing of its members', async () => {
    const [ada, sam, both] = [await someone('admin'), await someone('staff'), await someone('staff', 'member')]
    const admin = await signedIn(ada)
    const staff = await signedIn(sam)
    const of = { 'x-deputize-brand': world.cast.brandId }
    expect((await staff.ask('GET', '/escalations', undefined, of)).status).toBe(200)
    expect((await admin.ask('PUT', '/people/settings', { twoFactorRequired: true })).body).toMatchObject({
      code: 'CONFLICT',
      detail: expect.stringContaining('your own second factor first'),
    })
    await enrol(admin, PASSWORD)
    expect((await admin.ask('PUT', '/people/settings', { twoFactorRequired: true })).status).toBe(200)
    expect((await admin.ask('GET', '/people/settings')).body).toMatchObject({ twoFactorRequired: true })

    // Told by the database to every process; this one hears of it within a moment.
    await expect.poll(async () => (await staff.ask('GET', '/escalations')).status, { timeout: 5_000 }).toBe(403)
    const refused = await staff.ask('GET', '/escalations')
    expect(refused.body).toMatchObject({ code: 'TWO_FACTOR_REQUIRED', status: 403 })
    expect((await staff.ask('POST', `/escalations/${newId()}/take`)).status).not.toBe(200)
    expect((await staff.ask('GET', '/me')).body.memberships).toMatchObject([{ role: 'staff', needsTwoFactor: true }])
    const member = await signedIn(both)
    expect((await member.ask('GET', '/feed')).status).toBe(200)
    expect((await member.ask('GET', '/escalations')).body.code).toBe('TWO_FACTOR_REQUIRED')

    await enrol(staff, PASSWORD)
    expect((await staff.ask('GET', '/escalations')).status).toBe(200)
    const audits = await inBrand(test.db, world.cast.brandId, (tx) =>
      tx.execute(sql`select act, actor, details from audit where act = 'brand.two-factor'`),
    )
    expect(audits).toEqual([{ act: 'brand.two-factor', actor: ada.userId, details: { required: true } }])
    await admin.ask('PUT', '/people/settings', { twoFactorRequired: false })
  })
})
