import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type BrandTx, inBrand } from '../../src/db/client.ts'
import { decideByHand, type HandChoice } from '../../src/decide/by-hand.ts'
import { insertDecisions } from '../../src/decide/queries.ts'
import { showWhy } from '../../src/decide/show.ts'
import { listTriage } from '../../src/decide/triage-queries.ts'
import { decisionsOf, evidenceOf, wasOffered } from '../../src/decide/why/queries.ts'
import { HOUR, MINUTE } from '../../src/domain/clock.ts'
import { openCases } from '../../src/escalate/queries.ts'
import { aBrand, after, aMember, aMention, anOffer, aStaff, NINE } from '../builders.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'

let test: TestDatabase
let brandId: string
let by: { userId: string }
beforeAll(async () => {
  test = await freshDatabase()
})
afterAll(() => test.drop())
beforeEach(async () => {
  brandId = (await aBrand(test.db)).id
  by = { userId: (await aStaff(test.db, brandId, { name: 'Sam' })).id }
})
const brand = <T>(work: (tx: BrandTx) => Promise<T>) => inBrand(test.db, brandId, work)
const LATER = after(5 * HOUR)

const waiting = async (tx: BrandTx, action: object = {}) => {
  const { id } = await aMention(tx, { state: 'triage' })
  const decision = { destination: 'triage' as const, rule: 'unclear', reason: 'nobody can say', ...action }
  await insertDecisions(tx, [{ mentionId: id, policyVersion: 1, by: 'policy', facts: {}, decision }], NINE)
  return id
}
const decide = (tx: BrandTx, id: string, choice: HandChoice) => decideByHand(tx, id, choice, by, LATER, openCases)
const one = async (tx: BrandTx, statement: ReturnType<typeof sql>) => (await tx.execute(statement))[0]

describe('a mention in triage, decided by hand', () => {
  it('goes to the community with its whole time before it, and with what the rules found', async () => {
    await brand(async (tx) => {
      const id = await waiting(tx, { skills: ['wifi'], tags: ['storm'] })
      expect(await decide(tx, id, { destination: 'community', reason: 'a plain question' })).toBe('triaged')
      const row = await one(tx, sql`select state, due_at from mention`)
      expect(row).toMatchObject({ state: 'triaged' })
      expect(new Date(row?.due_at as string)).toEqual(after(2 * HOUR, LATER))
      expect(await one(tx, sql`select by, policy_version, action from decision order by at desc`)).toMatchObject({
        by: by.userId,
        policy_version: null,
        action: { skills: ['wifi'], tags: ['storm'] },
      })
      expect(await one(tx, sql`select kind, actor from event`)).toEqual({ kind: 'mention.waiting', actor: by.userId })
      expect(await one(tx, sql`select act from audit`)).toEqual({ act: 'mention.decided' })
    })
  })

  it('goes to the team that was named, or to the one the rules had in mind', async () => {
    await brand(async (tx) => {
      const named = await waiting(tx)
      const meant = await waiting(tx, { team: 'technical', priority: 'urgent' })
      await decide(tx, named, { destination: 'escalation', team: 'technical', reason: 'beyond us' })
      await decide(tx, meant, { destination: 'escalation', reason: 'beyond us' })
      const cases = await tx.execute(sql`select mention_id, team, priority, origin from escalation order by mention_id`)
      expect([...cases]).toEqual([
        { mention_id: named, team: 'technical', priority: 'normal', origin: 'person' },
        { mention_id: meant, team: 'technical', priority: 'urgent', origin: 'person' },
      ])
    })
  })

  it('is ignored under a word that is counted, its reason kept (L6)', async () => {
    await brand(async (tx) => {
      const id = await waiting(tx)
      expect(await decide(tx, id, { destination: 'ignore', reason: 'about another Acme' })).toBe('ignored')
      expect(await one(tx, sql`select data from event`)).toMatchObject({
        data: { reason: 'by hand', words: 'about another Acme' },
      })
    })
  })

  it('is decided by the first of two; the other hears where it is', async () => {
    const id = await brand((tx) => waiting(tx))
    const results = await Promise.allSettled(
      (['community', 'ignore'] as const).map((destination) =>
        brand((tx) => decide(tx, id, { destination, reason: 'because' })),
      ),
    )
    const [loser] = results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []))
    const winner = results.find((result) => result.status === 'fulfilled')
    expect(loser).toMatchObject({ code: 'conflict', details: { state: winner?.value } })
    expect(await brand((tx) => tx.execute(sql`select 1 from event`))).toHaveLength(1)
  })

  it('is not sent to a team that does not exist, and stays where it is', async () => {
    const id = await brand((tx) => waiting(tx))
    const deciding = brand((tx) => decide(tx, id, { destination: 'escalation', team: 'cars', reason: 'because' }))
    await expect(deciding).rejects.toMatchObject({ code: 'invalid', message: expect.stringContaining('care') })
    expect(await brand((tx) => one(tx, sql`select state from mention`))).toEqual({ state: 'triage' })
  })
})

