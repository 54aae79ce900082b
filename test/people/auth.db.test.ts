import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { authSession } from '../../src/db/schema/identity.ts'
import { SECOND } from '../../src/domain/clock.ts'
import { DomainError } from '../../src/domain/errors.ts'
import { type Membership, originsOf } from '../../src/http/access.ts'
import { sessionCookie } from '../../src/http/server.ts'
import { createAuth, createUser, type EndedSession, registerAuth, setPassword } from '../../src/people/auth.ts'
import { noteSeen } from '../../src/people/devices.ts'
import { peopleRoutes } from '../../src/people/routes.ts'
import { openVault } from '../../src/people/secrets.ts'
import { createSessions, type Sessions } from '../../src/people/session.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'
import { type Answer, aMembership, aToyServer, OWN, type Toy } from '../http/toy.ts'

const PASSWORD = 'correct horse battery'
const cookieName = sessionCookie(OWN)

let test: TestDatabase
let toy: Toy
let sessions: Sessions
let ana: string
let nowMs = Date.now()
const memberships = new Map<string, Membership[]>()

beforeAll(async () => {
  test = await freshDatabase()
  toy = await aToyServer()
  const auth = createAuth({ db: test.db, baseUrl: OWN, secret: 's'.repeat(32), logger: toy.app.log })
  const clock = { now: () => new Date(nowMs) }
  sessions = createSessions({
    ...{ auth, cookieName, clock, seen: noteSeen(test.db) },
    membershipsOf: async (userId) => memberships.get(userId) ?? [],
  })
  await registerAuth(toy.app, auth, OWN, 8)
  peopleRoutes(toy.app, {
    ...{ whoIs: sessions.whoIs, origins: originsOf(OWN), db: test.db, clock, vault: openVault('s'.repeat(32)) },
    ...{ baseUrl: OWN, mail: false, wakeMail: async () => {}, forget: sessions.forget },
  })
  ana = await createUser(test.db, { email: 'Ana@Example.com', name: 'Ana', password: PASSWORD })
  memberships.set(ana, [aMembership()])
})
afterAll(async () => {
  await toy.app.close()
  await test.drop()
})

type Sent = { headers?: Record<string, string>; body?: object; from?: string }
const post = (path: string, { headers = {}, body = {}, from = '10.0.0.1' }: Sent = {}): Promise<Answer> =>
  toy.app.inject({
    method: 'POST',
    url: `/api/auth${path}`,
    headers: { origin: OWN, ...headers },
    body,
    remoteAddress: from,
  })

const signIn = (body: object, sent: Sent = {}) => post('/sign-in/email', { ...sent, body })
const rightly = { email: 'ana@example.com', password: PASSWORD }

/** Signs in and gives the cookie as a browser would send it back. */
async function cookieOfAna(from?: string): Promise<string> {
  const reply = await signIn(rightly, from ? { from } : {})
  const [cookie] = reply.cookies
  return `${cookie?.name}=${encodeURIComponent(String(cookie?.value))}`
}
const me = (cookie: string) => toy.app.inject({ url: '/api/v1/me', headers: { cookie } })

describe('signing in', () => {
  it('gives a cookie that no script can read and no other site can send along with a change', async () => {
    const reply = await signIn(rightly)
    expect(reply.statusCode).toBe(200)
    expect(reply.cookies).toHaveLength(1)
    expect(reply.cookies[0]).toMatchObject({
      name: cookieName,
      httpOnly: true,
      secure: true,
      sameSite: 'Lax',
      path: '/',
      maxAge: 1_209_600,
    })
  })

  it('tells a wrong password and an unknown address apart to nobody', async () => {
    const [wrong, unknown] = [
      await signIn({ ...rightly, password: 'not the password' }, { from: '10.0.0.2' }),
      await signIn({ email: 'nobody@example.com', password: PASSWORD }, { from: '10.0.0.2' }),
    ]
    expect([wrong?.statusCode, unknown?.statusCode]).toEqual([401, 401])
    expect(wrong?.body).toBe(unknown?.body)
  })

  it('is refused when another site asks for it', async () => {
    expect((await signIn(rightly, { headers: { origin: 'https://evil.example' }, from: '10.0.0.3' })).statusCode).toBe(
      403,
    )
  })

  it('is slowed down after a few attempts, in the shape of every other problem', async () => {
    const attempts = []
    for (let i = 0; i < 9; i += 1) attempts.push(await signIn({ ...rightly, password: 'guess' }, { from: '10.0.0.4' }))
    expect(attempts.map(({ statusCode }) => statusCode)).toEqual([401, 401, 401, 401, 401, 401, 401, 401, 429])
    expect(attempts.at(-1)?.json().code).toBe('TOO_MANY')
  })

  it('is recorded under the address it came from, not one it claims', async () => {
    await signIn(rightly, {
      from: '10.0.0.7',
      headers: { 'x-deputize-client': '1.2.3.4', 'x-forwarded-for': '1.2.3.4' },
    })
    const addresses = await test.db.select({ ip: authSession.ipAddress }).from(authSession)
    expect(addresses).toContainEqual({ ip: '10.0.0.7' })
    expect(addresses).not.toContainEqual({ ip: '1.2.3.4' })
  })

  it('leaves no address of a person in the log', async () => {
    await signIn({ email: 'nobody@example.com', password: PASSWORD }, { from: '10.0.0.5' })
    expect(toy.log().some(({ msg }) => String(msg).startsWith('identity: '))).toBe(true)
    expect(JSON.stringify(toy.log())).not.toMatch(/nobody@example|ana@example|10\.0\.0/)
  })
})

