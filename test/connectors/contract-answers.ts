import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Connector, Cursor } from '../../connectors/connector.ts'
import type { Fetch } from '../../connectors/http.ts'
import { HOUR } from '../../src/domain/clock.ts'
import { calm, drain, failure, ids, LISTEN, type ListeningStage, pollWith } from './stage.ts'

/** Cases 8, 15, 16, 22, 25 and 33 of the contract: answers that are odd, changed between the network and the connector. */
export function answerContract(open: () => Promise<ListeningStage>): void {
  describe('odd answers (L3, L4)', () => {
    let stage: ListeningStage
    let connector: Connector
    let made: string[]
    beforeEach(async () => {
      stage = await open()
      connector = stage.connector()
      made = []
      const named = connector.capabilities.listen.mentions
      for (let n = 0; n < 12; n++) made.push(await stage.post(named && n % 3 === 0 ? `@lumenor ${n}` : `kettle ${n}`))
    })
    afterEach(() => stage.close())
    const changing = (change: (answer: Response, nth: number) => Response | Promise<Response>) => {
      let nth = 0
      const meddled: Fetch = async (url, init) => change(await fetch(url, init), ++nth)
      return stage.connector({ fetch: meddled })
    }
    const refusing = (status: number, headers: Record<string, string> = {}, from = 1) =>
      changing((answer, nth) => (nth < from ? answer : new Response('{}', { status, headers })))

    it('take no harm from what they hold beside what is read (22)', async () => {
      const grown = changing(async (answer) => withText(answer, grow(await answer.text())))
      const [plain, more] = [await pollWith(connector, null), await pollWith(grown, null)]
      expect(more.changes).toEqual(plain.changes)
      expect(ids(more.changes)).toHaveLength(made.length)
    })

    it('that no longer let its account in are told as that, and lose nothing (33)', async () => {
      expect(await failure(pollWith(refusing(401), null))).toMatchObject({ kind: 'auth', retryable: false })
      const given: string[] = []
      const begun = await pollWith(refusing(401, {}, 2), null, 3).catch(() => null)
      if (begun) given.push(...ids(begun.changes))
      given.push(...ids((await drain(connector, begun?.cursor ?? null)).changes))
      expect(given.toSorted()).toEqual(made.toSorted())
    })

    it.each<[string, Record<string, string>]>([
      ['without a word', {}],
      ['with a date', { 'retry-after': new Date('2026-11-21T09:02:00Z').toUTCString() }],
      ['with a time long past', { 'retry-after': new Date('2026-11-20T09:00:00Z').toUTCString() }],
      ['with nonsense', { 'retry-after': 'soon', 'ratelimit-reset': '-1', 'x-rate-limit-reset': 'later' }],
    ])('that ask for fewer requests %s are obeyed within the hour (25)', async (_, headers) => {
      const error = await failure(pollWith(refusing(429, headers), null))
      expect(error).toMatchObject({ kind: 'rate-limited', retryable: true })
      const waitMs = Number(error.retryAt) - stage.clock.now().getTime()
      expect(waitMs).toBeGreaterThanOrEqual(0)
      expect(waitMs).toBeLessThanOrEqual(HOUR)
    })

    it.each([2, 3])('are read to the last with %i requests a poll, and few more (15)', async (maxRequests) => {
      const given = new Set<string>()
      let cursor: Cursor | null = null
      for (let n = 0; n < 60 && given.size < made.length; n++) {
        const before = stage.requests()
        const result = await connector.poll({ listen: LISTEN, cursor, maxItems: 5, maxRequests, signal: calm() })
        // What belongs to the items of a page is asked for with it.
        expect(stage.requests() - before).toBeLessThanOrEqual(maxRequests + 3)
        for (const id of ids(result.changes)) given.add(id)
        cursor = result.cursor
      }
      expect([...given].sort()).toEqual(made.toSorted())
    })

    it('that are the same for ever come to an end, and lose nothing once the network is well (8)', async () => {
      const kept = new Map<string, string>()
      const stuck = stage.connector({
        fetch: async (url, init) => {
          const { pathname } = new URL(url)
          const answer = await fetch(url, init)
          const text = await answer.text()
          const key = `${init.method} ${pathname}`
          if (!kept.has(key)) kept.set(key, text)
          return withText(answer, kept.get(key) ?? text)
        },
      })
      const given = new Set<string>()
      let cursor: Cursor | null = null
      for (let n = 0; n < 6; n++) {
        const before = stage.requests()
        const result = await pollWith(stuck, cursor, 5)
        expect(stage.requests() - before).toBeLessThanOrEqual(40)
        for (const id of ids(result.changes)) given.add(id)
        cursor = result.cursor
      }
      for (const id of ids((await drain(connector, cursor)).changes)) given.add(id)
      expect([...given].sort()).toEqual(made.toSorted())
    })
  })
}

const withText = (answer: Response, text: string) =>
  new Response(answer.status === 304 ? null : text, { status: answer.status, headers: answer.headers })

/** The same answer of a newer version of the network, which tells more. */
function grow(text: string): string {
  if (text.startsWith('<')) return text.replaceAll('</item>', '<newToUs>1</newToUs></item>')
  const grown: unknown = JSON.parse(text, (_key, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value, newToUs: { a: [1] } } : value,
  )
  return JSON.stringify(grown)
}
