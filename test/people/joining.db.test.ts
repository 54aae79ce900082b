import { sql } from 'drizzle-orm'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildApp } from '../../src/app.ts'
import { inviteByLink, resetByLink, takeTwoFactor } from '../../src/commands/user-links.ts'
import { inBrand } from '../../src/db/client.ts'
import { DAY, HOUR, MINUTE } from '../../src/domain/clock.ts'
import { newId } from '../../src/domain/id.ts'
import { createUser } from '../../src/people/auth.ts'
import { addMembership } from '../../src/people/create.ts'
import { aTerminal } from '../commands/terminal.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'
import { aWorld, type TestWorld } from '../world.ts'
import { aBrowser, type Browser } from './a-browser.ts'
import { aMailServer } from './a-mail-server.ts'

const PASSWORD = 'a long password'

let test: TestDatabase
let world: TestWorld
let mails: Awaited<ReturnType<typeof aMailServer>>
let app: FastifyInstance
let admin: Browser
let addresses = 0

beforeAll(async () => {
  test = await freshDatabase()
  mails = await aMailServer()
  world = await aWorld(test, { members: 0, config: { mail: { url: mails.url, from: 'Acme <help@acme.example>' } } })
  app = await buildApp(world.world, null)
  const email = 'ada@example.test'
  const userId = await createUser(test.db, { name: 'Ada', email, password: PASSWORD })
  await inBrand(test.db, world.cast.brandId, (tx) =>
    addMembership(tx, { userId, role: 'admin', by: 'system', at: world.clock.now() }),
  )
  admin = someBrowser()
  await admin.signIn(email, PASSWORD)
}, 90_000)
afterAll(async () => {
  await app.close()
  await world.close()
  await mails.close()
  await test.drop()
})

function someBrowser(): Browser {
  addresses += 1
  return aBrowser(app, `10.4.0.${addresses}`)
}

const invite = (wish: object, key: string = newId()) => admin.ask('POST', '/invites', wish, { 'idempotency-key': key })
const tokenIn = (link: string) => new URL(link).hash.slice(1)
const tokenOf = async (wish: object) => tokenIn((await invite(wish)).body.link)
const newcomer = () => ({ name: 'Nora', email: `${newId()}@example.test`, password: PASSWORD })
const lettersTo = (address: string) => mails.received.filter(({ to }) => to === address)
const linkIn = (text: string) => text.match(/http\S+/)?.[0] ?? ''