describe('the triage list', () => {
  it('pages by the clock, missing and repeating nothing when many are due together', async () => {
    await brand(async (tx) => {
      for (const minutes of [3, 1, 1, 1, 1, 2]) await aMention(tx, { state: 'triage', dueAt: after(minutes * MINUTE) })
      await aMention(tx, { state: 'triaged' })
      const seen: string[] = []
      let place: { key: string; id: string } | null = null
      for (let more = true; more; ) {
        const rows = await listTriage(tx, { limit: 2, after: place })
        more = rows.length > 2
        seen.push(...rows.slice(0, 2).map(({ id }) => id))
        const last = rows.slice(0, 2).at(-1)!
        place = { key: new Date(last.due_at).toISOString(), id: last.id }
      }
      const all = await tx.execute<{ id: string }>(
        sql`select id from mention where state = 'triage' order by due_at, id`,
      )
      expect(seen).toEqual(all.map(({ id }) => id))
    })
  })
})

describe('why a mention went where it went', () => {
  it('tells each decision with those it was offered to; a member sees only what was thought of them (R7)', async () => {
    const [ana, ben] = [await aMember(test.db, brandId), await aMember(test.db, brandId, { name: 'Ben' })]
    await brand(async (tx) => {
      const why = [{ head: 'intent', words: 'how do I', push: 0.4 }]
      const { id } = await aMention(tx, { state: 'offered', understood: { why } })
      const decision = { destination: 'community' as const, rule: 'praise', reason: 'the intent is praise' }
      await insertDecisions(tx, [{ mentionId: id, policyVersion: 1, by: 'policy', facts: {}, decision }], NINE)
      await insertDecisions(
        tx,
        [{ mentionId: id, policyVersion: null, by: by.userId, facts: {}, decision: { ...decision, rule: null } }],
        LATER,
      )
      const offerWhy = (score: number) => ({ score, words: `fits ${score}`, terms: {} })
      await anOffer(tx, { mentionId: id, memberId: ana.id, why: offerWhy(0.4) })
      await anOffer(tx, { mentionId: id, memberId: ben.id, why: offerWhy(0.9), offeredAt: LATER })
      const mask = (text: string) => text.toUpperCase()
      const shown = async (member: string | null) =>
        showWhy(await decisionsOf(tx, id), (await evidenceOf(tx, id))!, member, mask)
      expect(await shown(null)).toMatchObject({
        decisions: [
          {
            by: 'the rules',
            policyVersion: 1,
            rule: 'praise',
            candidates: [{ member: 'Ana', score: 0.4, why: 'fits 0.4' }],
          },
          { by: 'Sam', policyVersion: null, rule: null, candidates: [{ member: 'Ben', score: 0.9 }] },
        ],
        evidence: [{ head: 'intent', words: 'HOW DO I', push: 0.4 }],
      })
      expect((await shown(ana.id)).decisions.map(({ candidates }) => candidates.length)).toEqual([1, 0])
      expect([await wasOffered(tx, id, ana.id), await evidenceOf(tx, ana.id)]).toEqual([true, null])
    })
  })
})
