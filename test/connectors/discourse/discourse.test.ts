import { createHmac } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { PollInput } from '../../../connectors/connector.ts'
import { adminKeyLinking, userKeyLinking } from '../../../connectors/discourse/linking.ts'
import { LatestPosts, Post, textOf } from '../../../connectors/discourse/shapes.ts'
import { sharedFile } from '../../shared.ts'
import { connectorContract } from '../contract.ts'
import { calm, failure, gone, ids, replyWith } from '../stage.ts'
import { ADMIN_KEY } from './server.ts'
import { discourseStage, WEBHOOK_SECRET } from './stage.ts'

connectorContract('Discourse', discourseStage)

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

  it('says when the forum’s moderators look first (43)', async () => {
    stage.server.user('mia').trusted = false
    const to = await stage.post('my kettle is cold')
    const bench = { stage, connector: stage.connector() }
    expect(await replyWith(bench, to)).toMatchObject({ outcome: 'pending', why: expect.stringContaining('moderators') })
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
  const deliver = (event: string, told: unknown, secret = WEBHOOK_SECRET) => {
    const body = Buffer.from(JSON.stringify(told))
    const headers = {
      'x-discourse-event': event,
      'x-discourse-event-id': '12',
      'x-discourse-event-signature': `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`,
    }
    return stage.connector().receive!({ method: 'POST', headers, query: {}, body, at: stage.clock.now() })
  }

  it('tells of new, edited and deleted posts under the ids that polls give them (58)', async () => {
    const id = await stage.post('kettle “cold” 🫖')
    expect(deliver('post_created', stage.server.told(id))).toMatchObject({
      type: 'changes',
      id: '12',
      changes: [{ type: 'upsert', mention: { ref: { id }, text: 'kettle “cold” 🫖' } }],
    })
    const received = deliver('post_destroyed', stage.server.told(id))
    expect(received.type === 'changes' && gone(received.changes)).toEqual([id])
    expect(deliver('ping', { ping: 'OK' })).toMatchObject({ changes: [] })
    expect(deliver('post_edited', { post: { id: 'x' } })).toMatchObject({ changes: [{ type: 'unreadable' }] })
  })

  it('is refused when it was signed with another secret, or not at all', async () => {
    const told = stage.server.told(await stage.post('kettle'))
    expect(() => deliver('post_created', told, 'another')).toThrow(expect.objectContaining({ kind: 'refused' }))
    const body = Buffer.from('{}')
    const unsigned = { method: 'POST', headers: {}, query: {}, body, at: stage.clock.now() }
    expect(() => stage.connector().receive!(unsigned)).toThrow(expect.objectContaining({ status: 401 }))
  })
})

describe('linking a Discourse account (F3)', () => {
  const redirectUri = 'https://deputize.example/api/link/discourse'
  const opened = async () => {
    if (userKeyLinking.way !== 'redirect') throw new Error('a form')
    const deps = { fetch, clock: stage.clock }
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
    const deps = { fetch, clock: stage.clock }
    const values = { baseUrl: stage.server.baseUrl, username: 'lumenor', key: ADMIN_KEY }
    const linked = await adminKeyLinking.link(values, deps, calm())
    expect(linked.account.handle).toBe('lumenor')
    expect((await failure(adminKeyLinking.link({ ...values, key: 'x' }, deps, calm()))).kind).toBe('auth')
  })
})

describe('recorded answers of real forums (23)', () => {
  const list = sharedFile('specs/discourse/fixtures/posts_latest.json')
  const one = sharedFile('specs/discourse/fixtures/post.json')
  it.skipIf(!list || !one)('read', () => {
    const { latest_posts: posts } = LatestPosts.parse(JSON.parse(readFileSync(list!, 'utf8')))
    expect(posts.length).toBeGreaterThan(0)
    for (const post of posts) Post.parse(post)
    expect(textOf(Post.parse(JSON.parse(readFileSync(one!, 'utf8'))))).toContain('first paragraph')
  })
})
