import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openSandboxNetwork, type SandboxNetwork } from '../../../connectors/sandbox/network/network.ts'
import { MINUTE } from '../../../src/domain/clock.ts'
import { HOSTILE_TEXTS } from '../../ingest/hostile.ts'
import { fixedClock } from '../stage.ts'

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

describe('the API of the sandbox network', () => {
  const clock = fixedClock('2026-11-21T09:00:00Z')
  let network: SandboxNetwork
  let ana: string
  let mia: string
  const ask = async (
    token: string | null,
    method: Method,
    url: string,
    payload?: object,
    headers: Record<string, string> = {},
  ) => {
    const response = await network.app.inject({
      method,
      url,
      headers: { ...(token !== null && { authorization: `Bearer ${token}` }), ...headers },
      ...(payload && { payload }),
    })
    return {
      status: response.statusCode,
      headers: response.headers,
      body: response.body === '' ? null : response.json(),
    }
  }
  const post = async (token: string, text: string, more = {}) => {
    clock.pass(1)
    return (await ask(token, 'POST', '/api/posts', { text, ...more })).body.id as string
  }
  const found = async (q: string) =>
    (await ask(ana, 'GET', `/api/search?q=${encodeURIComponent(q)}`)).body.items.map(
      ({ text }: { text: string }) => text,
    )

  beforeEach(async () => {
    network = await openSandboxNetwork({
      journal: null,
      clock,
      tickMs: null,
      allowance: { limit: 60, windowMs: MINUTE },
    })
    clock.pass(MINUTE)
    ana = (await ask(network.tokens.operator, 'POST', '/api/accounts', { handle: '@ana' })).body.token
    mia = (await ask(network.tokens.operator, 'POST', '/api/accounts', { handle: 'mia', followers: 40 })).body.token
  })
  afterEach(() => network.close())

  it('knows three kinds of tokens and what each may do', async () => {
    const { app, operator } = network.tokens
    for (const token of [null, 'stale', '']) expect((await ask(token, 'GET', '/api/search?q=x')).status).toBe(401)
    expect((await ask(app, 'GET', '/api/search?q=x')).status).toBe(200)
    expect((await ask(app, 'POST', '/api/posts', { text: 'x' })).status).toBe(403)
    expect((await ask(operator, 'POST', '/api/posts', { text: 'x' })).status).toBe(403)
    expect((await ask(ana, 'POST', '/api/accounts', { handle: 'eve' })).status).toBe(403)
    expect((await ask(app, 'PUT', '/api/play', { perMinute: 9 })).status).toBe(403)
    expect(await ask(operator, 'POST', '/api/accounts', { handle: 'ANA' })).toMatchObject({
      status: 200,
      body: { token: ana },
    })
  })

  it('lets each account touch its own posts only', async () => {
    const id = await post(ana, 'kettle')
    expect((await ask(mia, 'DELETE', `/api/posts/${id}`)).status).toBe(403)
    expect((await ask(mia, 'PATCH', `/api/posts/${id}`, { text: 'x' })).status).toBe(403)
    expect((await ask(ana, 'DELETE', `/api/posts/${id}`)).status).toBe(204)
    expect((await ask(ana, 'DELETE', `/api/posts/${id}`)).status).toBe(204)
    expect((await ask(ana, 'PATCH', `/api/posts/${id}`, { text: 'x' })).status).toBe(410)
    expect((await ask(mia, 'POST', `/api/posts/${id}/like`)).status).toBe(410)
    expect((await ask(mia, 'POST', '/api/posts', { text: 'x', replyTo: id })).status).toBe(410)
    expect((await ask(mia, 'POST', '/api/posts', { text: 'x', replyTo: '1' })).status).toBe(404)
  })

  it('publishes a key once, and refuses it for anything else (F6)', async () => {
    const to = await post(ana, 'kettle')
    const key = { 'idempotency-key': 'k1' }
    const first = await ask(mia, 'POST', '/api/posts', { text: 'x', replyTo: to }, key)
    const again = await ask(mia, 'POST', '/api/posts', { text: 'x', replyTo: to }, key)
    expect([first.status, again.status, again.body.id]).toEqual([201, 200, first.body.id])
    expect((await ask(mia, 'POST', '/api/posts', { text: 'y', replyTo: to }, key)).status).toBe(409)
    expect((await ask(mia, 'POST', '/api/posts', { text: 'x' }, key)).status).toBe(409)
    expect((await ask(ana, 'POST', '/api/posts', { text: 'x', replyTo: to }, key)).status).toBe(201)
    expect((await ask(mia, 'GET', '/api/posts/by-key/k1')).body).toMatchObject({ id: first.body.id, deleted: false })
    await ask(mia, 'DELETE', `/api/posts/${first.body.id}`)
    expect((await ask(mia, 'GET', '/api/posts/by-key/k1')).body).toMatchObject({ id: first.body.id, deleted: true })
    expect((await ask(mia, 'GET', '/api/posts/by-key/k2')).status).toBe(404)
  })

  it('finds words as words, phrases, handles and scripts without spaces, less what is excluded (L2)', async () => {
    for (const text of [
      'Kettle!',
      'kettledrum',
      'tea pot',
      'pot of tea',
      '@acme hi',
      '@acme_fan hi',
      'mail@acme.org',
      'das Müllerkettle',
      '#kettle',
      'お湯がケトルで沸かない',
      'KETTLE for the guild',
    ])
      await post(ana, text)
    expect(await found('kettle')).toEqual(['KETTLE for the guild', '#kettle', 'Kettle!'])
    expect(await found('kettle -guild')).toEqual(['#kettle', 'Kettle!'])
    expect(await found('"tea pot"')).toEqual(['tea pot'])
    expect(await found('"@acme"')).toEqual(['@acme hi'])
    expect(await found('ケトル "@acme"')).toEqual(['お湯がケトルで沸かない', '@acme hi'])
    expect(await found('"c++ (a|b)* [x] \\d ^$ - & ~"')).toEqual([])
  })

  it('lists who named or answered a handle', async () => {
    const mine = await post(mia, 'selling my kettle')
    const named = await post(ana, 'thanks @Mia')
    const answer = await post(ana, 'how much?', { replyTo: mine })
    const { body } = await ask(ana, 'GET', '/api/mentions?handle=mia')
    expect(body.items.map(({ id }: { id: string }) => id)).toEqual([answer, named])
  })

  it('pages from the newest back, unmoved by what comes and goes meanwhile', async () => {
    const made: string[] = []
    for (let n = 0; n < 5; n++) made.push(await post(ana, `kettle ${n}`))
    const first = (await ask(ana, 'GET', '/api/search?q=kettle&limit=2')).body
    await post(ana, 'kettle newest')
    await ask(ana, 'DELETE', `/api/posts/${made[3]}`)
    const second = (await ask(ana, 'GET', `/api/search?q=kettle&limit=2&page=${first.next}`)).body
    const third = (await ask(ana, 'GET', `/api/search?q=kettle&limit=2&page=${second.next}`)).body
    const ids = [first, second, third].flatMap(({ items }) => items.map(({ id }: { id: string }) => id))
    expect(ids).toEqual([made[4], made[3], made[2], made[1], made[0]])
    expect(third.next).toBeNull()
    expect(ids.every((id) => BigInt(id) > 2n ** 53n)).toBe(true)
  })

  it('tells what was edited and deleted since', async () => {
    const start = (await ask(ana, 'GET', '/api/changes')).body.next
    const [a, b] = [await post(ana, 'kettle a'), await post(ana, 'kettle b')]
    await ask(ana, 'PATCH', `/api/posts/${a}`, { text: 'kettle A' })
    await ask(ana, 'DELETE', `/api/posts/${b}`)
    const { items, next, more } = (await ask(ana, 'GET', `/api/changes?since=${start}`)).body
    expect(items).toMatchObject([
      { type: 'edit', post: { id: a, text: 'kettle A' } },
      { type: 'delete', id: b },
    ])
    expect(more).toBe(false)
    expect((await ask(ana, 'GET', `/api/changes?since=${next}`)).body.items).toEqual([])
    expect((await ask(ana, 'GET', `/api/deletions?since=${start}`)).body.items).toMatchObject([{ id: b }])
    expect((await ask(ana, 'GET', '/api/changes?since=9999')).status).toBe(410)
  })

  it('counts requests by token and says when to come back (L4)', async () => {
    for (let n = 0; n < 60; n++) await ask(network.tokens.app, 'GET', '/api/play')
    const refused = await ask(network.tokens.app, 'GET', '/api/play')
    expect(refused).toMatchObject({
      status: 429,
      headers: { 'ratelimit-limit': '60', 'ratelimit-remaining': '0' },
      body: { error: { code: 'slow-down' } },
    })
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0)
    expect((await ask(mia, 'GET', '/api/play')).status).toBe(200)
    clock.pass(Number(refused.headers['retry-after']) * 1000)
    expect((await ask(network.tokens.app, 'GET', '/api/play')).headers['ratelimit-remaining']).toBe('59')
  })

  it('answers nonsense with one JSON shape', async () => {
    const nonsense: [Method, string, object?][] = [
      ['GET', '/api/search'],
      ['GET', '/api/search?q=x&limit=0'],
      ['GET', '/api/search?q=x&page=abc'],
      ['GET', '/api/search?q=x&since=yesterday'],
      ['GET', '/api/changes?since=-1'],
      ['POST', '/api/posts', { text: ' ' }],
      ['POST', '/api/posts', { text: 'k'.repeat(501) }],
      ['POST', '/api/posts', { text: 'x', admin: true }],
      ['GET', `/api/posts?ids=${Array.from({ length: 101 }, (_, n) => n).join(',')}`],
      ['GET', '/api/nowhere'],
    ]
    for (const [method, url, payload] of nonsense) {
      const { status, body } = await ask(ana, method, url, payload)
      expect(status, url).toBeGreaterThanOrEqual(400)
      expect(status, url).toBeLessThan(500)
      expect(body, url).toEqual({ error: { code: expect.any(String), message: expect.any(String) } })
    }
    const broken = await network.app.inject({
      method: 'POST',
      url: '/api/posts',
      headers: { authorization: `Bearer ${ana}`, 'content-type': 'application/json' },
      payload: '{"text":',
    })
    expect(broken.json()).toEqual({ error: { code: 'invalid', message: expect.any(String) } })
  })

  it('shows its conversations on a page that runs nothing (L8)', async () => {
    const root = await post(ana, 'kettle cold')
    await post(mia, 'descale it', { replyTo: root })
    for (const { text } of HOSTILE_TEXTS.filter(({ text }) => text.trim() !== '' && text.length <= 500).slice(0, 25))
      await post(ana, text)
    const page = await network.app.inject('/')
    expect(page.headers['content-security-policy']).toContain("default-src 'none'")
    expect(page.body).not.toMatch(/<(script|img|svg|iframe|textarea)|<b>ana/i)
    expect(page.body).toContain('&lt;script&gt;document.title=')
    expect(page.body.indexOf('descale it')).toBeGreaterThan(page.body.indexOf('kettle cold'))
    const thread = await network.app.inject(`/posts/${root}`)
    expect(thread.body).toContain('descale it')
    expect(thread.body).not.toContain('document.title')
    expect((await network.app.inject('/posts/17')).statusCode).toBe(404)
  })
})
