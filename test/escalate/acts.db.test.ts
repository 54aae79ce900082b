import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type BrandTx, inBrand } from '../../src/db/client.ts'
import { insertDecisions } from '../../src/decide/queries.ts'
import { HOUR, MINUTE } from '../../src/domain/clock.ts'
import { DomainError } from '../../src/domain/errors.ts'
import { noteCase } from '../../src/escalate/act.ts'
import { actOnCase } from '../../src/escalate/acts/acts.ts'
import type { CaseAct } from '../../src/escalate/acts/contract.ts'
import { wakeDue, wakeForPosts } from '../../src/escalate/acts/wake.ts'
import { listCases, notesOf, oneCase } from '../../src/escalate/inbox-queries.ts'
import { answerCases } from '../../src/escalate/queries.ts'
import { changeTool, makeTool, removeTool } from '../../src/escalate/tools/tools.ts'
import { aBrand, after, aMention, anEscalation, aStaff, NINE } from '../builders.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'

let test: TestDatabase
let brandId: string
let sam: { userId: string; isAdmin: boolean }
let kim: { userId: string; isAdmin: boolean }
beforeAll(async () => {
  test = await freshDatabase()
})
afterAll(() => test.drop())
beforeEach(async () => {
  brandId = (await aBrand(test.db)).id
  sam = await worker('Sam')
  kim = await worker('Kim')
})

const brand = <T>(work: (tx: BrandTx) => Promise<T>) => inBrand(test.db, brandId, work)
const worker = async (name: string) => ({ userId: (await aStaff(test.db, brandId, { name })).id, isAdmin: false })
const act = (tx: BrandTx, id: string, acts: CaseAct[], by = sam, at = NINE, version?: number) =>
  actOnCase(tx, id, { acts, version }, by, at, insertDecisions)
const rowOf = async (tx: BrandTx, id: string) => (await oneCase(tx, id))!
const dueOf = async (tx: BrandTx, id: string) => new Date((await rowOf(tx, id)).due_at)
const eventsOf = (tx: BrandTx, kind: string) =>
  tx.execute<{ data: Record<string, unknown>; member_ids: string; actor: string }>(
    sql`select data, member_ids::text, actor from event where kind = ${kind} order by id`,
  )
const refusal = async (work: Promise<unknown>): Promise<DomainError> => {
  const error = await work.then(
    () => null,
    (reason: unknown) => reason,
  )
  if (error instanceof DomainError) return error
  throw new Error('expected a refusal', { cause: error })
}
const list = async (tx: BrandTx, more: object) =>
  (await listCases(tx, { view: 'open', team: null, userId: sam.userId, limit: 50, after: null, ...more })).map(
    ({ id }) => id,
  )

