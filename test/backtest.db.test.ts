import { sql } from 'drizzle-orm'
import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { compile } from '../rules/evaluate.ts'
import type { Facts } from '../rules/fields.ts'
import { readPolicy } from '../rules/language.ts'
import type { Policy } from '../rules/shape.ts'
import { runBacktest } from '../src/backtest.ts'
import { type BrandTx, inBrand } from '../src/db/client.ts'
import { type Outlook, type Tally, wayOf } from '../src/decide/backtest.ts'
import { backtestById, movedPage, silentBacktests } from '../src/decide/backtest-queries.ts'
import { setCosts } from '../src/decide/costs/queries.ts'
import { decide } from '../src/decide/decide.ts'
import { beginList } from '../src/decide/lists/lists.ts'
import { askBacktest, cancelBacktest } from '../src/decide/policy-routes.ts'
import { publishVersion, saveDraft, savePolicy } from '../src/decide/publish.ts'
import { insertDecisions } from '../src/decide/queries.ts'
import { demoPosts } from '../src/demo/content.ts'
import { DAY, MINUTE } from '../src/domain/clock.ts'
import { noFaults } from '../src/domain/fault.ts'
import { newId } from '../src/domain/id.ts'
import type { Destination } from '../src/domain/roles.ts'
import { openKits } from '../src/kit.ts'
import { openRoster } from '../src/match/roster.ts'
import { sweep } from '../src/sweep.ts'
import { runTriage } from '../src/triage.ts'
import { aBrand, after, aMember, aMention, aStaff, NINE } from './builders.ts'
import { freshDatabase, type TestDatabase } from './database.ts'
import { facts } from './rules/facts.ts'
import { somePolicy } from './rules/some-policies.ts'
import { setClock } from './world.ts'

let test: TestDatabase
let brandId: string
let by: { userId: string }
beforeAll(async () => {
  test = await freshDatabase()
})
afterAll(() => test.drop())
beforeEach(async () => {
  brandId = (await aBrand(test.db)).id
  by = { userId: (await aStaff(test.db, brandId, { role: 'admin' })).id }
})
const brand = <T>(work: (tx: BrandTx) => Promise<T>) => inBrand(test.db, brandId, work)
const LATER = after(DAY)
const clock = { now: () => LATER }
const run = (backtestId: string, fault = noFaults) =>
  runBacktest({ db: test.db, clock, fault })({ brandId, backtestId })
const stored = (id: string) => brand(async (tx) => (await backtestById(tx, id))!)

const angryTo = (atLeast: number): string =>
  JSON.stringify({
    name: 'ours',
    rules: [{ name: 'angry', when: { field: 'anger', atLeast }, then: { escalate: { team: 'care' } } }],
    otherwise: { community: {} },
  })

/** Two versions, the first in force, and decisions of it: anger rises from 0 to 1. @returns the draft's number */
async function history(mentions: number): Promise<number> {
  return brand(async (tx) => {
    await savePolicy(tx, { text: angryTo(0.8), note: 'first', basedOn: 0 }, by, NINE)
    const draft = await saveDraft(tx, { text: angryTo(0.4), note: 'stricter', basedOn: 1 }, by, NINE)
    const { sourceId } = await aMention(tx)
    const policy = compile(readPolicy(angryTo(0.8)))
    const rows = Array.from({ length: mentions }, (_, n) => {
      const own = facts({ anger: n / mentions })
      return { mentionId: newId(), policyVersion: 1, by: 'policy', facts: own, decision: decide(own, policy) }
    })
    await tx.execute(sql`
      insert into mention (id, source_id, network, instance, native_id, kind, author_id, author_handle, text, addressed,
        posted_at, received_at, state, state_at, due_at)
      select id, ${sourceId}, 'sandbox', 'x', id, 'post', 'a', 'pat', 'hello', false, ${NINE.toISOString()}::timestamptz,
        ${NINE.toISOString()}::timestamptz, 'closed', ${NINE.toISOString()}::timestamptz, ${NINE.toISOString()}::timestamptz
      from unnest(${`{${rows.map((row) => row.mentionId).join(',')}}`}::uuid[]) as t(id)`)
    for (let n = 0; n < rows.length; n += 100) await insertDecisions(tx, rows.slice(n, n + 100), after(n))
    return draft
  })
}
const ask = (version: number, days = 28) => brand((tx) => askBacktest(tx, { version, days }, by, LATER))

