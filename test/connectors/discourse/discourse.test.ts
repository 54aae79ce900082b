import { createHmac } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { PollInput } from '../../../connectors/connector.ts'
import { adminKeyLinking, userKeyLinking } from '../../../connectors/discourse/linking.ts'
import { type Post, textOf } from '../../../connectors/discourse/shapes.ts'
import { systemRandom } from '../../../src/domain/random.ts'
import { calm, failure, gone, ids, replyWith } from '../stage.ts'
import { ADMIN_KEY } from './server.ts'
import { discourseStage, WEBHOOK_SECRET } from './stage.ts'

const EVERYTHING = { handles: [], words: [], exclude: [] }

let stage: Awaited<ReturnType<typeof discourseStage>>
beforeEach(async () => {
  stage = await discourseStage()
})
afterEach(() => stage.close())

describe('what is particular to Discourse', () => {
  const listening = (listen: Partial<PollInput['listen']>) =>
    stage.connector().poll({
      listen: { handles: [], words: [], exclude: [], ...listen },
      cursor: null,
      maxItems: 100,
      signal: calm(),
    })

  it('takes every post where nothing narrows it down, with a topic’s title, without whispers and small actions', async () => {
    const ana = stage.server.user('ana')
    const first = stage.server.post(ana, 'It stays cold.', { title: 'My kettle' })
    stage.server.post(ana, 'moved this topic', { parent: first, type: 3 })
    const { changes } = await listening({})
    expect(changes).toMatchObject([{ mention: { text: 'My kettle\n\nIt stays cold.', kind: 'item' } }])
    expect(changes).toHaveLength(1)
  })

  it('does not take the words of a quote for its author’s', () => {
    const quoted =
      '<aside class="quote" data-username="ana"><blockquote><p>I hate it</p></blockquote></aside><p>I do not.</p>'
    expect(textOf({ cooked: quoted, post_number: 2 } as Post)).toBe('I do not.')
  })

  it('reads over stretches of ids without a post', async () => {
    const old = stage.server.post(stage.server.user('ana'), 'kettle one')
    for (let n = 0; n < 30; n++) stage.server.remove(stage.server.post(stage.server.user('ana'), `gone ${n}`))
    const recent = stage.server.post(stage.server.user('ana'), 'kettle two')
    expect(ids((await listening({ words: ['kettle'] })).changes).sort()).toEqual([old, recent].sort())
  })

  it('costs what came in the last minute once more, however busy the forum is (L4)', async () => {
    const ana = stage.server.user('ana')
    const connector = stage.connector()
    const input = { listen: EVERYTHING, maxItems: 200, maxRequests: 40, signal: calm() }
    let cursor: string | null = null
    let spent = 0
    for (let minute = 0; minute < 10; minute++) {
      for (let n = 0; n < 30; n++) {
        stage.clock.pass(2_000)
        stage.server.post(ana, `kettle ${minute}-${n}`)
      }
      const before = stage.server.requests()
      const polled = await connector.poll({ ...input, cursor })
      expect([ids(polled.changes).length, polled.state]).toEqual([30, 'drained'])
      ;({ cursor } = polled)
      spent = stage.server.requests() - before
    }
    // Two minutes of thirty posts, seven ids a post, fifty ids a page. With five minutes of overlap it took 27.
    expect(spent).toBeLessThanOrEqual(10)
  })

  it('says when the forum’s moderators look first (43)', async () => {
    stage.server.user('mia').trusted = false
    const to = await stage.post('my kettle is cold')
    const bench = { stage, connector: stage.connector() }
    expect(await replyWith(bench, to)).toMatchObject({ outcome: 'pending', why: expect.stringContaining('moderators') })
  })

  describe('an answer that the forum’s moderators look at first (F6, I3, 43)', () => {
    let to: string
    beforeEach(async () => {
      stage.server.user('mia').trusted = false
      to = await stage.post('my kettle is cold')
    })
    const send = () => replyWith({ stage, connector: stage.connector() }, to)
    const said = { key: 'key-1', text: 'Have you tried descaling it?' }
    const find = (over: Parameters<typeof stage.connector>[0] = {}) =>
      stage.connector(over).findReply({ ...said, to: stage.ref(to), as: stage.as, signal: calm() })

    it('is neither there nor absent while it waits, is found once they release it', async () => {
      await send()
      expect(await find()).toBe('unknown')
      const id = stage.server.release()
      expect(await find()).toMatchObject({ id })
    })

    it('is found when they release it while it is looked for', async () => {
      await send()
      const released: string[] = []
      const releasing = (url: string, init: RequestInit) => {
        if (url.endsWith('/replies.json')) released.push(stage.server.release())
        return fetch(url, init)
      }
      expect(await find({ fetch: releasing })).toMatchObject({ id: released[0] })
    })

    it('is absent once they refused it', async () => {
      await send()
      stage.server.refuse()
      expect(await find()).toBe('absent')
    })

    it('is not taken for absent when the forum’s answer to it was lost', async () => {
      stage.failNext('drop-after')
      expect((await send()).outcome).toBe('unknown')
      expect(await find()).toBe('unknown')
      stage.server.refuse()
      expect(await find()).toBe('absent')
    })

    it.each([403, 404] as const)(
      'is never taken for absent where the forum does not tell what waits (%i)',
      async (status) => {
        stage.server.hideQueue(status)
        await send()
        expect(await find()).toBe('unknown')
        const id = stage.server.release()
        expect(await find()).toMatchObject({ id })
      },
    )

    it('is not taken for absent when they changed its words', async () => {
      await send()
      stage.server.release('Have you tried cleaning it?')
      expect(await find()).toBe('unknown')
    })

    it('does not wait because another topic’s answer does', async () => {
      const other = await stage.post('my toaster is cold')
      await replyWith({ stage, connector: stage.connector() }, other)
      expect(await find()).toBe('absent')
    })
  })

  describe('a topic that was closed to the account', () => {
    let ref: string
    beforeEach(async () => {
      ref = await stage.post('my kettle is cold')
      stage.server.lock(ref)
    })
    const reply = () => replyWith({ stage, connector: stage.connector() }, ref)

    it('is not taken for the account’s own end: the answer is refused, and others go on (35)', async () => {
      expect(await reply()).toMatchObject({ outcome: 'rejected', error: { kind: 'refused', status: 403 } })
      const open = await stage.post('my lamp is dark')
      expect((await replyWith({ stage, connector: stage.connector() }, open)).outcome).toBe('published')
    })

    it('is gone for those who saw it through the account (L7)', async () => {
      const [standing] = await stage.connector().standing([stage.ref(ref)], calm())
      expect(standing).toMatchObject({ gone: true })
    })

    it('is not what a 403 of anybody else says, nor one to the list of its answers: the post stands (L7)', async () => {
      const open = await stage.post('my lamp is dark')
      await stage.post('mine too', { answers: open })
      const behind = (path: RegExp, status: number, body: string) =>
        stage.connector({
          fetch: (url, init) => (path.test(url) ? Promise.resolve(new Response(body, { status })) : fetch(url, init)),
        })
      const ask = (path: RegExp, body: string) => behind(path, 403, body).standing([stage.ref(open)], calm())
      const signIn = JSON.stringify({ errors: ['You need to be logged in to do that.'], error_type: 'not_logged_in' })
      for (const body of ['<html><h1>Forbidden</h1></html>', signIn])
        await expect(ask(/by_number/, body)).rejects.toMatchObject({ kind: 'refused' })
      const noAccess = JSON.stringify({ errors: ['No.'], error_type: 'invalid_access' })
      for (const body of ['<html></html>', signIn, noAccess])
        expect(await ask(/replies\.json/, body)).toMatchObject([{ gone: false, metrics: { replies: 1 }, answers: [] }])
    })

    it('is not told from an ended account while the forum cannot be asked: later, nothing is given up', async () => {
      const halfDown = (url: string, init: RequestInit) =>
        url.includes('/session/') ? Promise.resolve(new Response('', { status: 503 })) : fetch(url, init)
      const bench = { stage, connector: stage.connector({ fetch: halfDown }) }
      expect(await replyWith(bench, ref)).toMatchObject({ outcome: 'rejected', error: { kind: 'network-down' } })
    })

    it('is nothing to an account whose key was taken back', async () => {
      stage.server.user('mia').userKey = 'another'
      expect(await reply()).toMatchObject({ outcome: 'rejected', error: { kind: 'auth' } })
    })
  })

  describe('the people of a forum (P9)', () => {
    const list = (page: string | null = null, over: Parameters<typeof stage.connector>[0] = {}) =>
      stage.connector(over).people!({ page, signal: calm() })
    const person = (handle: string) => stage.connector().person!({ handle, signal: calm() })

    it('are told page by page, the most liked first, without ourselves', async () => {
      for (let n = 0; n < 57; n++) stage.server.user(`helper-${n}`).likes = 100 - n
      const first = await list()
      expect(first.people.slice(0, 2)).toMatchObject([
        { handle: 'helper-0', name: 'helper-0 of the forum', likes: 100, posts: 0 },
        { handle: 'helper-1', likes: 99 },
      ])
      const last = await list(first.next)
      expect(last.next).toBeNull()
      const all = [...first.people, ...last.people].map(({ handle }) => handle)
      expect(new Set(all)).toEqual(new Set(['ana', 'mia', ...Array.from({ length: 57 }, (_, n) => `helper-${n}`)]))
      expect(all).toHaveLength(59)
    })

    it('tell on their own page what they are trusted with; a handle of nobody is nobody', async () => {
      Object.assign(stage.server.user('ana'), { trustLevel: 3, solutions: 12 })
      await stage.post('one answer')
      expect(await person('Ana')).toEqual({
        ...{ id: expect.any(String), handle: 'ana', name: 'ana of the forum' },
        ...{ trustLevel: 3, posts: 1, solutions: 12 },
      })
      expect(await person('nobody')).toBeNull()
      // The forum's own machines have ids below 1.
      Object.assign(stage.server.user('system'), { id: -1 })
      expect(await person('system')).toBeNull()
    })

    it('are asked for by numbered pages alone', async () => {
      const before = stage.requests()
      for (const page of ['one', '-1', '1.5', '']) expect((await failure(list(page))).kind).toBe('refused')
      expect(stage.requests()).toBe(before)
    })

    it('are refused, and the account is not given up, where the forum hides its directory', async () => {
      stage.server.hideDirectory()
      expect(await failure(list())).toMatchObject({ kind: 'refused' })
    })
  })

  it('speaks with the key of whoever speaks, and reads with the brand’s (36)', async () => {
    const to = await stage.post('my kettle is cold')
    const bench = { stage, connector: stage.connector() }
    const before = stage.server.speakers().length
    await replyWith(bench, to)
    await bench.connector.findReply({ to: stage.ref(to), text: 'x', as: stage.as, key: 'k', signal: calm() })
    const spoken = stage.server.speakers().slice(before)
    expect(spoken.length).toBeGreaterThan(1)
    expect(new Set(spoken)).toEqual(new Set(['mia']))
    await bench.connector.standing([stage.ref(to)], calm())
    const read = stage.server.speakers().slice(before + spoken.length)
    expect(new Set(read)).toEqual(new Set(['lumenor']))
  })

  it('takes a post back, and does not mind when it is gone already (47)', async () => {
    const to = await stage.post('my kettle is cold')
    const sent = await replyWith({ stage, connector: stage.connector() }, to)
    if (sent.outcome !== 'published') return expect.fail(sent.outcome)
    await stage.connector().remove?.({ ref: sent.ref, as: stage.as, signal: calm() })
    await stage.connector().remove?.({ ref: sent.ref, as: stage.as, signal: calm() })
    expect(await stage.answersTo(to)).toEqual([])
  })
})

