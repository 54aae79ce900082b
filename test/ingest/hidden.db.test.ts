import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type BrandTx, inBrand } from '../../src/db/client.ts'
import { DAY, HOUR } from '../../src/domain/clock.ts'
import { hideMentions, showMentions } from '../../src/ingest/hidden.ts'
import { beginSending, outgoing } from '../../src/reply/queries.ts'
import { overdue } from '../../src/sweep-queries.ts'
import { onTakenBack } from '../../src/taken-back.ts'
import { aBrand, after, aMember, aMention, anOffer, aReply, NINE } from '../builders.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'

let test: TestDatabase
let brandId: string
beforeAll(async () => {
  test = await freshDatabase()
  brandId = (await aBrand(test.db)).id
})
afterAll(() => test.drop())

const brand = <T>(work: (tx: BrandTx) => Promise<T>) => inBrand(test.db, brandId, work)
const locked = (tx: BrandTx, id: string) => tx.execute(sql`select 1 from mention where id = ${id} for update`)
const hide = (mentionId: string) =>
  brand(async (tx) => {
    await locked(tx, mentionId)
    await hideMentions(tx, [mentionId], NINE, after(DAY))
  })
const show = (mentionId: string) =>
  brand(async (tx) => {
    await locked(tx, mentionId)
    await showMentions(tx, [mentionId], after(12 * HOUR))
  })
const stateOf = async (mentionId: string) => {
  const [row] = await test.db.execute<{ state: string }>(sql`select state from mention where id = ${mentionId}`)
  return row?.state
}

describe('a hidden mention that stands after all (L7)', () => {
  it.each(['replied', 'closed'] as const)(
    'was %s, and waits for staff when its answer was taken back meanwhile',
    async (state) => {
      const ana = await aMember(test.db, brandId)
      const { mentionId, replyId } = await brand(async (tx) => {
        const { id: mentionId } = await aMention(tx, { state, handOverAt: after(3 * DAY) })
        const { id: replyId } = await aReply(tx, { mentionId, userId: ana.userId, memberId: ana.id })
        return { mentionId, replyId }
      })
      await hide(mentionId)
      await brand(async (tx) => {
        await tx.execute(sql`update reply set state = 'taken-back' where id = ${replyId}`)
        const reply = (await outgoing(tx, replyId))!
        await onTakenBack(tx, { reply, by: ana.userId, reason: 'It was wrong.', at: after(HOUR) })
      })
      expect(await stateOf(mentionId)).toBe('hidden')
      await show(mentionId)
      expect(await stateOf(mentionId)).toBe('triaged')
      const { unanswered } = await brand((tx) => overdue(tx, after(12 * HOUR), 5, 100))
      expect(unanswered).toContain(mentionId)
    },
  )

  it('is replied as it was when its answer stands', async () => {
    const ana = await aMember(test.db, brandId)
    const mentionId = await brand(async (tx) => {
      const { id } = await aMention(tx, { state: 'replied' })
      await aReply(tx, { mentionId: id, userId: ana.userId, memberId: ana.id })
      return id
    })
    await hide(mentionId)
    await show(mentionId)
    expect(await stateOf(mentionId)).toBe('replied')
  })
})

describe('a mention whose answer leaves at the moment it would be hidden', () => {
  it('is not hidden, so that its answer is written down where it belongs (L7, I3)', async () => {
    const ana = await aMember(test.db, brandId)
    const { mentionId, replyId } = await brand(async (tx) => {
      const { id: mentionId } = await aMention(tx, { state: 'claimed', holderId: ana.id })
      await anOffer(tx, { mentionId, memberId: ana.id, state: 'claimed' })
      const own = { userId: ana.userId, memberId: ana.id, state: 'queued' as const, sentAt: null }
      return { mentionId, replyId: (await aReply(tx, { mentionId, ...own })).id }
    })
    let hiding: Promise<void> | undefined
    await brand(async (tx) => {
      expect(await beginSending(tx, replyId, NINE, { gapMs: 0, most: null })).toBe(true)
      hiding = hide(mentionId)
      await untilSomebodyWaits()
    })
    await hiding
    expect(await stateOf(mentionId)).toBe('claimed')
  })
})

/** Somebody waits for a lock that this transaction holds. */
async function untilSomebodyWaits(): Promise<void> {
  for (;;) {
    const waiting = await test.db.execute(
      sql`select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
    )
    if (waiting.length > 0) return
  }
}
