import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type BrandTx, inBrand } from '../../src/db/client.ts'
import { appendEvents, type EventKind } from '../../src/db/events.ts'
import { DAY, HOUR, MINUTE } from '../../src/domain/clock.ts'
import { newId } from '../../src/domain/id.ts'
import type { Report } from '../../src/report/contract.ts'
import { behind, figures } from '../../src/report/queries.ts'
import { type Scope, type Span, settledBy } from '../../src/report/report.ts'
import { showReport } from '../../src/report/show.ts'
import { aBrand, after, aMention, NINE } from '../builders.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'

let test: TestDatabase
let brandId: string
beforeAll(async () => {
  test = await freshDatabase()
})
afterAll(() => test.drop())
beforeEach(async () => {
  brandId = (await aBrand(test.db)).id
})
const brand = <T>(work: (tx: BrandTx) => Promise<T>) => inBrand(test.db, brandId, work)

const DAYS: Span = { from: after(-7 * DAY), to: after(DAY), step: 'day' }
const NOW = after(DAY)

type Story = { network?: string; addressed?: boolean; followUp?: boolean; at?: Date; id?: string }
type Chapter = { kind: EventKind; data?: Record<string, unknown>; after?: number }

/** Writes the log of one mention: it came in, and then what is told. */
async function tell(
  tx: BrandTx,
  { network = 'sandbox', addressed = false, followUp = false, ...more }: Story,
  ...then: Chapter[]
) {
  const { at = NINE, id: mentionId = newId() } = more
  const about = { mentionId, actor: 'system' }
  await appendEvents(tx, [{ ...about, kind: 'mention.received', data: { network, addressed, followUp }, at }])
  for (const { kind, data = {}, after: ms = MINUTE } of then)
    await appendEvents(tx, [{ ...about, kind, data, at: after(ms, at) }])
  return mentionId
}
const sent = (by: 'community' | 'staff', minutes: number): Chapter => ({
  kind: 'reply.sent',
  data: { by, minutes, replyId: newId() },
  after: minutes * MINUTE,
})
const times = async (n: number, work: (nth: number) => Promise<unknown>) => {
  for (let nth = 0; nth < n; nth++) await work(nth)
}
const report = async (
  tx: BrandTx,
  {
    scope = 'addressable',
    span = DAYS,
    now = NOW,
    network = null,
  }: { scope?: Scope; span?: Span; now?: Date; network?: string | null } = {},
): Promise<Report> =>
  showReport(await figures(tx, { span, scope, network, settledBy: settledBy(now) }), span, scope, now)

describe('the response rate', () => {
  it('counts who answered, within two hours and at all, and says the median and the slow end', async () => {
    await brand(async (tx) => {
      await times(24, (n) => tell(tx, {}, sent('community', n + 1)))
      await times(12, (n) => tell(tx, {}, sent('staff', 100 + 10 * n)))
      await times(24, () => tell(tx, {}))
      const { response, within2h, firstResponse, by, definition } = await report(tx)
      expect(response).toMatchObject({ answered: 36, total: 60, rate: 0.6 })
      expect(within2h).toMatchObject({ answered: 27, total: 60, rate: 0.45 })
      expect(firstResponse).toEqual({ medianMinutes: 18.5, p90Minutes: 175, count: 36 })
      expect(by).toEqual({ community: 24, staff: 12, none: 24 })
      expect(definition).toMatch(/not ignored/)
    })
  })

  it('says of everything left out of it what it was, and how many (T1)', async () => {
    await brand(async (tx) => {
      await tell(tx, {})
      await tell(tx, { followUp: true })
      await times(2, () => tell(tx, {}, { kind: 'mention.ignored', data: { reason: 'spam' } }))
      await tell(tx, {}, { kind: 'mention.withdrawn' })
      const deletedLater = { kind: 'mention.withdrawn', after: HOUR } as const
      await tell(tx, {}, sent('community', 5), deletedLater)
      const { response, notCounted } = await report(tx)
      expect(response).toMatchObject({ answered: 1, total: 2 })
      expect(notCounted).toEqual([
        { what: 'ignored: spam', count: 2 },
        { what: 'deleted before an answer', count: 1 },
        { what: 'follow-ups to answers of ours', count: 1 },
      ])
      expect((await report(tx, { scope: 'all' })).response).toMatchObject({ answered: 1, total: 5 })
    })
  })

  it('counts a mention again that was ignored and then taken up by a person', async () => {
    await brand(async (tx) => {
      const ignored = { kind: 'mention.ignored', data: { reason: 'spam' } } as const
      await tell(tx, {}, ignored, { kind: 'mention.escalated', after: HOUR })
      await tell(tx, {}, { kind: 'mention.waiting' }, { ...ignored, after: HOUR })
      expect((await report(tx)).response).toMatchObject({ total: 1 })
    })
  })

  it('is told apart for mentions with and without the handle', async () => {
    await brand(async (tx) => {
      await times(3, () => tell(tx, { addressed: true }, sent('staff', 5)))
      await times(2, () => tell(tx, {}))
      expect((await report(tx, { scope: 'with-handle' })).response).toMatchObject({ answered: 3, total: 3 })
      const without = await report(tx, { scope: 'without-handle' })
      expect(without.response).toMatchObject({ answered: 0, total: 2 })
      expect(without.notCounted).toEqual([{ what: 'name a handle', count: 3 }])
    })
  })

  it('counts the first answer only, however many followed', async () => {
    await brand(async (tx) => {
      await tell(tx, {}, sent('community', 5), sent('staff', 50))
      expect((await report(tx)).by).toEqual({ community: 1, staff: 0, none: 0 })
    })
  })

  it('does not hold against us, in the two-hour figure, what came in less than two hours ago', async () => {
    await brand(async (tx) => {
      await tell(tx, { at: after(-3 * HOUR, NOW) })
      await tell(tx, { at: after(-HOUR, NOW) })
      const { response, within2h, notCounted } = await report(tx)
      expect([response.total, within2h.total]).toEqual([2, 1])
      expect(notCounted).toMatchObject([{ count: 1 }])
    })
  })

  it('is told by network, the busiest first, and for one network alone', async () => {
    await brand(async (tx) => {
      await times(2, () => tell(tx, { network: 'bluesky' }))
      await times(31, () => tell(tx, { network: 'reddit' }, sent('community', 10)))
      expect((await report(tx)).networks).toMatchObject([
        { network: 'reddit', share: { answered: 31, rate: 1 }, medianMinutes: 10 },
        { network: 'bluesky', share: { total: 2, rate: null }, medianMinutes: null },
      ])
      expect((await report(tx, { network: 'bluesky' })).response.total).toBe(2)
    })
  })

  it('is nothing, and no error, for a brand nobody has mentioned', async () => {
    await brand(async (tx) => {
      const { response, firstResponse, series } = await report(tx)
      expect([response.rate, firstResponse.medianMinutes, series.length]).toEqual([null, null, 9])
    })
  })

  it('does not see another brand’s log (I5)', async () => {
    const elsewhere = await aBrand(test.db)
    await inBrand(test.db, elsewhere.id, (tx) => tell(tx, {}))
    expect((await brand((tx) => report(tx))).response.total).toBe(0)
  })
})

