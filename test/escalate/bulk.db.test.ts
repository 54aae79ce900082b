import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type BrandTx, inBrand } from '../../src/db/client.ts'
import { insertDecisions } from '../../src/decide/queries.ts'
import { closeCase } from '../../src/escalate/act.ts'
import { actOnCase } from '../../src/escalate/acts/acts.ts'
import { actOnMany } from '../../src/escalate/acts/bulk.ts'
import type { CaseAct } from '../../src/escalate/acts/contract.ts'
import { mergeCase } from '../../src/escalate/acts/merge.ts'
import { notesOf, oneCase } from '../../src/escalate/inbox-queries.ts'
import { makeTool } from '../../src/escalate/tools/tools.ts'
import { aBrand, anEscalation, aStaff, NINE } from '../builders.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'

let test: TestDatabase
let brandId: string
let sam: { userId: string; isAdmin: boolean }
let kim: { userId: string; isAdmin: boolean }
let woken: string[]
beforeAll(async () => {
  test = await freshDatabase()
})
afterAll(() => test.drop())
beforeEach(async () => {
  brandId = (await aBrand(test.db)).id
  sam = await worker('Sam')
  kim = await worker('Kim')
  woken = []
})

const brand = <T>(work: (tx: BrandTx) => Promise<T>) => inBrand(test.db, brandId, work)
const worker = async (name: string) => ({ userId: (await aStaff(test.db, brandId, { name })).id, isAdmin: false })
const act = (tx: BrandTx, id: string, acts: CaseAct[], by = sam) =>
  actOnCase(tx, id, { acts }, by, NINE, insertDecisions)
const rowOf = async (tx: BrandTx, id: string) => (await oneCase(tx, id))!
const eventsOf = (tx: BrandTx, kind: string) => tx.execute(sql`select data from event where kind = ${kind} order by id`)
const matchAgain = async (_: string, ids: string[]) => void woken.push(...ids)