describe('acts on a case', () => {
  it('that somebody changed meanwhile does nothing and names them', async () => {
    const { id } = await brand((tx) => anEscalation(tx))
    await brand((tx) => act(tx, id, [{ kind: 'priority', priority: 'high' }], kim, NINE, 0))
    const told = await refusal(brand((tx) => act(tx, id, [{ kind: 'priority', priority: 'low' }], sam, NINE, 0)))
    expect(told).toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('Kim has changed'),
      details: { version: 1 },
    })
    expect((await brand((tx) => rowOf(tx, id))).priority).toBe('high')
    await brand((tx) => act(tx, id, [{ kind: 'priority', priority: 'low' }], sam, NINE, 1))
    expect((await brand((tx) => rowOf(tx, id))).priority).toBe('low')
  })

  it('are done all or none', async () => {
    const { id } = await brand((tx) => anEscalation(tx))
    const wrong = brand((tx) =>
      act(tx, id, [
        { kind: 'priority', priority: 'high' },
        { kind: 'label', labelId: '00000000-0000-4000-8000-000000000000' },
      ]),
    )
    expect((await refusal(wrong)).code).toBe('not-found')
    expect((await brand((tx) => rowOf(tx, id))).priority).toBe('normal')
  })

  it('give it to a colleague, who is told; not to somebody else’s, and not to who is no colleague', async () => {
    const stranger = await aStaff(test.db, (await aBrand(test.db)).id, { name: 'Eve' })
    await brand(async (tx) => {
      const { id } = await anEscalation(tx)
      await act(tx, id, [{ kind: 'assign', to: kim.userId }])
      expect(await rowOf(tx, id)).toMatchObject({ state: 'assigned', assignee_name: 'Kim' })
      expect((await eventsOf(tx, 'case.assigned'))[0]).toMatchObject({
        data: { userIds: [kim.userId] },
        member_ids: '{}',
      })
      expect(await refusal(act(tx, id, [{ kind: 'assign', to: 'me' }]))).toMatchObject({
        details: { holder: { name: 'Kim' } },
      })
      await act(tx, id, [{ kind: 'assign', to: null }], kim)
      expect(await rowOf(tx, id)).toMatchObject({ state: 'open', assignee_id: null })
      expect((await refusal(act(tx, id, [{ kind: 'assign', to: stranger.id }]))).code).toBe('conflict')
    })
  })

  it('let the clock follow the priority, counted from when it was opened', async () => {
    await brand(async (tx) => {
      const { id } = await anEscalation(tx, { team: 'care', dueAt: after(HOUR) })
      await act(tx, id, [{ kind: 'priority', priority: 'urgent' }], sam, after(10 * MINUTE))
      expect(await dueOf(tx, id)).toEqual(after(30 * MINUTE))
    })
  })
})

describe('a label', () => {
  it('is put on cases, finds them, and is told once however often it is put on', async () => {
    await brand(async (tx) => {
      const labelId = await makeTool(tx, { table: 'label', colour: 'red' }, 'Refund', sam, NINE)
      const [one, other] = [await anEscalation(tx), await anEscalation(tx)]
      await act(tx, one.id, [{ kind: 'label', labelId }])
      await act(tx, one.id, [{ kind: 'label', labelId }])
      expect((await rowOf(tx, one.id)).labels).toEqual([{ id: labelId, name: 'Refund', colour: 'red' }])
      expect(await list(tx, { label: labelId })).toEqual([one.id])
      expect(await list(tx, {})).toEqual(expect.arrayContaining([one.id, other.id]))
      expect(await eventsOf(tx, 'case.labelled')).toHaveLength(1)
      await removeTool(tx, 'label', { id: labelId, version: 1 }, sam, NINE)
      expect((await rowOf(tx, one.id)).labels).toBeNull()
    })
  })

  it('has a name of its own, and a change that began before another’s is refused', async () => {
    await brand(async (tx) => {
      const id = await makeTool(tx, { table: 'label', colour: 'red' }, 'Refund', sam, NINE)
      expect((await refusal(makeTool(tx, { table: 'label', colour: 'blue' }, 'Refund', sam, NINE))).code).toBe(
        'conflict',
      )
      await changeTool(tx, { table: 'label', colour: 'blue' }, { id, name: 'Refunds', version: 1 }, kim, NINE)
      const late = changeTool(tx, { table: 'label', colour: 'teal' }, { id, name: 'Money', version: 1 }, sam, NINE)
      expect(await refusal(late)).toMatchObject({ code: 'conflict', message: expect.stringContaining('Kim') })
      expect(await tx.execute(sql`select name, colour from label`)).toEqual([{ name: 'Refunds', colour: 'blue' }])
    })
  })
})

