import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { askForEach } from '../../../connectors/linkedin/api.ts'
import { LINKEDIN, linkedinConnector } from '../../../connectors/linkedin/linkedin.ts'
import { VERSION } from '../../../connectors/linkedin/settings.ts'
import { aboveOf, pageOf } from '../../../connectors/linkedin/urns.ts'
import { DAY, HOUR, MINUTE } from '../../../src/domain/clock.ts'
import { systemRandom } from '../../../src/domain/random.ts'
import { calm, failure, gone, ids, replyWith } from '../stage.ts'
import { type LinkedInStage, linkedinStage, mentions } from './stage.ts'
import { ANA, ORGANISATION, showNotification } from './world.ts'

let l: LinkedInStage
beforeEach(async () => {
  l = await linkedinStage()
})
afterEach(async () => {
  // What a real server would have refused, or the stage did not foresee.
  expect(l.network.bugs).toEqual([])
  await l.close()
})
const poll: LinkedInStage['poll'] = (...asked) => l.poll(...asked)
const everything = { listen: { handles: [], words: [], exclude: [] } }
const paths = () => l.network.heard.map(({ path }) => path.split('/')[2])

describe('an organisation on LinkedIn (L1–L4)', () => {
  it('hears comments, who mentions it and who shares its posts, with everything that is known of them', async () => {
    const comment = await l.post('my kettle hums')
    const below = await l.post('mine too, kettle', { answers: comment })
    await l.like(comment)
    l.clock.pass(1)
    const named = l.world.mention(ANA, 'Thank you, Lumenor')
    l.clock.pass(1)
    const shared = l.world.mention(ANA, 'What a kettle', { action: 'SHARE' })
    l.world.like()
    const heard = mentions((await poll()).changes)
    expect(heard.map(({ ref, kind }) => [ref.id, kind])).toEqual([
      [comment, 'comment'],
      [below, 'reply'],
      [named.share, 'mention'],
      [shared.share, 'quote'],
    ])
    const at = { network: 'linkedin', instance: 'linkedin.com' }
    const page = `https://www.linkedin.com/feed/update/${l.news.activity}/`
    expect(heard[0]).toEqual({
      ref: { ...at, id: comment, url: pageOf(comment) },
      kind: 'comment',
      author: { id: ANA.urn, handle: 'Somebody on LinkedIn' },
      text: 'my kettle hums',
      parent: { ...at, id: l.news.activity, url: page },
      root: { ...at, id: l.news.activity, url: page },
      createdAt: new Date('2026-11-21T09:00:00.001Z'),
      metrics: { likes: 1, replies: 1 },
    })
    expect(heard[1]).toMatchObject({ parent: { id: comment }, root: { id: comment } })
    expect(aboveOf(heard[1]!.ref)).toBe(comment)
    expect(heard[2]).toMatchObject({ text: 'Thank you, Lumenor', author: { id: ANA.urn } })
  })

  it('hears all where no word is asked for, but for its own', async () => {
    const id = await l.post('hello')
    l.world.comment(ORGANISATION, 'Hello', l.world.find(id)!)
    expect(ids((await poll(null, everything)).changes)).toEqual([id])
  })

  it('hears a call by name as a mention', async () => {
    await l.post('Lumenor, where is my order?')
    expect(mentions((await poll()).changes)).toMatchObject([{ kind: 'mention' }])
  })

  it('reads the post itself where its notification does not tell the words', async () => {
    l.world.mention(ANA, 'Hello @[Lumenor](urn:li:organization:5509810), {hashtag|\\#|kettles} \\(two\\) \\* 50%', {
      brief: true,
    })
    expect(mentions((await poll()).changes)).toMatchObject([{ text: 'Hello Lumenor, #kettles (two) * 50%' }])
  })

  it('tells of edits and deletions as LinkedIn notifies of them', async () => {
    const [kept, lost] = [await l.post('kettle one'), await l.post('kettle two')]
    const first = await poll()
    await l.edit?.(kept, 'kettle one, mended')
    await l.remove(lost)
    const second = await poll(first.cursor)
    expect(mentions(second.changes)).toMatchObject([{ ref: { id: kept }, text: 'kettle one, mended' }])
    expect(gone(second.changes)).toEqual([lost])
  })

  it('takes the notification’s own words for a comment that is not found under its post', async () => {
    const top = await l.post('kettle')
    l.network.meddle(({ path, search }, said) =>
      path.includes('/comments') && search.includes('ids=')
        ? { status: 200, body: { results: {}, errors: {} } }
        : path.includes('/comments/')
          ? { status: 404, body: { status: 404, message: 'not found' } }
          : said,
    )
    const heard = mentions((await poll()).changes)
    expect(heard).toMatchObject([{ ref: { id: top }, text: 'kettle', author: { id: ANA.urn }, kind: 'comment' }])
  })

  it('notices comments that no notification tells of, each once, a few at a time', async () => {
    const hidden = ['one', 'two', 'three'].map((text) => l.world.publish(ORGANISATION, text, { isPublic: false }))
    l.write('kettle of before', { under: hidden[0]! })
    l.clock.pass(HOUR)
    let { cursor, changes } = await poll()
    expect(changes).toEqual([])
    const [made, got]: [string[], string[]] = [[], []]
    for (let hour = 0; hour < 3; hour++) {
      l.clock.pass(HOUR)
      for (const under of hidden) for (let n = 0; n < 4; n++) made.push(l.write(`kettle ${n}`, { under }))
      made.push(await l.post('kettle in the open'))
      let state = 'more'
      for (let n = 0; n < 60 && state === 'more'; n++) {
        const result = await poll(cursor, { maxItems: 3, maxRequests: 4 })
        ;({ cursor, state } = result)
        expect(result.changes.length).toBeLessThanOrEqual(3)
        got.push(...ids(result.changes))
      }
      expect(state).toBe('drained')
    }
    expect(got.toSorted()).toEqual(made.toSorted())
    expect((await poll(cursor)).changes).toEqual([])
  })

  it('gives a comment once that a look found before its notification came', async () => {
    let { cursor } = await poll()
    l.clock.pass(HOUR)
    const late = await l.postLate?.('kettle', MINUTE)
    const second = await poll(cursor)
    expect(ids(second.changes)).toEqual([late])
    l.clock.pass(2 * MINUTE)
    cursor = (await poll(second.cursor)).cursor
    l.clock.pass(HOUR)
    expect((await poll(cursor)).changes).toEqual([])
  })

  it('asks little: once where nothing happened, and every quarter of an hour for counts', async () => {
    let { cursor } = await poll()
    l.network.heard.length = 0
    for (let n = 0; n < 16; n++) {
      l.clock.pass(MINUTE)
      cursor = (await poll(cursor)).cursor
    }
    expect(paths().filter((path) => path === 'organizationalEntityNotifications')).toHaveLength(16)
    expect(paths().filter((path) => path !== 'organizationalEntityNotifications')).toEqual(['posts', 'socialMetadata'])
  })

  it('reads the comments of a page with one request a post', async () => {
    for (let n = 0; n < 30; n++) await l.post(`kettle ${n}`)
    expect((await poll()).changes).toHaveLength(30)
    expect(paths().filter((path) => path === 'socialActions')).toHaveLength(1)
  })

  it('goes on though it may make only one request a poll', async () => {
    const made: string[] = []
    for (let n = 0; n < 5; n++) {
      const under = l.world.publish(ORGANISATION, `news ${n}`)
      made.push(l.write('kettle', { under }))
    }
    const got: string[] = []
    let { cursor, changes } = await poll(null, { maxRequests: 1 })
    got.push(...ids(changes))
    for (let n = 0; n < 12 && got.length < 5; n++) {
      ;({ cursor, changes } = await poll(cursor, { maxRequests: 1 }))
      got.push(...ids(changes))
    }
    expect(got.toSorted()).toEqual(made.toSorted())
  })

  it('tells of a gap where LinkedIn keeps notifications no longer', async () => {
    const { cursor } = await poll()
    l.clock.pass(70 * DAY)
    const id = await l.post('kettle')
    const { gaps, changes } = await poll(cursor)
    expect(gaps).toEqual([expect.stringMatching(/keeps notifications for 60 days.*before 2026-12-01/)])
    expect(ids(changes)).toEqual([id])
  })

  it('reads on past the telling of a gap: what LinkedIn does keep is still to be had', async () => {
    l.clock.pass(70 * DAY)
    const made = [await l.post('kettle one'), await l.post('kettle two'), await l.post('kettle three')]
    const since = new Date(l.clock.now().getTime() - 65 * DAY)
    const first = await poll(null, { since, maxItems: 1 })
    expect([first.state, first.gaps]).toEqual(['more', [expect.stringContaining('60 days')]])
    const got = ids(first.changes)
    for (let { cursor, state } = first; state === 'more'; ) {
      const next = await poll(cursor, { since, maxItems: 1 })
      got.push(...ids(next.changes))
      ;({ cursor, state } = next)
    }
    expect(got.toSorted()).toEqual(made.toSorted())
  })

  it('sets a notification aside that cannot be read, and hears the rest (22)', async () => {
    const id = await l.post('kettle')
    await l.post('kettle')
    l.network.meddle(({ path }, said) => {
      if (!path.endsWith('Notifications') || said.status !== 200) return said
      const body = JSON.parse(JSON.stringify(said.body)) as { elements: { lastModifiedAt: unknown }[] }
      body.elements[0]!.lastModifiedAt = 'yesterday'
      return { ...said, body }
    })
    const { changes } = await poll()
    expect(changes.map(({ type }) => type)).toEqual(['upsert', 'unreadable'])
    expect(ids(changes)).toEqual([id])
  })

  it('is not misled by a page full of nonsense', async () => {
    const junk = [null, 7, 'x', [], {}, { action: 'COMMENT' }, { notificationId: 1, action: {}, lastModifiedAt: 1e300 }]
    l.network.meddle(({ path }, said) =>
      path.endsWith('Notifications') ? { status: 200, body: { elements: junk } } : said,
    )
    const { changes, state } = await poll(null, everything)
    expect(changes.every(({ type }) => type === 'unreadable')).toBe(true)
    expect(state).toBe('drained')
  })

  it('never reads a list without an end for ever (10)', async () => {
    const id = await l.post('kettle')
    const [told] = l.world.notified()
    l.network.meddle(({ path, query }, said) => {
      if (!path.endsWith('Notifications')) return said
      const elements = Array.from({ length: Number(query.get('count')) }, () => showNotification(told!))
      return { status: 200, body: { elements } }
    })
    let result = await poll()
    expect(ids(result.changes)).toEqual([id])
    const gaps = [...result.gaps]
    for (let n = 0; n < 10 && gaps.length === 0; n++) {
      result = await poll(result.cursor)
      gaps.push(...result.gaps)
    }
    expect(gaps).toEqual([expect.stringContaining('has no end')])
  })

  it('reads with the organisation alone', async () => {
    const person = linkedinConnector(l.settings, { fetch, random: systemRandom, clock: l.clock, reader: l.mia })
    const nobody = linkedinConnector(l.settings, { fetch, random: systemRandom, clock: l.clock, reader: null })
    const asked = { ...everything, cursor: null, maxItems: 1, signal: calm() }
    expect(await failure(person.poll(asked))).toMatchObject({
      kind: 'refused',
      message: expect.stringContaining('brand’s account'),
    })
    expect((await failure(nobody.poll(asked))).kind).toBe('auth')
  })
})

