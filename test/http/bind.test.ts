import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aPerson, aToyServer, OWN, type Toy } from './toy.ts'

let toy: Toy
beforeAll(async () => {
  toy = await aToyServer()
})
afterAll(() => toy.app.close())

const member = aPerson({ role: 'member' })
const staff = aPerson({ role: 'staff', memberId: null })
const suspended = aPerson({ role: 'staff', standing: 'suspended' })
const ofTwoBrands = aPerson({ role: 'staff' }, { role: 'staff', brandId: 'other', brandName: 'Other' })

const aToy = { body: { name: 'kite' } }

describe('a route of a contract', () => {
  it('gets its query parsed, with defaults, and answers in the shape it promised', async () => {
    const reply = await toy.ask(member, 'GET', '/api/v1/toys?colour=red')
    expect(reply.json()).toEqual({ items: [{ name: 'red 50' }], nextCursor: null })
  })

  it('lets nothing out that the contract does not name', async () => {
    const reply = await toy.ask(staff, 'POST', '/api/v1/toys', aToy)
    expect(reply.statusCode).toBe(201)
    expect(reply.json()).toEqual({ id: 'kite', by: 'Ana', brandId: 'brightly' })
  })

  it('may answer with nothing', async () => {
    const reply = await toy.ask(staff, 'DELETE', '/api/v1/toys/7')
    expect([reply.statusCode, reply.body]).toEqual([204, ''])
  })

  it('is never kept by a cache', async () => {
    const reply = await toy.ask(member, 'GET', '/api/v1/toys')
    expect(reply.headers['cache-control']).toBe('no-store')
  })

  it('demands a key where one thing must have one effect', async () => {
    const without = await toy.ask(member, 'POST', '/api/v1/toys/7/throw')
    expect([without.statusCode, without.json().code]).toEqual([422, 'INVALID'])
    const headers = { 'idempotency-key': '0193e5f0-composer' }
    expect((await toy.ask(member, 'POST', '/api/v1/toys/7/throw', { headers })).json()).toEqual({
      key: '0193e5f0-composer',
    })
  })
})

describe('what is sent', () => {
  it('is refused with the place of each fault', async () => {
    const reply = await toy.ask(staff, 'POST', '/api/v1/toys', { body: { name: '', parts: [{ size: 'big' }] } })
    expect(reply.statusCode).toBe(422)
    expect(reply.json().errors).toEqual([
      { in: 'body', pointer: '#/name', detail: expect.any(String) },
      { in: 'body', pointer: '#/parts/0/size', detail: expect.any(String) },
    ])
  })

  it('is refused when it has fields nobody knows, at any depth', async () => {
    const reply = await toy.ask(staff, 'POST', '/api/v1/toys', {
      body: { name: 'kite', 'a/b': 1, parts: [{ size: 1, colour: 'red' }] },
    })
    expect(reply.json().errors).toEqual([
      { in: 'body', pointer: '#/parts/0/colour', detail: 'There is no such field.' },
      { in: 'body', pointer: '#/a~1b', detail: 'There is no such field.' },
    ])
  })

  it('is checked in query and path as well', async () => {
    expect((await toy.ask(member, 'GET', '/api/v1/toys?limit=101')).json().errors).toMatchObject([
      { in: 'query', pointer: '#/limit' },
    ])
    expect((await toy.ask(member, 'GET', '/api/v1/toys/seven')).json().errors).toMatchObject([
      { in: 'params', pointer: '#/id' },
    ])
  })

  it.each([
    ['POST', '/toys', { name: 'a\0b' }, { in: 'body', pointer: '#/name' }],
    ['POST', '/toys', { name: 'a\ud83d' }, { in: 'body', pointer: '#/name' }],
    ['DELETE', '/toys/a%00b', undefined, { in: 'params', pointer: '#/id' }],
  ] as const)('is refused where no row could hold it: %s %s %j (L8)', async (method, path, body, place) => {
    const reply = await toy.ask(staff, method, `/api/v1${path}`, body && { body })
    expect([reply.statusCode, reply.json().errors]).toEqual([422, [{ ...place, detail: expect.any(String) }]])
  })

  it('is looked at only once it is clear that the person may send it', async () => {
    expect((await toy.ask(null, 'POST', '/api/v1/toys', { body: '{ not json' })).statusCode).toBe(401)
  })
})

