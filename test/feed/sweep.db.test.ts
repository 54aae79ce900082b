import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type BrandTx, inBrand } from '../../src/db/client.ts'
import { MINUTE } from '../../src/domain/clock.ts'
import { claimOffer } from '../../src/feed/claim.ts'
import { reconcileLoads, returnExpired } from '../../src/feed/queries.ts'
import { aBrand, after, aMember, aMention, anOffer, aReply, NINE } from '../builders.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'
import { anOffered, contradictions, driftedLoads } from './offered.ts'

let test: TestDatabase
let brandId: string
beforeAll(async () => {
  test = await freshDatabase()
  brandId = (await aBrand(test.db)).id
})
afterAll(() => test.drop())

const here = <T>(work: (tx: BrandTx) => Promise<T>) => inBrand(test.db, brandId, work)
const person = () => aMember(test.db, brandId)
const sweepAt = (at: Date) => here((tx) => returnExpired(tx, at, 100))
const stateOf = async (id: string) =>
  (await here((tx) => tx.execute<{ state: string }>(sql`select state from mention where id = ${id}`)))[0]?.state
const offerStates = async (mentionId: string) =>
  (
    await here((tx) =>
      tx.execute<{ state: string }>(sql`select state from offer where mention_id = ${mentionId} order by state`),
    )
  ).map(({ state }) => state)
const returnsOf = (mentionId: string) =>
  here((tx) =>
    tx.execute(sql`select member_ids, data from event where mention_id = ${mentionId} and kind = 'mention.returned'`),
  )
const healthy = async () => {
  expect(await here(driftedLoads)).toEqual([])
  expect(await here(contradictions)).toEqual([])
}

describe('the sweep', () => {
  it('takes back a mention nobody claimed in time, and not a moment before (M4, I4)', async () => {
    const [ana, ben] = [await person(), await person()]
    const { mentionId } = await here((tx) => anOffered(tx, [ana, ben]))
    expect(await sweepAt(after(30 * MINUTE - 1))).toEqual([])
    expect(await sweepAt(after(30 * MINUTE))).toEqual([mentionId])
    expect([await stateOf(mentionId), await offerStates(mentionId)]).toEqual(['triaged', ['expired', 'expired']])
    const [event] = await returnsOf(mentionId)
    expect(event).toMatchObject({ data: { cause: 'unclaimed' } })
    expect(new Set(event?.member_ids as string[])).toEqual(new Set([ana.id, ben.id]))
    expect(await sweepAt(after(31 * MINUTE))).toEqual([])
    await healthy()
  })

  it('leaves a mention with those whose time is not up yet', async () => {
    const [ana, ben] = [await person(), await person()]
    const { mentionId } = await here((tx) => anOffered(tx, [ana]))
    await here((tx) => anOffer(tx, { mentionId, memberId: ben.id, offeredAt: after(10 * MINUTE) }))
    expect(await sweepAt(after(30 * MINUTE))).toEqual([])
    expect([await stateOf(mentionId), await offerStates(mentionId)]).toEqual(['offered', ['expired', 'open']])
    expect(await sweepAt(after(40 * MINUTE))).toEqual([mentionId])
    await healthy()
  })

  it('ends a lease that ran out, but not while a reply of the holder is on its way', async () => {
    const ana = await person()
    const claimed = async () => {
      const { mentionId, offers } = await here((tx) => anOffered(tx, [ana]))
      await here((tx) => claimOffer(tx, offers[0]!, ana.id, NINE, 20 * MINUTE))
      return mentionId
    }
    const [idle, writing] = [await claimed(), await claimed()]
    await here((tx) =>
      aReply(tx, { mentionId: writing, memberId: ana.id, userId: ana.userId, state: 'awaiting-approval' }),
    )
    expect(await sweepAt(after(20 * MINUTE - 1))).toEqual([])
    expect(await sweepAt(after(20 * MINUTE))).toEqual([idle])
    expect([await stateOf(idle), await offerStates(idle)]).toEqual(['triaged', ['expired']])
    expect([await stateOf(writing), await offerStates(writing)]).toEqual(['claimed', ['claimed']])
    expect(await returnsOf(idle)).toMatchObject([{ member_ids: null, data: { cause: 'lapsed', memberId: ana.id } }])
    await healthy()
  })

  it('finds a mention that is offered to nobody, however it came to that', async () => {
    const { id } = await here((tx) => aMention(tx, { state: 'offered' }))
    expect(await sweepAt(NINE)).toEqual([id])
    expect(await stateOf(id)).toBe('triaged')
  })

  it('takes the longest waiting first and stops at its limit', async () => {
    const ana = await person()
    const ids: string[] = []
    for (const minute of [2, 0, 1]) {
      const at = after(minute * MINUTE)
      ids.push((await here((tx) => anOffered(tx, [ana], { receivedAt: at, stateAt: at }))).mentionId)
    }
    const late = after(60 * MINUTE)
    expect((await here((tx) => returnExpired(tx, late, 2))).sort()).toEqual([ids[1]!, ids[2]!].sort())
    expect(await here((tx) => returnExpired(tx, late, 2))).toEqual([ids[0]])
    await healthy()
  })

  it('does not wait for a mention somebody is working on', async () => {
    const ana = await person()
    const { mentionId } = await here((tx) => anOffered(tx, [ana]))
    await here(async (tx) => {
      await tx.execute(sql`select 1 from mention where id = ${mentionId} for update`)
      expect(await sweepAt(after(30 * MINUTE))).toEqual([])
    })
    expect(await sweepAt(after(30 * MINUTE))).toEqual([mentionId])
  })

  it('touches no other brand', async () => {
    const other = (await aBrand(test.db)).id
    const { id } = await inBrand(test.db, other, (tx) => aMention(tx, { state: 'offered' }))
    expect(await sweepAt(NINE)).toEqual([])
    expect(await inBrand(test.db, other, (tx) => returnExpired(tx, NINE, 10))).toEqual([id])
  })
})

describe('reconciling loads', () => {
  it('finds nothing in health, and puts right what went wrong', async () => {
    const [ana, ben] = [await person(), await person()]
    await here((tx) => anOffered(tx, [ana, ben]))
    expect(await here(reconcileLoads)).toBe(0)
    await here((tx) => tx.execute(sql`update member set load = 3 where id = ${ana.id}`))
    await here((tx) => tx.execute(sql`update member set load = 0 where id = ${ben.id}`))
    expect(await here(reconcileLoads)).toBe(2)
    await healthy()
    expect(await here(reconcileLoads)).toBe(0)
  })
})