/** Posts of the demo as they were heard, some of them in clusters; the same for the same draw. */
type Stream = { post: number; alike: number | null }[]
const stream: fc.Arbitrary<Stream> = fc.array(
  fc.record({ post: fc.nat({ max: 416 }), alike: fc.option(fc.nat({ max: 2 }), { freq: 3 }) }),
  { minLength: 25, maxLength: 45 },
)
const POSTS = demoPosts()
const PAGE = 12

/** Lets a stream flow through live triage under a policy, page by page. @returns the brand it flowed through */
async function live(
  posts: Stream,
  policy: Policy,
  then?: Policy,
): Promise<{ id: string; by: { userId: string }; at: Date }> {
  const { id } = await aBrand(test.db, { settings: { languages: ['en', 'de', 'es'] } })
  const by = { userId: (await aStaff(test.db, id, { role: 'admin' })).id }
  await aMember(test.db, id, { capacity: 40, rank: 'helper' })
  const own = <T>(work: (tx: BrandTx) => Promise<T>) => inBrand(test.db, id, work)
  await own((tx) => savePolicy(tx, { text: JSON.stringify(policy), note: 'first', basedOn: 0 }, by, NINE))
  if (then)
    await own(async (tx) => {
      const draft = await saveDraft(tx, { text: JSON.stringify(then), note: 'then', basedOn: 1 }, by, NINE)
      await publishVersion(tx, draft, by, NINE)
    })
  const clock = setClock()
  const triage = runTriage({ db: test.db, clock, kits: openKits(test.db), roster: openRoster(clock), fault: noFaults })
  const clusters = [newId(), newId(), newId()]
  for (let n = 0; n < posts.length; n += PAGE) {
    clock.pass(7 * MINUTE)
    const mentionIds = await own(async (tx) => {
      const ids: string[] = []
      for (const [at, { post, alike }] of posts.slice(n, n + PAGE).entries()) {
        const { text, lang = null } = POSTS[post]!
        const clusterId = alike === null ? null : clusters[alike]!
        const row = { nativeId: String(n + at), text, languageHint: lang, clusterId, receivedAt: clock.now() }
        ids.push((await aMention(tx, row)).id)
      }
      return ids
    })
    await triage({ brandId: id, mentionIds })
  }
  return { id, by, at: after(DAY) }
}

type Decided = {
  native_id: string
  destination: Destination
  facts: Facts
  rule: string
  reason: string
  action: object
}
const decidedIn = (brandId: string): Promise<Decided[]> =>
  inBrand(test.db, brandId, (tx) =>
    tx.execute<Decided>(sql`
      select m.native_id, d.destination, d.facts, d.rule, d.reason, d.action from decision d
      join mention m on m.id = d.mention_id where d.by = 'policy' order by m.native_id::int`),
  )