describe('one press on many cases', () => {
  const press = (key: string, cases: { id: string; version?: number; acts?: CaseAct[] }[], acts: CaseAct[], by = sam) =>
    actOnMany({ db: test.db, insertDecisions, matchAgain }, { brandId, key, cases, acts, by, at: NINE })

  it('does what it can, says of each what became of it, and pressed again does nothing more', async () => {
    const theirs = await inBrand(test.db, (await aBrand(test.db)).id, (tx) => anEscalation(tx))
    const [one, held, closed] = await brand(async (tx) => [
      await anEscalation(tx),
      await anEscalation(tx, { assigneeId: kim.userId }),
      await anEscalation(tx),
    ])
    await brand((tx) => closeCase(tx, closed!.id, 'Not about us.', kim, NINE))
    const cases = [one!, held!, closed!, theirs].map(({ id }) => ({ id }))
    const acts: CaseAct[] = [
      { kind: 'priority', priority: 'high' },
      { kind: 'close', reason: 'Solved by the update.' },
    ]
    const told = await press('a-key', cases, acts)
    expect(told.map(({ refusal }) => refusal)).toEqual([
      null,
      expect.stringContaining('Kim has this case'),
      'This case is closed already.',
      expect.stringContaining('no such case'),
    ])
    await brand(async (tx) => {
      expect(await rowOf(tx, one!.id)).toMatchObject({ state: 'closed', priority: 'high' })
      // Refused means that nothing of it was done.
      expect(await rowOf(tx, held!.id)).toMatchObject({ state: 'assigned', priority: 'normal' })
    })
    expect(await press('a-key', cases, acts)).toEqual(told)
    expect(await brand((tx) => eventsOf(tx, 'case.closed'))).toHaveLength(2)
    await expect(press('a-key', [{ id: one!.id }], acts)).rejects.toMatchObject({ code: 'conflict' })
    const others: CaseAct[] = [{ kind: 'priority', priority: 'low' }]
    await expect(press('a-key', cases, others)).rejects.toMatchObject({ code: 'conflict' })
    expect(await inBrand(test.db, theirs.brandId, (tx) => rowOf(tx, theirs.id))).toMatchObject({ state: 'open' })
  })

  it('of several at once with one key is done once', async () => {
    const made = await brand(async (tx) => {
      const rows = []
      for (let n = 0; n < 30; n++) rows.push(await anEscalation(tx))
      return rows
    })
    const cases = made.map(({ id }) => ({ id }))
    const acts: CaseAct[] = [{ kind: 'note', text: 'The update is out.' }]
    const all = await Promise.all([1, 2, 3, 4].map(() => press('one-key', cases, acts)))
    for (const told of all) expect(told.every(({ refusal }) => refusal === null)).toBe(true)
    expect(await brand((tx) => eventsOf(tx, 'case.noted'))).toHaveLength(30)
  })

  it('runs a macro on each', async () => {
    const { ids, macroId } = await brand(async (tx) => {
      const labelId = await makeTool(tx, { table: 'label', colour: 'red' }, 'Refund', sam, NINE)
      const acts = [
        { kind: 'label' as const, labelId },
        { kind: 'assign' as const, to: 'me' as const },
        { kind: 'note' as const, text: 'Wait for the bank.' },
      ]
      const macroId = await makeTool(tx, { table: 'macro', acts }, 'Refund', sam, NINE)
      return { macroId, ids: [(await anEscalation(tx)).id, (await anEscalation(tx)).id] }
    })
    await press(
      'a-macro',
      ids.map((id) => ({ id })),
      [{ kind: 'macro', macroId }],
    )
    await brand(async (tx) => {
      for (const id of ids) {
        expect(await rowOf(tx, id)).toMatchObject({ assignee_name: 'Sam', labels: [{ name: 'Refund' }] })
        expect(await notesOf(tx, id)).toMatchObject([{ text: 'Wait for the bank.' }])
      }
    })
  })

  it('hands back to whoever fits, with the duplicates waiting for staff again, and wakes whoever matches (E3)', async () => {
    const [one, other, copy] = await brand(async (tx) => [
      await anEscalation(tx),
      await anEscalation(tx, { assigneeId: kim.userId }),
      await anEscalation(tx),
    ])
    await brand((tx) => mergeCase(tx, copy!.id, one!.id, sam, NINE))
    const acts: CaseAct[] = [{ kind: 'hand-back', guidance: 'The update is out.' }]
    const cases = [one!, other!].map(({ id }) => ({ id }))
    const told = await press('hand-back', cases, acts)
    expect(told).toMatchObject([{ refusal: null }, { refusal: expect.stringContaining('Kim has this case') }])
    expect(woken).toEqual([one!.mentionId])
    await brand(async (tx) => {
      expect(await rowOf(tx, one!.id)).toMatchObject({ state: 'handed-back' })
      expect(await rowOf(tx, copy!.id)).toMatchObject({ state: 'open', merged_into: null })
      const [waits] = await tx.execute(sql`select state from mention where id = ${one!.mentionId}`)
      expect(waits).toEqual({ state: 'triaged' })
    })
    // The same press again hands nothing back, and wakes once more: the first time may have been lost.
    expect(await press('hand-back', cases, acts)).toEqual(told)
    expect(await brand((tx) => eventsOf(tx, 'case.handed-back'))).toHaveLength(1)
    expect(woken).toEqual([one!.mentionId, one!.mentionId])
  })

  it('is undone as a whole, each case to what it was, but not where somebody changed it since', async () => {
    const [low, high, theirs] = await brand(async (tx) => [
      await anEscalation(tx, { priority: 'low' }),
      await anEscalation(tx, { priority: 'high' }),
      await anEscalation(tx, { priority: 'low' }),
    ])
    const before = [low!, high!, theirs!]
    const done = await press(
      'urgent-now',
      before.map(({ id }) => ({ id })),
      [{ kind: 'priority', priority: 'urgent' }],
    )
    expect(done.map(({ version }) => version)).toEqual([1, 1, 1])
    await brand((tx) => act(tx, theirs!.id, [{ kind: 'assign', to: 'me' }], kim))
    const undone = await press(
      'as-it-was',
      done.map(({ id, version }, at) => ({
        ...{ id, version: version! },
        acts: [{ kind: 'priority', priority: before[at]!.priority }],
      })),
      [],
    )
    expect(undone).toMatchObject([
      { refusal: null, version: 2 },
      { refusal: null, version: 2 },
      { refusal: expect.stringContaining('Kim has changed this case'), version: null },
    ])
    await brand(async (tx) => {
      expect(await rowOf(tx, low!.id)).toMatchObject({ priority: 'low' })
      expect(await rowOf(tx, high!.id)).toMatchObject({ priority: 'high' })
      expect(await rowOf(tx, theirs!.id)).toMatchObject({ priority: 'urgent', assignee_name: 'Kim' })
    })
  })
})