describe('signing up', () => {
  it('is not possible from outside', async () => {
    const reply = await post('/sign-up/email', { body: { email: 'eve@example.com', name: 'Eve', password: PASSWORD } })
    expect([reply.statusCode, reply.json().code]).toEqual([404, 'NOT_FOUND'])
  })

  it('is done once for each address, whatever its capitals', async () => {
    const again = createUser(test.db, { email: 'ANA@example.com', name: 'Another', password: null })
    await expect(again).rejects.toMatchObject({ code: 'conflict' })
  })

  it('refuses an address that is none and a password that is too short', async () => {
    const poor = createUser(test.db, { email: 'ana', name: ' ', password: 'short' })
    await expect(poor).rejects.toThrow(/email: .*name: .*password: /)
    await expect(poor).rejects.toBeInstanceOf(DomainError)
  })

  it('happens with the rest of the caller’s transaction or not at all', async () => {
    const failed = test.db.transaction(async (tx) => {
      await createUser(tx, { email: 'ghost@example.com', name: 'Ghost', password: null })
      throw new Error('the membership could not be written')
    })
    await expect(failed).rejects.toThrow('membership')
    await expect(createUser(test.db, { email: 'ghost@example.com', name: 'Ghost', password: null })).resolves.toMatch(
      /^[\da-f-]{36}$/,
    )
  })

  it('without a password makes somebody who cannot sign in until they get one', async () => {
    const id = await createUser(test.db, { email: 'ben@example.com', name: 'Ben', password: null })
    const ben = { email: 'ben@example.com', password: PASSWORD }
    expect((await signIn(ben, { from: '10.0.0.6' })).statusCode).toBe(401)
    await setPassword(test.db, id, PASSWORD)
    expect((await signIn(ben, { from: '10.0.0.6' })).statusCode).toBe(200)
  })
})

describe('a session', () => {
  it('says who one is and what one is to which brand', async () => {
    const reply = await me(await cookieOfAna('10.0.1.1'))
    expect(reply.json()).toEqual({
      ...{ userId: ana, name: 'Ana', email: 'ana@example.com', emailConfirmed: true, twoFactor: false },
      memberships: [aMembership()],
    })
  })

  it('is nobody’s with no cookie, a forged one, or a true token under a forged signature', async () => {
    const cookie = await cookieOfAna('10.0.1.2')
    expect((await me(cookie)).statusCode).toBe(200)
    expect((await me(`${cookieName}=made-up`)).statusCode).toBe(401)
    expect((await me(`${cookie.split('.').slice(0, -1).join('.')}.AAAA`)).statusCode).toBe(401)
    expect((await toy.app.inject({ url: '/api/v1/me' })).statusCode).toBe(401)
  })

  it('ends at once with signing out, and tells whoever keeps a stream open for it', async () => {
    const cookie = await cookieOfAna('10.0.1.3')
    expect((await me(cookie)).statusCode).toBe(200)
    const ended: EndedSession[] = []
    const stop = sessions.onSignOut((session) => void ended.push(session))
    expect((await post('/sign-out', { headers: { cookie } })).statusCode).toBe(200)
    stop()
    expect(ended).toEqual([{ sessionId: expect.any(String), userId: ana }])
    expect((await me(cookie)).statusCode).toBe(401)
  })

  it('that ends in another process is noticed here within 15 s', async () => {
    const cookie = await cookieOfAna('10.0.1.4')
    await me(cookie)
    await test.db.delete(authSession)
    expect((await me(cookie)).statusCode).toBe(200)
    nowMs += 15 * SECOND
    expect((await me(cookie)).statusCode).toBe(401)
  })

  it('hears of a new role as soon as it is told to forget the old', async () => {
    const cookie = await cookieOfAna('10.0.1.5')
    await me(cookie)
    memberships.set(ana, [aMembership({ role: 'staff' })])
    expect((await me(cookie)).json().memberships[0].role).toBe('member')
    sessions.forget(ana)
    expect((await me(cookie)).json().memberships[0].role).toBe('staff')
  })

  it('does not survive a new password', async () => {
    const cookie = await cookieOfAna('10.0.1.6')
    await setPassword(test.db, ana, PASSWORD)
    expect((await me(cookie)).statusCode).toBe(401)
  })
})
