import { createHmac } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Change, Cursor, Delivery, PollInput, PollResult } from '../../../connectors/connector.ts'
import { HOUR } from '../../../src/domain/clock.ts'
import { calm, ids } from '../stage.ts'
import { type InstagramStage, instagramStage, KEYS } from './stage.ts'

const EVERYTHING = { handles: [], words: [], exclude: [] }

let i: InstagramStage
beforeEach(async () => {
  i = await instagramStage()
})
afterEach(() => i.close())
const poll = (cursor: Cursor | null = null, more: Partial<PollInput> = {}) =>
  i.connector().poll({
    listen: { handles: ['lumenor'], words: ['kettle'], exclude: [] },
    cursor,
    maxItems: 100,
    signal: calm(),
    ...more,
  })
const mentions = (changes: Change[]) => changes.flatMap((change) => (change.type === 'upsert' ? [change.mention] : []))

describe('an account on Instagram (L1–L4)', () => {
  it('hears comments, answers and tags with everything that is known of them, but not itself', async () => {
    const top = await i.post('my kettle hums')
    const below = await i.post('@lumenor help', { answers: top })
    i.network.write('lumenor', 'kettle thanks', { under: top })
    i.clock.pass(1_000)
    const tag = i.network.write('ben', 'new in my kitchen', { isTag: true })
    const heard = mentions((await poll()).changes)
    expect(heard.map(({ ref, kind }) => [ref.id, kind])).toEqual([
      [top, 'comment'],
      [below, 'mention'],
      [tag, 'tag'],
    ])
    expect(heard[1]).toMatchObject({
      ref: { url: `${i.network.permalink}c/${top}/r/${below}/` },
      author: { id: 'id-of-ana', handle: 'ana' },
      parent: { id: top },
    })
    expect(heard[2]?.closed).toEqual({ reason: 'unsupported', link: `https://www.instagram.com/p/${tag}/` })
  })

  it('notices answers below old comments, each once, a few at a time', async () => {
    const tops = [await i.post('kettle a'), await i.post('kettle b')]
    let { cursor } = await poll()
    for (let hour = 0; hour < 3; hour++) {
      i.clock.pass(HOUR)
      const made: string[] = []
      for (const top of tops) for (let n = 0; n < 4; n++) made.push(await i.post(`kettle ${n}`, { answers: top }))
      const got: string[] = []
      let state = 'more'
      for (let n = 0; n < 60 && state === 'more'; n++) {
        const result = await poll(cursor, { maxItems: 3, maxRequests: 4 })
        ;({ cursor, state } = result)
        expect(result.changes.length).toBeLessThanOrEqual(3)
        got.push(...ids(result.changes))
      }
      expect(got.toSorted()).toEqual(made.toSorted())
    }
  })

  it('reads on where a comment has more answers than come along, each once, a few at a time', async () => {
    const tops = [await i.post('kettle a'), await i.post('kettle b')]
    const made: string[] = [...tops]
    for (const top of tops) for (let n = 0; n < 120; n++) made.push(await i.post(`kettle ${n}`, { answers: top }))
    const got: string[] = []
    let cursor: Cursor | null = null
    let state = 'more'
    for (let n = 0; n < 100 && state === 'more'; n++) {
      const result: PollResult = await poll(cursor, { maxItems: 30, maxRequests: 4 })
      ;({ cursor, state } = result)
      expect(result.gaps).toEqual([])
      got.push(...ids(result.changes))
    }
    expect(state).toBe('drained')
    expect(got.toSorted()).toEqual(made.toSorted())
    // One more answer does not have everything told again.
    i.clock.pass(HOUR)
    const late = await i.post('kettle late', { answers: tops[0]! })
    expect(ids((await poll(cursor, { maxItems: 1_000 })).changes)).toEqual([late])
  })

  it('says so where a comment has more answers than are ever read', async () => {
    const top = await i.post('kettle')
    for (let n = 0; n < 520; n++) i.network.write('ana', `kettle ${n}`, { under: top })
    const { changes, gaps } = await poll(null, { maxItems: 1_000 })
    expect(changes).toHaveLength(501)
    expect(gaps).toEqual([
      `Under ${i.network.permalink} one comment has more than 500 answers; the others were not read.`,
    ])
  })

  it('leaves out what Meta shows the account no longer, and says so', async () => {
    const top = await i.post('kettle')
    for (let n = 0; n < 60; n++) await i.post(`kettle ${n}`, { answers: top })
    i.network.closed.add(top)
    const { changes, gaps, cursor } = await poll()
    expect(changes).toHaveLength(51)
    const refusal = `What stands under ${i.network.permalink} was not read, for Meta refuses it: `
    expect(gaps).toEqual([expect.stringContaining(refusal)])
    i.network.closed.add(i.network.media)
    i.clock.pass(HOUR)
    await i.post('kettle unheard')
    const tag = i.network.write('ben', 'kettle', { isTag: true })
    const next = await poll(cursor)
    expect(ids(next.changes)).toEqual([tag])
    expect(next.gaps).toEqual([expect.stringContaining(refusal)])
  })
})

