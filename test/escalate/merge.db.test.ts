import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type BrandTx, inBrand } from '../../src/db/client.ts'
import { insertDecisions } from '../../src/decide/queries.ts'
import { HOUR, MINUTE } from '../../src/domain/clock.ts'
import { DomainError } from '../../src/domain/errors.ts'
import { closeCase, noteCase } from '../../src/escalate/act.ts'
import { actOnCase } from '../../src/escalate/acts/acts.ts'
import type { CaseAct } from '../../src/escalate/acts/contract.ts'
import { mergeCase, separateCase } from '../../src/escalate/acts/merge.ts'
import { duplicatesOf } from '../../src/escalate/acts/merge-queries.ts'
import { handBack } from '../../src/escalate/hand-back.ts'
import { sayEvent } from '../../src/escalate/history.ts'
import { historyOf, notesOf, oneCase } from '../../src/escalate/inbox-queries.ts'
import { openCases } from '../../src/escalate/queries.ts'
import { warnCases } from '../../src/escalate/warn.ts'
import { withdrawMentions } from '../../src/ingest/store.ts'
import { aBrand, after, aMention, anEscalation, aStaff, NINE } from '../builders.ts'
import { freshDatabase, type TestDatabase, untilSomebodyWaits } from '../database.ts'

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
describe('a merged duplicate', () => {
  it('is looked for by what is shown of it, so that nobody spells out what is blanked (U7)', async () => {
    const found = await brand(async (tx) => {
      const { id } = await anEscalation(tx)
      const mention = await aMention(tx, {
        state: 'escalated',
        text: 'Call 5551234',
        authorId: 'frida',
        authorHandle: 'Frida',
      })
      await anEscalation(tx, { mentionId: mention.id })
      const mask = (text: string) => text.replace(/\d{4,}/g, '[phone]')
      const texts = async (words: string) => (await duplicatesOf(tx, id, words, mask)).map(({ text }) => text)
      return [await texts('555'), await texts('CALL'), await texts('frid')]
    })
    expect(found).toEqual([[], ['Call [phone]'], ['Call [phone]']])
  })

  it('closes into the other, whose clock is the earlier one, and can be separated again with the clock it had', async () => {
    const { a, b } = await brand(async (tx) => {
      const mention = await aMention(tx, { state: 'escalated', authorId: 'frida' })
      const again = await aMention(tx, { state: 'escalated', authorId: mention.authorId })
      const a = await anEscalation(tx, { mentionId: mention.id, dueAt: after(3 * HOUR) })
      const b = await anEscalation(tx, { mentionId: again.id, dueAt: after(2 * HOUR), assigneeId: sam.userId })
      await anEscalation(tx, { dueAt: after(HOUR) })
      expect((await duplicatesOf(tx, b.id, '', String)).map(({ shared }) => shared)).toEqual(['author', null])
      await noteCase(tx, b.id, { text: 'Called.', mentions: [], key: null }, sam, NINE)
      return { a, b }
    })
    await brand((tx) => mergeCase(tx, b.id, a.id, sam, NINE))
    await brand(async (tx) => {
      expect(await rowOf(tx, b.id)).toMatchObject({ state: 'closed', merged_into: a.id })
      expect(await dueOf(tx, a.id)).toEqual(after(2 * HOUR))
      expect(await notesOf(tx, a.id)).toMatchObject([{ text: 'Called.' }])
      const there = await historyOf(tx, a.mentionId)
      expect(there.filter(({ of }) => of !== null).map(({ kind }) => kind)).toEqual([
        'case.noted',
        'case.merged',
        'mention.closed',
      ])
      // What was merged stays unanswered in the report: only the other is answered.
      expect(await tx.execute(sql`select state from mention where id = ${b.mentionId}`)).toEqual([{ state: 'closed' }])
      expect((await refusal(mergeCase(tx, a.id, b.id, sam, NINE))).code).toBe('conflict')
      await act(tx, a.id, [{ kind: 'priority', priority: 'low' }])
      expect(await dueOf(tx, a.id)).toEqual(after(2 * HOUR))
    })
    await brand((tx) => separateCase(tx, b.id, kim, after(MINUTE)))
    await brand(async (tx) => {
      expect(await rowOf(tx, b.id)).toMatchObject({ state: 'assigned', assignee_name: 'Sam', merged_into: null })
      expect(await dueOf(tx, b.id)).toEqual(after(2 * HOUR))
      // Low waits twice as long as the team takes: care has two hours, so four of them.
      expect(await dueOf(tx, a.id)).toEqual(after(4 * HOUR))
      expect(await tx.execute(sql`select state from mention where id = ${b.mentionId}`)).toEqual([
        { state: 'escalated' },
      ])
      expect((await refusal(separateCase(tx, b.id, kim, NINE))).code).toBe('conflict')
    })
  })

  const two = (own: object = {}, its: object = {}) =>
    brand(async (tx) => ({ a: await anEscalation(tx, own), b: await anEscalation(tx, its) }))
  const mentionState = async (tx: BrandTx, id: string) =>
    (await tx.execute<{ state: string }>(sql`select state from mention where id = ${id}`))[0]?.state

  it.each(['handed back', 'taken back at its network'])(
    'waits again when the case it was merged into is %s',
    async (how) => {
      const { a, b } = await two({}, { dueAt: after(HOUR), assigneeId: sam.userId })
      const { closed } = await brand(async (tx) => ({ closed: await anEscalation(tx) }))
      await brand((tx) => mergeCase(tx, b.id, a.id, sam, NINE))
      await brand((tx) => mergeCase(tx, closed.id, a.id, sam, NINE))
      // This one's own author took it back meanwhile: there is nothing to answer.
      await brand((tx) => withdrawMentions(tx, [closed.mentionId], after(MINUTE)))
      await brand<unknown>((tx) =>
        how === 'handed back'
          ? handBack(tx, a.id, { memberId: null, guidance: '' }, kim, after(HOUR), insertDecisions)
          : withdrawMentions(tx, [a.mentionId], after(HOUR)),
      )
      await brand(async (tx) => {
        expect(await rowOf(tx, b.id)).toMatchObject({ state: 'assigned', assignee_name: 'Sam', merged_into: null })
        expect(await dueOf(tx, b.id)).toEqual(after(HOUR))
        expect(await mentionState(tx, b.mentionId)).toBe('escalated')
        expect((await rowOf(tx, closed.id)).state).toBe('closed')
        expect(await eventsOf(tx, 'case.separated')).toMatchObject([
          { data: { caseId: b.id, from: a.id }, actor: how === 'handed back' ? kim.userId : 'system' },
        ])
      })
    },
  )

  it('stays with the case it was merged into when that one is closed, and lends no clock to its next round', async () => {
    const { a, b } = await two({}, { dueAt: after(HOUR), warnAt: after(30 * MINUTE) })
    await brand((tx) => mergeCase(tx, b.id, a.id, sam, NINE))
    await brand((tx) => closeCase(tx, a.id, 'Solved.', sam, after(MINUTE)))
    const again = after(24 * HOUR)
    await brand(async (tx) => {
      expect((await rowOf(tx, b.id)).state).toBe('closed')
      const asked = { mentionId: a.mentionId, team: 'care', priority: 'normal' as const, origin: 'rule' as const }
      await tx.execute(sql`update mention set state = 'escalated' where id = ${a.mentionId}`)
      await openCases(tx, [{ ...asked, reason: 'again' }], again)
      await act(tx, a.id, [{ kind: 'priority', priority: 'high' }], sam, again)
      expect(await dueOf(tx, a.id)).toEqual(after(HOUR, again))
      const third = await anEscalation(tx, { dueAt: after(9 * HOUR, again) })
      await mergeCase(tx, third.id, a.id, sam, again)
      expect(await dueOf(tx, a.id)).toEqual(after(HOUR, again))
      await separateCase(tx, third.id, sam, again)
      await mergeCase(tx, a.id, third.id, sam, again)
      expect(await rowOf(tx, a.id)).toMatchObject({ merged_into: third.id })
    })
  })

  it('takes its warning away with it, and the other’s team is warned anew', async () => {
    const { a, b } = await two({ warnAt: after(90 * MINUTE) }, { dueAt: after(HOUR), warnAt: after(30 * MINUTE) })
    await brand((tx) => mergeCase(tx, b.id, a.id, sam, NINE))
    expect(await brand((tx) => warnCases(tx, after(40 * MINUTE), 10))).toBe(1)
    await brand((tx) => separateCase(tx, b.id, sam, after(50 * MINUTE)))
    await brand(async (tx) => {
      const [row] = await tx.execute<{ warn_at: string; warned_at: string | null }>(
        sql`select warn_at, warned_at from escalation where id = ${a.id}`,
      )
      expect(new Date(row!.warn_at)).toEqual(after(90 * MINUTE))
      expect(row!.warned_at).toBeNull()
    })
  })

  it('leaves the name of nobody’s author behind, and its history says the one who is there', async () => {
    const { a, b } = await brand(async (tx) => {
      const mentionId = (await aMention(tx, { state: 'escalated', authorHandle: 'frida@kite' })).id
      return { a: await anEscalation(tx, { mentionId }), b: await anEscalation(tx) }
    })
    await brand((tx) => mergeCase(tx, b.id, a.id, sam, NINE))
    const kept = await brand(async (tx) => [
      ...(await tx.execute(sql`select closed_reason from escalation`)),
      ...(await tx.execute(sql`select data from event`)),
      ...(await test.db.execute(sql`select details from audit where brand_id = ${brandId}`)),
    ])
    expect(JSON.stringify(kept)).toContain(a.id)
    expect(JSON.stringify(kept)).not.toContain('frida')
    const saying = async (tx: BrandTx) =>
      (await historyOf(tx, b.mentionId))
        .filter(({ kind }) => kind === 'case.merged')
        .map((row) => sayEvent(row.kind, row.data))
    expect(await brand(saying)).toEqual(['merged it into the case of frida@kite'])
    await brand((tx) => tx.execute(sql`update mention set author_handle = '' where id = ${a.mentionId}`))
    expect(await brand(saying)).toEqual(['merged it into another case'])
  })

  it('is locked in the order of the mentions when its case is handed back, so that no two wait in a ring', async () => {
    const made = await brand(async (tx) => [await anEscalation(tx), await anEscalation(tx)])
    const [copy, into] = made.sort((a, b) => (a.mentionId < b.mentionId ? -1 : 1))
    await brand((tx) => mergeCase(tx, copy!.id, into!.id, sam, NINE))
    let handedBack: Promise<void> | undefined
    await test.db.transaction(async (other) => {
      await other.execute(sql`select 1 from mention where id = ${copy!.mentionId} for update`)
      handedBack = brand((tx) => act(tx, into!.id, [{ kind: 'hand-back', guidance: '' }]))
      await untilSomebodyWaits(test.db)
      const free = sql`select 1 from mention where id = ${into!.mentionId} for update nowait`
      expect(await other.execute(free)).toHaveLength(1)
    })
    await handedBack
    expect(await brand((tx) => rowOf(tx, copy!.id))).toMatchObject({ state: 'open', merged_into: null })
  })
})