describe('an invitation (O4)', () => {
  it('lets whoever has its link join once, with a name and a password of their own', async () => {
    const made = await invite({ role: 'member' })
    expect(made.body).toMatchObject({ mailed: false, link: expect.stringMatching(/\/join#[\w-]{43}$/) })
    const token = tokenIn(made.body.link)
    const [nora, browser] = [newcomer(), someBrowser()]
    expect((await browser.ask('POST', '/joining/look', { token })).body).toEqual({
      ...{ brandName: 'Acme', role: 'member', email: null, name: null, account: null },
      expiresAt: new Date(world.clock.now().getTime() + 7 * DAY).toISOString(),
    })
    const joined = await browser.ask('POST', '/joining/join', { token, ...nora })
    expect([joined.status, joined.body]).toEqual([201, { email: nora.email, brandId: world.cast.brandId }])
    await browser.signIn(nora.email, PASSWORD)
    expect((await browser.ask('GET', '/feed')).status).toBe(200)
    expect((await browser.ask('GET', '/me')).body).toMatchObject({ emailConfirmed: false, name: 'Nora' })

    const again = await someBrowser().ask('POST', '/joining/join', { token, ...newcomer() })
    expect(again.status).toBe(410)
    const [first] = (await admin.ask('GET', '/invites')).body.items
    expect(first).toMatchObject({ state: 'accepted', acceptedBy: 'Nora', by: 'Ada', role: 'member' })
  })

  it('goes to exactly one of ten who open it at once', async () => {
    const token = await tokenOf({ role: 'reader' })
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => someBrowser().ask('POST', '/joining/join', { token, ...newcomer() })),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array(9).fill(410)])
    const people = (await admin.ask('GET', '/people?role=reader')).body.items
    expect(people).toHaveLength(1)
  })

  it('leaves nothing behind when it fails: no account without a part in the brand', async () => {
    const token = await tokenOf({ role: 'reader' })
    const nora = newcomer()
    const short = await someBrowser().ask('POST', '/joining/join', { token, ...nora, password: 'short' })
    expect(short.status).toBe(422)
    expect(await test.db.execute(sql`select 1 from auth_user where email = ${nora.email}`)).toEqual([])
    expect((await someBrowser().ask('POST', '/joining/join', { token, ...nora })).status).toBe(201)
  })

  it('gives somebody who has an account one more role, once they are signed in', async () => {
    const nora = newcomer()
    const browser = someBrowser()
    await browser.ask('POST', '/joining/join', { token: await tokenOf({ role: 'reader' }), ...nora })
    const token = await tokenOf({ role: 'staff', team: 'care' })
    const asNew = await someBrowser().ask('POST', '/joining/join', { token, ...nora })
    expect([asNew.status, asNew.body.detail]).toEqual([409, expect.stringContaining('sign in')])
    await browser.signIn(nora.email, PASSWORD)
    expect((await browser.ask('GET', '/escalations')).status).toBe(403)
    expect((await browser.ask('POST', '/joining/accept', { token })).status).toBe(201)
    expect((await browser.ask('GET', '/escalations')).status).toBe(200)
    const twice = await browser.ask('POST', '/joining/accept', { token: await tokenOf({ role: 'staff' }) })
    expect(twice.status).toBe(409)
  })

  it('for an address is for nobody else', async () => {
    const nora = newcomer()
    const token = await tokenOf({ role: 'reader', email: nora.email })
    expect((await someBrowser().ask('POST', '/joining/join', { token, ...newcomer() })).status).toBe(403)
    expect((await someBrowser().ask('POST', '/joining/join', { token, ...nora })).status).toBe(201)
  })

  it('opens nothing once it is withdrawn or too old, nor for whom the brand has banned', async () => {
    const made = (await invite({ role: 'reader' })).body
    expect((await admin.ask('DELETE', `/invites/${made.id}`)).status).toBe(200)
    expect((await someBrowser().ask('POST', '/joining/look', { token: tokenIn(made.link) })).status).toBe(410)
    expect((await admin.ask('DELETE', `/invites/${made.id}`)).status).toBe(404)

    const nora = newcomer()
    const browser = someBrowser()
    await browser.ask('POST', '/joining/join', { token: await tokenOf({ role: 'member' }), ...nora })
    await browser.signIn(nora.email, PASSWORD)
    const [entry] = (await admin.ask('GET', `/people?q=${nora.email}`)).body.items
    await admin.ask('POST', `/people/${entry.id}/standing`, { standing: 'banned', reason: 'Threats.' })
    await browser.signIn(nora.email, PASSWORD)
    world.clock.pass(1)
    const token = await tokenOf({ role: 'reader', days: 1 })
    expect((await browser.ask('POST', '/joining/accept', { token })).status).toBe(403)
    world.clock.pass(DAY)
    expect((await someBrowser().ask('POST', '/joining/look', { token })).status).toBe(410)
    expect((await admin.ask('GET', '/invites')).body.items[0].state).toBe('expired')
  })

  it('asked for twice with one key is one invitation, one link and one mail', async () => {
    const key = newId()
    const wish = { role: 'reader', email: `${newId()}@example.test` }
    const [first, second] = await Promise.all([invite(wish, key), invite(wish, key)])
    expect(second.body).toEqual(first.body)
    expect(first.body.mailed).toBe(true)
    await world.drain()
    expect(lettersTo(wish.email)).toHaveLength(1)
    expect(linkIn(lettersTo(wish.email)[0]?.text ?? '')).toBe(first.body.link)
    const stored = await test.db.execute(sql`select state, sealed from mail order by id desc limit 1`)
    expect(stored).toEqual([{ state: 'sent', sealed: null }])
    expect(JSON.stringify(await test.db.execute(sql`select * from invite`))).not.toContain(tokenIn(first.body.link))
  })

  it('brings back somebody who was removed, with what they had', async () => {
    const nora = newcomer()
    const browser = someBrowser()
    await browser.ask('POST', '/joining/join', { token: await tokenOf({ role: 'member' }), ...nora })
    await browser.signIn(nora.email, PASSWORD)
    const before = (await browser.ask('GET', '/desk')).body.memberId
    const [entry] = (await admin.ask('GET', `/people?q=${nora.email}`)).body.items
    await admin.ask('POST', `/people/${entry.id}/remove`, { reason: 'By mistake.' })
    const token = await tokenOf({ role: 'member' })
    expect((await browser.ask('POST', '/joining/accept', { token })).status).toBe(201)
    expect((await browser.ask('GET', '/desk')).body.memberId).toBe(before)
  })
})