describe('a forum’s webhook (53, 56–60)', () => {
  const deliver = (
    event: string,
    told: unknown,
    { secret = WEBHOOK_SECRET, id = '12', words = [] as string[] } = {},
  ) => {
    const body = Buffer.from(typeof told === 'string' ? told : JSON.stringify(told))
    const headers = {
      'x-discourse-event': event,
      'x-discourse-event-id': id,
      'x-discourse-event-signature': `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`,
    }
    return stage.connector().receive!(
      { method: 'POST', headers, query: {}, body, at: stage.clock.now() },
      { ...EVERYTHING, words },
    )
  }

  it('tells of new, edited and deleted posts under the ids that polls give them (58)', async () => {
    const id = await stage.post('kettle “cold” 🫖')
    expect(deliver('post_created', stage.server.told(id))).toMatchObject({
      type: 'changes',
      changes: [{ type: 'upsert', mention: { ref: { id }, text: 'kettle “cold” 🫖' } }],
    })
    // A source narrowed to words hears them alone (L2).
    expect(deliver('post_created', stage.server.told(id), { words: ['lamp'] })).toMatchObject({
      changes: [{ type: 'unasked', mention: { ref: { id } } }],
    })
    const received = deliver('post_destroyed', stage.server.told(id))
    expect(received.type === 'changes' && gone(received.changes)).toEqual([id])
    expect(deliver('ping', { ping: 'OK' })).toMatchObject({ changes: [] })
    expect(deliver('post_edited', { post: { id: 'x' } })).toMatchObject({ changes: [{ type: 'unreadable' }] })
  })

  it('is one delivery under whatever id, which nobody signed; another body or event is another (54)', async () => {
    const told = stage.server.told(await stage.post('kettle'))
    const idOf = (event: string, body: object, id?: string) => {
      const received = deliver(event, body, { id })
      return received.type === 'changes' ? received.id : expect.fail(received.type)
    }
    const first = idOf('post_created', told, '12')
    expect(idOf('post_created', told, '13')).toBe(first)
    expect(idOf('post_created', told, '')).toBe(first)
    // The body of a post that is deleted, or comes back, may be the one it was created with.
    expect(idOf('post_destroyed', told, '12')).not.toBe(first)
    expect(idOf('post_created', stage.server.told(await stage.post('kettle')), '12')).not.toBe(first)
  })

  it('is unreadable, and says so, when the forum sends a form and not JSON (60)', () => {
    for (const told of ['payload=%7B%7D', '[]'])
      expect(() => deliver('post_created', told)).toThrow(expect.objectContaining({ kind: 'bad-response' }))
  })

  it('is refused when it was signed with another secret, or not at all', async () => {
    const told = stage.server.told(await stage.post('kettle'))
    expect(() => deliver('post_created', told, { secret: 'another' })).toThrow(
      expect.objectContaining({ kind: 'refused' }),
    )
    const body = Buffer.from('{}')
    const unsigned = { method: 'POST', headers: {}, query: {}, body, at: stage.clock.now() }
    expect(() => stage.connector().receive!(unsigned, EVERYTHING)).toThrow(expect.objectContaining({ status: 401 }))
  })
})

