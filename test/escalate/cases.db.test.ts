import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type BrandTx, inBrand, openDb } from '../../src/db/client.ts'
import { MINUTE } from '../../src/domain/clock.ts'
import { DomainError } from '../../src/domain/errors.ts'
import { closeCase, noteCase, takeCase } from '../../src/escalate/act.ts'
import { countCases, listCases, type View } from '../../src/escalate/inbox-queries.ts'
import { answerCases, openCases } from '../../src/escalate/queries.ts'
import { aBrand, after, aMention, anEscalation, aReply, aStaff, NINE } from '../builders.ts'
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
const worker = async (name = 'Sam') => ({ userId: (await aStaff(test.db, brandId, { name })).id, isAdmin: false })
const row = (tx: BrandTx, id: string) => one(tx, sql`select * from escalation where id = ${id}`)
const one = async (tx: BrandTx, statement: ReturnType<typeof sql>) => (await tx.execute(statement))[0]!
const eventsOf = (tx: BrandTx, mentionId: string) =>
  tx.execute<{ kind: string; data: Record<string, unknown>; actor: string }>(
    sql`select kind, data, actor from event where mention_id = ${mentionId} order by id`,
  )
const refusal = async (work: Promise<unknown>): Promise<DomainError> => {
  const error = await work.then(
    () => null,
    (reason: unknown) => reason,
  )
  if (error instanceof DomainError) return error
  throw new Error('expected a refusal', { cause: error })
}

describe('opening cases', () => {
  const wanted = (mentionId: string) => ({
    ...{ mentionId, team: 'care', priority: 'high' as const, origin: 'rule' as const, reason: 'anger is 0.82' },
  })

  it('gives each its team’s clock by priority, a page at a time', async () => {
    const { cases, opened } = await brand(async (tx) => {
      const mentions = [await aMention(tx), await aMention(tx), await aMention(tx)]
      const opened = await openCases(
        tx,
        mentions.map(({ id }, nth) => ({ ...wanted(id), team: nth === 2 ? 'technical' : 'care' })),
        NINE,
      )
      return { opened, cases: await tx.execute<{ due_at: string }>(sql`select due_at from escalation order by due_at`) }
    })
    expect(opened.every((one) => one.opened)).toBe(true)
    expect(cases.map(({ due_at }) => (new Date(due_at).getTime() - NINE.getTime()) / MINUTE)).toEqual([60, 60, 120])
  })

  it('leaves an open case with its holder, and only shortens its clock', async () => {
    const by = await worker()
    await brand(async (tx) => {
      const known = await anEscalation(tx, { assigneeId: by.userId, team: 'technical', dueAt: after(90 * MINUTE) })
      const [again] = await openCases(tx, [wanted(known.mentionId)], after(MINUTE))
      expect(again).toEqual({ id: known.id, mentionId: known.mentionId, opened: false })
      expect(await row(tx, known.id)).toMatchObject({ team: 'technical', assignee_id: by.userId, state: 'assigned' })
      const { due_at } = await row(tx, known.id)
      expect(new Date(due_at as string)).toEqual(after(61 * MINUTE))
    })
  })

  it('opens an ended case again, for anybody to take', async () => {
    const by = await worker()
    await brand(async (tx) => {
      const ended = { state: 'closed', assigneeId: by.userId, closedAt: NINE, closedReason: 'a joke' } as const
      const known = await anEscalation(tx, ended)
      const [again] = await openCases(tx, [wanted(known.mentionId)], after(MINUTE))
      expect(again).toMatchObject({ id: known.id, opened: true })
      const reopened = { state: 'open', assignee_id: null, closed_at: null, closed_reason: null, priority: 'high' }
      expect(await row(tx, known.id)).toMatchObject(reopened)
    })
  })
})

