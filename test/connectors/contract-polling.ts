import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Connector, type Cursor, looksBack, NETWORKS, type PollResult } from '../../connectors/connector.ts'
import { DAY, MINUTE } from '../../src/domain/clock.ts'
import { calm, drain, failure, gone, ids, LISTEN, pollWith, type Stage } from './stage.ts'

/** Cases 1–20 of the contract: what a poll gives. */
export function pollingContract(open: () => Promise<Stage>): void {
  describe('polling (L3)', () => {
    let stage: Stage
    let connector: Connector
    beforeEach(async () => {
      stage = await open()
      connector = stage.connector()
    })
    afterEach(() => stage.close())
    const poll = (cursor: Cursor | null, maxItems?: number) => pollWith(connector, cursor, maxItems)

    it('gives a cursor even when there is nothing (1)', async () => {
      const first = await poll(null)
      expect(first).toMatchObject({ changes: [], state: 'drained', gaps: [] })
      expect((await poll(first.cursor)).changes).toEqual([])
    })

    it('gives each post once, oldest first, and nothing at the second asking (2)', async () => {
      const made = [await stage.post('kettle one'), await stage.post('@lumenor two'), await stage.post('kettle three')]
      await stage.post('something else')
      const first = await poll(null)
      expect(ids(first.changes)).toEqual(made)
      const again = await poll(first.cursor)
      expect(again.changes).toEqual([])
      expect((await poll(again.cursor)).cursor).toBe(again.cursor)
    })

    it.each([1, 3, 7, 100])('gives all of a burst, each once, %i at a time (3, 5)', async (maxItems) => {
      const made: string[] = []
      for (let n = 0; n < 23; n++) made.push(await stage.post(`kettle ${n}`))
      const first = await poll(null, maxItems)
      expect(first.changes.length).toBeLessThanOrEqual(maxItems)
      expect(first.state).toBe(maxItems < 23 ? 'more' : 'drained')
      const rest = await drain(connector, first.cursor, maxItems)
      expect([...ids(first.changes), ...ids(rest.changes)].sort()).toEqual(made.toSorted())
    })

    it('finishes an older burst before it turns to what came meanwhile (5)', async () => {
      for (let n = 0; n < 6; n++) await stage.post(`kettle ${n}`)
      const first = await poll(null, 4)
      stage.clock.pass(MINUTE)
      const newer = await stage.post('kettle newest')
      const second = await poll(first.cursor, 4)
      expect(ids(second.changes)).toHaveLength(2)
      expect(ids(second.changes)).not.toContain(newer)
      expect(ids((await drain(connector, second.cursor)).changes)).toEqual([newer])
    })

    it('gives the same again when the process died before it kept the cursor (4)', async () => {
      const start = (await poll(null)).cursor
      for (let n = 0; n < 5; n++) await stage.post(`kettle ${n}`)
      expect(ids((await poll(start)).changes)).toEqual(ids((await poll(start)).changes))
    })

    it('finds a post that turns up behind newer ones (6)', async (test) => {
      if (!stage.postLate) return test.skip()
      const late = await stage.postLate('kettle late', 2 * MINUTE)
      const early = await stage.post('kettle on time')
      const first = await poll(null)
      expect(ids(first.changes)).toEqual([early])
      stage.clock.pass(3 * MINUTE)
      expect(ids((await poll(first.cursor)).changes)).toEqual([late])
    })

    it('goes on when the newest post it knew is deleted, and tells of it (7, 19)', async () => {
      await stage.post('kettle one')
      const newest = await stage.post('kettle two')
      const first = await poll(null)
      await stage.remove(newest)
      const next = await stage.post('kettle three')
      const second = await poll(first.cursor)
      expect(ids(second.changes)).toEqual([next])
      if (connector.capabilities.listen.deletes === 'event') expect(gone(second.changes)).toEqual([newest])
    })

    it('gives an edited post again with its new words (18)', async (test) => {
      if (!stage.edit) return test.skip()
      const id = await stage.post('kettle cold')
      const first = await poll(null)
      await stage.edit(id, 'kettle works again')
      const [change, ...more] = (await poll(first.cursor)).changes
      expect(change).toMatchObject({ type: 'upsert', mention: { ref: { id }, text: 'kettle works again' } })
      expect(more).toEqual([])
    })

    it('never gives what it excludes (L2)', async () => {
      await stage.post('kettle for my guild')
      const wanted = await stage.post('kettle for my tea')
      const { changes } = await connector.poll({
        listen: { ...LISTEN, exclude: ['guild'] },
        cursor: null,
        maxItems: 10,
        signal: calm(),
      })
      expect(ids(changes)).toEqual([wanted])
    })

    it('looks back when it is asked to listen to something else', async () => {
      const other = await stage.post('my teapot broke')
      stage.clock.pass(30 * MINUTE)
      const kettle = await stage.post('my kettle broke')
      const first = await poll(null)
      expect(ids(first.changes)).toEqual([kettle])
      const { changes } = await connector.poll({
        listen: { handles: [], words: ['teapot'], exclude: [] },
        cursor: first.cursor,
        maxItems: 10,
        signal: calm(),
      })
      expect(ids(changes)).toEqual([other])
    })

    it('looks back to the day it is told, without repeating anything, and says how far it has come (L3)', async (test) => {
      if (!looksBack(connector.capabilities)) return test.skip()
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

    it('refuses a cursor of another make instead of beginning anew (11)', async () => {
      for (const cursor of ['', '42', '{}', '{"v":999}', 'null'])
        expect((await failure(poll(cursor))).kind).toBe('cursor-expired')
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

    it('stops within a second when told to (15)', async () => {
      stage.failNext('hang')
      const stop = new AbortController()
      const stopped = failure(connector.poll({ listen: LISTEN, cursor: null, maxItems: 10, signal: stop.signal }))
      stop.abort()
      expect((await stopped).name).toBe('ConnectorError')
      const before = stage.requests()
      await failure(connector.poll({ listen: LISTEN, cursor: null, maxItems: 10, signal: stop.signal }))
      expect(stage.requests()).toBe(before)
    })
  })
}
