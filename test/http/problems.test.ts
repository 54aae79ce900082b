import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aPerson, aToyServer, type Toy } from './toy.ts'

let toy: Toy
beforeAll(async () => {
  toy = await aToyServer()
})
afterAll(() => toy.app.close())

const fault = (code: string) => toy.ask(null, 'GET', `/api/v1/faults/${code}?q=secret`)

describe('a problem (RFC 9457)', () => {
  it.each([
    ['unauthenticated', 401, 'Unauthorized'],
    ['forbidden', 403, 'Forbidden'],
    ['not-found', 404, 'Not Found'],
    ['conflict', 409, 'Conflict'],
    ['gone', 410, 'Gone'],
    ['invalid', 422, 'Unprocessable Entity'],
    ['too-many', 429, 'Too Many Requests'],
    ['unavailable', 503, 'Service Unavailable'],
  ])('of the kind %s has status %i', async (code, status, title) => {
    const reply = await fault(code)
    expect(reply.statusCode).toBe(status)
    expect(reply.headers['content-type']).toMatch(/^application\/problem\+json/)
    expect(reply.json()).toEqual({
      type: 'about:blank',
      title,
      status,
      detail: `It is ${code}.`,
      instance: `/api/v1/faults/${code}`,
      code: code.toUpperCase().replace('-', '_'),
      requestId: reply.headers['x-request-id'],
      holder: 'Ben',
    })
  })

  it('tells nothing of a bug of ours, and logs it once under the same id', async () => {
    const reply = await fault('bug')
    expect(reply.statusCode).toBe(500)
    expect(reply.body).not.toContain('hunter2')
    const logged = toy.log().filter(({ level }) => level === 50)
    expect(logged).toMatchObject([
      { requestId: reply.json().requestId, err: { type: 'Error' }, msg: 'unexpected error' },
    ])
  })

  it('has the same shape whoever refuses: the parser, the body limit, the router', async () => {
    const staff = aPerson({ role: 'staff' })
    const replies = [
      await toy.ask(staff, 'POST', '/api/v1/toys', { body: '{ not json' }),
      await toy.ask(staff, 'POST', '/api/v1/toys', { body: { name: 'x'.repeat(1_100_000) } }),
      await toy.ask(staff, 'POST', '/api/v1/toys', {
        body: 'name=kite',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
      }),
      await toy.ask(null, 'GET', '/api/v1/nothing-here'),
      await toy.ask(null, 'POST', '/openapi.json'),
    ]
    expect(replies.map((reply) => [reply.statusCode, reply.json().code])).toEqual([
      [400, 'BAD_REQUEST'],
      [413, 'PAYLOAD_TOO_LARGE'],
      [415, 'UNSUPPORTED_MEDIA_TYPE'],
      [404, 'NOT_FOUND'],
      [404, 'NOT_FOUND'],
    ])
    for (const reply of replies) {
      expect(reply.headers['content-type']).toMatch(/^application\/problem\+json/)
      expect(reply.json().requestId).toBe(reply.headers['x-request-id'])
    }
  })
})

describe('too many requests', () => {
  it('are told when to come back, as a problem like any other', async () => {
    const small = await aToyServer({ requestsPerMinute: 2 })
    const replies = []
    for (let i = 0; i < 3; i += 1) replies.push(await small.ask(null, 'GET', '/api/v1/weather'))
    await small.app.close()
    expect(replies.map(({ statusCode }) => statusCode)).toEqual([200, 200, 429])
    expect(replies[2]?.json()).toMatchObject({
      code: 'TOO_MANY',
      detail: expect.stringMatching(/^Too many requests. Wait \d+ s/),
    })
    expect(Number(replies[2]?.headers['retry-after'])).toBeGreaterThan(0)
  })

  it('do not count files of the pages, as far as they are there', async () => {
    const webRoot = mkdtempSync(join(tmpdir(), 'deputize-web-'))
    mkdirSync(join(webRoot, 'assets'))
    writeFileSync(join(webRoot, 'index.html'), '<!doctype html><title>Deputize</title>')
    writeFileSync(join(webRoot, 'assets', 'index-BxY12_aZ.js'), 'export {}')
    const small = await aToyServer({ requestsPerMinute: 1, webRoot })
    const ask = async (path: string) => (await small.ask(null, 'GET', path)).statusCode
    for (let i = 0; i < 3; i += 1) expect(await ask('/assets/index-BxY12_aZ.js')).toBe(200)
    expect([await ask('/assets/other-BxY12_aZ.js'), await ask('/assets/other-BxY12_aZ.js')]).toEqual([404, 429])
    await small.app.close()
  })

  it('do not count questions of health', async () => {
    const small = await aToyServer({ requestsPerMinute: 1 })
    for (let i = 0; i < 3; i += 1) expect((await small.ask(null, 'GET', '/healthz')).statusCode).toBe(200)
    await small.app.close()
  })
})