describe('access to a route (O4, I5)', () => {
  it('is for nobody who is not signed in', async () => {
    const reply = await toy.ask(null, 'GET', '/api/v1/toys')
    expect([reply.statusCode, reply.json().code]).toEqual([401, 'UNAUTHENTICATED'])
  })

  it('is for the roles of the contract and no others', async () => {
    const reply = await toy.ask(member, 'POST', '/api/v1/toys', aToy)
    expect([reply.statusCode, reply.json().detail]).toEqual([403, 'This is for staff; you are member.'])
  })

  it('goes by any of the roles a person has at the brand', async () => {
    const both = aPerson({ role: 'member' }, { role: 'staff' })
    expect((await toy.ask(both, 'POST', '/api/v1/toys', aToy)).statusCode).toBe(201)
  })

  it('does not reach into the brand of others, nor says whether it exists', async () => {
    const [theirs, nobodys] = await Promise.all(
      ['other', 'no-such-brand'].map((brand) =>
        toy.ask(staff, 'POST', '/api/v1/toys', { ...aToy, headers: { 'x-deputize-brand': brand } }),
      ),
    )
    expect(theirs?.statusCode).toBe(403)
    expect(theirs?.json().detail).toBe(nobodys?.json().detail)
  })

  it('asks people of several brands which one they mean', async () => {
    expect((await toy.ask(ofTwoBrands, 'POST', '/api/v1/toys', aToy)).statusCode).toBe(422)
    const named = await toy.ask(ofTwoBrands, 'POST', '/api/v1/toys', {
      ...aToy,
      headers: { 'x-deputize-brand': 'other' },
    })
    expect(named.json().brandId).toBe('other')
  })

  it('takes the brand from the address where a browser can set no header', async () => {
    expect((await toy.ask(ofTwoBrands, 'GET', '/api/v1/toys?brand=other')).statusCode).toBe(200)
  })

  it('lets the suspended look but not touch', async () => {
    expect((await toy.ask(suspended, 'GET', '/api/v1/toys')).statusCode).toBe(200)
    const reply = await toy.ask(suspended, 'POST', '/api/v1/toys', aToy)
    expect([reply.statusCode, reply.json().detail]).toEqual([
      403,
      'You are suspended here: you can read, but not change anything.',
    ])
    expect((await toy.ask(suspended, 'PUT', '/api/v1/mood', { body: { mood: 'fine' } })).statusCode).toBe(403)
  })

  it('is open to anyone where the contract says so', async () => {
    expect((await toy.ask(null, 'GET', '/api/v1/weather')).json()).toEqual({ sky: 'blue' })
    expect((await toy.ask(aPerson(), 'PUT', '/api/v1/mood', { body: { mood: 'fine' } })).json()).toEqual({
      name: 'Ana',
    })
  })
})

describe('a change that another site asks for in a person’s name (CSRF)', () => {
  const from = async (headers: Record<string, string>) =>
    (
      await toy.app.inject({
        method: 'POST',
        url: '/api/v1/toys',
        headers: { 'x-toy-me': 'ana', cookie: 'x=1', ...headers },
        body: { name: 'kite' },
      })
    ).statusCode

  it('is refused', async () => {
    await toy.ask(staff, 'GET', '/api/v1/toys')
    expect(await from({ 'sec-fetch-site': 'cross-site' })).toBe(403)
    expect(await from({ 'sec-fetch-site': 'same-site', origin: OWN })).toBe(403)
    expect(await from({ origin: 'https://evil.example' })).toBe(403)
    expect(await from({ origin: 'null' })).toBe(403)
  })

  it('is refused when the browser does not say where it comes from', async () => {
    expect(await from({})).toBe(403)
  })

  it('is accepted from our own pages', async () => {
    await toy.ask(staff, 'GET', '/api/v1/toys')
    expect(await from({ 'sec-fetch-site': 'same-origin' })).toBe(201)
    expect(await from({ origin: OWN })).toBe(201)
  })
})
