import { afterEach, describe, expect, it } from 'vitest'
import type { Change, Cursor, Grant, PollInput } from '../../../connectors/connector.ts'
import { nextMidnightPacific } from '../../../connectors/youtube/api.ts'
import { youtubeLinking } from '../../../connectors/youtube/linking.ts'
import { DAY, HOUR, MINUTE } from '../../../src/domain/clock.ts'
import { systemRandom } from '../../../src/domain/random.ts'
import { calm, failure, ids, replyWith } from '../stage.ts'
import { type YoutubeStage, youtubeStage } from './stage.ts'

let y: YoutubeStage
afterEach(() => y?.close())
const poll = (cursor: Cursor | null = null, more: Partial<PollInput> = {}) =>
  y.connector().poll({
    listen: { handles: ['lumenor'], words: ['kettle'], exclude: [] },
    cursor,
    maxItems: 100,
    signal: calm(),
    ...more,
  })
const mentions = (changes: Change[]) => changes.flatMap((change) => (change.type === 'upsert' ? [change.mention] : []))
const everything = { listen: { handles: [], words: [], exclude: [] } }

describe('comments on YouTube (L1–L4)', () => {
  it('become mentions with everything that is known of them', async () => {
    y = await youtubeStage()
    const id = await y.post('@lumenor my kettle hums')
    await y.like(id)
    expect((await poll()).changes).toEqual([
      {
        type: 'upsert',
        mention: {
          ref: {
            network: 'youtube',
            instance: 'youtube.com',
            id,
            url: `https://www.youtube.com/watch?v=F1UP7wRCPH8&lc=${id}`,
          },
          kind: 'mention',
          author: { id: y.ana.channelId, handle: 'ana' },
          text: '@lumenor my kettle hums',
          createdAt: y.clock.now(),
          metrics: { likes: 1 },
        },
      },
    ])
  })

  it('are all heard where no word is asked for, but for the channel’s own', async () => {
    y = await youtubeStage()
    const id = await y.post('first!')
    y.network.remark(y.brand, 'thank you', { under: id })
    expect(ids((await poll(null, everything)).changes)).toEqual([id])
  })

  it('are heard below old threads too, each reply once', async () => {
    y = await youtubeStage()
    const id = await y.post('kettle one')
    let { cursor } = await poll()
    const got: string[] = []
    for (let hour = 0; hour < 6; hour++) {
      y.clock.pass(HOUR)
      if (hour % 2) await y.post(`kettle of hour ${hour}`)
      const reply = await y.post(`kettle reply ${hour}`, { answers: id })
      const result = await poll(cursor)
      expect(ids(result.changes)).toContain(reply)
      got.push(...mentions(result.changes).flatMap(({ kind, ref }) => (kind === 'reply' ? [ref.id] : [])))
      cursor = result.cursor
    }
    expect(got).toHaveLength(6)
    expect((await poll(cursor)).changes).toEqual([])
  })

  it('are noticed though another reply was deleted meanwhile', async () => {
    y = await youtubeStage()
    const id = await y.post('kettle one')
    const first = await y.post('kettle two', { answers: id })
    const { cursor } = await poll()
    await y.remove(first)
    const second = await y.post('kettle three', { answers: id })
    expect(ids((await poll(cursor)).changes)).toEqual([second])
  })

  it('are read of many threads, a few at a time', async () => {
    y = await youtubeStage()
    const made: string[] = []
    for (let n = 0; n < 12; n++) {
      const id = await y.post(`kettle ${n}`)
      made.push(
        id,
        await y.post(`kettle reply ${n}`, { answers: id }),
        await y.post(`more kettle ${n}`, { answers: id }),
      )
    }
    const got: string[] = []
    let cursor: Cursor | null = null
    let state = 'more'
    for (let n = 0; n < 60 && state === 'more'; n++) {
      const result = await poll(cursor, { maxItems: 5, maxRequests: 3 })
      ;({ cursor, state } = result)
      got.push(...ids(result.changes))
    }
    expect(got.toSorted()).toEqual(made.toSorted())
  })

  it('come from chosen videos as well', async () => {
    y = await youtubeStage({ settings: { channelId: undefined, videos: 'dQw4w9WgXcQ' } })
    await y.post('kettle elsewhere')
    const id = y.network.remark(y.ana, 'kettle here', { video: 'dQw4w9WgXcQ' })
    expect(ids((await poll()).changes)).toEqual([id])
  })

  it('wait for midnight in California when the day’s units are spent (27)', async () => {
    y = await youtubeStage({ units: 1 })
    const id = await y.post('kettle one')
    const { cursor } = await poll()
    expect(await failure(poll(cursor))).toMatchObject({
      kind: 'quota',
      retryAt: new Date('2026-11-22T08:00:00Z'),
      message: expect.not.stringContaining('<a'),
    })
    y.network.newDay()
    expect(ids((await poll()).changes)).toEqual([id])
  })

  it('say when the key is not one (34)', async () => {
    y = await youtubeStage({ settings: { key: 'wrong' } })
    expect((await failure(poll())).kind).toBe('auth')
  })

  it('set one aside that cannot be read (22)', async () => {
    y = await youtubeStage()
    await y.post('kettle one')
    const id = await y.post('kettle two')
    y.network.meddle((_, said) =>
      JSON.parse(JSON.stringify(said).replace('"textDisplay":"kettle one"', '"words":"kettle one"')),
    )
    const { changes } = await poll()
    expect(ids(changes)).toEqual([id])
    expect(changes).toContainEqual(
      expect.objectContaining({ type: 'unreadable', reason: expect.stringContaining('textDisplay') }),
    )
  })

  it('are asked for and answered as YouTube’s own description says (67)', async (test) => {
    y = await youtubeStage()
    if (!y.described) return test.skip('YouTube’s description does not lie beside the checkout')
    const to = await y.post('kettle')
    await poll()
    const sent = await replyWith({ stage: y, connector: y.connector() }, to)
    if (sent.outcome !== 'published') return expect.fail(sent.outcome)
    await y.connector().standing([sent.ref, y.ref(to)], calm())
    await y.connector().remove?.({ ref: sent.ref, as: y.as, signal: calm() })
    expect(y.network.faults).toEqual([])
    await fetch(`${y.network.baseUrl}/youtube/v3/commentThreads?maxResults=101&part=snippet`)
    expect(y.network.faults).toHaveLength(1)
  })
})