describe('taking a case', () => {
  it('goes to exactly one of twenty who press at once; the others are told who has it', async () => {
    const { db, close } = openDb(test.url, { max: 20 })
    try {
      const crowd = await Promise.all(Array.from({ length: 20 }, (_, n) => worker(`Staff ${n}`)))
      const { id, mentionId } = await brand((tx) => anEscalation(tx))
      const results = await Promise.allSettled(
        crowd.map((by) => inBrand(db, brandId, (tx) => takeCase(tx, id, by, NINE))),
      )
      const winner = crowd[results.findIndex(({ status }) => status === 'fulfilled')]!
      const losers = results.flatMap((result) => (result.status === 'rejected' ? [result.reason as DomainError] : []))
      expect(losers).toHaveLength(19)
      for (const error of losers)
        expect([error.code, error.details.holder]).toMatchObject(['conflict', { userId: winner.userId }])
      await brand(async (tx) => {
        expect(await row(tx, id)).toMatchObject({ state: 'assigned', assignee_id: winner.userId })
        expect((await eventsOf(tx, mentionId)).map(({ kind }) => kind)).toEqual(['case.taken'])
        expect(await tx.execute(sql`select act from audit`)).toHaveLength(1)
      })
    } finally {
      await close()
    }
  })

  it('that is one’s own already is no error and no event', async () => {
    const by = await worker()
    await brand(async (tx) => {
      const { id, mentionId } = await anEscalation(tx)
      await takeCase(tx, id, by, NINE)
      await takeCase(tx, id, by, after(MINUTE))
      expect(await eventsOf(tx, mentionId)).toHaveLength(1)
    })
  })

  it('that has ended says so, and one of another brand is not there (I5)', async () => {
    const by = await worker()
    const elsewhere = await aBrand(test.db)
    const theirs = await inBrand(test.db, elsewhere.id, (tx) => anEscalation(tx))
    await brand(async (tx) => {
      const closed = await anEscalation(tx, { state: 'closed' })
      expect(await refusal(takeCase(tx, closed.id, by, NINE))).toMatchObject({ code: 'conflict' })
      expect(await refusal(takeCase(tx, theirs.id, by, NINE))).toMatchObject({ code: 'not-found' })
    })
  })
})

describe('a case at work', () => {
  it('takes notes that only staff hear of', async () => {
    const by = await worker()
    await brand(async (tx) => {
      const { id, mentionId } = await anEscalation(tx)
      await noteCase(tx, id, { text: 'Called the warehouse.', mentions: [], key: null }, by, NINE)
      const [event] = await tx.execute(sql`select kind, member_ids::text from event where mention_id = ${mentionId}`)
      expect(event).toEqual({ kind: 'case.noted', member_ids: '{}' })
    })
  })

  it('closes with its mention and its reason', async () => {
    const by = await worker()
    await brand(async (tx) => {
      const { id, mentionId } = await anEscalation(tx)
      await closeCase(tx, id, 'Not about us.', by, after(MINUTE))
      expect(await row(tx, id)).toMatchObject({
        state: 'closed',
        closed_reason: 'Not about us.',
        assignee_id: by.userId,
      })
      expect(await one(tx, sql`select state from mention where id = ${mentionId}`)).toEqual({ state: 'closed' })
      expect((await eventsOf(tx, mentionId)).map(({ kind }) => kind)).toEqual(['case.closed', 'mention.closed'])
    })
  })

  it('of somebody else is closed by an admin, and by no one else', async () => {
    const [by, other] = [await worker(), await worker('Kim')]
    await brand(async (tx) => {
      const { id } = await anEscalation(tx, { assigneeId: other.userId })
      expect(await refusal(closeCase(tx, id, 'Not about us.', by, NINE))).toMatchObject({
        code: 'conflict',
        details: { holder: { userId: other.userId, name: 'Kim' } },
      })
      await closeCase(tx, id, 'Not about us.', { ...by, isAdmin: true }, NINE)
      expect(await row(tx, id)).toMatchObject({ state: 'closed', assignee_id: other.userId })
    })
  })

  it('does not end while an answer is on its way (I3)', async () => {
    const by = await worker()
    await brand(async (tx) => {
      const { id, mentionId } = await anEscalation(tx, { assigneeId: by.userId })
      await aReply(tx, { mentionId, userId: by.userId, state: 'queued' })
      expect(await refusal(closeCase(tx, id, 'Not about us.', by, NINE))).toMatchObject({ code: 'conflict' })
      expect(await row(tx, id)).toMatchObject({ state: 'assigned' })
    })
  })

  it('is answered once its reply was sent', async () => {
    await brand(async (tx) => {
      const open = await anEscalation(tx)
      const closed = await anEscalation(tx, { state: 'closed' })
      expect(await answerCases(tx, [open.mentionId, closed.mentionId], NINE)).toEqual([open.id])
      expect(await row(tx, closed.id)).toMatchObject({ state: 'closed' })
    })
  })
})