describe('the series of a report', () => {
  it('begins its days by the brand’s clock, keeps empty ones, and marks those it has only part of', async () => {
    await brand(async (tx) => {
      await tell(tx, { at: new Date('2026-03-28T23:30:00Z') }) // 29 March in Berlin, the day of 23 hours
      await tell(tx, { at: new Date('2026-03-29T21:59:00Z') }, sent('staff', 1))
      await tell(tx, { at: new Date('2026-03-29T22:00:00Z') })
      const span = {
        from: new Date('2026-03-27T23:00:00Z'),
        to: new Date('2026-03-31T09:00:00Z'),
        step: 'day' as const,
      }
      const { series } = await report(tx, { span, now: span.to })
      expect(series).toEqual([
        { at: '2026-03-27T23:00:00.000Z', total: 0, community: 0, staff: 0, partial: false },
        { at: '2026-03-28T23:00:00.000Z', total: 2, community: 0, staff: 1, partial: false },
        { at: '2026-03-29T22:00:00.000Z', total: 1, community: 0, staff: 0, partial: false },
        { at: '2026-03-30T22:00:00.000Z', total: 0, community: 0, staff: 0, partial: true },
      ])
    })
  })

  it('shows the hour twice that the clocks go through twice', async () => {
    await brand(async (tx) => {
      await tell(tx, { at: new Date('2026-10-25T00:30:00Z') })
      await tell(tx, { at: new Date('2026-10-25T01:30:00Z') })
      const span = {
        from: new Date('2026-10-25T00:10:00Z'),
        to: new Date('2026-10-25T03:00:00Z'),
        step: 'hour' as const,
      }
      const { series } = await report(tx, { span, now: span.to })
      expect(series.map(({ at, total, partial }) => [at.slice(11, 16), total, partial])).toEqual([
        ['00:00', 1, true],
        ['01:00', 1, false],
        ['02:00', 0, false],
      ])
    })
  })
})

describe('the mentions behind a figure', () => {
  it('are as many as the figure says, newest first, page by page, also when they came in together', async () => {
    await brand(async (tx) => {
      for (const minutes of [0, 0, 0, 0, 1, 2]) {
        const at = after(minutes * MINUTE)
        const { id } = await aMention(tx, { receivedAt: at })
        await tell(tx, { id, at }, sent('community', 7))
      }
      const { id } = await aMention(tx)
      await tell(tx, { id })
      const ask = {
        span: DAYS,
        scope: 'addressable' as const,
        network: null,
        answeredBy: 'community' as const,
        limit: 2,
      }
      const seen: { id: string; at: string }[] = []
      let place: { key: string; id: string } | null = null
      for (let more = true; more; ) {
        const rows = await behind(tx, { ...ask, after: place })
        more = rows.length > 2
        seen.push(...rows.slice(0, 2).map((row) => ({ id: row.mention_id, at: row.at })))
        const last = rows.slice(0, 2).at(-1)!
        expect(last).toMatchObject({ answered_by: 'community', minutes: 7 })
        place = { key: new Date(last.at).toISOString(), id: last.mention_id }
      }
      expect(new Set(seen.map((row) => row.id)).size).toBe((await report(tx)).by.community)
      const order = (row: { id: string; at: string }) => `${new Date(row.at).toISOString()} ${row.id}`
      expect(seen.map(order)).toEqual(seen.map(order).sort().reverse())
      expect((await behind(tx, { ...ask, answeredBy: 'none', after: null })).map((row) => row.mention_id)).toEqual([id])
    })
  })
})
