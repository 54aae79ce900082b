import { type SQL, sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { propose, retire, takeProposal } from '../../src/answers/knowledge/curate.ts'
import { type BrandTx, inBrand } from '../../src/db/client.ts'
import { newId } from '../../src/domain/id.ts'
import { aBrand, aMember, aMention, aReply, aStaff, NINE } from '../builders.ts'
import { freshDatabase, type TestDatabase, untilSomebodyWaits } from '../database.ts'

let test: TestDatabase
let brandId: string
let sam: string
let ben: { id: string; userId: string }
beforeAll(async () => {
  test = await freshDatabase()
  brandId = (await aBrand(test.db)).id
  sam = (await aStaff(test.db, brandId)).id
  ben = await aMember(test.db, brandId)
})
afterAll(() => test.drop())

const brand = <T>(work: (tx: BrandTx) => Promise<T>) => inBrand(test.db, brandId, work)
const answered = (outcome: 'thanked' | null = 'thanked') =>
  brand(async (tx) => {
    const { id } = await aMention(tx, { state: 'replied', text: 'my secretword leaks' })
    return aReply(tx, { mentionId: id, userId: ben.userId, memberId: ben.id, text: 'Press it', outcome })
  })
type Answer = Awaited<ReturnType<typeof answered>>
type Act = (tx: BrandTx, answer: Answer) => Promise<unknown>

const withdrawn: Act = (tx, { mentionId }) =>
  tx.execute(sql`update mention set state = 'withdrawn', text = '[gone]' where id = ${mentionId}`)
const retired: Act = (tx, { id }) => retire(tx, id, { reason: 'Not true', version: '0.0' }, sam, NINE)
const thanked: Act = (tx, { id }) => tx.execute(sql`update reply set outcome = 'thanked' where id = ${id}`)

/** `second` begins while `first` is done and not committed; `first` commits once `second` waits for it. */
async function meet(first: (tx: BrandTx) => Promise<unknown>, second: (tx: BrandTx) => Promise<unknown>) {
  let later: Promise<unknown> = Promise.resolve()
  await brand(async (tx) => {
    await first(tx)
    later = brand(second)
    later.catch(() => {})
    await untilSomebodyWaits(test.db)
  })
  await later
}

const knownOf = async (id: string) => {
  const [row] = await test.db.execute<{ retired: boolean; words: string }>(
    sql`select retired, words::text as words from known_answer where answer_id = ${id}`,
  )
  return row && { retired: row.retired, secret: row.words.includes('secretword') }
}

describe('what is known of an answer that two change at one moment', () => {
  const cases: [string, 'thanked' | null, Act, Act, boolean][] = [
    ['withdrawn, then retired', 'thanked', withdrawn, retired, true],
    ['retired, then withdrawn', 'thanked', retired, withdrawn, true],
    ['withdrawn, then known for the first time', null, withdrawn, thanked, false],
    ['known for the first time, then withdrawn', null, thanked, withdrawn, false],
  ]
  it.each(cases)('holds what both did: %s (L7)', async (_order, outcome, first, second, gone) => {
    const answer = await answered(outcome)
    await meet(
      (tx) => first(tx, answer),
      (tx) => second(tx, answer),
    )
    expect(await knownOf(answer.id)).toEqual({ retired: gone, secret: false })
  })

  it('is nothing when the answer went meanwhile', async () => {
    const answer = await answered()
    await meet(
      (tx) => tx.execute(sql`delete from reply where id = ${answer.id}`),
      (tx) => withdrawn(tx, answer),
    )
    expect(await knownOf(answer.id)).toBeUndefined()
  })
})

describe('taking a correction of a canned answer', () => {
  const aProposal = () =>
    brand(async (tx) => {
      const id = newId()
      await tx.execute(sql`
        insert into canned_answer (id, title, text, language, skills, changed_by, changed_at)
        values (${id}, ${id}, 'Open the app.', 'en', '{}', ${sam}, ${NINE.toISOString()})`)
      await propose(tx, id, { wrong: 'There is a new one', better: 'Open it.', key: newId() }, ben.userId, NINE)
      const [proposal] = await tx.execute<{ id: string }>(sql`select id from answer_proposal where answer_id = ${id}`)
      return { id, proposal: proposal!.id } // just made
    })
  const changes: [string, (id: string) => SQL][] = [
    ['edits', (id) => sql`update canned_answer set text = 'Other', version = version + 1 where id = ${id}`],
    ['deletes', (id) => sql`delete from canned_answer where id = ${id}`],
  ]

  it.each(changes)('waits for whoever %s it, and is told so, without a deadlock', async (_what, change) => {
    const { id, proposal } = await aProposal()
    const taken = (tx: BrandTx) => takeProposal(tx, proposal, { better: 'Open it.', version: '1.0' }, sam, NINE)
    let taking: Promise<unknown> = Promise.resolve()
    await brand(async (tx) => {
      await tx.execute(sql`select 1 from canned_answer where id = ${id} for update`)
      taking = brand(taken)
      taking.catch(() => {})
      await untilSomebodyWaits(test.db)
      await tx.execute(change(id))
    })
    await expect(taking).rejects.toMatchObject({ code: expect.stringMatching(/^(conflict|not-found)$/) })
  })
})