describe('answering on YouTube (F6)', () => {
  it('answers a reply in its thread, under the author’s own token (36)', async () => {
    y = await youtubeStage()
    const thread = await y.post('kettle one')
    const to = await y.post('kettle two', { answers: thread })
    const sent = await replyWith({ stage: y, connector: y.connector() }, to, { text: '@ana Try the seal' })
    expect(sent).toMatchObject({ outcome: 'published', ref: { id: expect.stringMatching(`^${thread}\\.`) } })
    expect((await y.answersTo(thread)).at(-1)).toMatchObject({ text: '@ana Try the seal', by: 'mia' })
    expect(new Set(y.network.tokens())).toEqual(new Set(['token-of-mia']))
  })

  it('names what the account did not allow, and takes back only its own (34, 47)', async () => {
    y = await youtubeStage()
    const to = await y.post('kettle one')
    const sent = await replyWith({ stage: y, connector: y.connector() }, to)
    if (sent.outcome !== 'published') return expect.fail(sent.outcome)
    const remove = (ref = sent.ref) => y.connector().remove?.({ ref, as: y.as, signal: calm() })
    await expect(remove(y.ref(to))).rejects.toMatchObject({ kind: 'refused' })
    await remove()
    await remove()
    expect(await y.answersTo(to)).toEqual([])
    y.mia.scope = ''
    expect(await replyWith({ stage: y, connector: y.connector() }, to)).toMatchObject({
      outcome: 'rejected',
      error: { kind: 'scope' },
    })
  })

  it('finds what was sent by hand, by its time', async () => {
    y = await youtubeStage()
    const to = await y.post('kettle one')
    const find = (since?: Date) =>
      y
        .connector()
        .findReply({ key: 'k', to: y.ref(to), text: 'Try the seal', as: y.as, signal: calm(), ...(since && { since }) })
    const since = y.clock.now()
    expect(await find(since)).toBe('absent')
    const id = y.network.remark(y.mia, 'Try the seal, please', { under: to })
    expect([await find(), await find(since), await find(new Date(since.getTime() + MINUTE))]).toEqual([
      'absent',
      expect.objectContaining({ id, words: 'Try the seal, please' }),
      'absent',
    ])
  })
})