describe('a case that sleeps', () => {
  it('is out of the open views until its time, and then whose it is hears of it', async () => {
    await brand(async (tx) => {
      const { id } = await anEscalation(tx, { assigneeId: sam.userId, dueAt: after(5 * HOUR) })
      await act(tx, id, [{ kind: 'snooze', until: after(HOUR).toISOString() }])
      expect(await list(tx, {})).toEqual([])
      expect(await list(tx, { view: 'asleep' })).toEqual([id])
      await wakeDue(tx, after(59 * MINUTE), 10)
      expect(await list(tx, {})).toEqual([])
      await wakeDue(tx, after(HOUR), 10)
      expect(await list(tx, {})).toEqual([id])
      expect((await eventsOf(tx, 'case.woken')).map(({ data }) => data)).toEqual([
        { caseId: id, why: 'time', userIds: [sam.userId] },
      ])
    })
  })

  it('wakes before its clock runs out, whatever was chosen and whatever becomes of its clock', async () => {
    await brand(async (tx) => {
      const { id } = await anEscalation(tx, { dueAt: after(3 * HOUR) })
      await act(tx, id, [{ kind: 'snooze', until: after(24 * HOUR).toISOString() }])
      expect(new Date((await rowOf(tx, id)).snoozed_until!)).toEqual(after(150 * MINUTE))
      // Care answers within two hours; high halves it, and a quarter of an hour of that is gone.
      await act(tx, id, [{ kind: 'priority', priority: 'high' }], sam, after(15 * MINUTE))
      expect(new Date((await rowOf(tx, id)).snoozed_until!)).toEqual(after(30 * MINUTE))
      await wakeDue(tx, after(30 * MINUTE), 10)
      expect((await eventsOf(tx, 'case.woken'))[0]?.data).toMatchObject({ why: 'clock' })
    })
  })

  it('that is late already sleeps an hour at the most', async () => {
    await brand(async (tx) => {
      const { id } = await anEscalation(tx, { dueAt: after(HOUR) })
      await act(tx, id, [{ kind: 'snooze', until: null }], sam, after(2 * HOUR))
      expect(new Date((await rowOf(tx, id)).snoozed_until!)).toEqual(after(3 * HOUR))
    })
  })

  it('until its author writes again wakes when they do, and not for others', async () => {
    await brand(async (tx) => {
      const mention = await aMention(tx, { state: 'escalated', authorId: 'frida' })
      const { id } = await anEscalation(tx, { mentionId: mention.id, dueAt: after(5 * HOUR) })
      const timed = await anEscalation(tx, {
        mentionId: (await aMention(tx, { state: 'escalated', authorId: mention.authorId })).id,
        dueAt: after(5 * HOUR),
      })
      await act(tx, id, [{ kind: 'snooze', until: null }])
      await act(tx, timed.id, [{ kind: 'snooze', until: after(HOUR).toISOString() }])
      await wakeForPosts(tx, [(await aMention(tx)).id, mention.id], after(MINUTE))
      expect(await list(tx, {})).toEqual([])
      await wakeForPosts(tx, [(await aMention(tx, { authorId: mention.authorId })).id], after(MINUTE))
      expect(await list(tx, {})).toEqual([id])
      expect((await eventsOf(tx, 'case.woken')).map(({ data }) => data.why)).toEqual(['author'])
    })
  })

  it('sleeps no longer once it was answered', async () => {
    await brand(async (tx) => {
      const { id, mentionId } = await anEscalation(tx, { dueAt: after(5 * HOUR) })
      await act(tx, id, [{ kind: 'snooze', until: null }])
      await answerCases(tx, [mentionId], NINE)
      expect(await rowOf(tx, id)).toMatchObject({ state: 'answered', snoozed_until: null })
    })
  })
})

describe('a note', () => {
  it('tells the colleagues it names, and nobody who is none', async () => {
    const stranger = await aStaff(test.db, (await aBrand(test.db)).id, { name: 'Eve' })
    await brand(async (tx) => {
      const { id } = await anEscalation(tx)
      await noteCase(tx, id, { text: '@Kim look', mentions: [kim.userId, stranger.id], key: null }, sam, NINE)
      expect((await notesOf(tx, id))[0]).toMatchObject({ text: '@Kim look', named: ['Kim'] })
      expect((await eventsOf(tx, 'case.noted'))[0]).toMatchObject({ data: { userIds: [kim.userId] }, member_ids: '{}' })
    })
  })
})
