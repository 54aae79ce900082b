import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import type { Change, ConnectorError, Cursor, Grant, PollInput } from '../../../connectors/connector.ts'
import { pinterestLinking, SCOPES } from '../../../connectors/pinterest/linking.ts'
import { PINTEREST, pinterestConnector } from '../../../connectors/pinterest/pinterest.ts'
import { DAY, MINUTE } from '../../../src/domain/clock.ts'
import { systemRandom } from '../../../src/domain/random.ts'
import { calm, failure, ids } from '../stage.ts'
import { pinterestStage } from './stage.ts'

let p: Awaited<ReturnType<typeof pinterestStage>>
afterEach(() => p?.close())
const poll = (cursor: Cursor | null = null, more: Partial<PollInput> = {}) =>
  p.connector().poll({
    listen: { handles: [], words: [], exclude: [] },
    cursor,
    maxItems: 100,
    signal: calm(),
    ...more,
  })
const mentions = (changes: Change[]) => changes.flatMap((change) => (change.type === 'upsert' ? [change.mention] : []))
const old = () => ({ at: new Date(p.clock.now().getTime() - 30 * DAY) })

describe('counts of comments on Pinterest (L1, L3, F8)', () => {
  it('are news only when they rise, and lead to the pin', async () => {
    p = await pinterestStage()
    const pin = p.network.pin('Copper kettle', { comments: 3, ...old() })
    const first = await poll()
    expect(first).toMatchObject({ changes: [], state: 'drained', gaps: [] })
    pin.comments = 5
    const second = await poll(first.cursor)
    const link = `https://www.pinterest.com/pin/${pin.id}/`
    expect(mentions(second.changes)).toEqual([
      {
        ref: { network: 'pinterest', instance: 'pinterest.com', id: `${pin.id}:5`, url: link },
        kind: 'item',
        author: { id: 'not-told', handle: 'pinterest' },
        text: '2 new comments on “Copper kettle” (5 now)',
        language: 'en',
        createdAt: p.clock.now(),
        closed: { reason: 'unsupported', link },
      },
    ])
    // The same rise asked for again is the same mention; once it is kept, it is no news.
    expect((await poll(first.cursor)).changes).toEqual(second.changes)
    expect((await poll(second.cursor)).changes).toEqual([])
  })

  it('begin at nothing for a pin made since we listen', async () => {
    p = await pinterestStage()
    const { cursor } = await poll()
    p.clock.pass(MINUTE)
    const pin = p.network.pin('', { comments: 1 })
    expect(mentions((await poll(cursor)).changes)).toMatchObject([
      { ref: { id: `${pin.id}:1` }, text: '1 new comment on “a pin without a title” (1 now)' },
    ])
  })

  it('make another mention when they fell in between', async () => {
    p = await pinterestStage()
    const pin = p.network.pin('Kettle', { comments: 1, ...old() })
    let { cursor } = await poll()
    const seen: string[] = []
    for (const comments of [2, 1, 2, 1, 2]) {
      pin.comments = comments
      const result = await poll(cursor)
      seen.push(...ids(result.changes))
      cursor = result.cursor
    }
    expect(seen).toEqual([`${pin.id}:2`, `${pin.id}:2:1`, `${pin.id}:2:2`])
  })

  it('are told of pins whose titles say a word, where words are given, and of no excluded one (L2)', async () => {
    p = await pinterestStage()
    const listen = { handles: [], words: ['kettle'], exclude: ['guild'] }
    const { cursor } = await poll(null, { listen })
    const [kettle] = ['My kettle', 'My teapot', 'Kettle guild'].map((title) => p.network.pin(title, { comments: 1 }))
    expect(ids((await poll(cursor, { listen })).changes)).toEqual([`${kettle?.id}:1`])
  })

  it('stay untold where Pinterest counts none', async () => {
    p = await pinterestStage()
    const pin = p.network.pin('From 2022', { comments: null })
    const { cursor } = await poll()
    pin.comments = null
    expect((await poll(cursor)).changes).toEqual([])
  })

  it('are read over pages, a few requests and a few mentions at a time (3, 5)', async () => {
    p = await pinterestStage()
    const pins = Array.from({ length: 620 }, (_, n) => p.network.pin(`Kettle ${n}`, { ...old() }))
    let result = await poll(null, { maxRequests: 1 })
    expect(result.state).toBe('more')
    for (let n = 0; n < 5 && result.state === 'more'; n++) result = await poll(result.cursor, { maxRequests: 1 })
    expect(p.requests()).toBe(3)
    const risen = pins.filter((_, n) => n % 100 === 7)
    for (const pin of risen) pin.comments = 1
    const got: string[] = []
    for (let n = 0; n < 20 && (n === 0 || result.state === 'more'); n++) {
      result = await poll(result.cursor, { maxItems: 2 })
      expect(result.changes.length).toBeLessThanOrEqual(2)
      got.push(...ids(result.changes))
    }
    expect(got.toSorted()).toEqual(risen.map(({ id }) => `${id}:1`).toSorted())
  })

  it('begin a round anew when Pinterest has forgotten the place in its list (11)', async () => {
    p = await pinterestStage()
    const pins = Array.from({ length: 300 }, (_, n) => p.network.pin(`Kettle ${n}`, { ...old() }))
    const first = await poll(null, { maxRequests: 1 })
    p.network.remove(pins[50]!.id)
    const second = await poll(first.cursor)
    expect(second).toMatchObject({ changes: [], state: 'drained' })
    pins[299]!.comments = 1
    expect(ids((await poll(second.cursor)).changes)).toEqual([`${pins[299]!.id}:1`])
  })

  it('do not go round for ever when Pinterest keeps giving one page, and tell of it (10)', async () => {
    p = await pinterestStage()
    const pins = Array.from({ length: 300 }, (_, n) => p.network.pin(`Kettle ${n}`, { ...old() }))
    const bookmark = Buffer.from(pins[50]!.id).toString('base64url')
    p.network.meddle((said) => ({ ...said, body: { ...(said.body as object), bookmark } }))
    const { state, gaps } = await poll()
    expect({ state, gaps }).toEqual({ state: 'drained', gaps: [expect.stringContaining('same page')] })
    expect(p.requests()).toBe(2)
  })

  it('refuse a cursor of another make, and ask for an account where there is none (11, 34)', async () => {
    p = await pinterestStage()
    for (const cursor of ['', '42', '{}', '{"v":999}', 'null'])
      expect((await failure(poll(cursor))).kind).toBe('cursor-expired')
    const alone = pinterestConnector({ baseUrl: p.network.baseUrl }, { fetch, random: systemRandom, clock: p.clock })
    const asked = { listen: { handles: [], words: [], exclude: [] }, cursor: null, maxItems: 1, signal: calm() }
    expect((await failure(alone.poll(asked))).kind).toBe('auth')
  })

  it('set a pin aside that cannot be read, once, and not in place of others (22)', async () => {
    p = await pinterestStage()
    const id = await p.post('Kettle')
    p.network.pin('Broken')
    p.network.meddle((said) => JSON.parse(JSON.stringify(said).replace('"title":"Broken"', '"title":7')))
    const first = await poll(null, { maxItems: 1 })
    expect([ids(first.changes), first.state]).toEqual([[id], 'more'])
    const second = await poll(first.cursor, { maxItems: 1 })
    expect(second).toMatchObject({
      changes: [{ type: 'unreadable', reason: expect.stringContaining('title') }],
      state: 'drained',
    })
    expect((await poll(second.cursor)).changes).toEqual([])
  })

  it('add up whatever goes wrong on the way (63)', async () => {
    const step = fc.record({
      pin: fc.nat(4),
      comments: fc.nat(3),
      maxItems: fc.integer({ min: 1, max: 3 }),
      fault: fc.constantFrom(null, 'drop-before', 'drop-after', '503', 'html', 'truncate', '429'),
      diesBeforeCommit: fc.boolean(),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
        p = await pinterestStage()
        try {
          const pins = Array.from({ length: 5 }, (_, n) => p.network.pin(`Kettle ${n}`, { comments: 7, ...old() }))
          let { cursor } = await poll()
          const told = new Map<string, number>()
          const ask = async (maxItems: number, keeps: boolean) => {
            const result = await poll(cursor, { maxItems })
            if (!keeps) return result.state
            cursor = result.cursor
            for (const { ref, text } of mentions(result.changes)) {
              expect(told.has(ref.id)).toBe(false)
              told.set(ref.id, Number.parseInt(text, 10))
            }
            return result.state
          }
          for (const { pin, comments, maxItems, fault, diesBeforeCommit } of steps) {
            pins[pin]!.comments! += comments
            if (fault) p.failNext(fault)
            await ask(maxItems, !diesBeforeCommit).catch((error: ConnectorError) => expect(error.retryable).toBe(true))
            p.failNext()
          }
          while ((await ask(100, true)) === 'more');
          const sumOf = (id: string) =>
            [...told].filter(([of]) => of.startsWith(`${id}:`)).reduce((sum, [, rise]) => sum + rise, 7)
          expect(pins.map(({ id }) => sumOf(id))).toEqual(pins.map(({ comments }) => comments))
        } finally {
          await p.close()
        }
      }),
      { numRuns: 25 },
    )
  })

  it('are asked for and answered as Pinterest’s own description says (67)', async (test) => {
    p = await pinterestStage()
    if (!p.described) return test.skip('Pinterest’s description does not lie beside the checkout')
    await p.post('Kettle')
    await poll()
    expect(p.network.faults).toEqual([])
    await fetch(`${p.network.baseUrl}/v5/pins?page_size=251`)
    expect(p.network.faults).toHaveLength(1)
  })

  it('let nobody answer, and say so', async () => {
    expect(PINTEREST.capabilities).toMatchObject({ reply: null, metrics: [] })
    p = await pinterestStage()
    const sent = await p.connector().reply({ to: p.ref('1:1'), text: 'x', as: p.as, key: 'k', signal: calm() })
    expect(sent).toMatchObject({ outcome: 'rejected', error: { kind: 'refused' } })
    expect(p.requests()).toBe(0)
  })
})