describe('linking an account on YouTube (F3)', () => {
  const redirectUri = 'https://deputize.example/back'
  const open = (app: object = {}) => {
    if (youtubeLinking.way !== 'redirect') return expect.fail(youtubeLinking.way)
    const { baseUrl } = y.network
    return youtubeLinking.open(
      { ...y.network.app, baseUrl, tokenUrl: baseUrl, ...app },
      { fetch, random: systemRandom, clock: y.clock },
    )
  }
  const link = async (scope?: string) => {
    const { url, keep } = await open().begin({ redirectUri, state: 's', signal: calm() })
    const params = y.network.authorize(url, y.mia, scope)
    return open().finish({ redirectUri, params, keep, signal: calm() })
  }
  const refresh = (grant: Grant, app: object = {}) => open(app).refresh?.(grant, calm()) ?? expect.fail()

  it('learns the channel, answers in its name, and renews for as long as Google lets it', async () => {
    y = await youtubeStage()
    const { account, grant } = await link()
    expect(account).toEqual({ id: y.mia.channelId, handle: 'mia' })
    expect(grant.expiresAt).toEqual(new Date(y.clock.now().getTime() + HOUR - MINUTE))
    expect(grant.endsAt).toEqual(new Date(y.clock.now().getTime() + 7 * DAY))
    y.clock.pass(2 * HOUR)
    const renewed = await refresh(await refresh(grant))
    expect(renewed).not.toHaveProperty('endsAt') // what was said before holds
    const to = await y.post('kettle')
    const as = { handle: 'mia', token: open().tokenOf(renewed) }
    const sent = await y.connector().reply({ to: y.ref(to), text: 'hi', as, key: 'k', signal: calm() })
    expect(sent.outcome).toBe('published')
  })

  it('tells a grant taken back from trouble, and from our own app’s fault (32)', async () => {
    y = await youtubeStage()
    const { grant } = await link()
    y.failNext('503')
    expect((await failure(refresh(grant))).kind).toBe('bad-response')
    expect((await failure(refresh(grant, { clientSecret: 'wrong' }))).kind).toBe('refused')
    await refresh(grant)
    y.network.takeBack()
    const error = await failure(refresh(grant))
    expect(error.kind).toBe('auth')
    for (const secret of Object.values(JSON.parse(grant.secret)).slice(1))
      expect(JSON.stringify([error, error.stack, error.cause])).not.toContain(secret)
  })

  it('says what is missing: a box not ticked, a code not sent or used (34, 35)', async () => {
    y = await youtubeStage()
    expect(await failure(link('openid'))).toMatchObject({
      kind: 'scope',
      message: expect.stringContaining('tick the box'),
    })
    const finish = (params: Record<string, string>) => open().finish({ redirectUri, params, keep: 'x', signal: calm() })
    expect((await failure(finish({ error: 'access_denied' }))).message).toContain('access_denied')
    expect((await failure(finish({ code: 'used' }))).kind).toBe('refused')
  })
})

describe('midnight in California', () => {
  it.each([
    ['2026-11-21T09:00:00Z', '2026-11-22T08:00:00.000Z'],
    ['2026-07-01T06:59:59.500Z', '2026-07-01T07:00:00.000Z'],
    ['2026-07-01T07:00:00Z', '2026-07-02T07:00:00.000Z'],
  ])('after %s comes at %s', (now, then) => {
    expect(nextMidnightPacific(new Date(now)).toISOString()).toBe(then)
  })
})
