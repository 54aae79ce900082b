import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Connector, Cursor } from '../../connectors/connector.ts'
import { calm, drain, failure, gone, ids, LISTEN, type ListeningStage, pollWith } from './stage.ts'

/** Cases 1–19 of the contract, as far as they need no words and no order: what any poll gives. */
export function pollingContract(open: () => Promise<ListeningStage>): void {
  describe('polling (L3)', () => {
    let stage: ListeningStage
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

    it('gives each post once, and nothing at the second asking (2)', async () => {
      const made = [await stage.post('kettle one'), await stage.post('my kettle two'), await stage.post('kettle three')]
      await stage.post('something else')
      const first = await poll(null)
      expect(ids(first.changes).toSorted()).toEqual(made.toSorted())
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

    it('gives the same again when the process died before it kept the cursor (4)', async () => {
      const start = (await poll(null)).cursor
      for (let n = 0; n < 5; n++) await stage.post(`kettle ${n}`)
      expect(ids((await poll(start)).changes)).toEqual(ids((await poll(start)).changes))
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

    it('refuses a cursor of another make instead of beginning anew (11)', async () => {
      for (const cursor of ['', '42', '{}', '{"v":999}', 'null'])
        expect((await failure(poll(cursor))).kind).toBe('cursor-expired')
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