describe('linking a Discourse account (F3)', () => {
  const redirectUri = 'https://deputize.example/api/link/discourse'
  const opened = async () => {
    if (userKeyLinking.way !== 'redirect') throw new Error('a form')
    const deps = { fetch, random: systemRandom, clock: stage.clock }
    const app = await userKeyLinking.register?.(stage.server.baseUrl, redirectUri, deps, calm())
    return userKeyLinking.open(app, deps)
  }
  const consent = async (url: string) =>
    Object.fromEntries(new URL((await fetch(url, { redirect: 'manual' })).headers.get('location')!).searchParams)

  it('fetches a member’s own key, sealed for this attempt alone, and gives it back (35)', async () => {
    const linking = await opened()
    const { url, keep } = await linking.begin({ redirectUri, state: 'the-state', signal: calm() })
    const params = await consent(url)
    expect(params.state).toBe('the-state')
    expect(JSON.stringify(params)).not.toContain('key-of-mia')
    const { account, grant } = await linking.finish({ redirectUri, params, keep, signal: calm() })
    expect(account).toEqual({ id: expect.any(String), handle: 'mia' })
    const as = { handle: 'mia', token: linking.tokenOf(grant) }
    const to = stage.ref(await stage.post('my kettle is cold'))
    const say = (text: string) => stage.connector().reply({ to, text, as, key: text, signal: calm() })
    expect((await say('descale it')).outcome).toBe('published')
    await linking.revoke?.(grant, calm())
    expect((await say('and clean it')).outcome).toBe('rejected')
  })

  it('refuses an answer to another attempt (35)', async () => {
    const linking = await opened()
    const [one, other] = [
      await linking.begin({ redirectUri, state: 'a', signal: calm() }),
      await linking.begin({ redirectUri, state: 'b', signal: calm() }),
    ]
    const params = await consent(one.url)
    for (const wrong of [
      { params, keep: other.keep },
      { params: {}, keep: one.keep },
    ])
      expect((await failure(linking.finish({ redirectUri, ...wrong, signal: calm() }))).kind).toBe('refused')
  })

  it('takes an administrator’s key for the brand’s account, and refuses a wrong one', async () => {
    if (adminKeyLinking.way !== 'form') return expect.fail('no form')
    const deps = { fetch, random: systemRandom, clock: stage.clock }
    const values = { baseUrl: stage.server.baseUrl, username: 'lumenor', key: ADMIN_KEY }
    const linked = await adminKeyLinking.link(values, deps, calm())
    expect(linked.account.handle).toBe('lumenor')
    expect((await failure(adminKeyLinking.link({ ...values, key: 'x' }, deps, calm()))).kind).toBe('auth')
  })
})
