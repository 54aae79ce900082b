import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type BrandTx, inBrand } from '../../src/db/client.ts'
import { publishVersion, saveDraft, savePolicy } from '../../src/decide/publish.ts'
import { currentPolicy, policyVersions } from '../../src/decide/queries.ts'
import { DAY, MINUTE } from '../../src/domain/clock.ts'
import { noFaults } from '../../src/domain/fault.ts'
import { openKits } from '../../src/kit.ts'
import { openRoster } from '../../src/match/roster.ts'
import { runTriage } from '../../src/triage.ts'
import { aBrand, after, aMember, aMention, aStaff, NINE } from '../builders.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'
import { setClock } from '../world.ts'

let test: TestDatabase
let brandId: string
let by: { userId: string }
beforeAll(async () => {
  test = await freshDatabase()
})
afterAll(() => test.drop())
beforeEach(async () => {
  brandId = (await aBrand(test.db)).id
  by = { userId: (await aStaff(test.db, brandId, { role: 'admin', name: 'Ada' })).id }
})
const brand = <T>(work: (tx: BrandTx) => Promise<T>) => inBrand(test.db, brandId, work)
const to = (otherwise: object, name = 'ours') => JSON.stringify({ name, rules: [], otherwise })
const COMMUNITY = to({ community: { minimumRank: 1 } })
const STAFF = to({ escalate: { team: 'care' } })

describe('a draft', () => {
  it('is a version that is not in force until it is published, and is never changed (R5)', async () => {
    await brand(async (tx) => {
      await savePolicy(tx, { text: COMMUNITY, note: 'first', basedOn: 0 }, by, NINE)
      expect(await saveDraft(tx, { text: STAFF, note: 'staff first', basedOn: 1 }, by, NINE)).toBe(2)
      expect(await saveDraft(tx, { text: STAFF, note: 'the same again', basedOn: 2 }, by, NINE)).toBe(3)
      expect((await currentPolicy(tx))?.version).toBe(1)
      expect((await policyVersions(tx)).map(({ version, state, based_on }) => [version, state, based_on])).toEqual([
        [3, 'draft', 2],
        [2, 'draft', 1],
        [1, 'in force', null],
      ])
      await publishVersion(tx, 2, by, after(DAY), 1)
      expect((await policyVersions(tx)).map(({ state }) => state)).toEqual(['draft', 'in force', 'earlier'])
      const notes = await tx.execute(
        sql`select data->>'note' as note from event where kind = 'policy.published' order by id`,
      )
      expect(notes.map((row) => row.note)).toEqual(['first', 'staff first'])
      await publishVersion(tx, 1, by, after(2 * DAY))
      const acts = await tx.execute(sql`select act, target, details->>'note' as note from audit order by at, id`)
      expect([...acts].slice(1)).toEqual([
        { act: 'policy.drafted', target: 'policy 2', note: 'staff first' },
        { act: 'policy.drafted', target: 'policy 3', note: 'the same again' },
        { act: 'policy.published', target: 'policy 2', note: 'staff first' },
        { act: 'policy.published', target: 'policy 1', note: 'Back to version 1.' },
      ])
    })
    const changed = brand((tx) => tx.execute(sql`update policy set text = 'x'`))
    await expect(changed).rejects.toMatchObject({ cause: { code: '42501' } })
  })

  it('saved by two at once are two versions', async () => {
    await brand((tx) => savePolicy(tx, { text: COMMUNITY, note: 'first', basedOn: 0 }, by, NINE))
    const save = (note: string) => brand((tx) => saveDraft(tx, { text: STAFF, note, basedOn: 1 }, by, NINE))
    expect((await Promise.all([save('a'), save('b'), save('c')])).sort()).toEqual([2, 3, 4])
  })

  it('is refused with its faults, or when it is begun from nothing there is', async () => {
    const faulty = brand((tx) =>
      saveDraft(tx, { text: to({ escalate: { team: 'cars' } }), note: 'x', basedOn: 0 }, by, NINE),
    )
    await expect(faulty).rejects.toMatchObject({ faults: [{ at: 'otherwise.escalate.team' }] })
    const lost = brand((tx) => saveDraft(tx, { text: STAFF, note: 'x', basedOn: 7 }, by, NINE))
    await expect(lost).rejects.toMatchObject({ code: 'not-found' })
  })

  it('is not put in force over another than was looked at', async () => {
    await brand(async (tx) => {
      await savePolicy(tx, { text: COMMUNITY, note: 'first', basedOn: 0 }, by, NINE)
      await saveDraft(tx, { text: STAFF, note: 'x', basedOn: 1 }, by, NINE)
      await savePolicy(tx, { text: COMMUNITY, note: 'meanwhile', basedOn: 1 }, by, NINE)
    })
    const late = brand((tx) => publishVersion(tx, 2, by, NINE, 1))
    await expect(late).rejects.toMatchObject({ code: 'conflict', details: { version: 3 } })
  })
})

describe('a mention in flight', () => {
  it('finishes under the version that decided it; the next one goes the new way (R5, I7)', async () => {
    const clock = setClock()
    await brand((tx) => savePolicy(tx, { text: COMMUNITY, note: 'first', basedOn: 0 }, by, NINE))
    const deps = { db: test.db, clock, kits: openKits(test.db), roster: openRoster(clock), fault: noFaults }
    const triage = runTriage(deps)
    const hear = () => brand(async (tx) => (await aMention(tx, { receivedAt: clock.now() })).id)
    const before = await hear()
    await triage({ brandId, mentionIds: [before] }) // nobody of rank 1 is there: it waits

    await brand(async (tx) => {
      const draft = await saveDraft(tx, { text: STAFF, note: 'staff first', basedOn: 1 }, by, NINE)
      await publishVersion(tx, draft, by, clock.now(), 1)
    })
    const { id: helper } = await aMember(test.db, brandId, { rank: 'helper' })
    clock.pass(MINUTE)
    const next = await hear()
    await triage({ brandId, mentionIds: [before, next] })

    const rows = await brand((tx) =>
      tx.execute(sql`
        select m.id, m.state, array(select policy_version from decision d where d.mention_id = m.id) as versions,
          array(select member_id from offer o where o.mention_id = m.id) as offered
        from mention m order by m.received_at`),
    )
    expect([...rows]).toEqual([
      { id: before, state: 'offered', versions: [1], offered: [helper] },
      { id: next, state: 'escalated', versions: [2], offered: [] },
    ])
  })
})
