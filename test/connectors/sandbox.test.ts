import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Connector, Cursor } from '../../connectors/connector.ts'
import type { Fetch } from '../../connectors/http.ts'
import { MINUTE } from '../../src/domain/clock.ts'
import { sandboxStage } from './sandbox-stage.ts'
import type { Stage } from './stage.ts'

describe('polling the sandbox network', () => {
  let stage: Stage
  beforeEach(async () => {
    stage = await sandboxStage()
  })
  afterEach(() => stage.close())

  const poll = (connector: Connector, cursor: Cursor | null, maxItems = 100) =>
    connector.poll({
      listen: { handles: ['lumenor'], words: ['kettle'], exclude: [] },
      cursor,
      maxItems,
      signal: new AbortController().signal,
    })
  /** The real network with its search answers changed on the way. */
  const meddling = (change: (page: { items: object[]; next: string | null }) => object): Fetch => {
    return async (url, init) => {
      const response = await fetch(url, init)
      if (!url.includes('/api/search')) return response
      return new Response(JSON.stringify(change((await response.json()) as never)), response)
    }
  }

  it('looks back a day at first (L3, 1)', async () => {
    await stage.post('kettle of last week')
    stage.clock.pass(7 * 24 * 60 * MINUTE)
    const recent = await stage.post('kettle of today')
    const { changes } = await poll(stage.connector(), null)
    expect(changes).toMatchObject([{ type: 'upsert', mention: { ref: { id: recent } } }])
  })

  it('maps a post with everything the network says of it', async () => {
    const id = await stage.post('@Lumenor my kettle hums')
    await stage.like(id)
    const { changes } = await poll(stage.connector(), null)
    expect(changes).toEqual([
      {
        type: 'upsert',
        mention: {
          ref: { network: 'sandbox', instance: 'sandbox', id, url: expect.stringMatching(`/posts/${id}$`) },
          kind: 'mention',
          author: { id: expect.stringMatching(/^\d{19}$/), handle: 'ana', name: 'ana', followers: 0 },
          text: '@Lumenor my kettle hums',
          createdAt: stage.clock.now(),
          metrics: { likes: 1, replies: 0 },
        },
      },
    ])
    expect(BigInt(id)).toBeGreaterThan(2n ** 53n)
  })

  it('sets one unreadable post aside, once, and goes on with the page (L8, 22)', async () => {
    await stage.post('kettle one')
    const bad = { id: 17, text: null }
    const connector = stage.connector({ fetch: meddling((page) => ({ ...page, items: [bad, ...page.items] })) })
    const first = await poll(connector, null)
    expect(first.changes.map(({ type }) => type).sort()).toEqual(['unreadable', 'upsert'])
    expect(first.changes.find(({ type }) => type === 'unreadable')).toMatchObject({
      raw: bad,
      reason: expect.stringContaining('id'),
    })
    expect((await poll(connector, first.cursor)).changes).toEqual([])
  })

  it('stops when the network keeps giving one page, tells of it, and loses nothing by it (8)', async () => {
    for (let n = 0; n < 5; n++) await stage.post(`kettle ${n}`)
    const stuck: Fetch = async (url, init) => {
      const page = await fetch(url.replace(/page=\w+/, ''), init)
      if (!url.includes('/api/search')) return page
      return new Response(JSON.stringify({ ...((await page.json()) as object), next: 'stuck' }), page)
    }
    const first = await poll(stage.connector({ fetch: stuck }), null, 2)
    const second = await poll(stage.connector({ fetch: stuck }), first.cursor, 2)
    expect(first).toMatchObject({ state: 'more', gaps: [] })
    expect(second).toMatchObject({ changes: [], state: 'drained', gaps: [expect.stringContaining('same page')] })
    const well = await poll(stage.connector(), second.cursor)
    const texts = [first, well].flatMap(({ changes }) =>
      changes.map((change) => change.type === 'upsert' && change.mention.text),
    )
    expect(texts.sort()).toEqual(['kettle 0', 'kettle 1', 'kettle 2', 'kettle 3', 'kettle 4'])
  })

  it('goes on behind an empty page that is not the last (9)', async () => {
    const id = await stage.post('kettle one')
    let asked = 0
    const connector = stage.connector({
      fetch: meddling((page) => {
        asked += 1
        return asked === 1 ? { items: [], next: '9223372036854775807' } : page
      }),
    })
    expect((await poll(connector, null)).changes).toMatchObject([{ mention: { ref: { id } } }])
  })

  it('is not made deaf by a post that claims to be from the future (14)', async () => {
    await stage.post('kettle one')
    const liar = meddling((page) => ({
      ...page,
      items: page.items.map((item) => ({ ...item, createdAt: '2200-01-01T00:00:00Z' })),
    }))
    const { cursor } = await poll(stage.connector({ fetch: liar }), null)
    stage.clock.pass(10 * MINUTE)
    const next = await stage.post('kettle two')
    expect((await poll(stage.connector(), cursor)).changes).toMatchObject([{ mention: { ref: { id: next } } }])
  })

  it('refuses an answer of another shape, and stays where it was (22)', async () => {
    const id = await stage.post('kettle one')
    const drifted = stage.connector({ fetch: meddling(({ items }) => ({ posts: items })) })
    await expect(poll(drifted, null)).rejects.toMatchObject({ kind: 'bad-response' })
    expect((await poll(stage.connector(), null)).changes).toMatchObject([{ mention: { ref: { id } } }])
  })

  it('says so when the network began anew and its place means nothing there (10)', async () => {
    const id = await stage.post('kettle one')
    await poll(stage.connector(), null)
    await stage.remove(id)
    const { cursor } = await poll(stage.connector(), null)
    const anew = await sandboxStage()
    await expect(poll(anew.connector(), cursor)).rejects.toMatchObject({ kind: 'cursor-expired' })
    await anew.close()
  })

  it('keeps what it has when its allowance ends in the middle of a burst (L4, 28)', async () => {
    const poor = await sandboxStage({ allowance: { limit: 4, windowMs: MINUTE } })
    // The stage's own accounts use other tokens, with an allowance of their own.
    const made = [await poor.post('kettle 1'), await poor.post('kettle 2'), await poor.post('kettle 3')]
    const first = await poll(poor.connector(), null, 1)
    const second = await poll(poor.connector(), first.cursor, 1)
    expect([first.state, second.state]).toEqual(['more', 'more'])
    await expect(poll(poor.connector(), second.cursor, 1)).rejects.toMatchObject({ kind: 'rate-limited' })
    poor.clock.pass(MINUTE)
    const third = await poll(poor.connector(), second.cursor, 1)
    const got = [first, second, third].flatMap(({ changes }) => changes)
    expect(got.map((change) => change.type === 'upsert' && change.mention.ref.id).sort()).toEqual(made)
    await poor.close()
  })
})
