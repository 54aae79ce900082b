import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type BrandTx, inBrand } from '../../src/db/client.ts'
import { MINUTE } from '../../src/domain/clock.ts'
import { answerQuestion, askExperts } from '../../src/escalate/experts/experts.ts'
import { listQuestions, threadsOf } from '../../src/escalate/experts/queries.ts'
import { claimOffer } from '../../src/feed/claim.ts'
import { aBrand, after, aMember, aMention, anOffer, aStaff, NINE } from '../builders.ts'
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
const leases = (tx: BrandTx) =>
  tx.execute<{ lease: string; offer: string }>(sql`
    select m.lease_until as lease, o.expires_at as offer from mention m join offer o on o.mention_id = m.id and o.state = 'claimed'`)

/** A post that Mia holds and Noah was offered too. */
async function held() {
  const [mia, noah] = [await aMember(test.db, brandId), await aMember(test.db, brandId)]
  return brand(async (tx) => {
    const mention = await aMention(tx, { state: 'offered' })
    const { id } = await anOffer(tx, { mentionId: mention.id, memberId: mia.id })
    await anOffer(tx, { mentionId: mention.id, memberId: noah.id })
    await claimOffer(tx, id, mia.id, NINE, 20 * MINUTE)
    const by = (member: typeof mia) => ({ userId: member.userId, memberId: member.id })
    return { mentionId: mention.id, mia: by(mia), noah: by(noah) }
  })
}

describe('a question to the experts (E4)', () => {
  it('is asked by whoever holds the post, answered by staff, and told to both alone', async () => {
    const { mentionId, mia, noah } = await held()
    const sam = await aStaff(test.db, brandId)
    const said = { text: 'Which firmware?', key: 'one' }
    await expect(brand((tx) => askExperts(tx, mentionId, said, noah, NINE))).rejects.toMatchObject({ code: 'conflict' })
    const stranger = await aMember(test.db, brandId)
    const strange = { userId: stranger.userId, memberId: stranger.id }
    await expect(brand((tx) => askExperts(tx, mentionId, said, strange, NINE))).rejects.toMatchObject({
      code: 'not-found',
    })
    await brand(async (tx) => {
      const thread = await askExperts(tx, mentionId, said, mia, NINE)
      // The same press twice.
      await askExperts(tx, mentionId, said, mia, NINE)
      const ask = { view: 'waiting' as const, after: null, limit: 10 }
      expect(await listQuestions(tx, ask)).toMatchObject([{ id: thread.id, messages: [{ text: 'Which firmware?' }] }])
      await answerQuestion(tx, thread.id, { text: '2.4 or newer.', key: 'two' }, { userId: sam.id }, after(MINUTE))
      expect(await listQuestions(tx, ask)).toEqual([])
      expect(await threadsOf(tx, mentionId)).toMatchObject([
        { waiting: false, messages: [{ fromStaff: false }, { fromStaff: true, author: 'Sam', text: '2.4 or newer.' }] },
      ])
      const told = await tx.execute(
        sql`select kind, member_ids::text as who from event where kind like 'expert.%' order by id`,
      )
      expect(told).toEqual([
        { kind: 'expert.asked', who: `{${mia.memberId}}` },
        { kind: 'expert.answered', who: `{${mia.memberId}}` },
      ])
    })
  })

  it('begins the lease anew when it is first asked and when it is answered, and at no further question', async () => {
    const { mentionId, mia } = await held()
    const sam = await aStaff(test.db, brandId)
    await brand(async (tx) => {
      const at = (minutes: number) => after(minutes * MINUTE)
      const until = async () => (await leases(tx)).map(({ lease, offer }) => [new Date(lease), new Date(offer)])[0]
      await tx.execute(sql`update brand set settings = settings || '{"leaseMinutes": 20}'`)
      const { id } = await askExperts(tx, mentionId, { text: 'Which firmware?', key: 'one' }, mia, at(5))
      expect(await until()).toEqual([at(25), at(25)])
      await askExperts(tx, mentionId, { text: 'Anybody?', key: 'two' }, mia, at(10))
      expect(await until()).toEqual([at(25), at(25)])
      await answerQuestion(tx, id, { text: '2.4 or newer.', key: 'three' }, { userId: sam.id }, at(15))
      expect(await until()).toEqual([at(35), at(35)])
    })
  })
})