describe('the inbox', () => {
  const ask = { view: 'open' as const, team: null, userId: '', limit: 3, after: null }

  it('pages by the clock, missing and repeating nothing when many run out together', async () => {
    const by = await worker()
    await brand(async (tx) => {
      const due = [0, 0, 0, 0, 0, 1, 1, 2].map((minutes) => after(minutes * MINUTE))
      for (const dueAt of due) await anEscalation(tx, { dueAt })
      await anEscalation(tx, { state: 'answered' })
      const seen: string[] = []
      let place: { key: string; id: string } | null = null
      for (;;) {
        const rows = await listCases(tx, { ...ask, userId: by.userId, after: place })
        const page = rows.slice(0, 3)
        seen.push(...page.map((row) => row.id))
        const last = page.at(-1)!
        place = { key: new Date(last.due_at).toISOString(), id: last.id }
        if (rows.length <= 3) break
      }
      const all = await tx.execute<{ id: string }>(
        sql`select id from escalation where state = 'open' order by due_at, id`,
      )
      expect(seen).toEqual(all.map(({ id }) => id))
    })
  })

  it('has views of one’s own, of nobody’s and of a team’s cases', async () => {
    const [by, other] = [await worker(), await worker('Kim')]
    await brand(async (tx) => {
      const mine = await anEscalation(tx, { assigneeId: by.userId })
      const theirs = await anEscalation(tx, { assigneeId: other.userId, team: 'technical' })
      const free = await anEscalation(tx)
      const answered = await anEscalation(tx, { state: 'answered' })
      const ids = async (more: object) =>
        (await listCases(tx, { ...ask, limit: 10, userId: by.userId, ...more })).map((row) => row.id).sort()
      expect(await ids({ view: 'open' })).toEqual([mine.id, theirs.id, free.id].sort())
      expect(await ids({ view: 'mine' })).toEqual([mine.id])
      expect(await ids({ view: 'unassigned' })).toEqual([free.id])
      expect(await ids({ view: 'answered' })).toEqual([answered.id])
      expect(await ids({ view: 'all', team: 'technical' })).toEqual([theirs.id])
      // What a saved view says it holds is what it shows, counted no further than a page and one.
      const held = (view: View, most: number, team: string | null = null) =>
        countCases(tx, { view, team, userId: by.userId }, most)
      expect([await held('open', 50), await held('mine', 50), await held('all', 50, 'technical')]).toEqual([3, 1, 1])
      expect([await held('open', 3), await held('open', 1)]).toEqual([3, 2])
    })
  })

  it('says of each case how many posts say the same (L5)', async () => {
    const by = await worker()
    await brand(async (tx) => {
      const head = await aMention(tx, { state: 'escalated' })
      await tx.execute(sql`update mention set cluster_id = id where id = ${head.id}`)
      await aMention(tx, { clusterId: head.id })
      await anEscalation(tx, { mentionId: head.id })
      await anEscalation(tx)
      const rows = await listCases(tx, { ...ask, userId: by.userId })
      expect(new Map(rows.map((row) => [row.mention_id, row.alike])).get(head.id)).toBe(2)
      expect(rows.map((row) => row.alike).sort()).toEqual([1, 2])
    })
  })
})
