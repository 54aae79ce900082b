import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { PolicyError } from '../../rules/language.ts'
import { type BrandTx, inBrand } from '../../src/db/client.ts'
import { lookAt, publishVersion, savePolicy } from '../../src/decide/publish.ts'
import { currentPolicy, hitsByRule, insertDecisions, policyText, policyVersions } from '../../src/decide/queries.ts'
import { showPolicy } from '../../src/decide/show.ts'
import { DAY } from '../../src/domain/clock.ts'
import { aBrand, after, aMention, aStaff, NINE } from '../builders.ts'
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
  by = { userId: (await aStaff(test.db, brandId, { name: 'Ada', role: 'admin' })).id }
})
const brand = <T>(work: (tx: BrandTx) => Promise<T>) => inBrand(test.db, brandId, work)

const TEXT = (atLeast: number, team = 'care') => `
name: ours
rules:
  - name: angry
    when: { field: anger, atLeast: ${atLeast} }
    then: { escalate: { team: ${team}, priority: high } }
otherwise: { community: {} }
`
const save = (tx: BrandTx, basedOn: number, atLeast = 0.6) =>
  savePolicy(tx, { text: TEXT(atLeast), note: 'Less anger for members.', basedOn }, by, NINE)

describe('a policy', () => {
  it('comes into force as a new version, with an event and a line in the audit (R5)', async () => {
    await brand(async (tx) => {
      expect(await currentPolicy(tx)).toBeNull()
      expect([await save(tx, 0), await save(tx, 1, 0.7)]).toEqual([1, 2])
      expect(await currentPolicy(tx)).toMatchObject({ version: 2, name: 'ours', text: TEXT(0.7) })
      expect((await policyVersions(tx)).map(({ version, author }) => [version, author])).toEqual([
        [2, 'Ada'],
        [1, 'Ada'],
      ])
      const told = await tx.execute(sql`select kind, actor, data->'version' as version from event order by id`)
      expect([...told]).toEqual([1, 2].map((version) => ({ kind: 'policy.published', actor: by.userId, version })))
      expect(await tx.execute(sql`select 1 from audit where act = 'policy.published'`)).toHaveLength(2)
    })
    expect(await policyText(test.db, brandId, 1)).toBe(TEXT(0.6))
  })

  it('that began from a version no longer in force is refused with the one that is', async () => {
    const saving = brand(async (tx) => {
      await save(tx, 0)
      await save(tx, 0)
    })
    await expect(saving).rejects.toMatchObject({ code: 'conflict', details: { version: 1 } })
  })

  it('of two that are saved at once from the same version is one; the other is a conflict', async () => {
    const results = await Promise.allSettled([brand((tx) => save(tx, 0)), brand((tx) => save(tx, 0, 0.7))])
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(await brand((tx) => policyVersions(tx))).toHaveLength(1)
  })

  it('with a fault is not saved, and the fault names its place (R3)', async () => {
    const text = TEXT(0.6, 'cars')
    const [fault] = (await brand((tx) => lookAt(tx, text))).faults
    expect(fault).toMatchObject({ at: 'rules[0].then.escalate.team', says: expect.stringContaining('care') })
    const saving = brand((tx) => savePolicy(tx, { text, note: 'oops', basedOn: 0 }, by, NINE))
    await expect(saving).rejects.toBeInstanceOf(PolicyError)
    expect((await brand((tx) => lookAt(tx, TEXT(0.6)))).faults).toEqual([])
  })

  it('of an earlier version can be put back in force; the one in force is left as it is', async () => {
    await brand(async (tx) => {
      await save(tx, 0)
      await save(tx, 1, 0.7)
      await publishVersion(tx, 1, by, after(DAY))
      await publishVersion(tx, 1, by, after(DAY))
      expect((await currentPolicy(tx))?.version).toBe(1)
      expect(await tx.execute(sql`select 1 from event where kind = 'policy.published'`)).toHaveLength(3)
      await expect(publishVersion(tx, 9, by, NINE)).rejects.toMatchObject({ code: 'not-found' })
    })
  })

  it('shows each rule in words, and how often it decided in the last seven days', async () => {
    const page = await brand(async (tx) => {
      await save(tx, 0)
      const { id: mentionId } = await aMention(tx)
      const decision = { destination: 'escalation' as const, rule: 'angry', reason: 'anger is 0.9, at least 0.6' }
      const one = { mentionId, policyVersion: 1, by: 'policy', facts: { anger: 0.9 }, decision }
      await insertDecisions(tx, [one, one], NINE)
      await insertDecisions(tx, [one], after(-8 * DAY))
      return showPolicy(await currentPolicy(tx), await policyVersions(tx), await hitsByRule(tx, after(-7 * DAY)))
    })
    expect(page.rules).toEqual([
      { name: 'angry', off: false, when: 'anger is at least 0.6', then: 'to the care team, high', hits7d: 2 },
      { name: 'otherwise', off: false, when: 'no rule above has decided', then: 'to the community', hits7d: 0 },
    ])
    expect(page.versions).toMatchObject([{ version: 1, published: true }])
  })

  it('of another brand stays unseen (I5)', async () => {
    const elsewhere = await aBrand(test.db)
    await brand((tx) => save(tx, 0))
    expect(await inBrand(test.db, elsewhere.id, (tx) => policyVersions(tx))).toEqual([])
  })
})

describe('a decision', () => {
  it('keeps what it was decided on and what it asks for, and cannot be changed (R7, I7)', async () => {
    await brand(async (tx) => {
      const { id: mentionId } = await aMention(tx)
      const decision = {
        destination: 'community' as const,
        rule: 'praise',
        reason: 'nice',
        skills: ['wifi'],
        minimumRank: 1,
      }
      const facts = { anger: 0.1, flags: ['press'] }
      await insertDecisions(tx, [{ mentionId, policyVersion: 3, by: 'policy', facts, decision }], NINE)
      const [row] = await tx.execute(sql`select policy_version, facts, action, rule from decision`)
      expect(row).toEqual({ policy_version: 3, facts, rule: 'praise', action: { skills: ['wifi'], minimumRank: 1 } })
    })
    await expect(brand((tx) => tx.execute(sql`update decision set rule = 'other'`))).rejects.toMatchObject({
      cause: { code: '42501' },
    })
  })
})