describe('a backtest', () => {
  it('tries a rule on a list begun after the mentions were decided (R1, R4)', async () => {
    await history(10)
    const text = JSON.stringify({
      name: 'ours',
      rules: [{ name: 'gadgets', when: { field: 'text', inList: 'gadgets' }, then: { triage: {} } }],
      otherwise: { community: {} },
    })
    const draft = await brand(async (tx) => {
      await beginList(tx, { name: 'gadgets', kind: 'words', entries: ['headphones'] }, by, LATER)
      return saveDraft(tx, { text, note: 'gadgets', basedOn: 1 }, by, LATER)
    })
    const { id } = await ask(draft)
    await run(id)
    expect((await stored(id)).tally?.matrix).toEqual({ 'community→triage': 8, 'escalation→triage': 2 })

    // In force it moves nothing: what it would send elsewhere since then goes there now.
    await brand((tx) => publishVersion(tx, draft, by, LATER))
    const same = await brand((tx) => saveDraft(tx, { text, note: 'the same', basedOn: draft }, by, LATER))
    const again = await ask(same)
    await run(again.id)
    expect((await stored(again.id)).tally?.matrix).toEqual({ 'triage→triage': 10 })
  })

  it('reckons with what mistakes cost today, as publishing would (R4, R6)', async () => {
    const draft = await history(10) // anger 0, 0.1 … 0.9; staff from 0.8 now and from 0.4 under the draft
    const thresholds = { '*': { community: 0.2, staff: 0.3 } }
    const costs = { ...{ angryToFan: 1, easyToStaff: 1, humanTriage: 0.1 }, thresholds, at: NINE.toISOString() }
    await brand((tx) => setCosts(tx, costs))
    const { id } = await ask(draft)
    await run(id)
    expect((await stored(id)).tally?.matrix).toEqual({
      ...{ 'community→community': 2, 'triage→triage': 1, 'escalation→escalation': 7 },
    })
    await brand((tx) => setCosts(tx, null))
    const without = await ask(draft)
    await run(without.id)
    expect((await stored(without.id)).tally?.matrix).toEqual({
      ...{ 'community→community': 4, 'community→escalation': 4, 'escalation→escalation': 2 },
    })
  })

  it('gives to the last mention what truly publishing gives: the same stream, live, under the draft (R4, I7)', async () => {
    await fc.assert(
      fc.asyncProperty(stream, somePolicy, somePolicy, async (posts, one, other) => {
        const before = await live(posts, one)
        const truth = await live(posts, one, other)
        const own = <T>(work: (tx: BrandTx) => Promise<T>) => inBrand(test.db, before.id, work)
        const draft = await own((tx) =>
          saveDraft(tx, { text: JSON.stringify(other), note: 'try', basedOn: 1 }, before.by, NINE),
        )
        const asked = await own((tx) => askBacktest(tx, { version: draft, days: 28 }, before.by, before.at))
        await runBacktest({ db: test.db, clock, fault: noFaults })({ brandId: before.id, backtestId: asked.id })

        const [then, now] = [await decidedIn(before.id), await decidedIn(truth.id)]
        expect(then.length).toBe(now.length)
        const matrix: Record<string, number> = {}
        for (const [n, was] of then.entries()) {
          const is = now[n]!
          const way = wayOf(was.destination, is.destination)
          matrix[way] = (matrix[way] ?? 0) + 1
          const { destination, rule, reason, ...action } = decide(was.facts, compile(readPolicy(JSON.stringify(other))))
          expect({ facts: was.facts, destination, rule, reason, action }).toEqual({
            ...{ facts: is.facts, destination: is.destination, rule: is.rule, reason: is.reason, action: is.action },
          })
        }
        const row = (await own((tx) => backtestById(tx, asked.id)))!
        expect(row).toMatchObject({ state: 'done', seen: then.length, total: then.length })
        expect(row.tally?.matrix).toEqual(matrix)
        const listed = await own((tx) => movedPage(tx, asked.id, { went: null, goes: null, limit: 100, after: null }))
        const elsewhere = then.filter((was, n) => {
          const team = (one: Decided) => (one.action as { team: string | null }).team
          return was.destination !== now[n]?.destination || team(was) !== team(now[n]!)
        })
        expect(listed.length).toBe(elsewhere.length)
      }),
      { numRuns: 8, endOnFailure: true },
    )
  })

  it('replays the days that were asked for, decisions of the rules only, and of this brand only (I5)', async () => {
    const draft = await history(10)
    await brand(async (tx) => {
      const { id } = await aMention(tx)
      const decision = { destination: 'ignore' as const, rule: null, reason: 'by hand' }
      await insertDecisions(tx, [{ mentionId: id, policyVersion: null, by: by.userId, facts: {}, decision }], NINE)
      await insertDecisions(
        tx,
        [{ mentionId: id, policyVersion: 1, by: 'policy', facts: facts(), decision }],
        after(-3 * DAY),
      )
    })
    const elsewhere = await aBrand(test.db)
    await inBrand(test.db, elsewhere.id, async (tx) => {
      const { id } = await aMention(tx)
      const decision = { destination: 'ignore' as const, rule: 'x', reason: 'x' }
      await insertDecisions(tx, [{ mentionId: id, policyVersion: 1, by: 'policy', facts: facts(), decision }], NINE)
    })
    const short = await ask(draft, 2)
    await run(short.id)
    expect(await stored(short.id)).toMatchObject({ total: 10, seen: 10, state: 'done' })
    const wide = await ask(draft, 5)
    await run(wide.id)
    expect(await stored(wide.id)).toMatchObject({ total: 11, seen: 11 })
  })

  it('killed after any page goes on from its row and counts nothing twice', async () => {
    const draft = await history(2_300)
    const whole = await ask(draft)
    await run(whole.id)
    const expected = (await stored(whole.id)).tally as Tally
    expect(expected.total).toBe(2_300)

    const { id } = await ask(draft)
    for (let deaths = 0; deaths < 3; deaths++) {
      await expect(
        run(id, () => {
          throw new Error('killed')
        }),
      ).rejects.toThrow('killed')
      expect(await stored(id)).toMatchObject({ state: 'running', seen: Math.min(2_300, 500 * (deaths + 1)) })
    }
    await run(id)
    const row = await stored(id)
    expect(row).toMatchObject({ state: 'done', seen: 2_300 })
    expect(row.tally).toEqual(expected)
    const [moves] = await brand((tx) =>
      tx.execute<{ n: number }>(sql`select count(*)::int as n from backtest_move where backtest_id = ${id}`),
    )
    expect(moves?.n).toBe(expected.matrix['community→escalation'])
    expect(expected.matrix['community→escalation']).toBe(920)
  })

  it('asks which rules held of the latest four thousand only, and says so (R5)', async () => {
    const draft = await history(4_200)
    const { id } = await ask(draft)
    await run(id)
    const { outlook, tally } = await stored(id)
    expect(tally?.rules['rule:angry']).toEqual({ went: 840, goes: 2_520 })
    expect((outlook as Outlook).held).toEqual({
      ...{ mentions: 4_000, days: 1, all: false },
      rules: [{ rule: 'angry', held: 2_520, decided: 2_520, byCosts: 0, takenBy: [] }],
    })
  })

  it('is woken by the sweep when the queue has lost it, and may be worked on by two at once', async () => {
    const draft = await history(1_500)
    const { id } = await ask(draft)
    const woken: string[] = []
    const quiet = { warn: () => {}, error: () => {} }
    const at = (ms: number) => ({ now: () => after(ms, LATER) })
    const wake = async (name: string, payload: object) =>
      woken.push(`${name} ${(payload as { backtestId?: string }).backtestId}`) > 0
    await sweep({ db: test.db, clock: at(1_000), wake, log: quiet })
    expect(woken).not.toContain(`backtest ${id}`)
    await sweep({ db: test.db, clock: at(MINUTE), wake, log: quiet })
    expect(woken).toContain(`backtest ${id}`)
    await Promise.all([run(id), run(id), run(id)])
    await run(id)
    expect((await stored(id)).tally?.total).toBe(1_500)
    expect(await stored(id)).toMatchObject({ state: 'done', seen: 1_500 })
    expect((await silentBacktests(test.db, after(DAY, LATER), 10)).filter(({ brandId: of }) => of === brandId)).toEqual(
      [],
    )
    const told = await brand((tx) => tx.execute(sql`select 1 from event where kind = 'policy.backtested'`))
    expect(told).toHaveLength(1)
  })

  it('that is cancelled stays so, whatever a worker was about', async () => {
    const draft = await history(2_100)
    const { id } = await ask(draft)
    const killed = run(id, () => {
      throw new Error('killed')
    })
    await expect(killed).rejects.toThrow('killed')
    await brand((tx) => cancelBacktest(tx, id, by, LATER))
    await run(id)
    expect(await stored(id)).toMatchObject({ state: 'cancelled', seen: 500, outlook: null })
    await brand((tx) => cancelBacktest(tx, id, by, LATER))
    expect(
      await brand((tx) => tx.execute(sql`select 1 from audit where act = 'policy.backtest-cancelled'`)),
    ).toHaveLength(1)

    const raced = await ask(draft)
    await Promise.all([run(raced.id), brand((tx) => cancelBacktest(tx, raced.id, by, LATER))])
    const { state } = await stored(raced.id)
    expect(['cancelled', 'done']).toContain(state)
    await run(raced.id)
    expect((await stored(raced.id)).state).toBe(state)
  })

  it('is one at a time for a brand: of two who ask together one is told to wait (R4)', async () => {
    const draft = await history(3)
    const asked = await Promise.allSettled([ask(draft), ask(draft), ask(draft)])
    expect(asked.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(asked.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'conflict' } })
    await expect(ask(99)).rejects.toMatchObject({ code: 'not-found' })
  })

  it('that cannot get on is given up after some tries, and says so', async () => {
    const draft = await history(3)
    const { id } = await ask(draft)
    await test.db.execute(sql`update backtest set attempts = 5 where id = ${id}`)
    await run(id)
    expect(await stored(id)).toMatchObject({ state: 'failed', trouble: expect.stringContaining('did not get on') })
  })

  it('keeps the newest of a brand, and what moved under them', async () => {
    const draft = await history(4)
    for (let n = 0; n < 23; n++) await run((await ask(draft)).id)
    const [row] = await brand((tx) =>
      tx.execute<{ tests: number; moves: number; strays: number }>(sql`
        select (select count(*)::int from backtest) as tests, (select count(*)::int from backtest_move) as moves,
          (select count(*)::int from backtest_move where backtest_id not in (select id from backtest)) as strays`),
    )
    expect(row?.tests).toBeLessThanOrEqual(21)
    expect(row?.strays).toBe(0)
    expect(row?.moves).toBeGreaterThan(0)
  })
})