describe('answering on Instagram (F6)', () => {
  it('speaks with the token it was given to speak with, and reads with the source’s (36)', async () => {
    i.network.admit('token-to-read')
    const reader = {
      handle: i.as.handle,
      token: JSON.stringify({ accountId: i.network.accountId, token: 'token-to-read' }),
    }
    const connector = i.connector({ reader })
    const to = i.ref(await i.post('kettle one'))
    const before = i.network.tokens().length
    await connector.reply({ to, text: 'Try the seal', as: i.as, key: 'k', signal: calm() })
    await connector.findReply({ to, text: 'Try the seal', as: i.as, key: 'k', signal: calm() })
    const spoken = i.network.tokens().slice(before)
    expect(spoken.length).toBeGreaterThan(2)
    expect(new Set(spoken)).toEqual(new Set(['page-token']))
    await connector.standing([to], calm())
    await connector.poll({
      listen: { handles: [], words: ['kettle'], exclude: [] },
      cursor: null,
      maxItems: 9,
      signal: calm(),
    })
    expect(new Set(i.network.tokens().slice(before + spoken.length))).toEqual(new Set(['token-to-read']))
  })

  it('answers an answer in its thread, takes back its own, and leaves media of others alone (44, 47)', async () => {
    const top = await i.post('kettle one')
    const below = await i.post('kettle two', { answers: top })
    const to = { ...i.ref(below), url: `${i.network.permalink}c/${top}/r/${below}/` }
    const reply = (ref = to) =>
      i.connector().reply({ to: ref, text: '@ana Try it', as: i.as, key: 'k', signal: calm() })
    const sent = await reply()
    if (sent.outcome !== 'published') return expect.fail(sent.outcome)
    expect(i.network.under(top).map(({ id }) => id)).toEqual([below, sent.ref.id])
    expect(await reply()).toMatchObject({ outcome: 'rejected', error: { kind: 'duplicate' } })
    for (let n = 0; n < 2; n++) await i.connector().remove?.({ ref: sent.ref, as: i.as, signal: calm() })
    expect(i.network.under(top).map(({ id }) => id)).toEqual([below])
    const media = {
      ...to,
      id: i.network.write('ben', 'kettle', { isTag: true }),
      url: 'https://www.instagram.com/p/x/',
    }
    expect(await reply(media)).toMatchObject({ outcome: 'rejected', error: { kind: 'refused' } })
    expect(await i.connector().standing([media], calm())).toEqual([])
  })
})

describe('what Instagram pushes (L1, L3)', () => {
  it('is read when it is signed over its bytes, and of this account (53, 60)', () => {
    const value = { id: '179', text: 'Kessel 🫖', from: { id: '7', username: 'ana' }, media: { id: '1' } }
    const entry = (id: string, more: object) => ({
      id,
      time: 1_763_715_600,
      changes: [{ field: 'comments', value: more }],
    })
    const mine = i.network.accountId
    const own = { ...value, from: { id: mine, username: 'lumenor' } }
    const entries = [entry(mine, value), entry('5', value), entry(mine, own), entry(mine, { id: 1 })]
    const body = JSON.stringify({ object: 'instagram', entry: entries })
    const signature = `sha256=${createHmac('sha256', KEYS.appSecret).update(body).digest('hex')}`
    const delivery: Delivery = {
      method: 'POST',
      headers: { 'x-hub-signature-256': signature },
      query: {},
      body: Buffer.from(body),
      at: i.clock.now(),
    }
    expect(i.connector().receive?.(delivery, EVERYTHING)).toMatchObject({
      type: 'changes',
      changes: [{ type: 'upsert', mention: { ref: { id: '179' }, text: 'Kessel 🫖' } }, { type: 'unreadable' }],
    })
    // A source narrowed to words hears them alone (L2).
    expect(i.connector().receive?.(delivery, { ...EVERYTHING, words: ['lamp'] })).toMatchObject({
      changes: [{ type: 'unasked', mention: { ref: { id: '179' } } }, { type: 'unreadable' }],
    })
    expect(() => i.connector().receive?.({ ...delivery, body: Buffer.from(`${body} `) }, EVERYTHING)).toThrow(
      expect.objectContaining({ kind: 'refused' }),
    )
  })
})
