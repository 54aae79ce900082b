import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { inBrand } from '../../src/db/client.ts'
import { MINUTE } from '../../src/domain/clock.ts'
import { cardOf } from '../../src/feed/cards.ts'
import { claimOffer } from '../../src/feed/claim.ts'
import { extendClaim } from '../../src/feed/extend.ts'
import { returnExpired } from '../../src/feed/queries.ts'
import { aBrand, after, aMember, NINE } from '../builders.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'
import { anOffered, contradictions, driftedLoads } from './offered.ts'

const LEASE = 20 * MINUTE
let test: TestDatabase
let brandId: string
beforeAll(async () => {
  test = await freshDatabase()
  brandId = (await aBrand(test.db)).id
})
afterAll(() => test.drop())

async function aClaim(row: Parameters<typeof anOffered>[2] = {}) {
  const member = await aMember(test.db, brandId)
  const by = { memberId: member.id, userId: member.userId }
  return inBrand(test.db, brandId, async (tx) => {
    const { mentionId, offers } = await anOffered(tx, [member], row)
    const offerId = offers[0]! // one member
    await claimOffer(tx, offerId, member.id, NINE, LEASE)
    return { by, mentionId, offerId }
  })
}
type Claim = Awaited<ReturnType<typeof aClaim>>
const extend = ({ offerId, by }: Claim, at: Date) =>
  inBrand(test.db, brandId, (tx) => extendClaim(tx, offerId, by, at, LEASE))
const card = ({ offerId, by }: Claim) => inBrand(test.db, brandId, (tx) => cardOf(tx, by.memberId, offerId))
const untilOf = async (claim: Claim) => new Date((await card(claim))!.expires_at)

describe('a claim that is held longer', () => {
  it('has a whole lease from then on, for mention and offer alike, and the sweep leaves it (M4)', async () => {
    const claim = await aClaim()
    expect((await card(claim))?.extendable).toBe(true)
    await extend(claim, after(15 * MINUTE))
    expect(await untilOf(claim)).toEqual(after(35 * MINUTE))
    expect(new Date((await card(claim))!.lease_until!)).toEqual(after(35 * MINUTE))
    expect(await inBrand(test.db, brandId, (tx) => returnExpired(tx, after(30 * MINUTE), 10))).not.toContain(
      claim.mentionId,
    )
    const events = await inBrand(test.db, brandId, (tx) =>
      tx.execute<{ kind: string }>(sql`select kind from event where mention_id = ${claim.mentionId} order by id`),
    )
    expect(events.map(({ kind }) => kind)).toEqual(['mention.claimed', 'mention.extended'])
    expect(await inBrand(test.db, brandId, driftedLoads)).toEqual([])
    expect(await inBrand(test.db, brandId, contradictions)).toEqual([])
  })

  it('ends after three leases, and at the hour of staff, whichever is first; then it is refused and stays (M4)', async () => {
    const long = await aClaim()
    for (const minute of [19, 38, 50]) await extend(long, after(minute * MINUTE))
    expect(await untilOf(long)).toEqual(after(60 * MINUTE))
    expect((await card(long))?.extendable).toBe(false)
    await expect(extend(long, after(55 * MINUTE))).rejects.toMatchObject({ code: 'conflict' })
    expect(await untilOf(long)).toEqual(after(60 * MINUTE))

    const soon = await aClaim({ handOverAt: after(25 * MINUTE) })
    await extend(soon, after(10 * MINUTE))
    expect(await untilOf(soon)).toEqual(after(25 * MINUTE))
    expect((await card(soon))?.extendable).toBe(false)
    await expect(extend(soon, after(11 * MINUTE))).rejects.toMatchObject({ code: 'conflict' })
  })

  it('answers a second press like the first, also where nothing more can be given, and says it once', async () => {
    const claim = await aClaim({ handOverAt: after(25 * MINUTE) })
    await extend(claim, after(10 * MINUTE))
    await extend(claim, after(10 * MINUTE + 2_000))
    expect(await untilOf(claim)).toEqual(after(25 * MINUTE))
    const events = await inBrand(test.db, brandId, (tx) =>
      tx.execute(sql`select 1 from event where mention_id = ${claim.mentionId} and kind = 'mention.extended'`),
    )
    expect(events).toHaveLength(1)
  })

  it('is its holder’s own, and cannot be taken up again once it lapsed (M5)', async () => {
    const claim = await aClaim()
    const other = await aMember(test.db, brandId)
    const stolen = { ...claim, by: { memberId: other.id, userId: other.userId } }
    await expect(extend(stolen, after(MINUTE))).rejects.toMatchObject({ code: 'not-found' })
    await inBrand(test.db, brandId, (tx) => returnExpired(tx, after(21 * MINUTE), 100))
    const lost = { code: 'conflict', message: expect.stringMatching(/hold this one any more; look whether/) }
    await expect(extend(claim, after(21 * MINUTE))).rejects.toMatchObject(lost)
  })
})
