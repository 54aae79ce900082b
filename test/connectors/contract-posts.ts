import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { type Connector, type Cursor, NETWORKS, type PollResult } from '../../connectors/connector.ts'
import { DAY, MINUTE } from '../../src/domain/clock.ts'
import { calm, drain, ids, LISTEN, type ListeningStage, pollWith } from './stage.ts'

/** Cases 2–20 of the contract that want posts with words, authors and an order. */
export function postContract(open: () => Promise<ListeningStage>): void {
  describe('posts (L3)', () => {
    let stage: ListeningStage
    let connector: Connector
    beforeEach(async () => {
      stage = await open()
      connector = stage.connector()
    })
    afterEach(() => stage.close())
    const poll = (cursor: Cursor | null, maxItems?: number) => pollWith(connector, cursor, maxItems)

    it('gives posts oldest first, and those that name us where it tells of them (2)', async () => {
      const named = connector.capabilities.listen.mentions ? '@lumenor two' : 'kettle two'
      const made = [await stage.post('kettle one'), await stage.post(named), await stage.post('kettle three')]
      expect(ids((await poll(null)).changes)).toEqual(made)
    })

    it('finishes an older burst before it turns to what came meanwhile (5)', async () => {
      const burst: string[] = []
      for (let n = 0; n < 6; n++) burst.push(await stage.post(`kettle ${n}`))
      const first = await poll(null, 4)
      stage.clock.pass(MINUTE)
      const newer = await stage.post('kettle newest')
      const second = await poll(first.cursor, 2)
      expect([...ids(first.changes), ...ids(second.changes)].toSorted()).toEqual(burst.toSorted())
      expect(ids((await drain(connector, second.cursor)).changes)).toEqual([newer])
    })

    it('finds a post that turns up behind newer ones (6)', async () => {
      const late = await stage.postLate!('kettle late', 2 * MINUTE)
      const early = await stage.post('kettle on time')
      const first = await poll(null)
      expect(ids(first.changes)).toEqual([early])
      stage.clock.pass(3 * MINUTE)
      expect(ids((await poll(first.cursor)).changes)).toEqual([late])
    })

    it('looks back when it is asked to listen to something else, however much there is (L2)', async () => {
      const others: string[] = []
      for (let n = 0; n < 7; n++) others.push(await stage.post(`my teapot broke ${n}`))
      stage.clock.pass(30 * MINUTE)
      const kettle = await stage.post('my kettle broke')
      const first = await poll(null)
      expect(ids(first.changes)).toEqual([kettle])
      const { changes } = await drain(connector, first.cursor, 3, { handles: [], words: ['teapot'], exclude: [] })
      expect(ids(changes).toSorted()).toEqual(others.toSorted())
    })

    it('gives a long post whole (16)', async () => {
      const { reply } = connector.capabilities
      const text = 'kettle '.padEnd(reply?.maxLength ?? 30_000, 'é')
      await stage.post(text)
      expect((await poll(null)).changes).toMatchObject([{ type: 'upsert', mention: { text } }])
    })

    it('keeps ids, words and ties as they are (12, 13, 20)', async () => {
      const text = 'kettle 👩‍👩‍👧‍👦 שלום «é» &lt;b&gt; <b>b</b> "q" \\u0000'
      const root = await stage.post(text)
      const answer = await stage.post('kettle indeed', { answers: root })
      const mentions = (await poll(null)).changes.flatMap((change) =>
        change.type === 'upsert' ? [change.mention] : [],
      )
      expect(mentions.map(({ ref }) => ref.id)).toEqual([root, answer])
      expect(mentions[0]?.text).toBe(text)
      expect(mentions[1]).toMatchObject({ parent: { id: root } })
      // Not every network tells where a conversation began.
      expect(mentions[1]?.root?.id ?? root).toBe(root)
      for (const { ref, author } of mentions) {
        expect(typeof ref.id).toBe('string')
        expect(NETWORKS).toContain(ref.network)
        expect(author.id).not.toBe('')
      }
    })
  })
}

/** Case 18 of the contract. */
export function editContract(open: () => Promise<ListeningStage>): void {
  it('gives an edited post again with its new words (18)', async () => {
    const stage = await opened(open)
    const connector = stage.connector()
    const id = await stage.post('kettle cold')
    const first = await pollWith(connector, null)
    await stage.edit!(id, 'kettle works again')
    const [change, ...more] = (await pollWith(connector, first.cursor)).changes
    expect(change).toMatchObject({ type: 'upsert', mention: { ref: { id }, text: 'kettle works again' } })
    expect(more).toEqual([])
  })
}

/** Older posts, asked for on purpose. */
export function historyContract(open: () => Promise<ListeningStage>): void {
  it('looks back to the day it is told, without repeating anything, and says how far it has come (L3)', async () => {
    const stage = await opened(open)
    const connector = stage.connector()
    const since = new Date(stage.clock.now().getTime() - MINUTE)
    const old: string[] = []
    for (let n = 0; n < 9; n++) old.push(await stage.post(`kettle ${n}`))
    stage.clock.pass(3 * DAY)
    const recent = await stage.post('kettle of today')
    expect(ids((await drain(connector, null)).changes)).toEqual([recent])

    const [found, reached]: [string[], number[]] = [[], []]
    for (let cursor: Cursor | null = null; reached.at(-1) !== since.getTime(); ) {
      const page: PollResult = await connector.poll({ listen: LISTEN, cursor, since, maxItems: 3, signal: calm() })
      found.push(...ids(page.changes))
      reached.push(page.reached?.getTime() ?? Number.NaN)
      cursor = page.cursor
      expect(reached.length).toBeLessThan(50)
    }
    expect(found.toSorted()).toEqual([recent, ...old].sort())
    expect(reached).toEqual(reached.toSorted((a, b) => b - a))
    expect(reached[0]).toBeGreaterThan(since.getTime())
  })
}

async function opened(open: () => Promise<ListeningStage>): Promise<ListeningStage> {
  const stage = await open()
  onTestFinished(() => stage.close())
  return stage
}
