import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Connector, Cursor } from '../../connectors/connector.ts'
import { MINUTE } from '../../src/domain/clock.ts'
import { calm, failure, ids, LISTEN, type ListeningStage, pollWith, replyWith, type StageFault } from './stage.ts'

/** Cases 25, 37, 61–62 of the contract: a network that is not well. */
export function troubleContract(open: () => Promise<ListeningStage>): void {
  describe('a network in trouble (L4)', () => {
    let stage: ListeningStage
    let connector: Connector
    beforeEach(async () => {
      stage = await open()
      connector = stage.connector()
    })
    afterEach(() => stage.close())
    const poll = (cursor: Cursor | null, maxItems?: number) => pollWith(connector, cursor, maxItems)

    it.each<[StageFault, string]>([
      ['drop-before', 'network-down'],
      ['drop-after', 'network-down'],
      ['503', 'bad-response'],
      ['html', 'bad-response'],
      ['truncate', 'bad-response'],
      ['huge', 'bad-response'],
      ['redirect', 'refused'],
      ['429', 'rate-limited'],
    ])('tells %s as %s, and loses nothing (25, 61)', async (fault, kind) => {
      const id = await stage.post('kettle one')
      stage.failNext(fault)
      const error = await failure(poll(null))
      expect(error.kind).toBe(kind)
      expect(ids((await poll(null)).changes)).toEqual([id])
    })

    it('says when it may come back after a 429 (25)', async () => {
      stage.failNext('429')
      const { retryAt } = await failure(poll(null))
      expect(retryAt?.getTime()).toBeGreaterThanOrEqual(stage.clock.now().getTime())
      expect(retryAt?.getTime()).toBeLessThanOrEqual(stage.clock.now().getTime() + 60 * MINUTE)
    })

    it('gives up on an answer that does not come (62)', async () => {
      stage.failNext('hang')
      const impatient = stage.connector({ timeoutMs: 50 })
      const error = await failure(impatient.poll({ listen: LISTEN, cursor: null, maxItems: 10, signal: calm() }))
      expect(error.kind).toBe('network-down')
    })

    it('keeps tokens out of its errors (37)', async () => {
      stage.failNext('503', '503')
      const error = await failure(poll(null))
      const { outcome: _, ...rest } = await replyWith({ stage, connector }, await stage.post('kettle'))
      const told = JSON.stringify([error, error.message, String(error.stack), rest])
      expect(told).not.toContain(stage.as.token)
    })
  })
}