describe('what LinkedIn refuses (L4)', () => {
  const refusing = (status: number, body: object) => l.network.meddle(() => ({ status, body: { status, ...body } }))

  it('waits for midnight, UTC, once a day’s requests are spent (27)', async () => {
    const message = 'Resource level throttle APPLICATION DAY limit for calls to this resource is reached.'
    refusing(429, { serviceErrorCode: 101, code: 'TOO_MANY_REQUESTS', message })
    expect(await failure(poll())).toMatchObject({ kind: 'quota', retryAt: new Date('2026-11-22T00:00:00Z') })
  })

  it('waits a minute after too many comments in one', async () => {
    const to = await l.post('kettle')
    l.network.meddle(({ method }, said) =>
      method === 'POST'
        ? {
            status: 429,
            body: {
              status: 429,
              code: 'TOO_MANY_REQUESTS',
              message: 'Comment create throttled: creation rate limit exceeded for member',
            },
          }
        : said,
    )
    expect(await replyWith({ stage: l, connector: l.connector() }, to)).toMatchObject({
      outcome: 'rejected',
      error: { kind: 'rate-limited', retryAt: new Date(l.clock.now().getTime() + MINUTE) },
    })
  })

  it('names the version that ended, and what to do', async () => {
    l.network.sunset('202710')
    const error = await failure(poll())
    expect(error.kind).toBe('refused')
    expect(error.message).toBe(
      `LinkedIn no longer answers to version ${VERSION} of its API: put a newer one, such as of last month, into the settings.`,
    )
    const newer = LINKEDIN.open?.(
      { version: '202710', baseUrl: l.network.baseUrl },
      { fetch, random: systemRandom, clock: l.clock, reader: l.as },
    )
    expect((await newer?.poll({ ...everything, cursor: null, maxItems: 1, signal: calm() }))?.state).toBe('drained')
    expect(() => LINKEDIN.open?.({ version: 'latest' }, { fetch, random: systemRandom, clock: l.clock })).toThrow(
      /year and a month/,
    )
  })

  it.each([
    [401, 'EXPIRED_ACCESS_TOKEN', 'The token used in the request has expired', 'auth'],
    [403, 'ACCESS_DENIED', 'Not enough permissions to access: organizationalEntityNotifications.FINDER', 'scope'],
    [403, 'FORBIDDEN', 'member is unauthorized', 'refused'],
    [500, 'INTERNAL_SERVER_ERROR', 'oops', 'bad-response'],
  ])('tells %i %s as %s (33, 34)', async (status, code, message, kind) => {
    refusing(status, { code, message })
    expect((await failure(poll())).kind).toBe(kind)
  })

  it('asks for one after another where it may not ask for many', async () => {
    l.network.demote()
    const made = [await l.post('kettle one'), await l.post('kettle two'), await l.post('kettle three')]
    expect(ids((await poll()).changes)).toEqual(made)
    await l.remove(made[1]!)
    const standings = await l.connector().standing(made.map(l.ref), calm())
    expect(standings.map(({ gone }) => gone)).toEqual([false, true, false])
  })

  it('takes a post that is closed to us for neither gone nor uncounted', async () => {
    l.network.meddle(({ path }, said) =>
      path.includes('socialMetadata') ? { status: 403, body: { status: 403, code: 'FORBIDDEN' } } : said,
    )
    const ref = l.ref(await l.post('kettle'))
    expect(await l.connector().standing([ref], calm())).toEqual([{ ref, gone: false, metrics: {}, answers: [] }])
  })

  it('escapes what stands in addresses, and nothing of Rest.li’s own', async () => {
    await askForEach(
      { fetch, random: systemRandom, clock: l.clock },
      { baseUrl: l.network.baseUrl, version: VERSION, token: 'token-of-lumenor' },
      { path: 'socialMetadata', keys: ['urn:li:comment:(urn:li:activity:1,2)', 'urn:li:share:3'], signal: calm() },
    )
    expect(l.network.heard.at(-1)?.search).toBe(
      '?ids=List(urn%3Ali%3Acomment%3A%28urn%3Ali%3Aactivity%3A1%2C2%29,urn%3Ali%3Ashare%3A3)',
    )
  })
})