describe('a mail', () => {
  const forget = (email: string) => someBrowser().ask('POST', '/sign-in/forgotten', { email })
  const confirmed = async () => {
    // Ids of one millisecond have no order, and the newest mail is what is looked at.
    world.clock.pass(1)
    const email = `${newId()}@example.test`
    await createUser(test.db, { name: 'Ben', email, password: PASSWORD })
    return email
  }
  const lastMail = async () =>
    (
      await test.db.execute<{ id: string; state: string; attempts: number; trouble: string | null }>(
        sql`select id, state, attempts, trouble from mail order by id desc limit 1`,
      )
    )[0]

  it('with a link sets a new password; who is not here, or not confirmed, gets the same answer and no mail', async () => {
    const email = await confirmed()
    const unknown = `${newId()}@example.test`
    const answers = [await forget(email), await forget(unknown)]
    expect(answers.map(({ status, body }) => [status, body])).toEqual([
      [202, {}],
      [202, {}],
    ])
    await world.drain()
    expect(lettersTo(unknown)).toEqual([])
    const [letter] = lettersTo(email)
    const token = tokenIn(linkIn(letter?.text ?? ''))
    const browser = someBrowser()
    expect((await browser.ask('POST', '/sign-in/reset', { token, password: 'another long one' })).status).toBe(200)
    expect((await browser.signIn(email, 'another long one')).status).toBe(200)
  })

  it('of that kind is sent once in two minutes, however often it is asked for', async () => {
    const email = await confirmed()
    await Promise.all([forget(email), forget(email), forget(email)])
    await world.drain()
    expect(lettersTo(email)).toHaveLength(1)
    world.clock.pass(2 * MINUTE)
    await forget(email)
    await world.drain()
    expect(lettersTo(email)).toHaveLength(2)
  })

  it('confirms an address, and only then may a new password be mailed to it', async () => {
    const nora = newcomer()
    const browser = someBrowser()
    await browser.ask('POST', '/joining/join', { token: await tokenOf({ role: 'reader' }), ...nora })
    await forget(nora.email)
    await world.drain()
    expect(lettersTo(nora.email).map(({ text }) => linkIn(text))).toEqual([expect.stringContaining('/confirm#')])
    const token = tokenIn(linkIn(lettersTo(nora.email)[0]?.text ?? ''))
    await browser.signIn(nora.email, PASSWORD)
    expect((await browser.ask('GET', '/me')).body.emailConfirmed).toBe(false)
    expect((await someBrowser().ask('POST', '/sign-in/confirm', { token })).body).toEqual({ email: nora.email })
    expect((await browser.ask('GET', '/me')).body.emailConfirmed).toBe(true)
    expect((await someBrowser().ask('POST', '/sign-in/confirm', { token })).status).toBe(410)
    await forget(nora.email)
    await world.drain()
    expect(lettersTo(nora.email)).toHaveLength(2)
  })

  it('waits while the mail server does not want it, and goes once it does', async () => {
    const email = await confirmed()
    mails.turn('later')
    await forget(email)
    await world.drain()
    expect(await lastMail()).toMatchObject({ state: 'waiting', attempts: 1, trouble: 'EENVELOPE 451' })
    await world.drain()
    expect(await lastMail()).toMatchObject({ attempts: 1 })
    mails.turn('takes')
    world.clock.pass(MINUTE)
    await world.drain()
    expect(await lastMail()).toMatchObject({ state: 'sent', attempts: 2 })
    expect(lettersTo(email)).toHaveLength(1)
  })

  it('that is refused for good is not sent again, nor one whose link is too old', async () => {
    mails.turn('refuses')
    await forget(await confirmed())
    await world.drain()
    expect(await lastMail()).toMatchObject({ state: 'failed', attempts: 1 })
    mails.turn('later')
    const email = await confirmed()
    await forget(email)
    await world.drain()
    mails.turn('takes')
    world.clock.pass(HOUR)
    await world.drain()
    expect(await lastMail()).toMatchObject({ state: 'failed', trouble: 'too late' })
    expect(lettersTo(email)).toEqual([])
  })

  it('of which nobody can say what became is sent again under the same name, so that a mailbox knows it', async () => {
    const email = await confirmed()
    mails.turn('hangs up')
    await forget(email)
    await world.drain()
    expect(await lastMail()).toMatchObject({ state: 'sending', attempts: 1 })
    mails.turn('takes')
    await world.drain()
    expect(lettersTo(email)).toHaveLength(1)
    world.clock.pass(5 * MINUTE)
    await world.drain()
    const [first, second, ...more] = lettersTo(email)
    expect([first?.id, more]).toEqual([second?.id, []])
    expect(first?.id).toMatch(/^<[\da-f-]{36}@acme.example>$/)
    expect(await lastMail()).toMatchObject({ state: 'sent' })
  })
})

describe('links from the command line (O2)', () => {
  const place = () => ({ db: test.db, baseUrl: 'https://acme.example', at: world.clock.now() })
  const linkFrom = (said: string) => said.match(/https:\S+/)?.[0] ?? ''

  it('invite, set a new password, and take a second factor', async () => {
    const [slug] = await test.db.execute<{ slug: string }>(sql`select slug from brand where id = ${world.cast.brandId}`)
    const terminal = aTerminal()
    await inviteByLink(place(), { brand: slug!.slug, role: 'staff', days: '3' }, terminal)
    const link = linkFrom(terminal.said())
    expect(link).toMatch(/^https:\/\/acme\.example\/join#/)
    const nora = newcomer()
    const browser = someBrowser()
    expect((await browser.ask('POST', '/joining/join', { token: tokenIn(link), ...nora })).status).toBe(201)

    const reset = aTerminal()
    await resetByLink(place(), nora.email, reset)
    const token = tokenIn(linkFrom(reset.said()))
    expect((await browser.ask('POST', '/sign-in/reset', { token, password: 'another long one' })).status).toBe(200)
    const off = aTerminal()
    await takeTwoFactor(place(), nora.email, off)
    expect(off.said()).toBe(`Nora <${nora.email}> had no second factor.\n`)
    await expect(inviteByLink(place(), { brand: slug!.slug, role: 'staff', days: '90' }, aTerminal())).rejects.toThrow(
      'no number of days',
    )
  })
})
