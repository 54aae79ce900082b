import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Gauge } from 'prom-client'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aPerson, aToyServer, type Toy } from './toy.ts'

const webRoot = mkdtempSync(join(tmpdir(), 'deputize-web-'))
let toy: Toy
let databaseIs: 'there' | 'gone' = 'there'

beforeAll(async () => {
  mkdirSync(join(webRoot, 'assets'))
  writeFileSync(join(webRoot, 'index.html'), '<!doctype html><title>Deputize</title>')
  writeFileSync(join(webRoot, 'assets', 'index-BxY12_aZ.js'), 'export {}')
  writeFileSync(join(webRoot, 'assets', 'index-BxY12_aZ.js.br'), 'small')
  writeFileSync(join(webRoot, 'assets', 'index-BxY12_aZ.js.gz'), 'smaller')
  writeFileSync(join(webRoot, 'assets', 'logo.svg'), '<svg/>')
  toy = await aToyServer({
    webRoot,
    checks: {
      queue: async () => {},
      database: async () => {
        if (databaseIs === 'gone') throw Object.assign(new Error('connect to me:hunter2@db'), { code: 'ECONNREFUSED' })
      },
    },
    gauges: (registry) => {
      const open = new Gauge({ name: 'toys_open', help: 'Toys in use.', registers: [registry] })
      open.set(3)
    },
  })
})
afterAll(() => toy.app.close())

const get = (url: string, headers: Record<string, string> = {}) => toy.app.inject({ url, headers })
const page = { accept: 'text/html,application/xhtml+xml' }

describe('every answer', () => {
  it('says in its headers what a browser may do with it', async () => {
    const { headers } = await get('/api/v1/weather')
    expect(headers['content-security-policy']?.toString().split(';')).toEqual([
      "default-src 'self'",
      "script-src 'self'",
      "style-src 'self' 'unsafe-inline'",
      "img-src 'self' data:",
      "connect-src 'self'",
      "object-src 'none'",
      "base-uri 'none'",
      "form-action 'self'",
      "frame-ancestors 'none'",
      'upgrade-insecure-requests',
    ])
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'same-origin',
      'strict-transport-security': expect.stringContaining('max-age=15552000'),
    })
  })

  it('does not insist on https where there is none', async () => {
    const plain = await aToyServer({ baseUrl: 'http://127.0.0.1:4600' })
    const { headers } = await plain.ask(null, 'GET', '/api/v1/weather')
    await plain.app.close()
    expect(headers['content-security-policy']).not.toContain('upgrade-insecure-requests')
    expect(headers['strict-transport-security']).toBeUndefined()
  })

  it('carries an id, the caller’s own if it has a decent one', async () => {
    expect((await get('/healthz', { 'x-request-id': 'trace-4711' })).headers['x-request-id']).toBe('trace-4711')
    expect((await get('/healthz', { 'x-request-id': 'a\tb {"x":1}' })).headers['x-request-id']).toMatch(
      /^[\da-f-]{36}$/,
    )
  })
})

describe('the log', () => {
  it('has one line a request, with the route but not the address, the person or the cookie (O5)', async () => {
    const before = toy.log().length
    await toy.ask(aPerson({}), 'GET', '/api/v1/toys?colour=red&brand=brightly')
    const lines = toy.log().slice(before)
    expect(lines).toMatchObject([
      { msg: 'request', method: 'GET', route: '/api/v1/toys', status: 200, ms: expect.any(Number) },
    ])
    expect(JSON.stringify(lines)).not.toMatch(/colour|brightly|ana|secret-cookie|127\.0\.0\.1/)
  })
})

describe('health', () => {
  it('is the process’s own', async () => {
    expect((await get('/healthz')).json()).toEqual({ status: 'ok' })
  })

  it('is ready while everything it needs is there', async () => {
    const reply = await get('/readyz')
    expect([reply.statusCode, reply.json()]).toEqual([
      200,
      { status: 'ready', checks: { queue: 'ok', database: 'ok' } },
    ])
  })

  it('says what is missing when it is not, without telling the world where that lives', async () => {
    databaseIs = 'gone'
    const reply = await get('/readyz')
    databaseIs = 'there'
    expect([reply.statusCode, reply.json()]).toEqual([
      503,
      { status: 'unready', checks: { queue: 'ok', database: 'not reachable (ECONNREFUSED)' } },
    ])
  })
})