describe('linking an account at Pinterest (F3)', () => {
  const redirectUri = 'https://deputize.example/accounts/linked'
  const open = (app: object = p.network.app) => {
    if (pinterestLinking.way !== 'redirect') throw new Error('another way')
    return pinterestLinking.open(app, { fetch, random: systemRandom, clock: p.clock })
  }
  const link = async (linking = open(), allowed?: string) => {
    const { url, keep } = await linking.begin({ redirectUri, state: 'state-1', signal: calm() })
    expect(new URL(url).searchParams.get('scope')).toBe(SCOPES.join(','))
    const params = p.network.authorize(url, allowed)
    expect(params.state).toBe('state-1')
    return linking.finish({ redirectUri, params, keep, signal: calm() })
  }

  it('brings an account whose grant reads pins, is renewed, and ends when it is taken back', async () => {
    p = await pinterestStage()
    const linking = open()
    const { account, grant } = await link(linking)
    expect(account).toEqual({ id: '2783136121146311751', handle: 'lumenor' })
    expect(grant.scopes).toEqual(SCOPES)
    expect(grant.expiresAt).toEqual(new Date(p.clock.now().getTime() + 30 * DAY - MINUTE))
    const inSixtyDays = () => new Date(p.clock.now().getTime() + 60 * DAY)
    expect(grant.endsAt).toEqual(inSixtyDays())
    const read = (one: Grant) => {
      const reader = { handle: 'lumenor', token: linking.tokenOf(one) }
      const connector = pinterestConnector(
        { baseUrl: p.network.baseUrl },
        { fetch, random: systemRandom, clock: p.clock, reader },
      )
      return connector.poll({
        listen: { handles: [], words: [], exclude: [] },
        cursor: null,
        maxItems: 9,
        signal: calm(),
      })
    }
    expect((await read(grant)).state).toBe('drained')
    p.clock.pass(31 * DAY)
    expect((await failure(read(grant))).kind).toBe('auth')
    const fresh = await linking.refresh!(grant, calm())
    expect((await read(fresh)).state).toBe('drained')
    expect(fresh.endsAt).toEqual(inSixtyDays())
    p.network.takeBack()
    expect((await failure(linking.refresh!(fresh, calm()))).kind).toBe('auth')
    expect(p.network.faults).toEqual([])
  })

  it('keeps a grant through trouble, and blames nobody’s account for our own app', async () => {
    p = await pinterestStage()
    const { grant } = await link()
    p.failNext('503')
    expect((await failure(open().refresh!(grant, calm()))).kind).toBe('bad-response')
    const wrong = open({ ...p.network.app, clientSecret: 'wrong' })
    expect((await failure(wrong.refresh!(grant, calm()))).kind).toBe('refused')
  })

  it('names what was not allowed, and links nothing without a code', async () => {
    p = await pinterestStage()
    expect(await failure(link(open(), 'boards:read,user_accounts:read'))).toMatchObject({
      kind: 'scope',
      message: expect.stringContaining('pins:read'),
    })
    const params = { error: 'access_denied' }
    expect((await failure(open().finish({ redirectUri, params, keep: '', signal: calm() }))).kind).toBe('refused')
  })
})