describe('metrics', () => {
  it('count requests by route template, beside the process and one’s own gauges', async () => {
    await get('/api/v1/toys/0193e5f0-0000-7000-8000-000000000000')
    const { body, headers } = await get('/metrics')
    expect(headers['content-type']).toMatch(/^text\/plain/)
    expect(body).toContain('deputize_http_request_seconds_count{method="GET",route="/api/v1/toys/:id",status="401"} 1')
    expect(body).toContain('nodejs_eventloop_lag_seconds')
    expect(body).toContain('toys_open 3')
    expect(body).not.toContain('0193e5f0')
  })
})

describe('the web pages', () => {
  it('open at the root and at every address that only the browser knows', async () => {
    for (const url of ['/', '/feed', '/rules/3?tab=diff']) {
      const reply = await get(url, page)
      expect([reply.statusCode, reply.headers['cache-control'], reply.body]).toEqual([
        200,
        'no-cache',
        expect.stringContaining('Deputize'),
      ])
    }
  })

  it('let browsers keep what is named after its content, and nothing else', async () => {
    expect((await get('/assets/index-BxY12_aZ.js')).headers['cache-control']).toBe(
      'public, max-age=31536000, immutable',
    )
    expect((await get('/assets/logo.svg')).headers['cache-control']).toBe('no-cache')
  })

  it('come in the smallest form that the browser takes', async () => {
    const sent = async (accept: string) => {
      const { body, headers } = await get('/assets/index-BxY12_aZ.js', { 'accept-encoding': accept })
      const { 'content-encoding': encoding, 'content-type': type, 'cache-control': cache } = headers
      return [body, encoding, String(type), cache]
    }
    const always = [expect.stringContaining('javascript'), 'public, max-age=31536000, immutable']
    expect(await sent('gzip, deflate, br')).toEqual(['small', 'br', ...always])
    expect(await sent('gzip')).toEqual(['smaller', 'gzip', ...always])
    expect(await sent('identity')).toEqual([expect.not.stringContaining('small'), undefined, ...always])
  })

  it('do not stand in for what is missing: files, API routes, other methods', async () => {
    const missing = [
      await get('/assets/gone-AAAAAAAA.js', page),
      await get('/api/v1/nothing', page),
      await get('/feed', { accept: 'application/json' }),
      await toy.app.inject({ method: 'POST', url: '/feed', headers: page }),
    ]
    expect(missing.map(({ statusCode }) => statusCode)).toEqual([404, 404, 404, 404])
    for (const { headers } of missing) expect(headers['cache-control']).toBe('no-store')
  })

  it('stay within their folder', async () => {
    writeFileSync(join(webRoot, '..', 'deputize-outside.txt'), 'secret')
    for (const url of [
      '/../deputize-outside.txt',
      '/%2e%2e/deputize-outside.txt',
      '/assets/..%2f..%2fdeputize-outside.txt',
    ]) {
      expect((await get(url)).body).not.toContain('secret')
    }
  })
})

describe('closing', () => {
  it('does not wait for ever on an event stream that nobody ends', async () => {
    const busy = await aToyServer({ closeWithinMs: 50 })
    busy.app.get('/stream', (_request, reply) => {
      reply.hijack()
      reply.raw.writeHead(200, { 'content-type': 'text/event-stream' }).write('data: hello\n\n')
    })
    await busy.app.listen({ host: '127.0.0.1', port: 0 })
    const { port } = busy.app.server.address() as AddressInfo // listens on TCP, as told
    const stream = (await fetch(`http://127.0.0.1:${port}/stream`)).body?.getReader()
    await stream?.read()
    await busy.app.close()
    await expect(stream?.read()).rejects.toThrow('terminated')
  })
})
